"""What a person sees of a saved file: shown texts, hidden cells, things over a table."""
