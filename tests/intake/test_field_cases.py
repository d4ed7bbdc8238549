"""Files as programs and people left them: odd packages, damaged ones, text under another name."""

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from xlsxwriter.utility import xl_rowcol_to_cell

from tests.intake.locked_books import locked_xls
from tests.intake.messy import column
from tests.intake.test_seen_and_counted import MANIFEST, ODS
from tests.intake.test_what_is_no_row import HEADINGS, counted, houses, ledger
from tests.intake.typed_files import written
from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, workbook
from zjf.intake.formats import xlsb

FIXTURES = Path(__file__).parent.parent / "fixtures"
BOOK = workbook(ledger(houses(3)))
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
DEFAULT_PASSWORD = "VelvetSweatshop"


def rewritten(change: Callable[[str, bytes], tuple[str, bytes]], book: bytes = BOOK) -> bytes:
    """The workbook with every member of its package changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as package, zipfile.ZipFile(written, "w") as copy:
        for name in package.namelist():
            copy.writestr(*change(name, package.read(name)))
    return written.getvalue()


def with_sheet(old: bytes, new: bytes, book: bytes = BOOK) -> bytes:
    return rewritten(lambda name, data: (name, data.replace(old, new) if name == SHEET else data), book)


def test_the_part_of_texts_in_other_capitals() -> None:
    def renamed(name: str, data: bytes) -> tuple[str, bytes]:
        return name.replace("sharedS", "SharedS"), data.replace(b"sharedStrings.xml", b"SharedStrings.xml")

    checked = check(rewritten(renamed))
    assert (found_in(checked), counted(checked)) == (set(), [3])
    assert column(checked, "address") == ["东村1号", "东村2号", "东村3号"]


RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.mark.parametrize(
    ("renamed", "targets"),
    [
        ({}, {b'"worksheets/': b'"./worksheets/'}),
        ({}, {b'"worksheets/': b'"../xl/worksheets/', b'"sharedStrings': b'"../xl/sharedStrings'}),
        ({SHEET: "xl/worksheets/Sheet 1.xml"}, {b"sheet1.xml": b"Sheet%201.xml"}),
        ({TEXTS: "xl/texts/all.xml"}, {b"sharedStrings.xml": b"texts/all.xml"}),
        (
            {"xl/workbook.xml": "xl/book.xml", RELATIONS: "xl/_rels/book.xml.rels"},
            {b"xl/workbook.xml": b"xl/book.xml"},
        ),
    ],
    ids=["the same folder", "up and down again", "a blank in the name", "texts elsewhere", "the workbook"],
)
def test_parts_are_found_where_the_relations_lead(
    renamed: dict[str, str], targets: dict[bytes, bytes]
) -> None:
    def moved(name: str, data: bytes) -> tuple[str, bytes]:
        for old, new in targets.items() if name.endswith(".rels") or "Content" in name else ():
            data = data.replace(old, new)
        return renamed.get(name, name), data

    checked = check(rewritten(moved))
    assert (found_in(checked), counted(checked)) == (set(), [3])
    assert column(checked, "address") == ["东村1号", "东村2号", "东村3号"]


def test_a_cell_of_shared_text_without_one_is_blank() -> None:
    remark = xl_rowcol_to_cell(2, HEADINGS.index("备注"))

    def emptied(name: str, data: bytes) -> tuple[str, bytes]:
        before, row, after = data.partition(b'<row r="3"')
        cells, end, rest = after.partition(b"</row>")
        cell = f'<c r="{remark}" t="s"><v/></c>'.encode()
        return name, before + row + cells + cell + end + rest if name == SHEET else data

    checked = check(rewritten(emptied))
    assert (found_in(checked), counted(checked)) == (set(), [3])
    assert column(checked, "remarks") == [None, None, None]


@pytest.mark.parametrize(
    "reference", [b"A5:XFD1048576", b"A6:XFD1048576", b"A1:XFD1048576", b"B9:B1048576", b"S1:XFD1048576"]
)
def test_a_merge_of_a_million_cells_costs_nothing(reference: bytes) -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="' + reference + b'"/></mergeCells>'
    checked = check(with_sheet(b"</sheetData>", merged))
    assert (found_in(checked), counted(checked)) == (set(), [3])


@pytest.mark.parametrize("name", [SHEET, TEXTS, "xl/workbook.xml"])
def test_two_parts_of_one_name_are_not_guessed_between(name: str) -> None:
    written = io.BytesIO(BOOK)
    with zipfile.ZipFile(written, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        package.writestr(name, package.read(name).replace(b"YS", b"ZS"))
    checked = check(written.getvalue())
    assert found_in(checked) == {("F001", "")}
    assert "重名" in checked.problems[0].message


def test_the_password_that_excel_never_asks_for() -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt(DEFAULT_PASSWORD, locked)
    checked = check(locked.getvalue())
    assert (found_in(checked), counted(checked)) == (set(), [3])


def test_a_password_of_its_own_is_asked_for() -> None:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(BOOK)).encrypt("yunshui", locked)
    assert found_in(check(locked.getvalue())) == {("F002", "")}


@pytest.mark.parametrize(("extension", "houses_in_it"), [("xls", 3), ("et", 1), ("xls", 400)])
def test_the_password_that_excel_never_asks_for_in_the_old_format(extension: str, houses_in_it: int) -> None:
    book = written(ledger(houses(houses_in_it)), extension)
    checked = check(locked_xls(book, DEFAULT_PASSWORD), f"城关街道.{extension}")
    assert (found_in(checked), counted(checked)) == (set(), [houses_in_it])
    assert found_in(check(locked_xls(book, "yunshui"), f"城关街道.{extension}")) == {("F002", "")}


def text_of(rows: Cells, delimiter: str = ",") -> str:
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", ["东村3号", "砖混结构", "赵3"])
def test_a_csv_cut_within_a_row(encoding: str, lost: str) -> None:
    text = text_of(ledger(houses(3)))
    checked = check(text[: text.rindex(lost) + 1].encode(encoding), "城关街道.csv")
    assert found_in(checked) == {("F001", "")}
    assert "没有传完" in checked.problems[0].message


def test_a_csv_without_its_last_line_end_is_whole() -> None:
    checked = check(text_of(ledger(houses(3))).rstrip("\r\n").encode(), "城关街道.csv")
    assert (found_in(checked), counted(checked)) == (set(), [3])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", ","])
@pytest.mark.parametrize("extension", ["xls", "et"])
def test_text_that_is_called_a_workbook_is_read_as_text(
    encoding: str, delimiter: str, extension: str
) -> None:
    text = text_of(ledger(houses(3)), delimiter)
    checked = check(text.encode(encoding), f"城关街道.{extension}")
    assert (found_in(checked), counted(checked)) == (set(), [3])


CELLS = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in ledger(houses(3)))
PAGE = f"<table>{CELLS}</table>"
OF_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAGE, "网页"),
        (f"<html>{PAGE}</html>", "网页"),
        (f"\r\n<div>{PAGE}</div>", "网页"),
        (f"<head><style>td {{}}</style></head>{PAGE}", "网页"),
        (OF_2003, "2003"),
    ],
)
@pytest.mark.parametrize("extension", ["xls", "xlsx"])
def test_a_page_that_is_called_a_workbook(text: str, said: str, encoding: str, extension: str) -> None:
    checked = check(text.encode(encoding), f"城关街道.{extension}")
    assert found_in(checked) == {("F011", "")}
    assert said in checked.problems[0].message
    assert "另存为 .xlsx" in checked.problems[0].hint


@pytest.mark.parametrize("head", [b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\7\1\0", b"\x1f\x8b\x08\0"])
@pytest.mark.parametrize("name", ["城关街道.7z", "城关街道.xlsx", "城关街道"])
def test_an_archive_is_to_be_unpacked(head: bytes, name: str) -> None:
    checked = check(head + bytes(200), name)
    assert found_in(checked) == {("F011", "")}
    assert "解压" in checked.problems[0].hint


def as_ods(cell: str) -> bytes:
    """A ledger of one house whose measures are given as what stands inside the cell."""
    house = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()}
    shown = {name: f"<text:p>{text}</text:p>" for name, text in house.items()} | {"管控措施": cell}
    rows = [
        ["<text:p>填报单位：城关街道</text:p>"],
        [f"<text:p>{name}</text:p>" for name in shown],
        [*shown.values()],
    ]
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string">{inside}</table:table-cell>' for inside in row
        )
        + "</table:table-row>"
        for row in rows
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", ODS.format(columns="", rows=written))
    return buffer.getvalue()


COMMENT = "<office:annotation><text:p>村里核对过</text:p></office:annotation>"
RUBY = (
    "<text:ruby><text:ruby-base>{base}</text:ruby-base><text:ruby-text>tíng yòng</text:ruby-text></text:ruby>"
)


@pytest.mark.parametrize(
    "cell",
    [
        "<text:p>停止使用<text:line-break/>封控警示</text:p>",
        "<text:p>停止使用</text:p><text:p>封控警示</text:p>",
        f"<text:p>停止使用<text:line-break/>封控警示</text:p>{COMMENT}",
        f"{COMMENT}<text:p>停止使用</text:p><text:p>封控警示</text:p>",
        f"<text:p>{RUBY.format(base='停止使用')}、封控警示</text:p>",
        f"<text:p>停止使用<text:line-break/>{RUBY.format(base='封控警示')}</text:p>",
    ],
)
def test_breaks_comments_and_readings_in_a_cell_of_an_ods(cell: str) -> None:
    checked = check(as_ods(cell), "城关街道.ods")
    assert {code for code, _ in found_in(checked)} <= {"C111"}
    (measures,) = column(checked, "controls")
    plain = check(as_ods("<text:p>停止使用、封控警示</text:p>"), "城关街道.ods")
    assert [measures] == column(plain, "controls")


def test_areas_with_binary_tails_are_the_sum_of_what_is_seen() -> None:
    parts = [0.1, 0.2, 120.35]
    numbers: Cells = [[*row, f"={part}"] for row, part in zip(houses(3), parts, strict=True)]
    total = ["合计", *[""] * (len(HEADINGS) - 1), f"={sum(parts)!r}"]
    assert sum(parts) != 120.65  # a tail that the sheet does not show
    sheet: Cells = [["填报单位：城关街道"], [*HEADINGS, "建筑面积（㎡）"], *numbers, total]
    assert "A306" not in {code for code, _ in found_in(check(workbook(sheet)))}


def with_row_4_hidden(sheet: bytes) -> bytes:
    """Its records (type, size, body, all sizes below 128) with the mark of no height at row 4."""
    at, written = 0, bytearray(sheet)
    while sheet[at] != 0 or int.from_bytes(sheet[at + 2 : at + 6], "little") != 3:
        wide = 2 if sheet[at] & 0x80 else 1
        at += wide + 1 + sheet[at + wide]
    written[at + 2 + 11] |= 0x10
    return bytes(written)


def test_a_hidden_row_of_an_xlsb_counts_and_is_named() -> None:
    book = (FIXTURES / "ledger.xlsb").read_bytes()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as package, zipfile.ZipFile(written, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            copy.writestr(name, with_row_4_hidden(data) if name == "xl/worksheets/sheet1.bin" else data)
    assert xlsb.inspect(zipfile.ZipFile(written), b"").sheets[0].hidden_rows == {3}
    checked = check(written.getvalue(), "城关街道.xlsb")
    (said,) = [problem for problem in checked.problems if problem.code == "F017"]
    assert ("4" in said.message, counted(checked)) == (True, [3])
