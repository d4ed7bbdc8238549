"""The returned workbook with its faults marked in it."""
