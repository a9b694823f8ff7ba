"""Measures how fast the program starts."""
