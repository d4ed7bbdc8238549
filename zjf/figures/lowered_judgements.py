"""Changes that make a house look better than before: the county asks about these first."""

from collections.abc import Callable, Mapping, Sequence

from zjf.figures.house_changes import CellChange, HouseChange

_JUDGEMENTS = ("未发现安全隐患", "存在一定安全隐患", "存在严重安全隐患")
_VERDICTS = ("无隐患", "有隐患")
_GRADES = ("A", "B", "C", "D")

_IsLowering = Callable[[object, object], bool]


def _became_milder(order: Sequence[str]) -> _IsLowering:
    """Returns a test: did a value become milder by this order, or was one that is not the mildest removed?"""

    def is_lowering(before: object, after: object) -> bool:
        if before not in order or (after is not None and after not in order):
            return False
        rank = -1 if after is None else order.index(str(after))
        return rank < order.index(str(before)) and order.index(str(before)) > 0

    return is_lowering


def _is_fewer(before: object, after: object) -> bool:
    return isinstance(before, int) and (after is None or (isinstance(after, int) and after < before))


def _lost_members(before: object, after: object) -> bool:
    return isinstance(before, tuple) and bool(set(before) - set(after if isinstance(after, tuple) else ()))


_LOWERINGS: Mapping[str, tuple[str, _IsLowering]] = {
    "initial_judgement": ("判定降低", _became_milder(_JUDGEMENTS)),
    "review_result": ("复核结论改轻", _became_milder(_VERDICTS)),
    "post_review_result": ("复核结论改轻", _became_milder(_VERDICTS)),
    "grade": ("等级调低", _became_milder(_GRADES)),
    "floors": ("层数减少", _is_fewer),
    "is_commercial": ("经营性改为否", lambda before, after: before is True and after is not True),
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
