"""Files of 64 MB in every shape that a reader could stumble over, and what the command line does with them."""
