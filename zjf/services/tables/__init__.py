"""What a period leaves on paper: printed, published, put together, signed."""
