"""Which units have reported, what falls due, what is open."""
