"""Conditional formats: what a rule hides, or shows otherwise, where it comes true."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from openpyxl.styles import Font

from zjf.register.sight.legibility import Ink, Palette, why_font_illegible


class CellLook(NamedTuple):
    """How a cell looks without the rule.

    Args:
        font: Its font, openpyxl's.
        fill: What it is filled with.
    """

    font: Any
    fill: Any


def why_condition_hides(rule: Any, looks: Iterable[CellLook], palette: Palette) -> str:
    """What a rule hides or shows otherwise; empty where it only marks a cell.

    Args:
        rule: The rule, openpyxl's.
        looks: How the cells look that it is for.
        palette: The workbook's colours.
    """
    if any(bar is not None and bar.showValue is False for bar in (rule.dataBar, rule.iconSet)):
        return "不显示数字"
    if rule.dxf is not None and rule.dxf.numFmt is not None:
        return f"数字换成格式「{rule.dxf.numFmt.formatCode}」"
    for look in looks:
        for font, grounds in _looks_when_true(rule, look, palette):
            if reason := why_font_illegible(font, grounds, palette):
                return reason
    return ""


def _looks_when_true(rule: Any, look: CellLook, palette: Palette) -> Iterator[tuple[Any, list[Ink]]]:
    """The font and the grounds of a cell where the rule comes true: on a scale, at each of its colours."""
    for scale in (rule.colorScale, rule.dataBar):
        if scale is not None:
            colours = scale.color if isinstance(scale.color, list) else [scale.color]
            for colour in colours:
                yield look.font, [palette.ink(colour, (255, 255, 255))]
    if rule.dxf is not None and (rule.dxf.font is not None or rule.dxf.fill is not None):
        yield _font(rule.dxf.font, look.font), _grounds(rule.dxf.fill, look.fill, palette)


def _font(of_rule: Any, own: Any) -> Any:
    if of_rule is None:
        return own
    colour = own.color if of_rule.color is None else of_rule.color
    return Font(color=colour, sz=of_rule.sz or own.sz, strike=of_rule.strike or own.strike, name=own.name)


def _grounds(of_rule: Any, own: Any, palette: Palette) -> list[Ink]:
    """What a rule fills a cell with: there, a solid fill has its colour where others have their ground."""
    if of_rule is None:
        return palette.grounds(own)
    if of_rule.fill_type in (None, "none", "solid") and of_rule.bgColor is not None:
        return [palette.ink(of_rule.bgColor, (255, 255, 255))]
    return palette.grounds(of_rule)
