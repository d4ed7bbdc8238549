"""What a person sees of a saved file: shown texts, hidden cells, things laid over a table."""
