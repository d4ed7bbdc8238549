"""What each sentence of a weekly summary or a monthly circular claims, held against the recount.

A sentence is told by its words; one that nothing here knows is a sentence that nobody recounts, and fails.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.recounts.board import Recount, quarter
from tests.recounts.county import PROGRESS, REVIEWS, UNITS
from tests.recounts.told import Told

Check = Callable[["Said"], None]
_CHECKS: list[tuple[re.Pattern[str], Check]] = []


@dataclass
class Said:
    """A sentence.

    Args:
        paper: The paper.
        lead: What its paragraph is headed.
        match: Its words.
    """

    paper: Told
    lead: str
    match: re.Match[str]

    def __getitem__(self, group: int) -> str:
        return self.match[group] or ""

    @property
    def recount(self) -> Recount:
        return self.paper.recount

    def units(self, group: int) -> list[str]:
        return self[group].split("、") if self[group] else []

    def amounts(self) -> list[tuple[int, int | None]]:
        """Every count of houses or households, with how it moved; None where nothing is said of that."""
        found = re.finditer(
            r"(?<![\d.])(\d+)[栋户](?:（(较|与)上[期月](增加|减少|持平)(\d*)[栋户]?）)?", self.match[0]
        )
        signs = {"增加": 1, "减少": -1, "持平": 0}
        return [
            (int(amount[1]), signs[amount[3]] * int(amount[4] or 0) if amount[2] else None)
            for amount in found
        ]


def says(words: str) -> Callable[[Check], Check]:
    """Registers what is held against sentences of these words."""

    def register(check: Check) -> Check:
        _CHECKS.append((re.compile(words), check))
        return check

    return register


def hold(paper: Told, lead: str, text: str) -> None:
    """Holds every sentence of a paragraph against the recount."""
    for sentence in filter(None, re.split("。", text)):
        known = [(match, check) for words, check in _CHECKS if (match := words.fullmatch(sentence))]
        assert known, f"nobody recounts: {lead}｜{sentence}"
        for match, check in known:
            check(Said(paper, lead, match))


def shares(text: str) -> dict[str, int]:
    """青石镇3栋、柳溪镇1栋, as units and numbers."""
    return {share[1]: int(share[2]) for share in re.finditer(r"([^、\d]+)(\d+)[栋户个次]", text)}


def moved(now: Mapping[str, int], then: Mapping[str, int] | None) -> tuple[int, int | None]:
    """A sum, and how it moved in the units that tell it both times."""
    both = [unit for unit in now if then and unit in then]
    change = sum(now[unit] for unit in both) - sum(then[unit] for unit in both) if then and both else None
    return sum(now.values()), change


def figure(paper: Told, name: str, side: int) -> tuple[int, int | None]:
    """A progress figure's numerator (0) or denominator (1), of the county."""

    def of(recount: Recount) -> dict[str, int]:
        return {unit: rate[side] for unit in UNITS if (rate := recount.rate(unit, name))}

    return moved(of(paper.recount), of(paper.earlier) if is_compared(paper, name) and paper.earlier else None)


def is_compared(paper: Told, name: str) -> bool:
    """The visits of a quarter begin anew: those of another one are not compared with them."""
    return name != "households/visited" or (
        paper.earlier is not None and quarter(paper.earlier.closing_day) == quarter(paper.recount.closing_day)
    )


def count(paper: Told, form: str, *names: str) -> tuple[int, int | None]:
    """A count of an attachment, of the county."""
    counts_of = {PROGRESS: Recount.counts, REVIEWS: Recount.reviews}[form]

    def of(recount: Recount) -> dict[str, int]:
        return {
            unit: sum(counts[name] for name in names)
            for unit in UNITS
            if (counts := counts_of(recount, unit))
        }

    return moved(of(paper.recount), of(paper.earlier) if paper.earlier else None)


def whose(said: str, paper: Told, tells: Callable[[str], object]) -> None:
    """Whether the whole county is only named where every unit tells it."""
    telling = [unit for unit in UNITS if tells(unit)]
    assert said == ("全县" if len(telling) == len(UNITS) else f"全县有数据的{len(telling)}个单位"), telling
