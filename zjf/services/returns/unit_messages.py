"""Messages to the units that have something to do: about problems in their returns, or a missing return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from zjf.acceptance import units_of
from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.documents.unit_message import Occasion, about_lacking, about_problems, reminder
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import expected_forms
from zjf.files import write_whole
from zjf.intake.limits import Limits
from zjf.ledger.of_county import find_ledger
from zjf.monitoring.papers import COUNTED_FROM_HOUSES, PaperState, paper_lines
from zjf.notices.notice import Notice, missing_forms
from zjf.period import OFFICE_TIME, Period, day_in_words
from zjf.problems import Problem, Severity
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.services.returns.marked_copies import Copies, write_annotated

_ENDING = ".txt"


@dataclass(frozen=True)
class Messages:
    """The messages that were written.

    Attributes:
        written: The messages, by unit, in the roster's order.
        quiet: The units whose returns need no message.
        nameless: The files whose unit is not known: no message is written about them.
        copies: The marked copies that the messages name.
    """

    written: Mapping[str, Path]
    quiet: Sequence[str]
    nameless: Sequence[Path]
    copies: Copies


def write_messages(
    home: County,
    period: Period,
    returns: Sequence[CheckedReturn],
    until: datetime | None,
    *,
    jobs: int | None,
    progress: Callable[[int, int], None],
) -> Messages:
    """Writes the messages to the units, and the marked copies that they name.

    Args:
        until: When units shall have answered; the deadline, or the same hour of the next day, unless given.
        jobs: Worker processes for the copies; None: one for each core.
        progress: Called with how many copies are done, of how many.
    """
    notice, folder, roster = Notice.in_force(home), home.out(period), home.roster
    occasion, expected = _occasion(home, notice, period, until), expected_forms(home, notice)
    received, owed = _on_record(home, notice, period, occasion.now)
    units = {checked_return.path: units_of(checked_return, roster) for checked_return in returns}
    to_mark = [
        checked_return
        for checked_return in returns
        if _problems_to_act_on(checked_return) and units[checked_return.path]
    ]
    copies = write_annotated(
        folder / "marked",
        to_mark,
        Limits.under(home),
        jobs=jobs,
        progress=progress,
        name_of_copy=lambda checked_return: "、".join(units[checked_return.path]),
    )
    _remove_earlier_copies(folder / "marked", copies)
    written: dict[str, Path] = {}
    quiet = []
    for unit in roster.names:
        unit_returns = [checked_return for checked_return in returns if unit in units[checked_return.path]]
        path = folder / "messages" / f"{unit}{_ENDING}"
        forms = received.get(unit, set()) | {
            table.form.id for checked_return in unit_returns for table in checked_return.tables
        }
        past_due = {
            form: f"（应在{day_in_words(due)}前报）"
            for form, due in owed.get(unit, {}).items()
            if form not in forms and not (HOUSES in forms and form in COUNTED_FROM_HOUSES)
        }
        forms_lacking = dict.fromkeys(missing_forms(expected, forms), "") | past_due if forms else {}
        lacking = [f"{FORMS[form].info.short_title}{day}" for form, day in forms_lacking.items()]
        text = _message(occasion, unit, unit_returns, copies, lacking, has_reported=unit in received)
        if text:
            write_whole(path, f"{text}\n")
            written[unit] = path
        else:
            path.unlink(missing_ok=True)  # an earlier message is out of date
            quiet.append(unit)
    nameless = [path for path, names in units.items() if not names]
    return Messages(written, quiet, nameless, copies)


def _occasion(home: County, notice: Notice, period: Period, until: datetime | None) -> Occasion:
    now, deadline = datetime.now(OFFICE_TIME), period.deadline(home.calendar(notice.calendar))
    if until:
        answer_by = until.replace(tzinfo=OFFICE_TIME)
    elif now < deadline:
        answer_by = deadline
    else:
        answer_by = datetime.combine(now.date() + timedelta(days=1), deadline.time(), OFFICE_TIME)
    return Occasion(notice.office_of(home), period.label, deadline, answer_by, now)


def _on_record(
    home: County, notice: Notice, period: Period, now: datetime
) -> tuple[dict[str, set[str]], dict[str, dict[str, date]]]:
    """Returns, by the ledger, the forms that each unit has reported, and those that the notice wanted of it once, by a
    day that has passed, and that never came.
    """
    forms: dict[str, set[str]] = {}
    owed: dict[str, dict[str, date]] = {}
    if (ledger := find_ledger(home)) is None:
        return forms, owed
    day = min(now.date(), period.closing_day(home.calendar(notice.calendar)))
    with ledger.one_state():  # returns may come in meanwhile
        for submission in ledger.submissions(str(period)):
            forms.setdefault(submission.unit, set()).add(submission.form)
        for line in paper_lines(Reckoning(home, notice, ledger), period, now, day):
            for unit, state in line.units.items():
                if line.form and state is PaperState.MISSING:
                    owed.setdefault(unit, {})[line.form] = line.due.date()
    return forms, owed


def _remove_earlier_copies(folder: Path, copies: Copies) -> None:
    """Removes marked copies of an earlier run whose returns are in order by now."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.suffix == ".xlsx" and path not in copies.written:
            path.unlink(missing_ok=True)


def _message(
    occasion: Occasion,
    unit: str,
    returns: Sequence[CheckedReturn],
    copies: Copies,
    lacking: Sequence[str],
    *,
    has_reported: bool,
) -> str:
    """Returns the message to a unit; empty where it needs none."""
    if not returns and not has_reported:
        return reminder(occasion, unit)
    problems = [problem for checked_return in returns for problem in _problems_to_act_on(checked_return)]
    if not problems:
        return about_lacking(occasion, unit, lacking) if lacking else ""
    rows = sum(len(table.rows) for checked_return in returns for table in checked_return.tables)
    names = [
        copies.of[checked_return.path].name for checked_return in returns if checked_return.path in copies.of
    ]
    unreadable = sum(not checked_return.readable for checked_return in returns)
    return about_problems(occasion, unit, rows, problems, names, unreadable, lacking)


def _problems_to_act_on(checked_return: CheckedReturn) -> list[Problem]:
    return [
        problem
        for problem in checked_return.problems
        if not problem.waived and problem.severity is not Severity.INFO
    ]
