"""Ascending whole numbers as runs of consecutive ones: the first number and the length of each."""

from collections.abc import Iterable

Runs = list[tuple[int, int]]


def as_runs(numbers: Iterable[int]) -> Runs:
    """Returns ascending numbers as runs."""
    ascending = [*numbers]
    if ascending and ascending[-1] - ascending[0] == len(ascending) - 1:  # as the rows of nearly every table
        return [(ascending[0], len(ascending))]
    runs: Runs = []
    for number in ascending:
        if runs and number == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def numbers_in(runs: Iterable[tuple[int, int]]) -> list[int]:
    return [number for first, count in runs for number in range(first, first + count)]
