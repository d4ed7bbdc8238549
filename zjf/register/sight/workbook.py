"""A saved workbook, opened for verification within the limits of any return."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree import ElementTree

import openpyxl

from zjf.documents.seal import Seal
from zjf.errors import CannotDoError
from zjf.intake.formats.relations import read_part
from zjf.intake.formats.xlsx import worksheets
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.workbook import Sheet, open_sheets
from zjf.register.damaged_files import refuse_damaged
from zjf.register.sight.extra_parts import extra_parts, links_to_programs
from zjf.register.sight.legibility import Palette
from zjf.register.sight.overlays import overlays
from zjf.register.sight.package_parts import BOOK, print_areas, strange_parts
from zjf.register.sight.page_edges import page_edges
from zjf.register.sight.seen_sheet import SeenSheet
from zjf.register.sight.sheet_xml import read_sheet_xml
from zjf.render.xlsx.workbook import SEAL_NAME, SEAL_PROPERTY

_CURE = "能核对的是 zjf report 出的 xlsx、PDF、网页：旧格式请先用 WPS 另存为 .xlsx，已损坏的请用原来的文件。"
NEEDS_SEAL = "只有 zjf report 出的表才有校验码；另存时丢了的，请用原来的文件。"
_PROPERTIES, _STRICT = "docProps/custom.xml", b"http://purl.oclc.org/ooxml/"
_SAVE_PLAIN = "请用 WPS 或 Excel 另存为普通的 .xlsx 后再核对，或核对出表时原来的文件。"
_MACROS = "xl/vbaProject.bin"
_USE_ORIGINAL = "请用出表时原来的文件。"
_MOST_MERGED = 1_000_000
_ADDITIONS = re.compile(
    rb"<(?:[\w.-]+:)?(?:dataValidation|conditionalFormatting|cfRule|hyperlink|definedName)\b"
)
_MOST_ADDITIONS = 500
"""What openpyxl makes objects of, each in its own slow way; a printed table has hardly any."""
_MANY_BYTES = 2**22
"""Of a sheet's XML; with less, its blank rows are looked at as any others."""
_ATTRIBUTES = rb'(?: (?!r=)[\w:.]+="[^"<>]*")*'
_BLANK_ROW = re.compile(
    rb'<row r="(\d+)"%(a)b ?(?:/>|>(?:<c r="[A-Z]{1,3}\1"%(a)b ?/>)*</row>)' % {b"a": _ATTRIBUTES}
)
"""A row in which no cell has anything, written as programs write it."""


@dataclass(frozen=True)
class SeenBook:
    """A workbook.

    Args:
        sheets: The sheets that a person sees, in order.
        hidden: The names of those that are hidden.
        others: The names of visible sheets that hold no cells (charts).
        seals: The codes that it bears, one for each place that holds one.
        has_macros: Whether it bears a program of its own.
        strange: Parts that a spreadsheet shows and the readers of cells do not see, in words.
        has_links: Whether there are links on its visible sheets.
        extra_parts: What it brings along beside its sheets and nobody looks at, in words.
    """

    name: str
    sheets: tuple[SeenSheet, ...]
    hidden: tuple[str, ...]
    others: tuple[str, ...]
    seals: tuple[Seal, ...]
    has_macros: bool
    strange: tuple[str, ...] = ()
    has_links: bool = False
    extra_parts: tuple[str, ...] = ()


