"""The shell of the public API: its root, its description and its error shape. Slices hang their own parts in it."""
