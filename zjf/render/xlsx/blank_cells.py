"""What may be typed into a cell of a blank form: its format, its drop-down, its limits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from xlsxwriter.utility import xl_rowcol_to_cell

from zjf.render.xlsx.rate_formula import rate_formula, sum_of_cells
from zjf.schemas import Field
from zjf.schemas.conditions import CellTest, Scale
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
_MOST = 100_000_000
_LONGEST_PROMPT = 250  # Excel refuses a longer one

Source = Callable[[tuple[str, ...]], list[str] | str]
"""Turns options into what a drop-down takes them from."""


@dataclass(frozen=True)
class BlankCell:
    """A cell to be filled in.

    Args:
        field: Its field.
        units: The county's units, the options of a field that names one.
    """

    field: Field
    units: Sequence[str] = ()

    @property
    def num_format(self) -> str:
        """Text for all that is not a number or a date: an identity number typed into it keeps its digits."""
        return _FORMATS.get(self.field.kind, "@")

    @property
    def options(self) -> tuple[str, ...]:
        if self.field.codes:
            return tuple(code.value for code in self.field.codes)
        return tuple(self.units) if self.field.kind is Kind.UNIT else ()

    def validation(self, source: Source) -> dict[str, Any] | None:
        """The rule for xlsxwriter's `data_validation`; None where any text will do."""
        rule = self._rule(source)
        if rule is None:
            return None
        prompt = {"input_title": self.field.heading.text[:32], "input_message": how_to_fill(self.field)}
        wrong = {"error_title": "填写有误", "error_message": how_to_fill(self.field)}
        return {**rule, **prompt, **wrong}

    def _rule(self, source: Source) -> dict[str, Any] | None:
        kind = self.field.kind
        if self.options:
            # A list of several codes is no option itself: the drop-down helps, and refuses nothing.
            return {"validate": "list", "source": source(self.options), "show_error": kind is Kind.CODE}
        if kind is Kind.DATE:
            days = {"minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            return {"validate": "date", "criteria": "between", **days}
        if kind in (Kind.INTEGER, Kind.COUNT, Kind.YEAR):
            least, most = limits(self.field)
            return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
        if kind is Kind.DECIMAL:
            return {"validate": "decimal", "criteria": ">", "value": 0}
        return None


def limits(field: Field) -> tuple[int, int]:
    """The least and the most that a whole number may be, as the declaration says."""
    least, most = 0, _MOST
    for mark in _marks(field.annotation):
        if isinstance(mark, Ge | Gt):
            least = max(least, int(str(mark.ge if isinstance(mark, Ge) else mark.gt)))
        elif isinstance(mark, Le | Lt):
            most = min(most, int(str(mark.le if isinstance(mark, Le) else mark.lt)))
    return least, most


def _marks(annotation: Any) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def how_to_fill(field: Field) -> str:
    """How the cell is to be filled in, in a line."""
    unit = f"（{field.heading.unit}）" if field.heading.unit else ""
    least, most = limits(field) if field.kind in (Kind.INTEGER, Kind.COUNT) else (0, 0)
    words = {
        Kind.CODE: "从下拉列表中选一项。",
        Kind.CODES: "从下拉列表中选；有几项的用顿号隔开，如“甲、乙”。",
        Kind.UNIT: "写本县名单中的单位名称；与表上方填报单位相同的可不填。",
        Kind.DATE: "写日期，如 2024-06-05。",
        Kind.INTEGER: f"只填整数{unit}，从 {least} 到 {most}，不带文字。",
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


def asked_by(field: Field, cells: Mapping[str, str], scale: Scale) -> str:
    """The formula that is true while another cell of the row asks for this one; empty where a sheet cannot tell.

    Args:
        field: The field.
        cells: Field: its cell in the first row, of those that the sheet has.
        scale: The notice's figures that the conditions are measured by.
    """
    if field.required_when is None:
        return ""
    alternatives = [
        tests
        for tests in field.required_when.when.seen
        if all(test.field in cells and test.field != field.name for test in tests)
    ]
    asked = [
        f"AND({','.join(_seen(test, cells[test.field], scale) for test in tests)})" for tests in alternatives
    ]
    return f"OR({','.join(asked)})" if asked else ""


def _seen(test: CellTest, cell: str, scale: Scale) -> str:
    if test.blank:
        return f"LEN({cell})=0"
    if test.tall:
        return f"AND(ISNUMBER({cell}),{cell}>={scale.floors})"
    if test.texts:
        return f"OR({','.join(f'{cell}={chr(34)}{text}{chr(34)}' for text in test.texts)})"
    return f'AND(LEN({cell})>0,{cell}<>"无")'


def blank_rate_formula(field: Field, fields: Sequence[Field], row: int) -> str:
    """A rate in a blank form: blank while its figures are, — over zero (facts.md#no-rate)."""
    assert field.rate
    cells = {column.name: xl_rowcol_to_cell(row, place) for place, column in enumerate(fields)}
    pairs = {name: column.name for column in fields if column.pair for name in column.columns}
    if source := pairs.get(field.rate.figures[0]):
        cell = cells[source]
        slash = f'FIND("/",{cell})'
        share = f"LEFT({cell},{slash}-1)/MID({cell},{slash}+1,9)"
        return f'=IF({cell}="","",IFERROR({share},"—"))'
    filled = ",".join(cells[figure] for figure in field.rate.figures)
    below = sum_of_cells(field.rate.denominator, cells)
    return f'=IF(COUNT({filled})=0,"",IF({below}>0,{rate_formula(field.rate, cells)},"—"))'
