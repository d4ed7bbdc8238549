"""What some programs read in a cell and others do not: the verdict is about what anybody may see."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from openpyxl.worksheet.table import Table, TableStyleInfo

from zjf.errors import CannotDoError
from zjf.register.verdicts import Verdict

from .offices import PrintedCounty, parts_changed, typed_into
from .package_writing import put
from .repacked_books import BOOK, SHEET, STRINGS, STYLES, Parts

TABLE = "附件2_云水县.xlsx"
NEWER = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14" xmlns:x14="urn:newer">{}</mc:Choice></mc:AlternateContent>'
)
SUM = "<f>SUM(B7:B9)</f><v>105</v>"
FIGURE, BLANK = '<c r="B8" s="7"><v>3</v></c>', '<c r="F8" s="8"/>'
HIDDEN = '<sheets><sheet name="附件2" sheetId="1" r:id="rId1" state="hidden"/></sheets>'
WHITE = '<color rgb="FFFFFFFF"/>'
INK = '<sz val="12"/><color theme="1"/>'
ALL_WIDTHS = re.compile(rb'<col min="2" max="14"[^>]*/>')
AREA = '<definedName name="_xlnm.Print_Area" localSheetId="0">附件2!$A$1:$R$12</definedName>'


def beside(cell: str) -> Parts:
    """One more cell at the end of row 8, beside the table."""
    return {SHEET: partial(re.sub, rb'(<row r="8".*?)</row>', rb"\1" + cell.encode() + b"</row>")}


def two_shared_formulas(xml: bytes) -> bytes:
    first = put("<f>SUM(B7:B9)</f>", '<f t="shared" si="0">SUM(B7:B9)</f>')(xml)
    return put("<f>SUM(C7:C9)</f>", '<f t="shared" ref="C10:B10" si="0">SUM(J7:J9)</f>')(first)


FORGED: dict[str, Parts] = {
    "a formula beside the table that nobody has worked out": beside('<c r="T8"><f>"应为"&amp;"2栋"</f></c>'),
    "one that came to an empty text": beside('<c r="T8" t="str"><f>"2"&amp;"栋"</f><v></v></c>'),
    "one over several cells": beside('<c r="T8"><f t="array" ref="T8:U8">{"2","栋"}</f></c>'),
    "a link by formula": beside('<c r="T8"><f>HYPERLINK("https://example.invalid","2栋")</f></c>'),
    "an error beside the table": beside('<c r="T8" t="e"><v>#NAME?</v></c>'),
    "a sum written twice": {SHEET: put(SUM, SUM.replace("<v>", "<v>1050</v><v>"))},
    "a formula written twice": {SHEET: put(SUM, SUM.replace("</f>", "</f><f>SUM(B7:B8)</f>"))},
    "a figure written twice": {SHEET: put(FIGURE, FIGURE.replace("<v>", "<v>2</v><v>"))},
    "a sum over several cells": {
        SHEET: put("<f>SUM(B7:B9)</f>", '<f t="array" ref="B10:C10">SUM(B7:B9)</f>')
    },
    "two shared formulas of one number": {SHEET: two_shared_formulas},
    "a formula with a gap in an address": {SHEET: put("<f>Q9/I9</f>", "<f>Q9/I 9</f>")},
    "a name behind tabs": {
        STRINGS: put("<t>青石镇</t>", '<t xml:space="preserve">' + "\t" * 30 + "青石镇</t>")
    },
    "more of a name for newer programs": {
        STRINGS: put("<t>青石镇</t>", f"<t>青石镇</t>{NEWER.format('<t>等</t>')}")
    },
    "another colour for newer programs": {
        STYLES: put(INK, f'<sz val="12"/>{NEWER.format(WHITE)}<color theme="1"/>')
    },
    "another sheet for newer programs": {BOOK: put("<sheets>", f"{NEWER.format(HIDDEN)}<sheets>")},
    "white and automatic": {STYLES: put(INK, '<sz val="12"/><color auto="1" rgb="FFFFFFFF"/>')},
    "white and the theme's black": {STYLES: put(INK, '<sz val="12"/><color theme="1" rgb="FFFFFFFF"/>')},
    "words set from the right": {STYLES: put('wrapText="1"/>', 'wrapText="1" readingOrder="2"/>')},
    "columns of no width by default": {
        SHEET: lambda xml: ALL_WIDTHS.sub(
            b"", put("<sheetFormatPr ", '<sheetFormatPr defaultColWidth="0" ')(xml)
        )
    },
    "columns of hardly any width by default": {
        SHEET: lambda xml: ALL_WIDTHS.sub(
            b"", put("<sheetFormatPr ", '<sheetFormatPr baseColWidth="0" ')(xml)
        )
    },
    "two print areas": {BOOK: put(AREA, AREA.replace("R$12", "R$7") + AREA)},
    "two feet of a page": {SHEET: put("<oddFooter>", "<oddFooter>&amp;L2</oddFooter><oddFooter>")},
    "a style of the program's by another's hand": {
        STYLES: partial(
            re.sub,
            rb"<tableStyles[^>]*/>",
            rb'<tableStyles><tableStyle name="TableStyleLight1"/></tableStyles>',
        )
    },
}


@pytest.mark.parametrize("parts", FORGED.values(), ids=FORGED.keys())
def test_what_only_some_programs_show_is_found(county: PrintedCounty, tmp_path: Path, parts: Parts) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(parts_changed(county.file(TABLE), parts, {}))
    found = county.judged(path)
    assert found.verdict is Verdict.ALTERED
    assert found.differences


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(SUM, SUM.replace("105", "105<!-- -->0")), "没有写清是什么内容"),
        (put(FIGURE, f'<c s="7"><v>2</v></c>{FIGURE}'), "这一格写了两次"),
    ],
    ids=["a sum with a remark in it", "a cell that does not say where it is"],
)
def test_what_readers_take_for_different_things_is_refused(
    county: PrintedCounty, tmp_path: Path, change: Callable[[bytes], bytes], words: str
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(parts_changed(county.file(TABLE), {SHEET: change}, {}))
    with pytest.raises(CannotDoError, match=words):
        county.judged(path)


def shared_as_excel_does(xml: bytes) -> bytes:
    first = put("<f>SUM(B7:B9)</f>", '<f t="shared" ref="B10:C10" si="0">SUM(B7:B9)</f>')(xml)
    return put("<f>SUM(C7:C9)</f>", '<f t="shared" si="0"/>')(first)


HONEST: dict[str, Callable[[bytes], bytes]] = {
    "formulas shared": shared_as_excel_does,
    "blanks around signs": put("<f>Q9/I9</f>", "<f> Q9 / I9</f>"),
    "rows that do not say which they are": partial(re.sub, rb'<row r="\d+"', b"<row"),
    "a blank cell with a format of its own": put(BLANK, BLANK.replace('s="8"', 's="7"')),
}


@pytest.mark.parametrize("change", HONEST.values(), ids=HONEST.keys())
def test_what_programs_write_otherwise_is_no_change(
    county: PrintedCounty, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(parts_changed(county.file(TABLE), {SHEET: change}, {}))
    found = county.judged(path)
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())


@pytest.mark.parametrize(
    ("style", "fill"), [("TableStyleDark1", "FFFFFFFF"), ("TableStyleMedium2", "FFFFFFFF")]
)
@pytest.mark.parametrize("filled", [True, False])
def test_a_table_style_that_writes_white(
    county: PrintedCounty, tmp_path: Path, style: str, fill: str, filled: bool
) -> None:
    """On its own dark ground it can be read; on a cell that is filled with white it cannot."""
    from openpyxl.styles import PatternFill

    def change(book: object) -> None:
        page = book.active  # type: ignore[attr-defined]
        for cell in page[7] if filled else ():
            cell.fill = PatternFill("solid", fgColor=fill)
        table = Table(displayName="表1", ref="A7:R9")
        table.tableStyleInfo = TableStyleInfo(style, showRowStripes=True)
        table._initialise_columns()
        page.add_table(table)

    path = tmp_path / "表.xlsx"
    path.write_bytes(typed_into(county.file(TABLE), change))
    headings = [one.heading for one in county.judged(path).differences]
    assert ("表格样式" in headings) is filled
