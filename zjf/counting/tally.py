"""House rows → the figures of the attachments, and their sums.

Which facts a figure counts and which figures a rate divides is declared on the form's fields; nothing
is named here a second time. A figure that nobody reported is absent from its counts: it is neither
zero nor guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING

from zjf.counting.rates import Rate
from zjf.schemas import FORMS, Form
from zjf.schemas.house_facts import commercial, facts_of
from zjf.schemas.vocabulary import Confirmation, IssueSource, YesNo

if TYPE_CHECKING:
    import pandas as pd

Counts = dict[str, int]


@dataclass(frozen=True)
class Figures:
    """The figures of one form, of one unit or of the county.

    Args:
        form_id: The form's public name.
        counts: Figure: count, pairs split; what was not reported is absent.
    """

    form_id: str
    counts: Counts

    @cached_property
    def rates(self) -> dict[str, Rate]:
        """Rate: its value, always recomputed from the counts."""
        return rates(FORMS[self.form_id], self.counts)


def counted(houses: "pd.DataFrame") -> dict[str, Figures]:
    """The figures of every form that is counted from houses, by form.

    Args:
        houses: Rows of `house-ledger`, typed columns, blanks as None.
    """
    facts = facts_of(houses)
    return {
        form.id: Figures(form.id, _count(form, facts))
        for form in FORMS.values()
        if any(field.counted for field in form.fields)
    }


def count(form: Form, houses: "pd.DataFrame") -> Counts:
    """How many houses each figure of a form counts: those for which all its facts hold."""
    return _count(form, facts_of(houses))


def _count(form: Form, facts: "pd.DataFrame") -> Counts:
    holds = {name: facts[name].to_numpy() for name in facts}
    return {
        field.name: int(reduce(and_, (holds[name] for name in field.counted.facts)).sum())
        for field in form.fields
        if field.counted
    }


def reported(form: Form, rows: "pd.DataFrame") -> Figures:
    """The figures that a unit's own attachment reports: its row, or the sum of its rows."""
    return Figures(
        form.id, {name: int(rows[name].dropna().sum()) for name in form.counts if rows[name].notna().any()}
    )


def online_inspection(
    issues: "pd.DataFrame", houses: "pd.DataFrame", counted_as: str = "confirmed"
) -> Counts:
    """问题确认/问题 of attachment-2: what the online inspection found on commercial houses.

    A problem of a house that is not in the ledger counts, too: it is not known to be of another kind (L304).

    Args:
        issues: A unit's rows of `issue-ledger`; none of them is a count of 0, for a unit that sent no
            issue ledger the figures are not to be asked for.
        houses: Its rows of `house-ledger`, which say by house_id what is commercial.
        counted_as: The notice's `confirmation`: `confirmed` counts problems found to be so, `answered`
            those found not to be so as well.
    """
    concerned, confirmed = online_issues(issues, houses, counted_as)
    return {"online_confirmed": int((concerned & confirmed).sum()), "online_issues": int(concerned.sum())}


def online_issues(
    issues: "pd.DataFrame", houses: "pd.DataFrame", counted_as: str
) -> tuple["pd.Series[bool]", "pd.Series[bool]"]:
    """Which problems the online inspection found on commercial houses, and which are confirmed (`online_inspection`)."""
    elsewhere = issues.house_id.isin(houses.house_id[~commercial(houses)])
    concerned = (issues.source == IssueSource.ONLINE) & ~elsewhere
    confirmed, result = issues.is_confirmed, issues.confirmation_result
    if counted_as == "answered":
        return concerned, confirmed.notna() | result.notna()
    return concerned, (confirmed == YesNo.YES) & (result != Confirmation.REFUTED)


def total(parts: Iterable[Mapping[str, int]]) -> Counts:
    """Sums of counts, figure by figure; a figure that no part reports stays absent (facts.md#ratio-of-sums)."""
    sums: Counts = {}
    for counts in parts:
        for name, value in counts.items():
            sums[name] = sums.get(name, 0) + value
    return sums


def rates(form: Form, counts: Mapping[str, int]) -> dict[str, Rate]:
    """The form's rates; one of whose figures was not reported has no denominator."""
    return {
        name: Rate(rate.numerator.value(counts), rate.denominator.value(counts))
        if all(figure in counts for figure in rate.figures)
        else Rate(0, 0)
        for name, rate in form.rates.items()
    }
