"""Units that sent nothing, or of whose return only a part was accepted: what is not known of them, in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zjf.checking.accepted_notes import errors_left_out
from zjf.counting.issues import CONFIRMED_ISSUES, RECTIFIED_ISSUES
from zjf.counting.tally import total
from zjf.figures.progress import FIGURES
from zjf.ledger import Ledger, Submission
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, ISSUES, PROGRESS

_NAMED = 2
"""So many units are named in the middle of a sentence; of more their number is told."""
_NOT_COUNTED = "没有计入的单位"
COUNTED_BEFORE = "退回前已接收过一次，按那一次计入"
"""What is said of a unit whose last return was sent back while an earlier one of the period stands."""


@dataclass(frozen=True)
class PartTaken:
    """One unit's table of which only a part was accepted, and how many rows were left out.

    They are 0 where the table as a whole is at fault: a house is missing.
    """

    unit: str
    rows: int

    def __str__(self) -> str:
        return f"{self.unit}（退回{self.rows}行）" if self.rows else self.unit


Parts = Mapping[str, tuple[PartTaken, ...]]
"""Form: the units of whose table only a part was accepted, in the roster's order."""


def parts_taken(submissions: Iterable[Submission], names: Collection[str]) -> Parts:
    """Returns the tables of a period of which only a part counts, by form."""
    left_out: dict[str, dict[str, int]] = {}
    for submission in submissions:
        if _is_part(submission):
            units = left_out.setdefault(submission.form, {})
            units[submission.unit] = units.get(submission.unit, 0) + submission.rows_rejected
    return {
        form: tuple(PartTaken(unit, units[unit]) for unit in names if unit in units)
        for form, units in left_out.items()
    }


def forms_behind(figure: str) -> set[str]:
    """Returns the forms that a figure, or the figures of a form, are counted from."""
    if figure == RECTIFIED_ISSUES.name:
        return {ISSUES}
    if figure in FIGURES:
        return {FIGURES[figure].population.form, PROGRESS}
    if figure in FORMS:
        return {HOUSES, figure}
    return {HOUSES, PROGRESS, *([ISSUES] if figure == CONFIRMED_ISSUES else [])}


def in_part_behind(figure: str, parts: Parts) -> tuple[str, ...]:
    """Returns the units of which a figure, or those of a form given by its id, count only a part."""
    return tuple(
        dict.fromkeys(part.unit for form in sorted(forms_behind(figure)) for part in parts.get(form, ()))
    )


def but_in_part(units: Sequence[str]) -> str:
    """Returns the remark behind 全县 (or other units summed) that some of them are counted only in part."""
    if not units:
        return ""
    return f"（含部分接收的{'、'.join(units) if len(units) <= _NAMED else f'{len(units)}个单位'}）"


def silent_in_words(form: str, units: Iterable[str], what: str) -> Iterator[str]:
    """Yields the remark on the units that did not send a form; `what` says what is without them."""
    if names := "、".join(units):
        yield f"没有报{FORMS[form].info.title}、{what}：{names}。"


def parts_in_words(form: str, parts: Iterable[PartTaken], what: str) -> Iterator[str]:
    """Yields the remark on the units of whose table only a part was accepted; `what` says what is without the rest."""
    if names := "、".join(map(str, parts)):
        yield f"{FORMS[form].info.title}只接收了一部分、其余{what}：{names}。"


def missing_units_in_words(
    forms: Iterable[str], units: Sequence[str], submissions: Sequence[Submission]
) -> Iterator[str]:
    """Yields remarks that name the units not counted in a list, because nothing was accepted from them."""
    for form in forms:
        units_with_form = {submission.unit for submission in submissions if submission.form == form}
        missing = (unit for unit in units if unit not in units_with_form)
        yield from silent_in_words(form, missing, _NOT_COUNTED)


def partial_units_in_words(forms: Iterable[str], parts: Parts) -> Iterator[str]:
    """Yields remarks that name the units of which only a part is counted in a list."""
    for form in forms:
        yield from parts_in_words(form, parts.get(form, ()), _NOT_COUNTED)


def units_in_part(
    ledger: Ledger, names: Collection[str], periods: Iterable[str], form: str | None = None
) -> tuple[str, ...]:
    """Returns the units of whose return only a part was accepted in any of some periods, in the roster's order."""
    partial_units = {
        part.unit
        for period in periods
        for parts in parts_taken(ledger.submissions(period, form), names).values()
        for part in parts
    }
    return tuple(unit for unit in names if unit in partial_units)


def errors_of_parts(submissions: Iterable[Submission]) -> dict[str, int]:
    """Returns the errors for which rows were left out: code → count."""
    return total(errors_left_out(submission.notes) or {} for submission in submissions)


def _is_part(submission: Submission) -> bool:
    errors = errors_left_out(submission.notes)
    return submission.partial if errors is None else bool(errors)
