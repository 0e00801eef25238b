"""What is done in the network of a wijk: the only writers."""
