"""Pages of who keeps the network of a wijk."""
