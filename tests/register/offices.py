"""A county that has printed its tables, made once for many tests."""

import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter

from tests.commands.office import (
    FACT_1,
    GREENSTONE,
    MINE,
    PERIOD,
    SETTINGS,
    TOWN,
    UNREVIEWED,
    attachment,
    ledger,
)
from tests.sheets import workbook
from zjf import cli
from zjf.county import County
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.register.verification import Verification, verify

EARLIER = "2024-W22"
_of_county = PrintContext.of_county


@dataclass(frozen=True)
class PrintedCounty:
    """A county's folder with what it printed for two weeks; the first week's county tables are drafts."""

    folder: Path
    contexts: dict[str, PrintContext] = field(default_factory=dict)
    """What the ledger says of a period, to all that ask: it is counted once."""

    def file(self, name: str, period: str = PERIOD) -> bytes:
        """A table that was printed."""
        (path,) = (self.folder / "out" / period).rglob(name)
        return path.read_bytes()

    def judged(self, path: Path) -> Verification:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(PrintContext, "of_county", self._context)
            return verify(path, County.load(self.folder))

    def _context(self, home: County, period: Period) -> PrintContext:
        if str(period) not in self.contexts:
            self.contexts[str(period)] = _of_county(home, period)
        return self.contexts[str(period)]


def printed_county(folder: Path) -> PrintedCounty:
    """Makes the county: returns of two weeks taken in, and every table printed."""
    folder.mkdir()
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    _send(folder, EARLIER, TOWN, workbook(_noted(TOWN, {}, {})))
    _send(folder, PERIOD, TOWN, workbook(_noted(TOWN, {}, {})))
    _send(folder, PERIOD, GREENSTONE, workbook(_noted(GREENSTONE, {}, UNREVIEWED, {})))
    _send(folder, PERIOD, MINE, workbook(attachment("attachment-2", {MINE: FACT_1})))
    forms = ("attachment-1", "attachment-2", "house-ledger")
    for period in (EARLIER, PERIOD):
        _run(folder, period, "aggregate", str(folder / "returns" / period))
        _run(folder, period, "report", *forms, "--as", "xlsx,pdf")
    _run(folder, PERIOD, "report", *forms[:2], "--as", "docx,html")
    return PrintedCounty(folder)


def _noted(unit: str, *houses: Mapping[str, str]) -> Any:
    """A unit's ledger that says who filled it in."""
    cells = ledger(unit, *map(dict, houses))
    return [[*cells[0], "", "填报人：李春", "", "联系方式：0771-2345678"], *cells[1:]]


def _send(folder: Path, period: str, unit: str, data: bytes) -> None:
    path = folder / "returns" / period / f"{unit}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _run(folder: Path, period: str, *arguments: str) -> None:
    with redirect_stdout(io.StringIO()):
        code = cli.run([*arguments, "--county", str(folder), "--period", period])
    assert code in (0, 1)


def typed_into(data: bytes, change: Callable[[Any], None]) -> bytes:
    """A workbook that someone opened, changed and saved again."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def part_changed(
    data: bytes, part: str, change: Callable[[bytes], bytes], more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A workbook with one of its parts rewritten, and parts added to it."""
    return parts_changed(data, {part: change}, more or {})


def parts_changed(
    data: bytes, changes: Mapping[str, Callable[[bytes], bytes]], more: Mapping[str, bytes | str]
) -> bytes:
    """A workbook with some of its parts rewritten, and parts added to it."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        assert changes.keys() <= set(source.namelist())
        for name in source.namelist():
            was = source.read(name)
            now = changes.get(name, lambda xml: xml)(was)
            assert name not in changes or now != was, f"nothing was changed in {name}"
            target.writestr(name, now)
        for name, content in more.items():
            target.writestr(name, content)
    return packed.getvalue()


def saved_paper(data: bytes, change: Callable[[PdfWriter], None] = lambda writer: None) -> bytes:
    """A PDF that someone opened, changed and saved again; what it says of itself is kept."""
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    change(writer)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()
