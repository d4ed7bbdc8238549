"""The list of problems in front of an annotated copy: each leads to its cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from zjf.problems import Problem, Severity

LISTING = "问题清单"
TITLE = "校验问题清单"
FILLS = {Severity.ERROR: "FFFFC7CE", Severity.BREACH: "FFE4C7F0", Severity.WARNING: "FFFFEB9C"}
"""Red, purple, yellow. What is only said (info) is listed, and marks no cell."""

_COLUMNS = {
    "序号": 7,
    "工作表": 16,
    "单元格": 10,
    "级别": 12,
    "代码": 9,
    "栏目": 20,
    "填写内容": 20,
    "问题说明": 90,
}
_PLACE, _SEVERITY = 3, 4
_HEADER = 4
_MOST_LINKS = 65_000  # Excel takes 65,530 on a sheet
_AT_THE_TOP = Alignment(wrap_text=True, vertical="top", horizontal="left")
_LINK = Font(color="FF0563C1", underline="single")


def add_problem_page(
    book: Workbook, pages: Mapping[str, Worksheet], name: str, problems: Sequence[Problem]
) -> None:
    """Puts every problem of a file on a sheet of its own, in front of the others.

    Args:
        book: The copy.
        pages: Its sheets by the names that problems call them.
        name: The file's name.
        problems: What was found in it.
    """
    page = book.create_sheet(LISTING, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page  # else what is typed goes into several sheets
    _write_head(page, name, problems)
    titles = {called: quote_sheetname(each.title) for called, each in pages.items()}
    lines = _Lines(page, titles)
    for number, problem in enumerate(problems, 1):
        lines.write(number, problem)
    if not problems:
        page.cell(_HEADER + 1, 1).value = "没有发现问题。"
    page.freeze_panes = page.cell(_HEADER + 1, 1)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_head(page: Worksheet, name: str, problems: Sequence[Problem]) -> None:
    counts = Counter(problem.severity for problem in problems if not problem.waived)
    told = " · ".join(f"{severity.label} {counts[severity]}" for severity in Severity)
    _put(page.cell(1, 1), TITLE)
    _put(page.cell(2, 1), f"{name}：{told}")
    page.cell(1, 1).font = Font(bold=True, size=16)
    for column, (heading, width) in enumerate(_COLUMNS.items(), 1):
        _put(page.cell(_HEADER, column), heading)
        page.cell(_HEADER, column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width


class _Lines:
    """Writes the lines. Looks are made once and copied: a list may have tens of thousands of lines."""

    def __init__(self, page: Worksheet, titles: Mapping[str, str]) -> None:
        self.page, self.titles = page, titles
        self.plain = self._look()
        self.linked = self._look(font=_LINK)
        self.filled = {each: self._look(fill=PatternFill("solid", fgColor=FILLS[each])) for each in FILLS}

    def write(self, number: int, problem: Problem) -> None:
        row = _HEADER + number
        for column, value in enumerate(_values(number, problem), 1):
            cell: Any = self.page.cell(row, column)
            cell._style = copy(self._look_of(column, number, problem))
            if value is not None:
                _put(cell, value)
            if column == _PLACE and self._leads(number, problem):
                there = f"{self.titles[problem.sheet or '']}!{problem.cell}"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=there)

    def _look_of(self, column: int, number: int, problem: Problem) -> Any:
        if column == _SEVERITY and problem.severity in FILLS and not problem.waived:
            return self.filled[problem.severity]
        return self.linked if column == _PLACE and self._leads(number, problem) else self.plain

    def _leads(self, number: int, problem: Problem) -> bool:
        return bool(problem.sheet and problem.cell) and number <= _MOST_LINKS

    def _look(self, **more: Any) -> Any:
        model = Cell(self.page, row=1, column=1)
        for name, value in {"alignment": _AT_THE_TOP, **more}.items():
            setattr(model, name, value)
        return model._style  # type: ignore[attr-defined]


def _values(number: int, problem: Problem) -> tuple[int | str | None, ...]:
    waived = "（已豁免）" if problem.waived else ""
    return (
        number,
        problem.sheet,
        problem.cell,
        problem.severity.label + waived,
        problem.code,
        problem.heading,
        problem.value,
        problem.message,
    )


def _put(cell: Any, value: int | str) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # whatever it begins with, it is no formula
    else:
        cell.value = value
