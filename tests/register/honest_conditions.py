"""Conditional formats that offices give printed workbooks, and that change nothing of what they say."""

from collections.abc import Callable
from typing import Any

from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Font, PatternFill


def _low_figures_marked(book: Any) -> None:
    rule = CellIsRule(operator="lessThan", formula=["0.9"], font=Font(color="FFC00000"))
    book.active.conditional_formatting.add("P7:P10", rule)


def _type_and_ground_marked_in_other_cells(book: Any) -> None:
    red = "FFFF0000"
    type_rule = FormulaRule(["TRUE"], font=Font(color=red))
    ground_rule = FormulaRule(["TRUE"], fill=PatternFill("solid", bgColor=red))
    book.active.conditional_formatting.add("B8", type_rule)
    book.active.conditional_formatting.add("B9", ground_rule)


def _low_figures_in_red_and_the_lowest_on_red(book: Any) -> None:
    """The second rule decides first on the type, too."""
    red, white = "FFC00000", "FFFFFFFF"
    lowest = CellIsRule("lessThan", ["0.6"], font=Font(color=white), fill=PatternFill("solid", bgColor=red))
    book.active.conditional_formatting.add("P7:P10", lowest)
    book.active.conditional_formatting.add("P7:P10", CellIsRule("lessThan", ["0.9"], font=Font(color=red)))


def _few_in_red_and_many_on_red(book: Any) -> None:
    """No figure is both."""
    red = "FFC00000"
    few = CellIsRule("lessThan", ["10"], font=Font(color=red))
    many = CellIsRule("greaterThanOrEqual", ["10"], fill=PatternFill("solid", bgColor=red))
    book.active.conditional_formatting.add("B7:B9", few)
    book.active.conditional_formatting.add("B7:B9", many)


def _bars_behind_figures(book: Any) -> None:
    book.active.conditional_formatting.add("B7:B9", DataBarRule("num", 0, "num", 100, "FF638EC6"))


def _a_scale_of_colours(book: Any) -> None:
    scale = ColorScaleRule(start_type="min", start_color="FFF8696B", end_type="max", end_color="FF63BE7B")
    book.active.conditional_formatting.add("B7:B9", scale)


CONDITIONS: list[Callable[[Any], None]] = [
    _low_figures_marked,
    _type_and_ground_marked_in_other_cells,
    _low_figures_in_red_and_the_lowest_on_red,
    _few_in_red_and_many_on_red,
    _bars_behind_figures,
    _a_scale_of_colours,
]
