"""How a paper is written: one folder a format."""
