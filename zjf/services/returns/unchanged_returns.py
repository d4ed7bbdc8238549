"""Returns that were read in an earlier run and have not changed: their results are kept, and they are not read again.

The key of a result is all that checking the return alone depends on: its bytes and name, the settings, the period,
the sheets asked for, the program and its libraries. The result also says which submissions of the period before it
was compared with. Where one of these has changed, the return is read again. Its rows are those on record; what
concerns several returns is checked in every run.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from zjf.acceptance import Decision
from zjf.checking.accepted_notes import waived_duties
from zjf.checking.earlier_periods import LastAccepted
from zjf.checking.kept_check import KeptCheck, may_be_kept, names_no_person
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.checking.ready_return import ReadyReturn
from zjf.county import County
from zjf.county_folder import SETTINGS_FILE
from zjf.errors import CannotDoError
from zjf.figures.reckoning import UnitReturn
from zjf.figures.units import UnitFigures
from zjf.files import readable_name
from zjf.kept_results import digest, keep, kept, place_of, state_of_files, state_of_program
from zjf.ledger import Ledger, ReadyRows, SpillFile, Submission
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.problems import Problem
from zjf.rules.phases import due_rules
from zjf.rules.progress import check_progress
from zjf.services.returns.preparation import CountedReturn, Preparation

_SETTINGS = (SETTINGS_FILE, "notices/**/*")
_MANY_ROWS = 2_000
"""Fewer take little memory."""


@dataclass
class UnchangedReturns:
    """The kept results of a period's returns (`zjf.pipeline.returns.EarlierRuns`).

    Args:
        rehearse: Whether it is a rehearsal: then all returns are read, and no result is kept.
        figures: The figures of the returns that were accepted, as far as they were counted where these were read.
    """

    home: County
    notice: Notice
    ledger: Ledger
    period: Period
    settings: CheckSettings
    rehearse: bool = False
    figures: dict[UnitReturn, UnitFigures] = field(default_factory=dict, init=False)
    _problems_alone: dict[Path, Sequence[Problem]] = field(default_factory=dict, init=False)

    @cached_property
    def past(self) -> LastAccepted:
        """The returns accepted before the period."""
        return LastAccepted(self.ledger, self.period, self.home.calendar(self.notice.calendar))

    def unchanged(self, paths: Sequence[Path]) -> dict[int, CheckedReturn]:
        """Returns, by index in the list, the returns that need not be read, as they were when checked alone."""
        unchanged: dict[int, CheckedReturn] = {}
        for index, path in enumerate(() if self.rehearse else paths):
            with suppress(CannotDoError, OSError):  # then it is read
                if (checked := self._unchanged(path)) is not None:
                    unchanged[index] = checked
        return unchanged

    def _unchanged(self, path: Path) -> ReadyReturn | None:
        check = KeptCheck.read(kept(self._place(path)))
        if check is None:
            return None
        sha256 = digest_of(path)
        if check.key != self._key(path, sha256) or check.past != self.past.state_of(check.claims):
            return None
        if not check.is_of(self._by_number):
            return None
        return check.as_return(
            path, sha256, self._by_number, lambda submission: _RowsOnRecord(self.ledger, submission)
        )

    @cached_property
    def _by_number(self) -> dict[int, Submission]:
        sent = self.ledger.submissions(str(self.period), include_superseded=True)
        return {submission.id: submission for submission in sent}

    @cached_property
    def afterwards(self) -> Preparation:
        """What a worker does with a checked return: it needs no other return and no ledger."""
        return Preparation(self.notice, self.settings.judgement)

    def read(self, checked: CheckedReturn) -> None:
        """Notes the problems of a return that was checked alone, and compares it with the period before."""
        if may_be_kept(checked):
            self._problems_alone[checked.path] = tuple(checked.problems)
        if isinstance(checked, ReadyReturn):
            checked.against_past = tuple(check_progress(checked.tables, self.past))
            with suppress(OSError):  # where there is no room for them, they stay in memory
                self._spill_rows(checked)

    def _spill_rows(self, checked: ReadyReturn) -> None:
        for table in checked.tables:
            rows = checked.rows_as.get(table.index)
            if isinstance(rows, ReadyRows) and len(rows) >= _MANY_ROWS:
                spilled = self._spill_file.spill(rows)
                checked.rows_as = {**checked.rows_as, table.index: spilled}
                table.keep_rows_in(spilled)

    @cached_property
    def _spill_file(self) -> SpillFile:
        return SpillFile()

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Keeps the results of the returns that were read and that the ledger accepted whole, for the next run."""
        if self.rehearse:
            return
        submissions = {
            (submission.unit, submission.form): submission
            for submission in self.ledger.submissions(str(self.period))
        }
        overdue = {rule.code.code for rule in due_rules(self.notice)}
        for decision in decisions:
            accepted = _accepted_whole(decision, submissions)
            if accepted and decision.checked.path in self._problems_alone:
                self.figures |= _figures_of(decision.checked, accepted.values())
                with suppress(CannotDoError, OSError, ValueError):  # then it is read again next time
                    self._keep(decision.checked, accepted, overdue)

    def _keep(
        self, checked: CheckedReturn, accepted: Mapping[int, Submission], overdue: Collection[str]
    ) -> None:
        key = self._key(checked.path, checked.sha256)
        past = self.past.state_of([(submission.unit, submission.form) for submission in accepted.values()])
        check = KeptCheck.of(key, past, checked, self._problems_alone[checked.path], accepted, overdue)
        written = check.as_json()
        if KeptCheck.read(written) == check:
            keep(self._place(checked.path), written)

    def _place(self, path: Path) -> Path:
        return place_of(
            self.home.folder, f"returns/{self.period}/{digest(readable_name(path.name))[:32]}.json"
        )

    def _key(self, path: Path, sha256: str) -> str:
        return digest(json.dumps([self._common, readable_name(path.name), sha256], ensure_ascii=False))

    @cached_property
    def _common(self) -> str:
        """A digest of what all returns depend on."""
        depends_on = [
            state_of_program(),
            state_of_files(self.home.folder, _SETTINGS),
            self.home.notice,
            str(self.period),
            self.settings.intake.only_sheets,
            datetime.now(OFFICE_TIME).year,  # a document dated next year is a problem
        ]
        return digest(json.dumps(depends_on, ensure_ascii=False))


