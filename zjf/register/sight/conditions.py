"""Conditional formats: what a rule hides, or shows otherwise, in the cells that it applies to."""

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
    """Returns what a rule hides or shows differently; empty where it only marks a cell.

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


def why_conditions_hide(font_rule: Any, fill_rule: Any, looks: Iterable[CellLook], palette: Palette) -> str:
    """Returns what two rules hide together, of which each alone only marks a cell; empty for nothing.

    Args:
        font_rule: The rule that changes the type, openpyxl's.
        fill_rule: The rule that fills the cell.
        looks: How the cells look that both are for.
        palette: The workbook's colours.
    """
    for look in looks:
        font = _font(font_rule.dxf.font, look.font)
        if reason := why_font_illegible(font, _grounds(fill_rule.dxf.fill, look.fill, palette), palette):
            return reason
    return ""


def _looks_when_true(rule: Any, look: CellLook, palette: Palette) -> Iterator[tuple[Any, list[Ink]]]:
    """Yields font and ground colours of a cell that the rule applies to: for a scale, each of its colours."""
    for scale in (rule.colorScale, rule.dataBar):
        if scale is not None:
            colours = scale.color if isinstance(scale.color, list) else [scale.color]
            for colour in colours:
                yield look.font, [palette.ink(colour, (255, 255, 255))]
    if rule.dxf is not None and (rule.dxf.font is not None or rule.dxf.fill is not None):
        yield _font(rule.dxf.font, look.font), _grounds(rule.dxf.fill, look.fill, palette)


def _font(rule_font: Any, cell_font: Any) -> Any:
    if rule_font is None:
        return cell_font
    colour = cell_font.color if rule_font.color is None else rule_font.color
    return Font(
        color=colour,
        sz=rule_font.sz or cell_font.sz,
        strike=rule_font.strike or cell_font.strike,
        name=cell_font.name,
    )


def _grounds(rule_fill: Any, cell_fill: Any, palette: Palette) -> list[Ink]:
    """Returns the colours that a rule fills a cell with: a rule's solid fill has its colour in `bgColor`."""
    if rule_fill is None:
        return palette.grounds(cell_fill)
    if rule_fill.fill_type in (None, "none", "solid") and rule_fill.bgColor is not None:
        return [palette.ink(rule_fill.bgColor, (255, 255, 255))]
    return palette.grounds(rule_fill)
