"""Forgeries of printed workbooks that leave every cell as it was, or seem to: each small function is one.

What a spreadsheet shows is made of more than cells: of themes, palettes, styles of tables, and of parts that a
package may keep where a reader of cells does not look. Cells are those of `forged_books`.
"""

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

Typed = Callable[[Any], None]
Parts = dict[str, Callable[[bytes], bytes]]
Repacked = tuple[Parts, dict[str, bytes | str]]
"""What becomes of the parts that are there, and which are added."""

SHEET, BOOK, STYLES, THEME = (
    f"xl/{name}.xml" for name in ("worksheets/sheet1", "workbook", "styles", "theme/theme1")
)
STRINGS, TYPES, RELATIONS = "xl/sharedStrings.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OF_SHEET = "xl/worksheets/_rels/sheet1.xml.rels"
WHITE, BLACK, DARK = "FFFFFFFF", "FF000000", "FF1F4E78"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ALWAYS = ["TRUE"]


def _a_scale_of_blacks(book: Any) -> None:
    scale = ColorScaleRule(start_type="min", start_color=BLACK, end_type="max", end_color=BLACK)
    book.active.conditional_formatting.add("B7:B9", scale)


def _black_bars(book: Any) -> None:
    book.active.conditional_formatting.add("B7:B9", DataBarRule("num", 0, "num", 1, BLACK))


def _a_condition_in_the_cells_own_colour(book: Any) -> None:
    book.active["B8"].fill, book.active["B8"].font = PatternFill("solid", fgColor=DARK), Font(color=WHITE)
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, font=Font(color=DARK)))


def _a_condition_that_fills_with_the_ink(book: Any) -> None:
    book.active["B8"].font = Font(color="FFC00000")
    fill = PatternFill("solid", bgColor="FFC00000")
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, fill=fill))


def _a_condition_that_strikes(book: Any) -> None:
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, font=Font(strike=True)))


def _a_format_for_nought(book: Any) -> None:
    book.active["C8"].number_format = '0;0;"5"'


def _a_format_that_fills_with_a_digit(book: Any) -> None:
    book.active["B8"].number_format = "*90"


def _a_format_with_a_digit_escaped(book: Any) -> None:
    book.active["B8"].number_format = "\\20"


def _a_currency_that_is_a_digit(book: Any) -> None:
    book.active["B8"].number_format = "[$2-804]0"


def _a_format_for_names(book: Any) -> None:
    book.active["A8"].number_format = '0;0;0;"城关街道"'


def _a_sign_of_per_cent_that_is_none(book: Any) -> None:
    book.active["R9"].number_format = '0.00"%"'


def _a_power_of_ten(book: Any) -> None:
    book.active["B9"].number_format = '0"E1"'


def _less_than_nothing(book: Any) -> None:
    """The cell shows 100; the sum, worked out again, shows 100 less than nothing."""
    book.active["B9"].value, book.active["B9"].number_format = -100, "0;0"


def _a_fraction_that_the_format_rounds_off(book: Any) -> None:
    """The cell shows 87; the rate beside it, worked out again, shows another."""
    book.active["Q9"].value = 87.4


def _a_text_that_no_sum_counts(book: Any) -> None:
    book.active["B8"].value = "3"


def _a_raised_nought(book: Any) -> None:
    raised = TextBlock(InlineFont(vertAlign="superscript"), "0")
    book.active["B9"].value = CellRichText(TextBlock(InlineFont(), "10"), raised)


def _a_tiny_nought(book: Any) -> None:
    tiny = TextBlock(InlineFont(sz=1), "0")
    book.active["B9"].value = CellRichText(TextBlock(InlineFont(sz=11), "10"), tiny)


def _a_note_that_begins_in_white(book: Any) -> None:
    note = str(book.active["A11"].value)
    white = TextBlock(InlineFont(color=WHITE), note[:12])
    book.active["A11"].value = CellRichText(white, TextBlock(InlineFont(), note[12:]))