def _accepted_whole(
    decision: Decision, submissions: Mapping[tuple[str, str], Submission]
) -> dict[int, Submission] | None:
    """Returns, by table, the submissions of a return; None where it was not accepted whole, or cannot be kept."""
    checked = decision.checked
    if not decision.taken or decision.partial or decision.rejected or checked.set_aside:
        return None
    if not names_no_person(checked.problems):
        return None
    accepted = {}
    for table in checked.tables:
        submission = submissions.get((table.unit or "", table.form.id))
        if submission is None or submission.accepted_as != table.unit or submission.sha256 != checked.sha256:
            return None
        if submission.partial or submission.rows_accepted != len(table.rows):
            return None
        accepted[table.index] = submission
    return accepted


def _figures_of(checked: CheckedReturn, accepted: Collection[Submission]) -> dict[UnitReturn, UnitFigures]:
    """Returns the figures of a return that was accepted whole, without waivers, which they do not know of."""
    figures = checked.figures if isinstance(checked, CountedReturn) else None
    if figures is None or any(waived_duties(submission.notes) for submission in accepted):
        return {}
    return {(figures.unit, tuple(sorted(submission.id for submission in accepted))): figures}


@dataclass(frozen=True, eq=False)
class _RowsOnRecord:
    """The rows of a table, read from the ledger when they are needed (`zjf.intake.table.Rows`)."""

    ledger: Ledger
    submission: Submission

    def cells(self, name: str) -> list[Any]:
        cells: list[Any] = self.ledger.frame_of(self.submission, {name})[name].tolist()
        return cells

    def frame(self) -> pd.DataFrame:
        return _whole_frame(self)


@lru_cache(maxsize=1)
def _whole_frame(rows: _RowsOnRecord) -> pd.DataFrame:
    return rows.ledger.frame_of(rows.submission)
