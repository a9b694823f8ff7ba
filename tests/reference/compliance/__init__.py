"""Random plans: calculates them independently and compares the results with the program's."""
