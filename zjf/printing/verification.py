"""Whether a printed table is what the ledger says now, what it said then, or neither."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import openpyxl

from zjf.county import County
from zjf.errors import CannotDoError, reason
from zjf.ledger.then import states
from zjf.period import Period
from zjf.printing.desk import Desk
from zjf.reports.differences import FOOT, Difference, Table, book_differences
from zjf.reports.paper_differences import open_paper, paper_differences
from zjf.reports.paper_signature import PaperSignature, signatures_on
from zjf.reports.seal import Seal
from zjf.reports.workbook import SEAL_NAME, SEAL_PROPERTY
from zjf.schemas import FORMS

_PDF = b"%PDF-"
_NO_SEAL = "请核对的文件须由 zjf report 生成；另存时丢了校验码的，请用原来的文件。"


class Verdict(StrEnum):
    """What became of a printed table."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ALTERED = "altered"


@dataclass(frozen=True)
class Verification:
    """What was found out about a table.

    Args:
        seal: What it says it is.
        verdict: Whether its figures are the ledger's now, were the ledger's then, or never.
        differences: Where it does not say what the ledger says: now, or (altered) when it was made.
        made_after: When the last return came in that it was made from; None where its code is not of
            this ledger.
        resent: Whether returns came in since, whatever they changed.
        signatures: The electronic signatures that it bears. One that was broken makes it altered.
    """

    seal: Seal
    verdict: Verdict
    differences: tuple[Difference, ...]
    made_after: datetime | None
    resent: bool = False
    signatures: tuple[PaperSignature, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether it was changed after it was signed electronically."""
        return not all(each.intact for each in self.signatures)

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.printing.verification/1`."""
        return {
            "schema": "zjf.printing.verification/1",
            "verdict": self.verdict.value,
            **vars(self.seal),
            "made_after": self.made_after.isoformat() if self.made_after else None,
            "resent": self.resent,
            "differences": [vars(each) for each in self.differences],
            "signatures": [each.as_json() for each in self.signatures],
        }


Differences = Callable[[Table], Sequence[Difference]]
"""Where a saved file does not say what a table says."""


@dataclass(frozen=True)
class _Made:
    """A table as the ledger makes it, or once made it."""

    table: Table
    after: datetime


def verify(
    path: Path, home: County, progress: Callable[[int, int], None] = lambda done, of: None
) -> Verification:
    """Holds a table that `zjf report` made, and people may have changed, against the ledger.

    Args:
        path: The .xlsx or .pdf.
        home: The county whose ledger is asked.
        progress: Called with how many pages of a PDF are read, of how many.

    Raises:
        CannotDoError: It cannot be read, bears no code, or the ledger has nothing of what it is about.
    """
    try:
        data = path.read_bytes()
    except OSError as gone:
        raise CannotDoError(f"{path} 打不开（{reason(gone)}）", "请核对路径，关闭占用它的程序。") from gone
    paper = data.startswith(_PDF)
    seal = _seal_of_paper(data) if paper else _seal_of_book(path, data)
    if seal is None:
        raise CannotDoError(f"{path.name} 上没有校验码", _NO_SEAL)
    if not paper:
        return judge(seal, home, lambda table: book_differences(path.name, data, table))
    found = judge(seal, home, lambda table: paper_differences(data, table, progress))
    found = replace(found, signatures=signatures_on(data, home.folder))
    return replace(found, verdict=Verdict.ALTERED) if found.broken else found


def judge(seal: Seal, home: County, differences: Differences = lambda table: ()) -> Verification:
    """Holds what a table bears against the ledger.

    Args:
        seal: What the table says it is.
        home: The county whose ledger is asked.
        differences: Where its text is otherwise than a table's; where only its code is known, nowhere.

    Raises:
        CannotDoError: The ledger has nothing of what it is about.
    """
    newest: dict[bool, _Made] = {}
    for made in _ever_made(seal, home):
        now = newest.setdefault(made.table.shows_personal, made)
        if made.table.seal == seal:
            return _judged(seal, made, now, differences)
    if not newest:
        raise CannotDoError(
            f"台账中没有{seal.unit} {seal.period} 的这种表",
            "请核对是不是本县的表，或用 --county 指明县文件夹。",
        )
    return Verification(seal, Verdict.ALTERED, _of_figures(differences(newest[False].table)), None)


def _judged(seal: Seal, made: _Made, now: _Made, differences: Differences) -> Verification:
    resent = made is not now
    if altered := differences(made.table):
        return Verification(seal, Verdict.ALTERED, tuple(altered), made.after, resent)
    if made.table.grid == now.table.grid:
        return Verification(seal, Verdict.CURRENT, (), made.after, resent)
    return Verification(seal, Verdict.OUTDATED, _of_figures(differences(now.table)), made.after, resent)


def _of_figures(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Without the foot of the page: another table has another code."""
    return tuple(each for each in found if each.heading != FOOT)


def _ever_made(seal: Seal, home: County) -> Iterator[_Made]:
    """The table in question after each return that came in, the latest first."""
    form, period = FORMS.get(seal.form), Period.parse(seal.period)
    unit = None if seal.unit == home.name else seal.unit
    if form is None:
        return
    desk = Desk.open(home, period)
    for then in states(desk.ledger, str(period), [unit] if unit else home.roster.names):
        past = desk.then(then)
        after = max(each.received_at for each in past.submissions)
        for table in past.variants(form, unit):
            yield _Made(table, after)


def _seal_of_book(path: Path, data: bytes) -> Seal | None:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except Exception as unreadable:  # its parsers raise whatever they stumble over
        raise CannotDoError(
            f"{path.name} 不是能读的 .xlsx 或 .pdf", "旧格式请先用 WPS 另存为 .xlsx；已损坏的请用原来的文件。"
        ) from unreadable
    name = book.defined_names.get(SEAL_NAME)
    properties = book.custom_doc_props.props  # type: ignore[attr-defined]
    texts = [each.value for each in properties if each.name == SEAL_PROPERTY]
    seals = map(Seal.read, [*map(str, texts), *([name.attr_text] if name else [])])
    return next(filter(None, seals), None)


def _seal_of_paper(data: bytes) -> Seal | None:
    about = open_paper(data).metadata
    return Seal.read(str(about.get("/Keywords", ""))) if about else None
