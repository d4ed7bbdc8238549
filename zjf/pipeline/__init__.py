"""Many returns at once: read and checked in worker processes that a bad file cannot take down."""
