"""Reading returns: files become sheets, sheets become tables, tables become typed rows and problems."""
