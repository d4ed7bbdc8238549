"""The returns that were read in an earlier run and have not changed: they are told again, not read.

A return is known by all that reading and checking it alone depends on: its bytes and its name, the settings, the
period, the sheets asked for, the program and its libraries. What it was held against is known by the submissions
that were accepted of the period before. Where one of them is another, or nothing is kept, it is read. Its rows
are those on record, and what it has to do with the other returns of the run is looked at in every run.
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
from zjf.checking.earlier_periods import LastAccepted
from zjf.checking.kept_check import KeptCheck, can_be_kept
from zjf.checking.making_ready import MakesReady
from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.checking.ready_return import ReadyReturn
from zjf.county import County
from zjf.county_folder import SETTINGS_FILE
from zjf.errors import CannotDoError
from zjf.files import readable_name
from zjf.kept_results import digest, keep, kept, place_of, state_of_files, state_of_program
from zjf.ledger import Ledger, Submission
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.problems import Problem
from zjf.rules.phases import due_rules
from zjf.rules.progress import check_progress

_SETTINGS = (SETTINGS_FILE, "notices/**/*")


@dataclass
class UnchangedReturns:
    """What earlier runs found of a period's returns (`zjf.pipeline.returns.EarlierRuns`), and what this one does.

    Args:
        home: The county.
        notice: Its notice.
        ledger: Its ledger.
        period: The period.
        settings: What checking a return depends on beside it.
        rehearse: Whether it is a rehearsal: all are read, and nothing is kept.
    """

    home: County
    notice: Notice
    ledger: Ledger
    period: Period
    settings: CheckSettings
    rehearse: bool = False
    _alone: dict[Path, Sequence[Problem]] = field(default_factory=dict, init=False)

    @cached_property
    def past(self) -> LastAccepted:
        """What was accepted before the period."""
        return LastAccepted(self.ledger, self.period, self.home.calendar(self.notice.calendar))

    def told(self, paths: Sequence[Path]) -> dict[int, CheckedReturn]:
        """Returns by place in the list the returns that need not be read, as they were when checked alone."""
        told: dict[int, CheckedReturn] = {}
        for place, path in enumerate(() if self.rehearse else paths):
            with suppress(CannotDoError, OSError):  # it is read
                if (found := self._told(path)) is not None:
                    told[place] = found
        return told

    def _told(self, path: Path) -> ReadyReturn | None:
        check = KeptCheck.read(kept(self._place(path)))
        if check is None:
            return None
        sha256 = digest_of(path)
        if check.key != self._key(path, sha256) or check.past != self.past.what(check.claims):
            return None
        if not check.is_of(self._by_number):
            return None
        return check.told(path, sha256, self._by_number, lambda its: _RowsOnRecord(self.ledger, its))

    @cached_property
    def _by_number(self) -> dict[int, Submission]:
        sent = self.ledger.submissions(str(self.period), include_superseded=True)
        return {submission.id: submission for submission in sent}

    @cached_property
    def afterwards(self) -> MakesReady:
        """What is done with a return where it was checked, and needs no other return and no ledger."""
        all_new = not self.rehearse and self.ledger.is_file and not self.ledger.accepted()
        return MakesReady(self.notice, self.settings.judgement, all_new)

    def read(self, checked: CheckedReturn) -> None:
        """Notes what problems a return has when it has been checked alone, and holds it against the period before."""
        self._alone[checked.path] = tuple(checked.problems)
        if isinstance(checked, ReadyReturn):
            checked.against_past = tuple(check_progress(checked.tables, self.past))

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Keeps what was found of the returns that were read and taken whole, for the next run.

        Args:
            decisions: The decisions on the returns, which the ledger has accepted.
        """
        if self.rehearse:
            return
        sent = {(its.unit, its.form): its for its in self.ledger.submissions(str(self.period))}
        overdue = {rule.code.code for rule in due_rules(self.notice)}
        for decision in decisions:
            accepted = _accepted_whole(decision, sent)
            if accepted and decision.checked.path in self._alone:
                with suppress(CannotDoError, OSError, ValueError):  # it is only read again
                    self._keep(decision.checked, accepted, overdue)

    def _keep(
        self, checked: CheckedReturn, accepted: Mapping[int, Submission], overdue: Collection[str]
    ) -> None:
        key = self._key(checked.path, checked.sha256)
        past = self.past.what([(its.unit, its.form) for its in accepted.values()])
        check = KeptCheck.of(key, past, checked, self._alone[checked.path], accepted, overdue)
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
    def _common(self) -> list[Any]:
        return [
            state_of_program(),
            state_of_files(self.home.folder, _SETTINGS),
            self.home.notice,
            str(self.period),
            self.settings.intake.only_sheets,
            datetime.now(OFFICE_TIME).year,  # a document of next year's is a mistake
        ]


def _accepted_whole(
    decision: Decision, sent: Mapping[tuple[str, str], Submission]
) -> dict[int, Submission] | None:
    """By table, the submissions that a return became; None where not all of it did, or it cannot be kept."""
    checked = decision.checked
    if not decision.taken or decision.partial or decision.rejected or not can_be_kept(checked):
        return None
    accepted = {}
    for table in checked.tables:
        its = sent.get((table.unit or "", table.form.id))
        if its is None or its.accepted_as != table.unit or its.sha256 != checked.sha256:
            return None
        if its.partial or its.rows_accepted != len(table.rows):
            return None
        accepted[table.index] = its
    return accepted


@dataclass(frozen=True, eq=False)
class _RowsOnRecord:
    """The rows of a table where they are on record (`zjf.intake.table.Rows`)."""

    ledger: Ledger
    submission: Submission

    def cells(self, name: str) -> list[Any]:
        cells: list[Any] = self.ledger.frame_of(self.submission, {name})[name].tolist()
        return cells

    def frame(self) -> pd.DataFrame:
        return _had(self)


@lru_cache(maxsize=1)
def _had(rows: _RowsOnRecord) -> pd.DataFrame:
    return rows.ledger.frame_of(rows.submission)