def _a_name_turned_about(book: Any) -> None:
    book.active["A8"] = "\u202e镇石青"


def _a_figure_turned_about(book: Any) -> None:
    book.active["B9"] = "\u202e001"


def _a_name_with_a_sign_of_no_width(book: Any) -> None:
    book.active["A8"] = "青\u200b石镇"


def _ornaments_for_digits(book: Any) -> None:
    book.active["B8"].font = Font(name="ITC Zapf Dingbats")


def _a_charset_of_signs(book: Any) -> None:
    book.active["B8"].font = Font(name="云水数字", charset=2)


def _type_too_large_for_its_row(book: Any) -> None:
    book.active["B8"].font = Font(sz=300)


def _indented_out_of_its_column(book: Any) -> None:
    book.active["B8"].alignment = Alignment(horizontal="left", indent=18)


def _a_dense_pattern(book: Any) -> None:
    book.active["B8"].fill = PatternFill("darkGray", fgColor=BLACK)


def _all_but_a_unit_printed(book: Any) -> None:
    book.active.print_area = "A1:R7,A9:R12"


def _some_columns_printed(book: Any) -> None:
    book.active.print_area = "A1:G12"


def _the_note_cut_off_by_an_empty_text(book: Any) -> None:
    book.active.unmerge_cells("A11:R11")
    book.active["B11"], book.active["A11"].alignment = '=""', Alignment(wrap_text=False)


def _the_note_in_too_small_a_cell(book: Any) -> None:
    book.active.unmerge_cells("A11:R11")
    book.active.row_dimensions[11].height = 14


def _a_tip_at_a_figure(book: Any) -> None:
    book.active["B8"].hyperlink = Hyperlink(ref="B8", location="'附件2'!A1", tooltip="应为 2 栋")


def _the_code_struck_through(book: Any) -> None:
    book.active.oddFooter.left.text = f"&S{book.active.oddFooter.left.text}"


def _the_code_in_signs(book: Any) -> None:
    book.active.oddFooter.left.font = "Wingdings,Regular"


def _the_code_below_the_paper(book: Any) -> None:
    book.active.page_margins.footer = 40


def _another_line_on_the_first_page(book: Any) -> None:
    book.active.HeaderFooter.differentFirst = True
    book.active.firstHeader.center.text = "更正"
    book.active.firstFooter.left.text = book.active.oddFooter.left.text


def _another_line_on_even_pages(book: Any) -> None:
    book.active.HeaderFooter.differentOddEven = True
    book.active.evenHeader.center.text = "更正"
    book.active.evenFooter.left.text = book.active.oddFooter.left.text


def _another_workbook_s_figure(book: Any) -> None:
    book.active["B8"] = "='[1]表'!B8"


def _a_name_for_a_figure(book: Any) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["栋数"] = DefinedName("栋数", attr_text="3")
    book.active["B8"] = "=栋数"


def _frozen_where_nobody_scrolls(book: Any) -> None:
    book.active.freeze_panes = "B12"
    book.active.sheet_view.topLeftCell = "A10"


def _a_group_folded(book: Any) -> None:
    book.active.row_dimensions.group(8, 8, hidden=True)


TYPED: list[Typed] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_") and callable(value) and getattr(value, "__module__", "") == __name__
]
"""What is done in a spreadsheet program to the county's 附件2."""


def _put(old: bytes | str, new: bytes | str) -> Callable[[bytes], bytes]:
    one, other = (text.encode() if isinstance(text, str) else text for text in (old, new))
    return lambda xml: xml.replace(one, other)


def _relation(kind: str, target: str, number: int = 9) -> str:
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="rId{number}" Type="{place}/{kind}" Target="{target}"/>'


def _relations(*relations: str) -> str:
    about = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{about}">{"".join(relations)}</Relationships>'


def _called(part: str, kind: str) -> Callable[[bytes], bytes]:
    told = f'<Override PartName="/{part}" ContentType="{OFFICE}.{kind}+xml"/></Types>'
    return _put("</Types>", told)


