"""Two lists of households compared, such as the 扶贫 list and the 住建 list (云霄 二(三))."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zjf.intake.values.documents import read_documents
from zjf.schemas import FORMS, Field
from zjf.schemas.form_ids import HOUSEHOLDS

FORM = FORMS[HOUSEHOLDS]
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


@dataclass(frozen=True, eq=False)
class Row:
    """A household's row in its list: its cells by column, None where one is blank or unreadable.

    Its 证件号码 is illegible where it is filled in, but cannot be read.
    """

    cells: Mapping[str, Any]
    where: str
    illegible: bool

    def __getitem__(self, name: str) -> Any:
        return self.cells[name]


Pair = tuple[Row, Row]


@dataclass(frozen=True)
class HouseholdDifference:
    """A field that the two lists fill in differently for one household."""

    pair: Pair
    field: Field
    first: Any
    second: Any


@dataclass(frozen=True)
class HouseholdComparison:
    """The result of comparing two lists. Each row is in exactly one of pairs, only_… and unsure_….

    Unsure are rows that fit several rows of the other list, or name nobody; unreadable are those whose 证件号码 is
    filled in, but is no valid number.
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
        """The fields that differ. A blank cell on either side is not compared."""
        return [difference for pair in self.pairs for difference in _differences(pair)]

    @property
    def townships(self) -> dict[str, dict[str, int]]:
        """Township: how many households it has of each of `TOWNSHIP_FIGURES`.

        A pair counts under the township of the first list, or of the second if the first leaves it blank; ""
        stands for households without a township.
        """
        differing = {difference.pair for difference in self.differences}
        figures: dict[str, Iterable[str]] = {
            "both": map(_township, self.pairs),
            "differing": map(_township, differing),
            "only_first": map(_own_township, self.only_first),
            "only_second": map(_own_township, self.only_second),
            "unsure_first": map(_own_township, self.unsure_first),
            "unsure_second": map(_own_township, self.unsure_second),
        }
        households = {name: Counter(townships) for name, townships in figures.items()}
        households["first"] = households["both"] + households["only_first"] + households["unsure_first"]
        households["second"] = households["both"] + households["only_second"] + households["unsure_second"]
        townships = sorted(households["first"] | households["second"])
        return {
            township: {name: households[name][township] for name in TOWNSHIP_FIGURES}
            for township in townships
        }


def compare_households(first: Sequence[Row], second: Sequence[Row]) -> HouseholdComparison:
    """Finds each household of one list in the other.

    Rows with the same valid 证件号码 are one household. Others are matched by 户主姓名 and village, but only if
    exactly one row of either list fits; where several fit, or a village is missing, none is chosen.
    """
    pairs, unmatched_first, unmatched_second = _match_by_number(first, second)
    candidates = _candidates(unmatched_first, unmatched_second)
    suitors: defaultdict[Row, list[Row]] = defaultdict(list)
    for row in unmatched_first:
        for candidate in candidates[row]:
            suitors[candidate].append(row)
    unsure_first = [row for row in unmatched_first if candidates[row] or not _names_somebody(row)]
    unsure_second = [row for row in unmatched_second if suitors[row] or not _names_somebody(row)]
    by_name = []
    for row in unsure_first:
        match candidates[row]:
            case [candidate] if len(suitors[candidate]) == 1 and row["village"] and candidate["village"]:
                by_name.append((row, candidate))
    paired = {row for pair in by_name for row in pair}
    return HouseholdComparison(
        pairs=(*pairs, *by_name),
        only_first=_rows_without(unmatched_first, unsure_first),
        only_second=_rows_without(unmatched_second, unsure_second),
        unsure_first=_rows_without(unsure_first, paired),
        unsure_second=_rows_without(unsure_second, paired),
        unreadable_first=tuple(filter(_unreadable, first)),
        unreadable_second=tuple(filter(_unreadable, second)),
    )


def identity_of(row: Row) -> str:
    """Returns the 证件号码 of a household; empty where it is blank or no valid number."""
    number, wrong = read_documents(row["head_id"] or "")
    return "" if wrong else number


def _unreadable(row: Row) -> bool:
    return bool(row.illegible or (row["head_id"] and not identity_of(row)))


def _match_by_number(first: Sequence[Row], second: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    """Returns the pairs of rows with the same number, and the unmatched rows of either list."""
    rows_by_number: defaultdict[str, list[Row]] = defaultdict(list)
    for row in reversed(second):
        if number := identity_of(row):
            rows_by_number[number].append(row)
    pairs = [
        (row, rows_by_number[number].pop()) for row in first if rows_by_number.get(number := identity_of(row))
    ]
    return (
        pairs,
        list(_rows_without(first, [matched for matched, _ in pairs])),
        list(_rows_without(second, [other for _, other in pairs])),
    )


def _candidates(first: Sequence[Row], second: Sequence[Row]) -> dict[Row, list[Row]]:
    """Returns, by row of the first list, the rows of the second that may be the same household."""
    rows_by_name: defaultdict[str, list[Row]] = defaultdict(list)
    for row in second:
        rows_by_name[row["head_name"] or ""].append(row)
    return {
        row: [other for other in rows_by_name.get(row["head_name"] or "", ()) if _may_be_same(row, other)]
        for row in first
    }


def _may_be_same(row: Row, other: Row) -> bool:
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


def _rows_without(rows: Iterable[Row], excluded_rows: Iterable[Row]) -> tuple[Row, ...]:
    excluded = set(excluded_rows)
    return tuple(row for row in rows if row not in excluded)


def _township(pair: Pair) -> str:
    return _own_township(pair[0]) or _own_township(pair[1])


def _own_township(row: Row) -> str:
    return row["township"] or ""
