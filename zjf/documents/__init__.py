"""What a paper says, whatever file it is written to."""