def a_print_area_worked_out(data: bytes) -> Repacked:
    return {BOOK: _put("附件2!$A$1:$R$12", "OFFSET(附件2!$A$1,0,0,8,18)")}, {}


def whole_rows_printed(data: bytes) -> Repacked:
    return {BOOK: _put("附件2!$A$1:$R$12", "附件2!$1:$8")}, {}


def a_theme_that_writes_signs(data: bytes) -> Repacked:
    signs = partial(re.sub, rb'(<a:minorFont><a:latin typeface=")[^"]*', rb"\1Wingdings")
    of_theme = _put('<family val="2"/></font>', '<family val="2"/><scheme val="minor"/></font>')
    return {THEME: signs, STYLES: of_theme}, {}


def a_theme_whose_black_is_white(data: bytes) -> Repacked:
    white = b'<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'
    return {THEME: lambda xml: re.sub(rb"<a:dk1>.*?</a:dk1>", white, xml)}, {}


def a_palette_whose_black_is_white(data: bytes) -> Repacked:
    white = '<rgbColor rgb="00FFFFFF"/>' * 64
    palette = f"<colors><indexedColors>{white}</indexedColors></colors></styleSheet>"
    numbered = _put('<sz val="12"/><color theme="1"/>', '<sz val="12"/><color indexed="8"/>')
    return {STYLES: lambda xml: numbered(xml).replace(b"</styleSheet>", palette.encode())}, {}


def _elsewhere(data: bytes, part: str, other: str, kind: str, change: Callable[[bytes], bytes]) -> Repacked:
    """A part that all sheets share, in another place; the old one stays where readers look for it."""
    changed = change(zipfile.ZipFile(io.BytesIO(data)).read(part))
    before, after = (name.removeprefix("xl/") for name in (part, other))
    moved = _put(f'Target="{before}"', f'Target="{after}"')
    return {RELATIONS: moved, TYPES: _called(other, kind)}, {other: changed}


def styles_from_elsewhere(data: bytes) -> Repacked:
    white = _put('<sz val="12"/><color theme="1"/>', '<sz val="12"/><color rgb="FFFFFFFF"/>')
    return _elsewhere(data, STYLES, "xl/styles2.xml", "styles", white)


def texts_from_elsewhere(data: bytes) -> Repacked:
    return _elsewhere(data, STRINGS, "xl/strings2.xml", "sharedStrings", _put("1栋", "0栋"))


def a_workbook_from_elsewhere(data: bytes) -> Repacked:
    package = zipfile.ZipFile(io.BytesIO(data))
    false = package.read(SHEET).replace(b'<c r="B8" s="7"><v>3</v>', b'<c r="B8" s="7"><v>2</v>')
    called = [_called("xl/book.xml", "sheet.main"), _called("xl/worksheets/sheet2.xml", "worksheet")]
    return {
        "_rels/.rels": _put("xl/workbook.xml", "xl/book.xml"),
        TYPES: lambda xml: called[1](called[0](xml)),
    }, {
        "xl/book.xml": package.read(BOOK),
        "xl/_rels/book.xml.rels": package.read(RELATIONS).replace(b"sheet1.xml", b"sheet2.xml"),
        "xl/worksheets/sheet2.xml": false,
    }


_SHAPE = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp><a:t>2</a:t>'
    "</xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)


def _drawn(target: str, relations: str = OF_SHEET, drawing: str = _SHAPE) -> Repacked:
    drawn = {SHEET: _put("</worksheet>", '<drawing r:id="rId9"/></worksheet>')}
    return drawn, {
        relations: _relations(_relation("drawing", target)),
        "xl/drawings/drawing9.xml": drawing,
    }


def a_shape_related_in_other_letters(data: bytes) -> Repacked:
    return _drawn("../drawings/drawing9.xml", "xl/worksheets/_RELS/Sheet1.xml.rels")


