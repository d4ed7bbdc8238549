"""Workbooks that say something twice, or where only some programs look: each shows what was printed to one reader
and something else to another.
"""

import re

from .package_writing import put, relation, relations
from .repacked_books import OF_SHEET, RELATIONS, SHEET, STYLES, Parts, Repacked

_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">{}</xml>'
)
_NOTE = '<v:shape><x:ClientData ObjectType="Note"><x:Row>7</x:Row></x:ClientData></v:shape>'
_PROMPT = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
    'spreadsheetml/2009/9/main"><x14:dataValidations><x14:dataValidation showInputMessage="1" prompt="应为 2 栋"/>'
    "</x14:dataValidations></ext></extLst>"
)


def _sheet_with(element: str, parts: dict[str, str]) -> Repacked:
    changes: Parts = {SHEET: put("</worksheet>", f"{element}</worksheet>")}
    return changes, {**parts}


def two_sheets_of_one_number(data: bytes) -> Repacked:
    """LibreOffice shows the first."""
    first = relation("worksheet", "worksheets/sheet9.xml", 1)
    renumbered = re.compile(rb"(<Relationships[^>]*>)")
    return {RELATIONS: lambda xml: renumbered.sub(rb"\1" + first.encode(), xml)}, {
        "xl/worksheets/sheet9.xml": "<worksheet/>"
    }


def a_number_format_twice(data: bytes) -> Repacked:
    other = '<numFmts count="2"><numFmt numFmtId="165" formatCode="&quot;99.00%&quot;"/>'
    return {STYLES: put('<numFmts count="2">', other)}, {}


def a_colour_twice(data: bytes) -> Repacked:
    return {STYLES: put('<color theme="1"/>', '<color rgb="FFFFFFFF"/><color theme="1"/>')}, {}


def styles_of_cells_twice(data: bytes) -> Repacked:
    return {
        STYLES: put("<cellXfs ", '<cellXfs count="1"><xf numFmtId="0" fontId="0"/></cellXfs><cellXfs ')
    }, {}


def a_cell_in_another_row(data: bytes) -> Repacked:
    return {SHEET: put('<c r="A8"', '<c r="B9"><v>7</v></c><c r="A8"')}, {}


def a_cell_twice_in_other_letters(data: bytes) -> Repacked:
    return {SHEET: put('<c r="B8"', '<c r="b8"><v>7</v></c><c r="B8"')}, {}


def a_prompt_of_a_newer_kind(data: bytes) -> Repacked:
    return _sheet_with(_PROMPT, {})


def a_box_behind_a_comment_s_shape(data: bytes) -> Repacked:
    return _drawn_in_vml(_NOTE + "<v:roundrect><v:textbox>2</v:textbox></v:roundrect>")


def a_comment_s_shape_without_a_comment(data: bytes) -> Repacked:
    return _drawn_in_vml(_NOTE)


def _drawn_in_vml(shapes: str) -> Repacked:
    of_sheet = relations(relation("vmlDrawing", "../drawings/vml9.vml"))
    parts = {OF_SHEET: of_sheet, "xl/drawings/vml9.vml": _VML.format(shapes)}
    return _sheet_with('<legacyDrawing r:id="rId9"/>', parts)


def a_drawing_of_no_known_kind(data: bytes) -> Repacked:
    drawing = (
        '<d:wsDr xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><d:absoluteAnchor>'
        "<d:thing><d:t>2</d:t></d:thing></d:absoluteAnchor></d:wsDr>"
    )
    parts = {OF_SHEET: relations(relation("drawing", "../drawings/drawing9.xml"))}
    return _sheet_with('<drawing r:id="rId9"/>', parts | {"xl/drawings/drawing9.xml": drawing})


def type_and_ground_of_two_conditions(data: bytes) -> Repacked:
    """Red type is read on white, black type on red; red on red is not."""
    looks = (
        '<dxfs count="2"><dxf><font><color rgb="FFFF0000"/></font></dxf><dxf><fill>'
        '<patternFill patternType="solid"><bgColor rgb="FFFF0000"/></patternFill></fill></dxf></dxfs>'
    )
    rules = "".join(
        f'<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="{look}" priority="{look + 1}">'
        "<formula>TRUE</formula></cfRule></conditionalFormatting>"
        for look, area in enumerate(("B8", "A7:R9"))
    )
    return {STYLES: put('<dxfs count="0"/>', looks), SHEET: put("<printOptions", f"{rules}<printOptions")}, {}


DOUBLED = [
    value
    for name, value in list(globals().items())
    if not name.startswith("_") and getattr(value, "__module__", "") == __name__ and callable(value)
]
"""What is done to the parts of its package: each says what becomes of which part."""
