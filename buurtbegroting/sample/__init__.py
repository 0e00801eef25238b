"""The invented municipality of Waterveld: what demo, tests and load runs are filled with. Nobody in it exists."""
