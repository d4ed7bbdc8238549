"""The layout of a sheet: headings, rows, notes, and what is no table."""
