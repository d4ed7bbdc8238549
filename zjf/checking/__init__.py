"""What is wrong with returns: each alone, all of a run together, and against what came before."""
