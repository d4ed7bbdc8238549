"""What a command orchestrates; commands only take options and show results."""
