"""Reading one cell: a day, a number, a code, a name, however it is written."""
