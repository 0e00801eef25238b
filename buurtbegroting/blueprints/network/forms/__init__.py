"""What is filled in about the network of a wijk."""
