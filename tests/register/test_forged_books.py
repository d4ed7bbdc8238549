"""Every forgery of a printed workbook is found, and what was done is named."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from zjf.errors import CannotDoError
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification

from . import cunning_books, turned_books
from .doubled_books import DOUBLED
from .forged_books import TYPED, Typed
from .offices import EARLIER, PrintedCounty, part_changed, parts_changed, typed_into
from .repacked_books import REPACKED, Repacked
from .restyled_books import RESTYLED
from .written_books import WRITTEN

COUNTY, GREENSTONE, LEDGER = "附件2_云水县.xlsx", "附件2_青石镇.xlsx", "自建房台账_青石镇.xlsx"


def forged(county: PrintedCounty, folder: Path, data: bytes) -> Verification:
    path = folder / "表.xlsx"
    path.write_bytes(data)
    return county.judged(path)


@pytest.mark.parametrize(
    "change", [*TYPED, *cunning_books.TYPED, *turned_books.TURNED], ids=lambda change: change.__name__
)
def test_what_is_typed_or_set_is_found(county: PrintedCounty, tmp_path: Path, change: Typed) -> None:
    found = forged(county, tmp_path, typed_into(county.file(COUNTY), change))
    assert found.verdict is Verdict.ALTERED
    assert found.differences
    assert all(difference.place or difference.heading for difference in found.differences)


WRITTEN_TOO = [*WRITTEN, turned_books.a_column_set_twice, turned_books.a_letter_that_vanishes]


@pytest.mark.parametrize("change", WRITTEN_TOO, ids=lambda change: change.__name__)
def test_what_is_written_into_its_xml_is_found(
    county: PrintedCounty, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    more = getattr(change, "parts", {})
    data = part_changed(county.file(COUNTY), "xl/worksheets/sheet1.xml", change, more)
    assert forged(county, tmp_path, data).verdict is Verdict.ALTERED


def test_numbers_of_houses_below_blank_lines(county: PrintedCounty, tmp_path: Path) -> None:
    """A ledger's long texts may be cut off in print; a number that was moved out of its cell is another thing."""
    lower = part_changed(
        county.file(LEDGER),
        "xl/sharedStrings.xml",
        lambda xml: re.sub(rb"<t>(YS\d+)</t>", rb'<t xml:space="preserve">\n\n\n\n\n\1</t>', xml),
    )
    assert forged(county, tmp_path, lower).verdict is Verdict.ALTERED


DAMAGED = {
    "a_cell_written_twice": "这一格写了两次",
    "a_cell_twice_in_other_letters": "这一格写了两次",
    "a_figure_for_some_programs": "这一格写了两次",
    "a_cell_in_another_row": "这一格写了两次",
    "two_sheets_of_one_number": "两部分用了同一个编号",
    "merged_by_a_second_list": "工作表里有两份内容",
    "figures_in_a_second_table": "工作表里有两份内容",
    "a_typeface_that_is_not_there": "前后不符",
    "a_view_from_more_than_one_cell": "前后不符",
}
"""What is damage to any reader, and in which words: there is no verdict."""


@pytest.mark.parametrize("repacked", [*REPACKED, *DOUBLED, *RESTYLED], ids=lambda change: change.__name__)
def test_what_is_done_to_its_package_is_found(
    county: PrintedCounty, tmp_path: Path, repacked: Callable[[bytes], Repacked]
) -> None:
    data = county.file(COUNTY)
    packed = parts_changed(data, *repacked(data))
    if damage := DAMAGED.get(repacked.__name__):
        with pytest.raises(CannotDoError, match=damage):
            forged(county, tmp_path, packed)
        return
    found = forged(county, tmp_path, packed)
    assert found.verdict is Verdict.ALTERED
    assert found.differences


def test_a_workbook_with_another_before_it(county: PrintedCounty, tmp_path: Path) -> None:
    """Who searches a package from its start finds the first; the verdict is about the second."""
    data = county.file(GREENSTONE) + county.file(COUNTY)
    found = forged(county, tmp_path, data)
    assert [difference.heading for difference in found.differences] == ["文件结构"]


def test_two_lists_of_its_parts(county: PrintedCounty, tmp_path: Path) -> None:
    """Programs differ in which of two lists they take, and each list may name other parts."""
    data = county.file(COUNTY)
    begin, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    later = (end).to_bytes(4, "little")
    twice = data[:end] + data[begin:end] + data[end : end + 16] + later + data[end + 20 :]
    found = forged(county, tmp_path, twice)
    assert [difference.heading for difference in found.differences] == ["文件结构"]


