"""The cells of a blank form: their formats, limits and drop-downs, and the lists that these choose from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import xlsxwriter
from annotated_types import Ge, Gt, Le, Lt
from xlsxwriter.utility import xl_rowcol_to_cell

from zjf.render.xlsx.figure_cells import rate_formula, sum_of_cells
from zjf.schemas import Field
from zjf.schemas.conditions import CellTest
from zjf.schemas.kinds import Kind

_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.INTEGER: "0",
    Kind.COUNT: "0",
    Kind.YEAR: "0",
    Kind.DECIMAL: "0.00",
    Kind.RATE: "0.00%",
}
_FIRST_DAY, _LAST_DAY = date(1949, 1, 1), date(2100, 12, 31)
_LARGEST_NUMBER = 100_000_000
_LONGEST_PROMPT = 250  # Excel refuses a longer one
_LONGEST_INLINE_LIST = 10
_OPTIONS = "选项"

Source = Callable[[tuple[str, ...]], list[str] | str]
"""Gives the source of a drop-down's options: a list, or a reference to cells that have them."""


@dataclass(frozen=True)
class BlankCell:
    """A cell to be filled in.

    Args:
        units: The county's units, the options of a field that names one.
    """

    field: Field
    units: Sequence[str] = ()

    @property
    def num_format(self) -> str:
        """The number format: text except for numbers and dates, so that identity numbers keep their digits."""
        return _FORMATS.get(self.field.kind, "@")

    @property
    def options(self) -> tuple[str, ...]:
        if self.field.codes:
            return tuple(code.value for code in self.field.codes)
        return tuple(self.units) if self.field.kind is Kind.UNIT else ()

    def validation(self, source: Source) -> dict[str, Any] | None:
        """Returns the rule for xlsxwriter's `data_validation`; None where any text may be typed."""
        rule = self._rule(source)
        if rule is None:
            return None
        prompt = {"input_title": self.field.heading.text[:32], "input_message": how_to_fill(self.field)}
        error = {"error_title": "填写有误", "error_message": how_to_fill(self.field)}
        return {**rule, **prompt, **error}

    def _rule(self, source: Source) -> dict[str, Any] | None:
        kind = self.field.kind
        if self.options:
            # Several codes in one cell are no option of the list, so there the drop-down refuses nothing.
            return {"validate": "list", "source": source(self.options), "show_error": kind is Kind.CODE}
        if kind is Kind.DATE:
            days = {"minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            return {"validate": "date", "criteria": "between", **days}
        if kind in (Kind.INTEGER, Kind.COUNT, Kind.YEAR):
            minimum, maximum = limits(self.field)
            return {"validate": "integer", "criteria": "between", "minimum": minimum, "maximum": maximum}
        if kind is Kind.DECIMAL:
            return {"validate": "decimal", "criteria": ">", "value": 0}
        return None


def limits(field: Field) -> tuple[int, int]:
    """Returns the smallest and the largest value that a whole number may have, by its declaration."""
    minimum, maximum = 0, _LARGEST_NUMBER
    for mark in _marks(field.annotation):
        if isinstance(mark, Ge | Gt):
            minimum = max(minimum, int(str(mark.ge if isinstance(mark, Ge) else mark.gt)))
        elif isinstance(mark, Le | Lt):
            maximum = min(maximum, int(str(mark.le if isinstance(mark, Le) else mark.lt)))
    return minimum, maximum


def _marks(annotation: Any) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def how_to_fill(field: Field) -> str:
    """Returns how the cell is to be filled in, in one line."""
    unit = f"（{field.heading.unit}）" if field.heading.unit else ""
    minimum, maximum = limits(field) if field.kind in (Kind.INTEGER, Kind.COUNT) else (0, 0)
    words = {
        Kind.CODE: "从下拉列表中选一项。",
        Kind.CODES: "从下拉列表中选；有几项的用顿号隔开，如“甲、乙”。",
        Kind.UNIT: "写本县名单中的单位名称；与表上方填报单位相同的可不填。",
        Kind.DATE: "写日期，如 2024-06-05。",
        Kind.INTEGER: f"只填整数{unit}，从 {minimum} 到 {maximum}，不带文字。",
        Kind.COUNT: f"只填整数{unit}，没有的填 0，不带文字。",
        Kind.DECIMAL: f"只填数字{unit}，不带文字。",
        Kind.YEAR: "写四位年份，如 1998；不清楚的写“不详”。",
        Kind.IDENTIFIER: "写完整编号。",
        Kind.DOCUMENTS: "写身份证号或统一社会信用代码，几人共有的用顿号隔开。",
        Kind.PHONES: "手机写 11 位，座机带区号。",
        Kind.PAIR: "写“已确认数/问题数”，如 3/5。",
        Kind.RATE: "自动计算，不用填。",
    }
    return words.get(field.kind, "写文字。")[:_LONGEST_PROMPT]


def required_formula(field: Field, cells: Mapping[str, str], floors: int) -> str:
    """Returns the formula that is true while another cell of the row requires this one.

    Returns:
        The formula; empty where the condition cannot be tested in a sheet.
    """
    if field.required_when is None:
        return ""
    alternatives = [
        tests
        for tests in field.required_when.when.seen
        if all(test.field in cells and test.field != field.name for test in tests)
    ]
    formulas = [
        f"AND({','.join(_test_formula(test, cells[test.field], floors) for test in tests)})"
        for tests in alternatives
    ]
    return f"OR({','.join(formulas)})" if formulas else ""


def _test_formula(test: CellTest, cell: str, floors: int) -> str:
    if test.blank:
        return f"LEN({cell})=0"
    if test.tall:
        return f"AND(ISNUMBER({cell}),{cell}>={floors})"
    if test.texts:
        return f"OR({','.join(f'{cell}={chr(34)}{text}{chr(34)}' for text in test.texts)})"
    return f'AND(LEN({cell})>0,{cell}<>"无")'


def blank_rate_formula(field: Field, fields: Sequence[Field], row: int) -> str:
    """Returns a rate's formula in a blank form: blank while its figures are, — over zero (facts.md#no-rate)."""
    assert field.rate
    cells = {column.name: xl_rowcol_to_cell(row, position) for position, column in enumerate(fields)}
    pairs = {name: column.name for column in fields if column.pair for name in column.columns}
    if source := pairs.get(field.rate.figures[0]):
        cell = cells[source]
        slash = f'FIND("/",{cell})'
        share = f"LEFT({cell},{slash}-1)/MID({cell},{slash}+1,9)"
        return f'=IF({cell}="","",IFERROR({share},"—"))'
    figure_cells = ",".join(cells[figure] for figure in field.rate.figures)
    denominator = sum_of_cells(field.rate.denominator, cells)
    return f'=IF(COUNT({figure_cells})=0,"",IF({denominator}>0,{rate_formula(field.rate, cells)},"—"))'


class OptionLists:
    """The options of a workbook's drop-downs: short lists are in the rule itself, long ones on a hidden sheet."""

    def __init__(self) -> None:
        self._long_lists: list[tuple[str, ...]] = []

    def source(self, options: tuple[str, ...]) -> list[str] | str:
        """Returns the source of a drop-down's options: the options, or a column of the hidden sheet."""
        if len(options) <= _LONGEST_INLINE_LIST:
            return list(options)
        if options not in self._long_lists:
            self._long_lists.append(options)
        column = self._long_lists.index(options)
        area = xlsxwriter.utility.xl_range_abs(0, column, len(options) - 1, column)
        return f"={_OPTIONS}!{area}"

    def write(self, book: xlsxwriter.Workbook) -> None:
        """Writes the long lists on a hidden sheet, a column for each; none if there are no long lists."""
        if self._long_lists:
            sheet = book.add_worksheet(_OPTIONS)
            for column, options in enumerate(self._long_lists):
                sheet.write_column(0, column, options)
            sheet.very_hidden()
