"""Changes that make a house look better than before: the county asks about these first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zjf.figures.house_changes import CellChange, HouseChange
from zjf.schemas.vocabulary import CodeList, Commercial, Finding, Grade, InitialJudgement

_IsLowering = Callable[[Any, Any], bool]


def _became_milder(*order: CodeList) -> _IsLowering:
    """Returns a test: did a value become milder by this order, or was one that is not the mildest removed?"""
    ranks = {None: -1} | {code.value: rank for rank, code in enumerate(order)}
    return lambda before, after: ranks[after] < ranks[before] > 0


def _is_fewer(before: object, after: object) -> bool:
    return isinstance(before, int) and (after is None or (isinstance(after, int) and after < before))


def _lost_members(before: object, after: object) -> bool:
    return isinstance(before, tuple) and bool(set(before) - set(after if isinstance(after, tuple) else ()))


_LOWERINGS: Mapping[str, tuple[str, _IsLowering]] = {
    "initial_judgement": ("判定降低", _became_milder(*reversed(InitialJudgement))),
    "review_result": ("复核结论改轻", _became_milder(*Finding)),
    "post_review_result": ("复核结论改轻", _became_milder(*Finding)),
    "grade": ("等级调低", _became_milder(*Grade)),
    "floors": ("层数减少", _is_fewer),
    "is_commercial": ("不再是经营性", _became_milder(Commercial.NO, Commercial.YES)),
    "occupants": ("使用人数减少", _is_fewer),
    "alterations": ("改扩建情形减少", _lost_members),
    "controls": ("管控措施减少", _lost_members),
}
"""Field: the name of a change that makes the house look better, and its test. The gravest come first."""

_ORDER = list(_LOWERINGS)


def lowering_of(change: CellChange) -> str:
    """Returns the name of a change that makes the house look better than before; empty for other changes."""
    name, is_lowering = _LOWERINGS.get(change.field.name, ("", None))
    return name if is_lowering and is_lowering(change.before, change.after) else ""


def gravest_first(changed: Sequence[HouseChange]) -> list[HouseChange]:
    """Returns the changed houses sorted: the gravest change that makes a house look better comes first."""
    return sorted(changed, key=_rank)


def _rank(house: HouseChange) -> int:
    ranks = (_ORDER.index(cell.field.name) for cell in house.cells if lowering_of(cell))
    return min(ranks, default=len(_ORDER))
