"""Houses as a command asks for them: found, classified, drawn, compared, with all that is on record about them."""
