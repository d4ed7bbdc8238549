"""Inside each type of file: what the common reader does not show."""
