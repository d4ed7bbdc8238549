"""Checks of returns: each alone, all of a run together, and against what was accepted before."""
