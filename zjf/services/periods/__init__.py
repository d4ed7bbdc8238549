"""A period from its returns to its books, and what an office does next."""
