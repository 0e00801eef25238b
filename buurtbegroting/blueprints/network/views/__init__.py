"""Pages of residents about the network of a wijk."""
