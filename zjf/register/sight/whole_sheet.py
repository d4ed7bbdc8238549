"""Differences of a sheet as a whole: views, conditional formats, prompts and page edges that hide or add
something.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

from zjf.documents.attachment import DRAFT
from zjf.documents.wording import Wording
from zjf.register.differences import FOOT, MISSING, Difference, DifferenceKind, plain
from zjf.register.sight.conditions import why_condition_hides, why_conditions_hide
from zjf.register.sight.legibility import why_font_illegible
from zjf.register.sight.page_edges import is_off_the_edge
from zjf.register.sight.places import common_area
from zjf.register.sight.seen_sheet import SeenSheet

_NUMBERING = "第页共，,、/-—PageofSheet"
"""What stands around page numbers."""


_DARK_TABLE_STYLE = re.compile(r"TableStyleDark\d+")
_SMALLEST_SCALE = 30
"""In per cent; smaller, no type of a table can be read on paper."""
_SHEET_NAME = "&A"
_FILE_NAMES = re.compile("&[FZ]")
"""The codes for the file's name and folder, which change with where it is kept."""


def is_called_like(sheet: str, table: Wording) -> bool:
    """Whether a sheet's name is part of the table's own texts."""
    return any(plain(sheet) in plain(text) for text in (*table.around, table.form.info.title))


def says_file_name(sheet: SeenSheet) -> bool:
    """Whether the header or footer prints the file's present name."""
    return any(_FILE_NAMES.search(edge.text) for edge in sheet.edges.values())


def sheet_differences(sheet: SeenSheet, table: Wording) -> Iterator[Difference]:
    """Yields what hides or adds something on a table's sheet, apart from its cells."""
    for overlay in sheet.overlays:
        text = overlay.text or f"（{overlay.name}）"
        yield Difference(overlay.cell, "", overlay.name, text, MISSING, DifferenceKind.ADDED)
    yield from _views(sheet, table)
    yield from _conditions(sheet)
    yield from _tables(sheet)
    for prompt in sheet.page.data_validations.dataValidation:
        if prompt.showInputMessage and (prompt.prompt or prompt.promptTitle):
            text = f"{prompt.promptTitle or ''} {prompt.prompt or ''}".strip()
            yield Difference(str(prompt.sqref), "", "输入提示", text, MISSING, DifferenceKind.ADDED)
    yield from _edges(sheet, table)
    yield from _margins(sheet)


def _views(sheet: SeenSheet, table: Wording) -> Iterator[Difference]:
    views = sheet.page.views.sheetView
    if any(view.showZeros is False for view in views) and any("0" in row for row in table.grid):
        yield Difference("", "", "显示设置", "（零不显示）", "0", DifferenceKind.HIDDEN)
    if any(view.showFormulas for view in views):
        yield Difference("", "", "显示设置", "（显示公式，不显示数字）", MISSING, DifferenceKind.HIDDEN)
    if sheet.page.auto_filter.filterColumn:  # some programs filter when they open the file
        yield Difference("", "", "筛选", "（有筛选条件）", "（没有）", DifferenceKind.HIDDEN)
    scale, fitted = sheet.page.page_setup.scale, sheet.page.sheet_properties.pageSetUpPr
    if scale is not None and scale < _SMALLEST_SCALE and not (fitted and fitted.fitToPage):
        reason = f"（缩到{scale}%，看不清）"
        yield Difference("", "", "打印缩放", reason, MISSING, DifferenceKind.HIDDEN)


def _conditions(sheet: SeenSheet) -> Iterator[Difference]:
    rules = [(area.sqref, rule) for area in sheet.page.conditional_formatting for rule in area.rules]
    reasons = [
        (area, why_condition_hides(rule, sheet.looks_within(area), sheet.palette)) for area, rule in rules
    ]
    if not any(reason for _, reason in reasons):
        reasons = list(_conditions_together(sheet, rules))
    for area, reason in reasons:
        if reason:
            yield Difference(str(area), "", "条件格式", f"（{reason}）", MISSING, DifferenceKind.HIDDEN)


def _conditions_together(sheet: SeenSheet, rules: Sequence[tuple[Any, Any]]) -> Iterator[tuple[Any, str]]:
    """Yields where two rules apply to the same cells, and what they hide together."""
    of_type = [(area, rule) for area, rule in rules if rule.dxf is not None and rule.dxf.font is not None]
    of_fill = [(area, rule) for area, rule in rules if rule.dxf is not None and rule.dxf.fill is not None]
    for (font_area, font_rule), (fill_area, fill_rule) in product(of_type, of_fill):
        area = common_area(font_area, fill_area)
        if area.ranges and font_rule is not fill_rule:
            yield area, why_conditions_hide(font_rule, fill_rule, sheet.looks_within(area), sheet.palette)


def _tables(sheet: SeenSheet) -> Iterator[Difference]:
    """Yields tables of the program's own whose style writes white, on cells that are filled by themselves."""
    white = Font(color="FFFFFFFF")
    for table in sheet.page.tables.values():
        area = CellRange(table.ref)
        if not (table.tableStyleInfo and _DARK_TABLE_STYLE.fullmatch(table.tableStyleInfo.name or "")):
            area.max_row = area.min_row  # of the others, the headings at most
            if not table.headerRowCount:
                continue
        looks = [look for look in sheet.looks_within(MultiCellRange([area])) if look.fill.fill_type]
        reasons = (
            why_font_illegible(white, sheet.palette.grounds(look.fill), sheet.palette) for look in looks
        )
        if reason := next(filter(None, reasons), None):
            yield Difference(table.ref, "", "表格样式", f"（{reason}）", MISSING, DifferenceKind.HIDDEN)


def _edges(sheet: SeenSheet, table: Wording) -> Iterator[Difference]:
    """Yields differences in header and footer, which have the draft mark and the short code."""
    draft_mark = DRAFT if table.draft else ""
    for edge in sheet.edges.values():
        text = plain(_FILE_NAMES.sub("", edge.text))
        if is_called_like(sheet.name, table):
            text = text.replace(_SHEET_NAME, "")
        if edge.kind == FOOT:
            expected = plain(table.foot)
            is_as_expected = expected in text and not text.replace(expected, "", 1).strip(_NUMBERING)
        else:
            expected, is_as_expected = draft_mark, text == draft_mark
        shown = edge.text.strip() or MISSING
        if not is_as_expected:
            yield Difference("", "", edge.kind, shown, expected or MISSING, DifferenceKind.PAGE)
        elif text and edge.illegible:
            yield Difference("", "", edge.kind, f"（{edge.illegible}）", expected, DifferenceKind.HIDDEN)


def _margins(sheet: SeenSheet) -> Iterator[Difference]:
    margins = sheet.page.page_margins
    widest = max(margin or 0 for margin in (margins.left, margins.right, margins.top, margins.bottom))
    for edge_name, margin in (("页眉", margins.header), (FOOT, margins.footer), ("页边距", widest)):
        if is_off_the_edge(margin):
            yield Difference("", "", edge_name, "（不在页边上）", "（在页边上）", DifferenceKind.HIDDEN)
