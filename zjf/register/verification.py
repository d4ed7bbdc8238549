"""Whether a printed table is what the ledger says now, what it said then, or neither.

What was printed is on record (`zjf.register.printed_tables`). Of a table from before there was a register, the
code is looked for among those of the ledger as it stood after each return; that finds it as long as the
roster, the notice and the counting are what they were.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import openpyxl

from zjf.county import County
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording, wording_of
from zjf.errors import CannotDoError, reason
from zjf.ledger import PrintedTable
from zjf.ledger.as_of import states
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.register import printed_tables as register
from zjf.register.book_differences import FOOT, Difference, book_differences, table_differences
from zjf.register.paper_differences import open_paper, paper_differences
from zjf.register.paper_signature import PaperSignature, signatures_on
from zjf.register.print_context import PrintContext
from zjf.register.printed_tables import Table
from zjf.render.xlsx.workbook import SEAL_NAME, SEAL_PROPERTY
from zjf.schemas import FORMS

_PDF = b"%PDF-"
_NO_SEAL = "请核对的文件须由 zjf report 生成；另存时丢了校验码的，请用原来的文件。"


class Verdict(StrEnum):
    """What became of a printed table."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ALTERED = "altered"
    UNCOMPARED = "uncompared"


@dataclass(frozen=True)
class Verification:
    """What was found out about a table.

    Args:
        seal: What it says it is.
        verdict: Whether its figures are the ledger's now, were the ledger's then, or never; or that it
            was printed here, and there is nothing now, or no longer anything, to hold it against.
        differences: Where it does not say what the ledger says: now, or (altered) when it was made.
        made_after: When the last return came in that it was made from; None where that is not known.
        resent: Whether returns came in since, whatever they changed.
        signatures: The electronic signatures that it bears. One that was broken makes it altered.
        printed: What the register says of the code, or would say of it.
        legible: Whether what it said when it was made is known.
    """

    seal: Seal
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    made_after: datetime | None = None
    resent: bool = False
    signatures: tuple[PaperSignature, ...] = ()
    printed: tuple[PrintedTable, ...] = ()
    legible: bool = True

    @property
    def broken(self) -> bool:
        """Whether it was changed after it was signed electronically."""
        return not all(each.intact for each in self.signatures)

    @property
    def shortcomings(self) -> list[str]:
        """Why it was but a draft each time that it was printed; none where it was final once."""
        return min((each.said["draft"] for each in self.printed), key=len, default=[])

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.verification/1`."""
        return {
            "schema": DocumentName.VERIFICATION.value,
            "verdict": self.verdict.value,
            **vars(self.seal),
            "made_after": self.made_after.isoformat() if self.made_after else None,
            "resent": self.resent,
            "differences": [vars(each) for each in self.differences],
            "signatures": [each.as_json() for each in self.signatures],
        }


Differences = Callable[[Wording], Sequence[Difference]]
"""Where a saved file does not say what a table says."""


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
    found = look_up(seal, PrintContext.of_county(home, Period.parse(seal.period)), differences)
    if found is None:
        raise CannotDoError(
            f"台账中没有{seal.unit} {seal.period} 的这种表",
            "请核对是不是本县的表，或用 --county 指明县文件夹。",
        )
    return found


def look_up(
    seal: Seal, desk: PrintContext, differences: Differences = lambda table: ()
) -> Verification | None:
    """As `judge`, at a desk of the table's period; None where the ledger has nothing of what it is about."""
    form, unit = FORMS.get(seal.form), desk.unit_named(seal.unit)
    if form is None:
        return None
    now = list(desk.variants(form, unit))
    printed = desk.ledger.printed(**vars(seal)) or _printed_then(seal, desk)
    if printed:
        return _judged(seal, printed, now, desk, differences)
    signed = desk.ledger.signatures(seal.period, include_former=True)
    if any((each.unit, each.form, each.code) == (seal.unit, seal.form, seal.code) for each in signed):
        return Verification(seal, Verdict.UNCOMPARED, _from_now(now, differences), legible=False)
    return Verification(seal, Verdict.ALTERED, _from_now(now, differences)) if now else None


def _printed_then(seal: Seal, desk: PrintContext) -> list[PrintedTable]:
    """The table as it was made after one of the returns that came in, the latest first."""
    form, unit = FORMS[seal.form], desk.unit_named(seal.unit)
    for then in states(desk.ledger, seal.period, [unit] if unit else desk.home.roster.names):
        past = desk.then(then)
        for table in past.variants(form, unit):
            if table.seal == seal:
                return [register.entry_of(table, past)]
    return []


def _judged(
    seal: Seal,
    printed: Sequence[PrintedTable],
    now: Sequence[Table],
    desk: PrintContext,
    differences: Differences,
) -> Verification:
    """What is found of a table whose code is known: altered is one that is like none that bore the code."""
    found = [_held_against(seal, each, now, desk, differences) for each in reversed(printed)]
    best = next((each for each in found if each.verdict is not Verdict.ALTERED), found[0])
    return replace(best, printed=tuple(printed))


def _held_against(
    seal: Seal, printed: PrintedTable, now: Sequence[Table], desk: PrintContext, differences: Differences
) -> Verification:
    current = next((each for each in now if each.shows_personal == register.whole(printed)), None)
    same = current is not None and register.agrees(printed, current, desk.home.roster.current_name)
    grid = register.grid_of(printed, desk.ledger, current)
    resent = bool(now) and printed.as_of != desk.as_of(desk.unit_named(seal.unit))
    found = Verification(seal, Verdict.CURRENT, (), printed.as_of, resent, legible=grid is not None)
    if grid is None:
        return replace(found, verdict=Verdict.UNCOMPARED, differences=_from_now(now, differences))
    then = register.legible(printed, grid)
    if altered := differences(then):
        return replace(found, verdict=Verdict.ALTERED, differences=tuple(altered))
    if current is None:
        return replace(found, verdict=Verdict.UNCOMPARED)
    if same:
        return found
    changed = tuple(table_differences(then, wording_of(current)))
    return replace(found, verdict=Verdict.OUTDATED, differences=changed)


def _from_now(now: Sequence[Table], differences: Differences) -> tuple[Difference, ...]:
    """Where it differs from what the ledger says now, the foot of the page left out: that has another code."""
    found = differences(wording_of(now[0])) if now else ()
    return tuple(each for each in found if each.heading != FOOT)


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
