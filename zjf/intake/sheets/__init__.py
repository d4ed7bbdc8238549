"""What stands where on a sheet: headings, rows, notes, and what is no list."""