def open_book(name: str, data: bytes) -> SeenBook:
    """Opens a workbook for being looked at.

    Raises:
        CannotDoError: It is too large, no workbook, damaged, protected by a password, or bears no code.
    """
    try:
        values = {sheet.name: sheet for sheet in open_sheets(name, data, Limits())}
    except UnreadableError as unreadable:
        reason, _, _ = unreadable.problem.message.partition("。")  # what follows is for who sends a return
        raise CannotDoError(f"{name}：{reason}", _CURE) from unreadable
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise CannotDoError(f"{name} 不是能读的 .xlsx 或 .pdf", _CURE)
    if any(_merged_cells(sheet) > _MOST_MERGED for sheet in values.values()):
        # openpyxl makes an object of each cell under a merged one, and sets the borders of each.
        raise CannotDoError(f"{name} 里合并的单元格有上百万格，不能核对", _USE_ORIGINAL)
    with (
        refuse_damaged(f"{name} 不是能读的 .xlsx 或 .pdf", _CURE),
        zipfile.ZipFile(io.BytesIO(data)) as package,
        warnings.catch_warnings(),
    ):
        _refuse_strict(name, package)
        if _additions(package) > _MOST_ADDITIONS:
            raise CannotDoError(f"{name} 里的条件格式、下拉、链接、名称有好几百处，不能核对", _USE_ORIGINAL)
        seals = tuple(_seals(package))
        if not seals:  # openpyxl may take long for what is no table of ours
            raise CannotDoError(f"{name} 上没有校验码", NEEDS_SEAL)
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: it is looked for in the XML
        shorter = io.BytesIO(without_blank_rows(data, max(len(sheet.rows) for sheet in values.values())))
        book: Any = openpyxl.load_workbook(shorter, rich_text=True)
        shortened = zipfile.ZipFile(shorter)
        parts, areas = worksheets(package), print_areas(package)
        palette = Palette(book.loaded_theme, book._colors)
        sheets = [
            _sheet(values[page.title], page, palette, shortened, parts[page.title], areas.get(number, ""))
            for number, page in enumerate(book._sheets)
            if page in book.worksheets and page.sheet_state == "visible"
        ]
        has_macros = _MACROS in package.namelist()
        strange = (*strange_parts(package, data), *palette.oddities, *links_to_programs(package))
        further_parts = tuple(extra_parts(package))
    hidden = tuple(page.title for page in book.worksheets if page.sheet_state != "visible")
    others = tuple(chart.title for chart in book.chartsheets if chart.sheet_state == "visible")
    has_links = any(sheet.has_links for sheet in sheets)
    further_parts += tuple(dict.fromkeys(name for sheet in sheets for name in sheet.switches))
    return SeenBook(name, tuple(sheets), hidden, others, seals, has_macros, strange, has_links, further_parts)


def _refuse_strict(name: str, package: zipfile.ZipFile) -> None:
    """Refuses a workbook in the strict dialect, of which openpyxl sees neither cells nor styles."""
    if _STRICT in package.read(BOOK):
        raise CannotDoError(f"{name} 是“严格 Open XML”格式的 .xlsx，看不全", _SAVE_PLAIN)


def _merged_cells(sheet: Sheet) -> int:
    """Returns the number of merged cells; a range counts as ten at least, since it costs as much to read."""
    sizes = ((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in sheet.merges)
    return sum(max(size, 10) for size in sizes)


def _sheet(
    values: Any, page: Any, palette: Palette, package: zipfile.ZipFile, part: str, print_area: str
) -> SeenSheet:
    xml = read_sheet_xml(package.read(part))
    overlays_of_sheet, edges = tuple(overlays(package, part, xml)), page_edges(xml, palette)
    return SeenSheet(
        values,
        page,
        palette,
        overlays_of_sheet,
        edges,
        print_area,
        xml.links,
        tuple(xml.switches()),
        xml.worked_out,
    )


def _additions(package: zipfile.ZipFile) -> int:
    """Returns how many prompts, conditions, links and names the workbook and its sheets have."""
    parts = (name for name in package.namelist() if name == BOOK or name.lower().startswith("xl/worksheets/"))
    return sum(len(_ADDITIONS.findall(package.read(part))) for part in parts)


def _seals(package: zipfile.ZipFile) -> Iterator[Seal]:
    for part, name in ((_PROPERTIES, SEAL_PROPERTY), (BOOK, SEAL_NAME)):
        for node in ElementTree.fromstring(read_part(package, part) or b"<none/>").iter():
            if node.get("name") == name and (seal := Seal.read("".join(node.itertext()))):
                yield seal


def without_blank_rows(data: bytes, height: int) -> bytes:
    """Returns a workbook without the blank rows below a row; as it is where its sheets are short.

    Who formats whole columns may save a million of them.

    Args:
        height: The number of the last row that is filled on any of its sheets.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [part for part in package.infolist() if part.filename.startswith("xl/worksheets/")]
        if all(sheet.file_size < _MANY_BYTES for sheet in sheets):
            return data
        shorter = io.BytesIO()
        with zipfile.ZipFile(shorter, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for part in dict.fromkeys(package.namelist()):
                xml = package.read(part)
                if part.startswith("xl/worksheets/"):
                    xml = _BLANK_ROW.sub(partial(_unless_below, height), xml)
                target.writestr(part, xml)
    return shorter.getvalue()


def _unless_below(height: int, row: re.Match[bytes]) -> bytes:
    return b"" if int(row[1]) > height else row[0]
