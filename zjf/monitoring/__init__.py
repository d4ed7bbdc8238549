"""Who has reported, what falls due, what is open."""
