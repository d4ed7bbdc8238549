"""The papers of a period: printed, published, put together, signed."""
