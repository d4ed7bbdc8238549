"""The values of a sheet's cells, as python-calamine gives them."""

from datetime import date, datetime, time, timedelta

Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell may hold; a blank is the empty string."""
