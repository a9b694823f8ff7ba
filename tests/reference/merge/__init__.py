"""Merges random plans a second time, by the rules of docs/merge.md, and compares the result with the program's."""
