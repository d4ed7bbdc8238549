"""Two lists of households compared, such as the 扶贫 list and the 住建 list (云霄 二(三))."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zjf.intake.values.documents import read_documents
from zjf.schemas import FORMS, Field

Row = Mapping[str, Any]
"""A household as its list has it: the columns of `household-ledger`, None where a cell is blank or cannot be read."""
Pair = tuple[Row, Row]
ILLEGIBLE = "_illegible"
"""The column, beside those of the form, that says whether a 证件号码 is filled in and cannot be read."""

FORM = FORMS["household-ledger"]
_LISTS_OWN = ("household_no", "listed_on", "remarks", "village", "township")
"""Fields that each office fills in its own way; they are not compared."""
COMPARED = tuple(field for field in FORM.fields if field.name not in _LISTS_OWN)
TOWNSHIP_FIGURES = {
    "first": "甲表",
    "second": "乙表",
    "both": "都有",
    "differing": "不一致",
    "only_first": "仅甲有",
    "only_second": "仅乙有",
    "unsure_first": "甲待定",
    "unsure_second": "乙待定",
}


@dataclass(frozen=True)
class HouseholdDifference:
    """A field that the two lists fill in differently for one household."""

    pair: Pair
    field: Field
    first: Any
    second: Any


@dataclass(frozen=True)
class HouseholdComparison:
    """The result of comparing two lists. Each row of a list stands in exactly one of the groups.

    Args:
        pairs: Households in both, each once.
        only_first: Households that only the first list has, and
        only_second: those that only the second one has.
        unsure_first: Rows of the first list that may be one of several in the other, or name nobody, and
        unsure_second: those of the second one.
        unreadable_first: Rows of the first list whose 证件号码 is filled in and is no valid number, and
        unreadable_second: those of the second one.
    """

    pairs: tuple[Pair, ...]
    only_first: tuple[Row, ...]
    only_second: tuple[Row, ...]
    unsure_first: tuple[Row, ...]
    unsure_second: tuple[Row, ...]
    unreadable_first: tuple[Row, ...]
    unreadable_second: tuple[Row, ...]

    @property
    def differences(self) -> list[HouseholdDifference]:
        """The fields that differ. A blank cell on either side says nothing, so it never differs."""
        return [difference for pair in self.pairs for difference in _differences(pair)]

    @property
    def townships(self) -> dict[str, dict[str, int]]:
        """Households by township, as the first list has it where both do; "" where neither names one."""
        differing = {id(difference.pair[0]): difference.pair for difference in self.differences}
        figures: dict[str, Iterable[str]] = {
            "both": map(_township, self.pairs),
            "differing": map(_township, differing.values()),
            "only_first": map(_own_township, self.only_first),
            "only_second": map(_own_township, self.only_second),
            "unsure_first": map(_own_township, self.unsure_first),
            "unsure_second": map(_own_township, self.unsure_second),
        }
        counted = {name: Counter(places) for name, places in figures.items()}
        counted["first"] = counted["both"] + counted["only_first"] + counted["unsure_first"]
        counted["second"] = counted["both"] + counted["only_second"] + counted["unsure_second"]
        places = sorted(counted["first"] | counted["second"])
        return {place: {name: counted[name][place] for name in TOWNSHIP_FIGURES} for place in places}


def compare_households(first: Sequence[Row], second: Sequence[Row]) -> HouseholdComparison:
    """Finds each household of one list in the other.

    By 证件号码 where both rows have a readable one; else by 户主姓名 and village, where exactly one row of
    either list can be meant. Where several can be, or a village is missing, none is chosen.
    """
    pairs, rest_first, rest_second = _by_identity(first, second)
    possible = _possible(rest_first, rest_second)
    meant: defaultdict[int, list[Row]] = defaultdict(list)
    for unmatched in rest_first:
        for other in possible[id(unmatched)]:
            meant[id(other)].append(unmatched)
    unsure_first = [row for row in rest_first if possible[id(row)] or not _names_somebody(row)]
    unsure_second = [row for row in rest_second if meant[id(row)] or not _names_somebody(row)]
    by_name = [
        (unmatched, possible[id(unmatched)][0])
        for unmatched in unsure_first
        if len(possible[id(unmatched)]) == 1
        and len(meant[id(possible[id(unmatched)][0])]) == 1
        and unmatched["village"]
        and possible[id(unmatched)][0]["village"]
    ]
    paired = {id(row) for pair in by_name for row in pair}
    return HouseholdComparison(
        pairs=(*pairs, *by_name),
        only_first=_without(rest_first, unsure_first),
        only_second=_without(rest_second, unsure_second),
        unsure_first=tuple(row for row in unsure_first if id(row) not in paired),
        unsure_second=tuple(row for row in unsure_second if id(row) not in paired),
        unreadable_first=tuple(filter(_unreadable, first)),
        unreadable_second=tuple(filter(_unreadable, second)),
    )


def identity_of(row: Row) -> str:
    """The 证件号码 of a household; empty where it is blank or no valid number."""
    number, wrong = read_documents(row["head_id"] or "")
    return "" if wrong else number


def _unreadable(row: Row) -> bool:
    return bool(row[ILLEGIBLE] or (row["head_id"] and not identity_of(row)))


def _by_identity(first: Sequence[Row], second: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    """The households with the same number, and the rows of either list that are left."""
    numbered: defaultdict[str, list[Row]] = defaultdict(list)
    for row in reversed(second):
        if number := identity_of(row):
            numbered[number].append(row)
    pairs = [(row, numbered[number].pop()) for row in first if numbered.get(number := identity_of(row))]
    return (
        pairs,
        list(_without(first, [matched for matched, _ in pairs])),
        list(_without(second, [other for _, other in pairs])),
    )


def _possible(first: Sequence[Row], second: Sequence[Row]) -> dict[int, list[Row]]:
    """For each row of the first list, the rows of the second that can be the same household, by its name."""
    named: defaultdict[str, list[Row]] = defaultdict(list)
    for row in second:
        named[row["head_name"] or ""].append(row)
    return {
        id(row): [other for other in named.get(row["head_name"] or "", ()) if _can_be_one(row, other)]
        for row in first
    }


def _can_be_one(row: Row, other: Row) -> bool:
    if not row["head_name"] or (identity_of(row) and identity_of(other)):
        return False
    return all(
        not row[name] or not other[name] or row[name] == other[name] for name in ("village", "township")
    )


def _names_somebody(row: Row) -> bool:
    return bool(identity_of(row) or row["head_name"])


def _differences(pair: Pair) -> Iterator[HouseholdDifference]:
    first, second = pair
    for field in COMPARED:
        first_value, second_value = first[field.name], second[field.name]
        if first_value is not None and second_value is not None and first_value != second_value:
            yield HouseholdDifference(pair, field, first_value, second_value)


def _without(rows: Iterable[Row], others: Iterable[Row]) -> tuple[Row, ...]:
    left_out = {id(row) for row in others}
    return tuple(row for row in rows if id(row) not in left_out)


def _township(pair: Pair) -> str:
    return _own_township(pair[0]) or _own_township(pair[1])


def _own_township(row: Row) -> str:
    return row["township"] or ""
