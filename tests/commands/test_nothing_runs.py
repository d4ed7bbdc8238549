"""Nothing that zjf writes runs: what a return or a setting holds stays a text in every output."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.sheets import workbook

from .office import GREENSTONE, MINE, PERIOD, TOWN, Office, ledger

WORKED_OUT = "1337"
NAMED = "=1+1{{337}}镇"
"""A unit of the settings."""
PAYLOADS = (
    '=HYPERLINK("http://example.invalid","点这里")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "</td></table><script>alert(1)</script>",
    "{{7*191}}",
    "{% for one in range(1337) %}{% endfor %}",
    "#calc.mul(7, 191)",
    "#image(bytes(()))",
    "$ 7 dot 191 $",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    "&lt;w:fldSimple w:instr='DDE'/&gt;",
    "{ INCLUDETEXT http://example.invalid/calc.txt }",
    "«MERGEFIELD calc»",
    "{{ ''.__class__.__mro__ }}{{7*191}}",
    "]]>&calc;<!ENTITY calc 'x'>",
    "[点这里](http://example.invalid/) ![](http://example.invalid/x.png)",
    "\u202e=1+1\u202c",
    "；=1+1",
)
ESCAPED = "\x1b[2J\x1b]0;calc\x07"
"""What clears a terminal, and names its window."""
_OWN_FORMULA = re.compile(r"=(SUM\([A-Z]+\d+:[A-Z]+\d+\)|[-+/()A-Z0-9]+)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OF_NO_PERIOD = ("classify", "house")
_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Live(HTMLParser):
    """Tags and attributes of a page that would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [name for name, _ in attrs if name.startswith("on")]
        self.found += [tag] if tag == "img" else []


@pytest.fixture
def attacked(office: Office) -> Office:
    """Every payload in every column of words, in names of files and sheets, in settings and in notes."""
    office.change_settings("[reporting]\n", f"[[units]]\nname = '{NAMED}'\n\n[reporting]\n")
    office.change_settings(
        'notice = "jiaxiang-2024"',
        "notice = \"jiaxiang-2024\"\noffice = '=1+1<img src=x onerror=alert(1)>{{7*191}}#calc.mul(7, 191)'",
    )
    houses = [
        {"村（社区）": text, "房屋地址": text, "产权人": text, "整治措施": text if number % 4 == 0 else ""}
        for number, text in enumerate(PAYLOADS)
    ]
    cells = ledger(TOWN, *houses)
    cells[0] = [*cells[0], "填报人：=1+1<img src=x onerror=alert(1)>{{7*191}}"]
    office.receive("=1+1{{7*191}}城关街道.xlsx", workbook(cells))
    office.receive("青石镇.xlsx", ledger(GREENSTONE, {"房屋地址": "@SUM(1,1)", "结构类型": "=1+1"}))
    office.receive("石岭.xlsx", ledger(MINE, {"房屋地址": "<b>{{7*191}}</b>"}))
    office.receive("另一镇.xlsx", ledger(NAMED, {"房屋编号": "YS9001"}))
    office.receive(f"{ESCAPED}坏.xlsx", b"no workbook")
    photos = office.folder / "照片"
    photos.mkdir()
    for name in ("=1+1.jpg", "<img src=x onerror=alert(1)>.jpg", f"YS0001_{ESCAPED}.jpg"):
        (photos / name).write_bytes(b"no picture")
    listed = [["房屋编号", "所属乡镇", "行政村", "地址", "类别", "层数"]]
    listed += [[f"PT{at:03d}", TOWN, text, text, "自建房", "2"] for at, text in enumerate(PAYLOADS)]
    (office.folder / "=1+1平台.xlsx").write_bytes(workbook(listed))
    return office


def test_nothing_runs_in_any_output(attacked: Office) -> None:
    where = ("--county", attacked.folder, "--period", PERIOD)
    attacked.validate("--annotate", attacked.out / "标注")
    attacked.aggregate("--partial")
    for command in (
        ("report", "attachment-1", "attachment-2", "--as", "xlsx,pdf,docx,html"),
        ("report", "house-ledger", "--as", "xlsx,pdf", "--show-personal"),
        ("weekly", "--as", "md,docx,xlsx,html"),
        ("paper", "plan", "--house", "YS0003", "--as", "docx,pdf"),
        ("paper", "book", "--house", "YS0007", "--as", "docx,pdf"),
        ("photos", attacked.folder / "照片", "--all", "--format", "xlsx"),
        ("photos", attacked.folder / "照片", "--all"),
        ("reconcile", attacked.folder / "=1+1平台.xlsx", "--format", "xlsx"),
        ("reconcile", attacked.folder / "=1+1平台.xlsx"),
        ("classify", attacked.inbox, "--format", "xlsx"),
        ("validate", attacked.inbox, "--format", "xlsx"),
        ("validate", attacked.inbox),
        ("validate", attacked.inbox, "--format", "json"),
        ("message", attacked.inbox),
        ("status",),
        ("receive", attacked.inbox),
        ("house", "YS0010"),
        ("find", "calc"),
        ("sample", "--format", "xlsx"),
        ("export", "--as", "csv,xlsx", "--show-personal"),
    ):
        ran = attacked.run(*command, *(where[:2] if command[0] in _OF_NO_PERIOD else where))
        assert ran.code in (0, 1), (command, ran.err)
        assert not _CONTROLS.search(ran.out + ran.err), command
    whole = attacked.folder / "out"
    made = [path for path in whole.rglob("*") if path.is_file()]
    assert {".xlsx", ".pdf", ".docx", ".html", ".csv"} <= {path.suffix for path in made}
    assert [f"{path.relative_to(whole)}: {what}" for path in made for what in _live(path)] == []


def _live(path: Path) -> list[str]:
    data = path.read_bytes()
    look = {".xlsx": _in_book, ".docx": _in_letter, ".html": _in_page, ".pdf": _in_paper, ".csv": _in_text}
    return look[path.suffix](data) if path.suffix in look else []


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
            found += [cell.hyperlink.target for cell in row if cell.hyperlink and cell.hyperlink.target]
    return found


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
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return [WORKED_OUT] if WORKED_OUT in words.replace("range(1337)", "") else []


def _in_text(data: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if cell.startswith(_STARTS)]
