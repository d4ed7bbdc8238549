"""Conditional formats: what a rule hides, or shows otherwise, in the cells that it applies to."""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, NamedTuple

from openpyxl.styles import Font

from zjf.register.sight.legibility import Ink, Palette, why_font_illegible


class CellLook(NamedTuple):
    """How a cell looks without the rule."""

    font: Any
    fill: Any


def why_condition_hides(rule: Any, looks: Iterable[CellLook], palette: Palette) -> str:
    """Returns what a rule hides or shows differently; empty where it only marks a cell."""
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
    """Returns what two rules hide together, of which each alone only marks a cell; empty for nothing."""
    if _decides_before(fill_rule, font_rule, "font") or _decides_before(font_rule, fill_rule, "fill"):
        return ""
    if _never_hold_together(font_rule, fill_rule):
        return ""
    for look in looks:
        font = _font(font_rule.dxf.font, look.font)
        if reason := why_font_illegible(font, _grounds(fill_rule.dxf.fill, look.fill, palette), palette):
            return reason
    return ""


def _decides_before(rule: Any, other: Any, what: str) -> bool:
    """Whether a rule comes before another, and sets the type (or the fill) itself, or lets no other follow."""
    return rule.priority < other.priority and bool(rule.stopIfTrue or getattr(rule.dxf, what) is not None)


def _never_hold_together(one: Any, other: Any) -> bool:
    """Whether two rules compare the cell with numbers of which no cell can meet both."""
    first, second = _least_and_most(one), _least_and_most(other)
    return first is not None and second is not None and (_is_below(first, second) or _is_below(second, first))


def _least_and_most(rule: Any) -> tuple[float, bool, float, bool] | None:
    """Returns the least number that meets a rule and whether it does itself, and so the most; None: not known."""
    try:
        numbers = [float(formula) for formula in rule.formula]
    except ValueError:
        return None
    if rule.type != "cellIs" or not numbers:
        return None
    first, last = numbers[0], numbers[-1]
    return {
        "lessThan": (-inf, False, first, False),
        "lessThanOrEqual": (-inf, False, first, True),
        "greaterThan": (first, False, inf, False),
        "greaterThanOrEqual": (first, True, inf, False),
        "equal": (first, True, first, True),
        "between": (min(first, last), True, max(first, last), True),
    }.get(rule.operator)


def _is_below(one: tuple[float, bool, float, bool], other: tuple[float, bool, float, bool]) -> bool:
    _, _, most, most_itself = one
    least, least_itself, _, _ = other
    return most < least or (most == least and not (most_itself and least_itself))


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
