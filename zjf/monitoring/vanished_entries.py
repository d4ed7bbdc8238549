"""Problems, households and villages that were reported before and are missing from a period's lists (T508)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from zjf.figures.partial_returns import Parts, forms_behind
from zjf.figures.reckoning import Reckoning
from zjf.period import Period, in_order
from zjf.problems import Problem, problem
from zjf.rules.vanished_entries import OPEN_ENTRIES, vanished
from zjf.schemas import FORMS


@dataclass(frozen=True)
class VanishedEntries:
    """What the units' lists of a period lack.

    Args:
        lists: Form: unit: the numbers of what is missing, masked; only the units of which something is.
    """

    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def behind(self, figure: str) -> dict[str, int]:
        """Returns, by unit, how many entries are missing from the lists that a figure is counted from."""
        forms = forms_behind(figure)
        return {
            unit: len(numbers)
            for form, units in self.lists.items()
            if form in forms
            for unit, numbers in units.items()
        }

    def problems(self) -> Iterator[Problem]:
        """Yields T508 of each unit. A problem's `value` is the unit."""
        for form, units in self.lists.items():
            entries, title = OPEN_ENTRIES[form], FORMS[form].info.title
            for unit, numbers in units.items():
                what = f"{unit}{entries.what}{len(numbers)}{entries.measure}，本期的{title}里没有了：{'、'.join(numbers)}"
                yield problem("T508", what, entries.cure, value=unit)

    def as_json(self) -> dict[str, dict[str, list[str]]]:
        return {
            form: {unit: list(numbers) for unit, numbers in units.items()}
            for form, units in self.lists.items()
        }


def vanished_entries(reckoning: Reckoning, period: Period, in_part: Parts) -> VanishedEntries:
    """Returns what is missing from a period's lists, of the units whose whole list was taken."""
    lists = {form: _missing(reckoning, form, period, in_part) for form in OPEN_ENTRIES}
    return VanishedEntries({form: units for form, units in lists.items() if units})


def _missing(reckoning: Reckoning, form: str, period: Period, in_part: Parts) -> dict[str, tuple[str, ...]]:
    """Returns, by unit, the numbers of its earlier lists of a form, or of the last one, that the period's list lacks."""
    ledger, names, declaration = reckoning.ledger, reckoning.home.roster.names, FORMS[form]
    (key,), unit_field = declaration.info.key, declaration.unit_field
    in_whole = {each.unit for each in ledger.submissions(str(period), form)}
    in_whole -= {part.unit for part in in_part.get(form, ())}
    earlier = _earlier_lists(reckoning, form, period, in_whole) if in_whole else []
    if not earlier:
        return {}
    entries = pd.concat(earlier).drop_duplicates([unit_field.name, key], keep="last")
    now = reckoning.rows(form, str(period))
    missing = {
        str(unit): vanished(form, of_unit, set(now[key][now[unit_field.name] == unit]))[key].tolist()
        for unit, of_unit in entries.groupby(unit_field.name)
    }
    return {unit: tuple(map(ledger.people().shown, missing[unit])) for unit in names if missing.get(unit)}


def _earlier_lists(
    reckoning: Reckoning, form: str, period: Period, units: Collection[str]
) -> list[pd.DataFrame]:
    """Returns the lists of a form that units sent before a period, or the last of each, the earliest first."""
    ledger = reckoning.ledger
    senders: dict[str, set[str]] = {str(period): set()}
    for unit, accepted_form, name in ledger.accepted():
        if accepted_form == form and unit in units:
            senders.setdefault(name, set()).add(unit)
    order = [str(name) for name in in_order(senders, reckoning.calendar)]
    lists: list[pd.DataFrame] = []
    found: set[str] = set()
    for name in reversed(order[: order.index(str(period))]):
        wanted = senders[name] - (set() if OPEN_ENTRIES[form].lasting else found)
        if wanted:
            lists.insert(0, ledger.columns(form, name, OPEN_ENTRIES[form].needs, sorted(wanted)))
        found |= wanted
    return lists
