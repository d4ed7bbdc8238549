"""Phrases that fit their figures: nothing ever rises by 0 or falls by a negative number."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from zjf.briefings.briefing import Amount
from zjf.briefings.ranking import Apart, RankedFigure, RankedUnit, Ranking
from zjf.counting.rates import Rate
from zjf.figures.changes import RateShift, Shift

_DIGITS = "零一二三四五六七八九十"
OVER = "※"
"""Marks a rate above 100 % in a table."""


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings are numbered: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def day(when: date, *, year: bool = True) -> str:
    """2024年6月9日, or 6月9日."""
    return f"{when.year}年{when.month}月{when.day}日" if year else f"{when.month}月{when.day}日"


def listed(names: Iterable[str]) -> str:
    return "、".join(names)


def named(units: Sequence[str], most: int = 5) -> str:
    """Units by name, or the first of many and how many they are: 城关街道、青石镇、柳溪镇等13个单位."""
    if len(units) <= most:
        return listed(units)
    return f"{listed(units[:3])}等{len(units)}个单位"


def shares(counts: Mapping[str, int], unit: str = "栋") -> str:
    """Who has how many, the most first: 青石镇3栋、柳溪镇1栋."""
    most_first = sorted(counts, key=lambda name: -counts[name])
    return listed(f"{name}{counts[name]}{unit}" for name in most_first)


def movement(shift: Shift | None, last: str, unit: str = "栋") -> str:
    """Returns how a count changed, in words; empty where there is nothing to compare it with.

    Args:
        shift: The counts before and now.
        last: What the earlier period is called (上期, 上月).
        unit: The unit of the count.
    """
    if shift is None or shift.change is None:
        return ""
    if shift.change == 0:
        return f"与{last}持平"
    return f"较{last}{'增加' if shift.change > 0 else '减少'}{abs(shift.change)}{unit}"


def amount(label: str, figure: Amount, last: str, unit: str = "栋") -> str:
    """A count with its movement: 已鉴定527栋（较上期增加11栋）."""
    if figure.value is None:
        return f"{label}未报"
    moved = movement(figure.shift, last, unit)
    return f"{label}{figure.value}{unit}" + (f"（{moved}）" if moved else "")


def rate_movement(shift: RateShift | None, last: str) -> str:
    """Returns how a rate changed, in words: the difference of the two printed percentages."""
    if shift is None or shift.points is None:
        return ""
    then, now = shift.before, shift.after
    if shift.points:
        return f"较{last}{'提高' if shift.points > 0 else '下降'}{abs(shift.points)}个百分点"
    same = then.numerator * now.denominator == now.numerator * then.denominator
    return f"与{last}{'' if same else '基本'}持平"


def places(behind: Iterable[RankedUnit | Apart]) -> str:
    """Units with their rates: 龙潭镇（71.43%）、东湖街道（66.67%）."""
    return listed(f"{place.unit}（{place.rate.display}）" for place in behind)


def rate_cell(rate: Rate) -> str:
    """A rate in a table; one above 100 % is marked."""
    return rate.display + (OVER if rate.over else "")


def standing(groups: Sequence[tuple[str, Collection[str]]]) -> str:
    """Returns how many units stand how, in words, with the names of all but the first group, whose returns
    are in order.

    Args:
        groups: What a standing is called, and who stands so. Everybody stands in one of them.
    """
    occupied = [(label, units) for label, units in groups if units]
    if len(occupied) == 1:
        return f"全部{occupied[0][0]}"
    in_order = groups[0][0]
    return "，".join(
        f"{label}{len(units)}个" + ("" if label == in_order else f"（{listed(units)}）")
        for label, units in occupied
    )


def apart(figure: RankedFigure, ranking: Ranking) -> Iterator[str]:
    """Yields a sentence for each reason why units take no part in a ranking, with the units."""
    if above := [unit for unit in ranking.over if unit.rate.exists]:
        yield f"{places(above)}超过100%，请核对原数。"
    if baseless := [unit.unit for unit in ranking.over if not unit.rate.exists]:
        yield f"{listed(baseless)}没有{figure.due}的，却报了{figure.done}，请核对原数。"
    if ranking.in_part:
        yield f"{places(ranking.in_part)}的报表只接收了一部分，不参加排名。"
    if ranking.alone:
        yield f"可以排名的只有{places([ranking.alone])}，不排名次。"
    if ranking.nothing_to_do:
        yield f"{listed(ranking.nothing_to_do)}无任务，不参加排名。"
    if ranking.unknown:
        yield f"{named(ranking.unknown)}的报表没有反映这一情况，不参加排名。"
