"""What was printed, verified and signed."""
