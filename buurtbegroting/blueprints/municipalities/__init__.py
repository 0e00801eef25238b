"""The municipality (or region) itself: its names and colours, its wijken and buurten, and which address lies where."""
