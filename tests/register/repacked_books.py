"""Forgeries of printed workbooks in the parts of their packages: each small function is one thing that somebody does.

Themes, palettes and styles of tables decide on what is seen, and a package may keep parts where a reader of cells
does not look.
"""

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial

from .package_writing import put, relation, relations

Parts = dict[str, Callable[[bytes], bytes]]
Repacked = tuple[Parts, dict[str, bytes | str]]
"""What becomes of the parts that are there, and which are added."""

SHEET, BOOK, STYLES, THEME = (
    f"xl/{name}.xml" for name in ("worksheets/sheet1", "workbook", "styles", "theme/theme1")
)
STRINGS, TYPES, RELATIONS = "xl/sharedStrings.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OF_SHEET = "xl/worksheets/_rels/sheet1.xml.rels"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _called(part: str, kind: str) -> Callable[[bytes], bytes]:
    told = f'<Override PartName="/{part}" ContentType="{OFFICE}.{kind}+xml"/></Types>'
    return put("</Types>", told)


def _both(one: Callable[[bytes], bytes], other: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda xml: other(one(xml))


def a_print_area_worked_out(data: bytes) -> Repacked:
    return {BOOK: put("附件2!$A$1:$R$12", "OFFSET(附件2!$A$1,0,0,8,18)")}, {}


def whole_rows_printed(data: bytes) -> Repacked:
    return {BOOK: put("附件2!$A$1:$R$12", "附件2!$1:$8")}, {}


def a_theme_that_writes_signs(data: bytes) -> Repacked:
    signs = partial(re.sub, rb'(<a:minorFont><a:latin typeface=")[^"]*', rb"\1Wingdings")
    of_theme = put('<family val="2"/></font>', '<family val="2"/><scheme val="minor"/></font>')
    return {THEME: signs, STYLES: of_theme}, {}


def a_theme_whose_black_is_white(data: bytes) -> Repacked:
    white = b'<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'
    return {THEME: lambda xml: re.sub(rb"<a:dk1>.*?</a:dk1>", white, xml)}, {}


def a_palette_whose_black_is_white(data: bytes) -> Repacked:
    white = '<rgbColor rgb="00FFFFFF"/>' * 64
    palette = f"<colors><indexedColors>{white}</indexedColors></colors></styleSheet>"
    numbered = put('<sz val="12"/><color theme="1"/>', '<sz val="12"/><color indexed="8"/>')
    return {STYLES: lambda xml: numbered(xml).replace(b"</styleSheet>", palette.encode())}, {}


def _elsewhere(data: bytes, part: str, other: str, kind: str, change: Callable[[bytes], bytes]) -> Repacked:
    """A part that all sheets share, in another place; the old one stays where readers look for it."""
    changed = change(zipfile.ZipFile(io.BytesIO(data)).read(part))
    before, after = (name.removeprefix("xl/") for name in (part, other))
    moved = put(f'Target="{before}"', f'Target="{after}"')
    return {RELATIONS: moved, TYPES: _called(other, kind)}, {other: changed}


def styles_from_elsewhere(data: bytes) -> Repacked:
    white = put('<sz val="12"/><color theme="1"/>', '<sz val="12"/><color rgb="FFFFFFFF"/>')
    return _elsewhere(data, STYLES, "xl/styles2.xml", "styles", white)


def texts_from_elsewhere(data: bytes) -> Repacked:
    return _elsewhere(data, STRINGS, "xl/strings2.xml", "sharedStrings", put("1栋", "0栋"))


def a_workbook_from_elsewhere(data: bytes) -> Repacked:
    package = zipfile.ZipFile(io.BytesIO(data))
    false = package.read(SHEET).replace(b'<c r="B8" s="7"><v>3</v>', b'<c r="B8" s="7"><v>2</v>')
    called = [_called("xl/book.xml", "sheet.main"), _called("xl/worksheets/sheet2.xml", "worksheet")]
    return {
        "_rels/.rels": put("xl/workbook.xml", "xl/book.xml"),
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


def _drawn(target: str, part: str = OF_SHEET, drawing: str = _SHAPE) -> Repacked:
    drawn = {SHEET: put("</worksheet>", '<drawing r:id="rId9"/></worksheet>')}
    return drawn, {
        part: relations(relation("drawing", target)),
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
    return {SHEET: put(cell.format(3), both)}, {}


def a_newer_condition_by_another_prefix(data: bytes) -> Repacked:
    newer = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    rule = '<zz:cfRule type="expression" priority="1"><zz:dxf><font><color rgb="FFFFFFFF"/></font></zz:dxf></zz:cfRule>'
    within = f"<zz:conditionalFormattings><zz:conditionalFormatting>{rule}</zz:conditionalFormatting></zz:conditionalFormattings>"
    more = f'<extLst><ext uri="{{78C0D931}}" xmlns:zz="{newer}">{within}</ext></extLst></worksheet>'
    return {SHEET: put("</worksheet>", more)}, {}


def the_true_code_in_a_remark(data: bytes) -> Repacked:
    def change(xml: bytes) -> bytes:
        true = re.search(rb"<headerFooter>.*?</headerFooter>", xml, re.DOTALL)
        assert true is not None
        false = b"<headerFooter><oddFooter>&amp;L2</oddFooter></headerFooter><!-- " + true.group() + b" -->"
        return xml.replace(true.group(), false)

    return {SHEET: change}, {}


def the_code_in_the_theme_s_white(data: bytes) -> Repacked:
    return {SHEET: put("<oddFooter>&amp;L", "<oddFooter>&amp;L&amp;K00+000")}, {}


def words_above_a_name(data: bytes) -> Repacked:
    spoken = '<t>青石镇</t><rPh sb="0" eb="3"><t>更正2栋</t></rPh><phoneticPr fontId="0"/>'
    return {
        STRINGS: put("<t>青石镇</t>", spoken),
        SHEET: put('<c r="A8"', '<c r="A8" ph="1"'),
    }, {}


def a_table_s_style_in_white(data: bytes) -> Repacked:
    columns = "".join(f'<tableColumn id="{number}" name="列{number}"/>' for number in range(1, 19))
    table = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" '
        f'ref="A6:R10" totalsRowShown="0"><tableColumns count="18">{columns}</tableColumns>'
        '<tableStyleInfo name="白" showRowStripes="1"/></table>'
    )
    begun = '<tableParts count="1"><tablePart r:id="rId9"/></tableParts></worksheet>'
    return {SHEET: put("</worksheet>", begun), TYPES: _called("xl/tables/table1.xml", "table")}, {
        OF_SHEET: relations(relation("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": table,
    }


def a_picture_in_the_cell(data: bytes) -> Repacked:
    about = '<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    related = f"{relation('sheetMetadata', 'metadata.xml', 8)}</Relationships>"
    marked = put('<c r="B8" s="7">', '<c r="B8" s="7" vm="1">')
    return {SHEET: marked, RELATIONS: put("</Relationships>", related)}, {"xl/metadata.xml": about}


def a_second_sheet_by_its_whole_path(data: bytes) -> Repacked:
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    return {}, {f"/{SHEET}": put('<c r="B8" s="7"><v>3</v>', '<c r="B8" s="7"><v>2</v>')(sheet)}


def a_row_of_no_height_of_its_own(data: bytes) -> Repacked:
    row = '<row r="8" spans="1:18"'
    low = _both(
        put(
            '<sheetFormatPr defaultRowHeight="15"/>', '<sheetFormatPr defaultRowHeight="2" customHeight="1"/>'
        ),
        put(f'{row} ht="27.75" customHeight="1">', f"{row}>"),
    )
    return {SHEET: low}, {}


def a_second_view_that_shows_formulas(data: bytes) -> Repacked:
    return {SHEET: put("</sheetViews>", '<sheetView showFormulas="1" workbookViewId="0"/></sheetViews>')}, {}


def a_filter_that_some_programs_apply(data: bytes) -> Repacked:
    one = '<filterColumn colId="0"><filters><filter val="城关街道"/></filters></filterColumn>'
    return {SHEET: put("<mergeCells", f'<autoFilter ref="A6:R10">{one}</autoFilter><mergeCells')}, {}


def a_name_below_blank_lines(data: bytes) -> Repacked:
    return {STRINGS: put("<t>青石镇</t>", '<t xml:space="preserve">\n\n\n\n青石镇</t>')}, {}


def a_name_behind_blanks(data: bytes) -> Repacked:
    return {STRINGS: put("<t>青石镇</t>", f'<t xml:space="preserve">{" " * 300}青石镇</t>')}, {}


def a_title_below_blank_lines(data: bytes) -> Repacked:
    title = "云水县自建房安全专项整治攻坚行动工作台账"
    below = "\n" * 6 + title
    return {STRINGS: put(f"<t>{title}</t>", f'<t xml:space="preserve">{below}</t>')}, {}


def a_cell_written_twice(data: bytes) -> Repacked:
    cell = '<c r="B8" s="7"><v>{}</v></c>'
    return {SHEET: put(cell.format(3), cell.format(2) + cell.format(3))}, {}


REPACKED = [
    value
    for name, value in list(globals().items())
    if not name.startswith("_") and getattr(value, "__module__", "") == __name__ and callable(value)
]
"""What is done to the parts of its package: each says what becomes of which part."""
