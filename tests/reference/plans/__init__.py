"""Random plans, what an independent reckoning says of them, and whether the program says the same."""
