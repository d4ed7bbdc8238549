"""The figures of accepted returns: of units, of the county, their changes, and where each comes from."""
