"""Phrases made from figures; their words fit the figure (持平 instead of 增加0栋)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from zjf.briefings.briefing import Amount
from zjf.briefings.ranking import RankedFigure, RankedUnit, Ranking, UnrankedUnit
from zjf.counting.rates import Rate
from zjf.figures.changes import RateShift, Shift
from zjf.period import day_in_words

_DIGITS = "零一二三四五六七八九十"
NAMED = 8
"""How many units a sentence names at most; of more, the first and their number: a table has a line for each."""
_NAMED_WITH_RATES = 10
OVER = "※"
"""Marks a rate above 100 % in a table."""


def numeral(number: int) -> str:
    """Returns a number from 1 to 99 as in numbered headings: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    tens_part = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return tens_part + (_DIGITS[ones] if ones else "")


def day(when: date, *, year: bool = True) -> str:
    """Returns a day as 2024年6月9日, or as 6月9日."""
    return day_in_words(when, known_year=None if year else when.year)


def joined(names: Iterable[str]) -> str:
    """Returns names as one text: 城关街道、青石镇."""
    return "、".join(names)


def unit_list(units: Sequence[str], whose: str = "单位", limit: int = NAMED) -> str:
    """Returns the names of units; of many, the first and their number: 城关街道、青石镇、柳溪镇等13个单位."""
    if len(units) <= limit:
        return joined(units)
    return f"{joined(units[:3])}等{len(units)}个{whose}"


def not_sent(units: Sequence[str], form: str, rest: str) -> str:
    """Returns the sentence on units that did not send a form, and what of it is not known; empty where all did."""
    return f"{unit_list(units)}没有报{form}，{rest}。" if units else ""


def taken_in_part(names: str, form: str, rest: str = "没有计入") -> str:
    """Returns the sentence on units of whose form only a part was accepted, by their names; empty where there are none."""
    return f"{names}的{form}只接收了一部分，没有接收的{rest}。" if names else ""


def with_counts(counts: Mapping[str, int], unit: str = "栋") -> str:
    """Returns names with their counts, the highest first: 青石镇3栋、柳溪镇1栋; of many, the first as `unit_list`."""
    most_first = sorted(counts, key=lambda name: -counts[name])
    return unit_list([f"{name}{counts[name]}{unit}" for name in most_first])


def movement(shift: Shift | None, earlier: str, unit: str = "栋") -> str:
    """Returns how a count changed, in words; empty where there is nothing to compare it with."""
    if shift is None or shift.change is None:
        return ""
    if shift.change == 0:
        return f"与{earlier}持平"
    return f"较{earlier}{'增加' if shift.change > 0 else '减少'}{abs(shift.change)}{unit}"


def amount(label: str, figure: Amount, earlier: str, unit: str = "栋") -> str:
    """Returns a count with its change: 已鉴定527栋（较上期增加11栋）."""
    if figure.value is None:
        return f"{label}未报"
    change = movement(figure.shift, earlier, unit)
    return f"{label}{figure.value}{unit}" + (f"（{change}）" if change else "")


def rate_movement(shift: RateShift | None, earlier: str) -> str:
    """Returns how a rate changed, in words: the difference of the two printed percentages."""
    if shift is None or shift.points is None:
        return ""
    earlier_rate, current_rate = shift.before, shift.after
    if shift.points:
        return f"较{earlier}{'提高' if shift.points > 0 else '下降'}{abs(shift.points)}个百分点"
    is_equal = (
        earlier_rate.numerator * current_rate.denominator == current_rate.numerator * earlier_rate.denominator
    )
    return f"与{earlier}{'' if is_equal else '基本'}持平"


def units_with_rates(units: Iterable[RankedUnit | UnrankedUnit]) -> str:
    """Returns units with their rates: 龙潭镇（71.43%）、东湖街道（66.67%）; of many, the first and their number."""
    names = [f"{unit.unit}（{unit.rate.display}）" for unit in units]
    return unit_list(names, limit=_NAMED_WITH_RATES)


def rate_cell(rate: Rate) -> str:
    """Returns a rate as printed in a table; a rate above 100 % is marked."""
    return rate.display + (OVER if rate.over else "")


def standings(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Returns how many units have each standing, in words; units are named, except those of the first group, 按时报送."""
    filled = [(label, units) for label, units in groups if units]
    if len(filled) == 1:
        return f"全部{filled[0][0]}"
    unnamed = groups[0][0]
    return "，".join(
        f"{label}{len(units)}个" + ("" if label == unnamed else f"（{_first_of(units)}）")
        for label, units in filled
    )


def _first_of(units: Sequence[str]) -> str:
    """Returns the names of units whose number stands before; of many, the first: 城关街道、青石镇、柳溪镇等."""
    return joined(units) if len(units) <= NAMED else f"{joined(units[:3])}等"


def unranked(figure: RankedFigure, ranking: Ranking) -> Iterator[str]:
    """Yields a sentence for each reason why units are left out of a ranking, with the units."""
    if above_100 := [unit for unit in ranking.over if unit.rate.exists]:
        yield f"{units_with_rates(above_100)}超过100%，请核对原数。"
    if without_denominator := [unit.unit for unit in ranking.over if not unit.rate.exists]:
        yield f"{unit_list(without_denominator)}没有{figure.due}的，却报了{figure.done}，请核对原数。"
    if ranking.in_part:
        yield f"{units_with_rates(ranking.in_part)}的报表只接收了一部分，不参加排名。"
    if len(ranking.places) == 1:
        yield f"可以排名的只有{units_with_rates(ranking.places)}，不排名次。"
    if ranking.nothing_to_do:
        yield f"{unit_list(ranking.nothing_to_do)}无任务，不参加排名。"
    if ranking.unknown:
        yield f"{unit_list(ranking.unknown)}的报表没有反映这一情况，不参加排名。"
