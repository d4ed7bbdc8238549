"""Counts the figures of the attachments from house rows, and sums them.

The facts that a figure counts and the figures that a rate divides are declared on the form's fields, and only
there. A figure that nobody reported is absent from the counts: it is not taken as zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING, TypeAlias

from zjf.counting.rates import Rate
from zjf.schemas import FORMS, Form
from zjf.schemas.house_facts import commercial, facts_of
from zjf.schemas.shared_facts import columns_of
from zjf.schemas.vocabulary import Confirmation, IssueSource, YesNo

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Counts = dict[str, int]
Facts: TypeAlias = "Mapping[str, NDArray[np.bool_]]"
"""For each house, whether a fact holds, by the fact's name."""


@dataclass(frozen=True)
class Figures:
    """The figures of one form, of one unit or of the county: a pair (3/5) is two, those not reported are absent."""

    form_id: str
    counts: Counts

    @cached_property
    def rates(self) -> dict[str, Rate]:
        """Name of a rate: its value, always recomputed from the counts."""
        return rates(FORMS[self.form_id], self.counts)


def figures_from_houses(houses: "pd.DataFrame") -> dict[str, Figures]:
    """Returns the figures of every form that is counted from houses, by form (typed columns, blanks as None).

    Each counts the houses for which all its facts hold.
    """
    facts_of_figures = {
        form.id: {figure: names for figure in form.by_name if (names := form.counted_by(figure))}
        for form in FORMS.values()
    }
    asked = (name for of_form in facts_of_figures.values() for names in of_form.values() for name in names)
    facts = facts_of(houses, dict.fromkeys(asked))
    return {
        form: Figures(form, {figure: _holding(names, facts) for figure, names in of_form.items()})
        for form, of_form in facts_of_figures.items()
        if of_form
    }


def _holding(names: Iterable[str], facts: Facts) -> int:
    return int(reduce(and_, (facts[name] for name in names)).sum())


def figures_reported(form: Form, rows: "pd.DataFrame") -> Figures:
    """Returns the figures reported in a unit's own attachment: those of its row, or the sums of its rows."""
    columns = columns_of(rows)
    filled = {name: cells[cells.notna()] for name in form.counts for cells in [columns[name]]}
    return Figures(form.id, {name: int(cells.sum()) for name, cells in filled.items() if len(cells)})


def online_inspection(
    issues: "pd.DataFrame", houses: "pd.DataFrame", counted_as: str = "confirmed"
) -> Counts:
    """Counts 问题确认/问题 of attachment-2: the problems that the online inspection found on commercial houses.

    A problem of a house that is not in the ledger counts, too: nothing says that it is not commercial (L304). Of a
    unit that sent no issue ledger nothing is known; without rows both counts are 0.

    Args:
        counted_as: The notice's `confirmation`: `confirmed` counts the problems confirmed to exist, `answered`
            those found not to exist as well.
    """
    concerned, confirmed = online_issues(issues, houses, counted_as)
    return {"online_confirmed": int((concerned & confirmed).sum()), "online_issues": int(concerned.sum())}


def online_issues(
    issues: "pd.DataFrame", houses: "pd.DataFrame", counted_as: str
) -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """Tells which problems `online_inspection` counts, and which of all problems are confirmed."""
    not_commercial = issues.house_id.isin(houses.house_id[~commercial(houses)])
    concerned = (issues.source == IssueSource.ONLINE) & ~not_commercial
    confirmed, finding = issues.is_confirmed, issues.confirmation_result
    if counted_as == "answered":
        return concerned, confirmed.notna() | finding.notna()
    return concerned, (confirmed == YesNo.YES) & (finding != Confirmation.REFUTED)


def total(summands: Iterable[Mapping[str, int]]) -> Counts:
    """Sums counts figure by figure; a figure that is in none of them stays absent (facts.md#ratio-of-sums)."""
    sums: Counts = {}
    for counts in summands:
        for name, value in counts.items():
            sums[name] = sums.get(name, 0) + value
    return sums


def rates(form: Form, counts: Mapping[str, int]) -> dict[str, Rate]:
    """Returns the form's rates; a rate with a figure that was not reported is `Rate(0, 0)`."""
    return {
        name: Rate(rate.numerator.value(counts), rate.denominator.value(counts))
        if rate.known(counts)
        else Rate(0, 0)
        for name, rate in form.rates.items()
    }
