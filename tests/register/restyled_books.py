"""Forgeries of printed workbooks in what all their cells look like, and in how their parts are called."""

import re
from functools import partial

from .package_writing import put
from .repacked_books import BOOK, RELATIONS, SHEET, STYLES, THEME, Repacked

_TYPED = '<c r="B8" s="7">'


def _black_written_as(colour: str) -> Repacked:
    return {THEME: partial(re.sub, rb"<a:dk1>.*?</a:dk1>", f"<a:dk1>{colour}</a:dk1>".encode())}, {}


def a_black_called_white(data: bytes) -> Repacked:
    return _black_written_as('<a:prstClr val="white"/>')


def a_black_made_lighter(data: bytes) -> Repacked:
    return _black_written_as('<a:srgbClr val="000000"><a:lumOff val="100000"/></a:srgbClr>')


def a_window_s_ground_that_was_black_last(data: bytes) -> Repacked:
    return _black_written_as('<a:sysClr val="window" lastClr="000000"/>')


def _numbered_format(number: int) -> Repacked:
    look = f'<xf numFmtId="{number}" fontId="3" fillId="0" borderId="1" xfId="0"/></cellXfs>'
    return {STYLES: put("</cellXfs>", look), SHEET: put(_TYPED, _TYPED.replace("7", "16"))}, {}


def a_format_of_another_language(data: bytes) -> Repacked:
    """Thai digits, where the machine is Thai."""
    return _numbered_format(59)


def a_format_that_is_not_there(data: bytes) -> Repacked:
    return _numbered_format(999)


def columns_measured_in_tiny_digits(data: bytes) -> Repacked:
    """Every number is shown as `###`."""
    return {STYLES: put('<fonts count="8"><font><sz val="11"/>', '<fonts count="8"><font><sz val="1"/>')}, {}


def a_colour_for_who_reads_declarations(data: bytes) -> Repacked:
    declared = '?>\n<!DOCTYPE styleSheet [<!ATTLIST color rgb CDATA "FFFFFFFF">]>\n<styleSheet'
    return {STYLES: partial(re.sub, rb"\?>\s*<styleSheet", declared.encode())}, {}


def a_hidden_sheet_for_who_reads_declarations(data: bytes) -> Repacked:
    declared = '?>\n<!DOCTYPE workbook [<!ATTLIST sheet state CDATA "hidden">]>\n<workbook'
    return {BOOK: partial(re.sub, rb"\?>\s*<workbook", declared.encode())}, {}


def a_sheet_called_by_a_sign_s_number(data: bytes) -> Repacked:
    """Some programs take `%31` for 1, and show the other sheet."""
    elsewhere = put('Target="worksheets/sheet1.xml"', 'Target="worksheets/sheet%31.xml"')
    return {RELATIONS: elsewhere}, {"xl/worksheets/sheet%31.xml": b"<worksheet><sheetData/></worksheet>"}


def a_sheet_in_pieces(data: bytes) -> Repacked:
    return {SHEET: put("<sheetData>", "<sheetData >")}, {f"{SHEET}/[0].last.piece": "<worksheet/>"}


def styles_that_the_workbook_does_not_name(data: bytes) -> Repacked:
    """Readers find them where they always are; a spreadsheet shows the cells without them: 0.9 for 90.00%."""
    return {RELATIONS: partial(re.sub, rb'<Relationship [^>]*"styles.xml"[^>]*>', b"")}, {}


def a_typeface_that_is_not_there(data: bytes) -> Repacked:
    return {STYLES: put('fontId="3"', 'fontId="99"')}, {}


def a_view_from_more_than_one_cell(data: bytes) -> Repacked:
    return {SHEET: partial(re.sub, rb"<sheetView ", b'<sheetView topLeftCell="A1:XFD1048576" ')}, {}


def merged_by_a_second_list(data: bytes) -> Repacked:
    merged = '<mergeCells count="1"><mergeCell ref="B8:C8"/></mergeCells><printOptions'
    return {SHEET: put("<printOptions", merged)}, {}


def figures_in_a_second_table(data: bytes) -> Repacked:
    figure = f"{_TYPED.replace('B8', 'B20')}<v>2</v></c>"
    return {SHEET: put("</sheetData>", f'</sheetData><sheetData><row r="20">{figure}</row></sheetData>')}, {}


def a_second_list_of_sheets(data: bytes) -> Repacked:
    again = '</sheets><sheets><sheet name="附件2（更正）" sheetId="7" r:id="rId1"/></sheets>'
    return {BOOK: put("</sheets>", again)}, {}


def even_pages_without_foot(data: bytes) -> Repacked:
    return {SHEET: put("<headerFooter", '<headerFooter differentOddEven="on"')}, {}


def margins_wider_than_the_paper(data: bytes) -> Repacked:
    return {SHEET: partial(re.sub, rb'(<pageMargins left=")[^"]*', rb"\g<1>40")}, {}


def texts_under_no_number(data: bytes) -> Repacked:
    """A spreadsheet passes over them, and shows no words at all."""
    unnumbered = partial(re.sub, rb'Id="rId\d+" (?=[^>]*"sharedStrings.xml")', b"")
    return {RELATIONS: unnumbered}, {}


RESTYLED = [
    value
    for name, value in list(globals().items())
    if not name.startswith("_") and getattr(value, "__module__", "") == __name__ and callable(value)
]
"""What is done to the parts of its package: each says what becomes of which part."""
