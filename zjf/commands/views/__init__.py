"""What the larger commands show."""