def a_shape_for_some_programs(data: bytes) -> Repacked:
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    begun = f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice Requires="a"><xdr:sp>'
    ended = "</xdr:sp></mc:Choice></mc:AlternateContent>"
    drawing = _SHAPE.replace("<xdr:sp>", begun).replace("</xdr:sp>", ended)
    return _drawn("../drawings/drawing9.xml", drawing=drawing)


def a_figure_for_some_programs(data: bytes) -> Repacked:
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    newer = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    cell = '<c r="B8" s="7"><v>{}</v></c>'
    false = f'<mc:Choice Requires="x14" xmlns:x14="{newer}">{cell.format(2)}</mc:Choice>'
    true = f"<mc:Fallback>{cell.format(3)}</mc:Fallback>"
    both = f'<mc:AlternateContent xmlns:mc="{compatible}">{false}{true}</mc:AlternateContent>'
    return {SHEET: _put(cell.format(3), both)}, {}


def a_newer_condition_by_another_prefix(data: bytes) -> Repacked:
    newer = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    rule = '<zz:cfRule type="expression" priority="1"><zz:dxf><font><color rgb="FFFFFFFF"/></font></zz:dxf></zz:cfRule>'
    within = f"<zz:conditionalFormattings><zz:conditionalFormatting>{rule}</zz:conditionalFormatting></zz:conditionalFormattings>"
    more = f'<extLst><ext uri="{{78C0D931}}" xmlns:zz="{newer}">{within}</ext></extLst></worksheet>'
    return {SHEET: _put("</worksheet>", more)}, {}


def the_true_code_in_a_remark(data: bytes) -> Repacked:
    def change(xml: bytes) -> bytes:
        true = re.search(rb"<headerFooter>.*?</headerFooter>", xml, re.DOTALL)
        assert true is not None
        false = b"<headerFooter><oddFooter>&amp;L2</oddFooter></headerFooter><!-- " + true.group() + b" -->"
        return xml.replace(true.group(), false)

    return {SHEET: change}, {}


def the_code_in_the_theme_s_white(data: bytes) -> Repacked:
    return {SHEET: _put("<oddFooter>&amp;L", "<oddFooter>&amp;L&amp;K00+000")}, {}


def words_above_a_name(data: bytes) -> Repacked:
    spoken = '<t>青石镇</t><rPh sb="0" eb="3"><t>更正2栋</t></rPh><phoneticPr fontId="0"/>'
    return {
        STRINGS: _put("<t>青石镇</t>", spoken),
        SHEET: _put('<c r="A8"', '<c r="A8" ph="1"'),
    }, {}


def a_table_s_style_in_white(data: bytes) -> Repacked:
    columns = "".join(f'<tableColumn id="{number}" name="列{number}"/>' for number in range(1, 19))
    table = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" '
        f'ref="A6:R10" totalsRowShown="0"><tableColumns count="18">{columns}</tableColumns>'
        '<tableStyleInfo name="白" showRowStripes="1"/></table>'
    )
    begun = '<tableParts count="1"><tablePart r:id="rId9"/></tableParts></worksheet>'
    return {SHEET: _put("</worksheet>", begun), TYPES: _called("xl/tables/table1.xml", "table")}, {
        OF_SHEET: _relations(_relation("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": table,
    }


def a_picture_in_the_cell(data: bytes) -> Repacked:
    about = '<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    related = f"{_relation('sheetMetadata', 'metadata.xml', 8)}</Relationships>"
    marked = _put('<c r="B8" s="7">', '<c r="B8" s="7" vm="1">')
    return {SHEET: marked, RELATIONS: _put("</Relationships>", related)}, {"xl/metadata.xml": about}


def a_cell_written_twice(data: bytes) -> Repacked:
    cell = '<c r="B8" s="7"><v>{}</v></c>'
    return {SHEET: _put(cell.format(3), cell.format(2) + cell.format(3))}, {}


REPACKED = [
    value
    for name, value in list(globals().items())
    if not name.startswith("_") and getattr(value, "__module__", "") == __name__ and callable(value)
]
"""What is done to the parts of its package: each says what becomes of which part."""