def test_a_part_that_swells_is_said_at_once(county: PrintedCounty, tmp_path: Path) -> None:
    """A tag of many megabytes, of which the package shows nothing."""
    data = part_changed(
        county.file(COUNTY),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<sheetData", b"<sheetData" + b" " * (20 << 20), 1),
    )
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    with pytest.raises(CannotDoError, match="几乎全是空白"):
        county.judged(path)


@pytest.mark.parametrize(
    "merges", [b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="A1:A1"/>' * 150_000]
)
def test_merges_over_a_whole_sheet_are_said_at_once(
    county: PrintedCounty, tmp_path: Path, merges: bytes
) -> None:
    def merged(xml: bytes) -> bytes:
        return re.sub(rb'<mergeCell ref="[^"]*"/>', lambda _: merges, xml, count=1)

    data = part_changed(county.file(COUNTY), "xl/worksheets/sheet1.xml", merged)
    with pytest.raises(CannotDoError, match="上百万格"):
        forged(county, tmp_path, data)


def test_prompts_by_the_hundred_are_said_at_once(county: PrintedCounty, tmp_path: Path) -> None:
    prompt = b'<dataValidation type="list" sqref="A99"><formula1>"a"</formula1></dataValidation>'
    many = b"<dataValidations>" + prompt * 501 + b"</dataValidations><printOptions"
    data = part_changed(
        county.file(COUNTY), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<printOptions", many, 1)
    )
    with pytest.raises(CannotDoError, match="好几百处"):
        forged(county, tmp_path, data)


def test_a_workbook_in_the_strict_dialect_is_not_judged(county: PrintedCounty, tmp_path: Path) -> None:
    plain, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/",
    )
    data = part_changed(county.file(COUNTY), "xl/workbook.xml", lambda xml: xml.replace(plain, strict))
    with pytest.raises(CannotDoError, match=r"严格 Open XML[^。]*。请用"):
        forged(county, tmp_path, data)


def test_days_counted_from_another_year(county: PrintedCounty, tmp_path: Path) -> None:
    later = b'<workbookPr date1904="1" '
    data = part_changed(
        county.file(LEDGER), "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr ", later)
    )
    assert forged(county, tmp_path, data).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("name", "week"), [(GREENSTONE, None), (COUNTY, EARLIER), ("附件1_云水县.xlsx", None)]
)
def test_another_table_under_its_code(
    county: PrintedCounty, tmp_path: Path, name: str, week: str | None
) -> None:
    """The code of another unit, or of another week, is put into a table."""
    other = zipfile.ZipFile(io.BytesIO(county.file(name, week) if week else county.file(name)))
    data = county.file(COUNTY)
    for part in ("docProps/custom.xml", "xl/workbook.xml"):
        data = part_changed(data, part, lambda was, part=part: other.read(part))  # type: ignore[misc]
    assert forged(county, tmp_path, data).verdict is Verdict.ALTERED


def test_a_draft_without_its_mark(county: PrintedCounty, tmp_path: Path) -> None:
    def unmark(book: object) -> None:
        book.active.oddHeader.right.text = None  # type: ignore[attr-defined]

    found = forged(county, tmp_path, typed_into(county.file(COUNTY, EARLIER), unmark))
    assert [(one.heading, one.ledger) for one in found.differences] == [("页眉", "草稿")]


def test_who_filled_it_in(county: PrintedCounty, tmp_path: Path) -> None:
    def another(book: object) -> None:
        book.active["A3"] = "填报人：王五"  # type: ignore[attr-defined]

    found = forged(county, tmp_path, typed_into(county.file(GREENSTONE), another))
    assert ("A3", "填报人", "填报人：王五", "填报人：李春") in [
        (one.place, one.heading, one.printed, one.ledger) for one in found.differences
    ]


@pytest.mark.parametrize("cell", ["A3", "M4", "C5"])
def test_a_ledger_s_cell(county: PrintedCounty, tmp_path: Path, cell: str) -> None:
    def change(book: object) -> None:
        book.active[cell] = "9"  # type: ignore[index]

    found = forged(county, tmp_path, typed_into(county.file(LEDGER), change))
    assert cell in {one.place for one in found.differences}


def test_what_is_named(county: PrintedCounty, tmp_path: Path) -> None:
    """The kind, the cell, the row and the column, what is seen and what the ledger says."""

    def change(book: object) -> None:
        book.active["B8"].number_format = '"2"'  # type: ignore[attr-defined]
        book.active.row_dimensions[9].hidden = True  # type: ignore[attr-defined]

    found = forged(county, tmp_path, typed_into(county.file(COUNTY), change))
    assert [
        (one.kind, one.place, one.row, one.heading, one.printed, one.ledger) for one in found.differences
    ] == [
        ("hidden", "第9行", "", "整行", "（藏起来了，看不见）", "（看得见）"),
        ("number-format", "B8", "青石镇", "已排查自建房总量", "2", "3"),
    ]
