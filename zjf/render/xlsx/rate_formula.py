"""The formula of a rate over the cells of its figures, the same in blank forms and printed tables."""

from collections.abc import Mapping

from zjf.schemas.headings import RateOf
from zjf.schemas.terms import Terms


def rate_formula(rate: RateOf, cells: Mapping[str, str]) -> str:
    """Returns a rate's formula, without =, with the brackets that its heading leaves out (facts.md#formulas)."""
    return f"{sum_of_cells(rate.numerator, cells)}/{sum_of_cells(rate.denominator, cells)}"


def sum_of_cells(terms: Terms, cells: Mapping[str, str]) -> str:
    """Returns a signed sum over cells: H6, or (H6-I6-J6)."""
    return terms.bracketed(cells.__getitem__, plus="+", minus="-", around="()")
