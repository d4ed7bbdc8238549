"""Cells by the names that a person sees (A1, AB12), without loading a library that writes workbooks."""

from functools import cache
from string import ascii_uppercase

_LETTERS = len(ascii_uppercase)


@cache
def column_letters(column: int) -> str:
    """Returns the letters of a column, counted from 0: A, Z, AA."""
    before, last = divmod(column, _LETTERS)
    return (column_letters(before - 1) if before else "") + ascii_uppercase[last]


@cache
def column_number(letters: str) -> int:
    """Returns the column, counted from 0, with these letters."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ascii_uppercase.index(letter) + 1
    return number - 1


def a1(row: int, column: int) -> str:
    """Returns the address of a cell as a person sees it (B7); its row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def place_of(reference: str) -> tuple[int, int]:
    """Returns the row and column, counted from 0, of a cell's address (capital letters and a number)."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, column_number(letters)
