"""The results of spot-checks, by the draws on record and the house ledgers (云阳 附2三(四)2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from zjf.ledger import RecordedDraw
from zjf.rules.spot_checks import UnitSpotChecks, judged_clear, required
from zjf.schemas.house_facts import commercial
from zjf.schemas.vocabulary import InitialJudgement, SpotFinding

Drawn = Sequence[Mapping[str, frozenset[str]]]
"""The draws on record, in the order in which they were made; each as unit: its houses drawn."""


def houses_drawn(draws: Iterable[RecordedDraw]) -> Drawn:
    """Returns the houses of each draw by unit."""
    return [{unit.unit: frozenset(unit.houses) for unit in draw.units if unit.houses} for draw in draws]


def by_unit(
    checks: pd.DataFrame,
    houses: pd.DataFrame,
    share: Decimal,
    drawn: Drawn = (),
    in_part: Collection[str] = (),
) -> list[UnitSpotChecks]:
    """Returns one line for each unit that has houses, checks or houses drawn, sorted by name."""
    units = {*houses.township.dropna(), *checks.township.dropna(), *(name for draw in drawn for name in draw)}
    lines = []
    for unit in sorted(units):
        of_unit, checked = houses[houses.township == unit], checks[checks.township == unit]
        has_ledger = len(of_unit) > 0
        commercial_houses, clear = int(commercial(of_unit).sum()), int(judged_clear(of_unit).sum())
        draws = [draw[unit] for draw in drawn if draw.get(unit)]
        pool = frozenset[str]().union(*draws)
        ids = of_unit.house_id
        judgements = dict(zip(ids, of_unit.initial_judgement, strict=True)) if has_ledger else None
        verdicts = _first_verdicts(checked, judgements, pool)
        counting = _counting_houses(verdicts, draws)
        checked_ids, differing = set(checked.house_id), _differing(checked, judgements or {}, pool)
        lines.append(
            UnitSpotChecks(
                unit=unit,
                commercial=commercial_houses if has_ledger else None,
                clear=clear if has_ledger else None,
                required=required(commercial_houses, clear, share) if has_ledger else None,
                drawn=len(pool) if drawn else None,
                checked=len(counting),
                checked_right=sum(verdicts[house] for house in counting),
                findings=len(verdicts),
                right=sum(verdicts.values()),
                not_clear=len(checked_ids - set(verdicts)),
                left=tuple(sorted(pool - set(verdicts))),
                strangers=tuple(sorted(checked_ids - set(ids) - pool)) if has_ledger else (),
                differing=tuple(sorted(set(differing))),
                in_part=(unit,) if unit in in_part else (),
            )
        )
    return lines


def _first_verdicts(
    checks: pd.DataFrame, judgements: Mapping[str, str | None] | None, drawn: Collection[str]
) -> dict[str, bool]:
    """Returns, by house judged clear, whether its first check confirmed the survey.

    Of two checks on one day, the one that found fault counts as the first.
    """
    is_right = checks.finding == SpotFinding.RIGHT
    in_order = checks.assign(right=is_right).sort_values(["checked_on", "right"], kind="stable")
    verdicts: dict[str, bool] = {}
    for house, original, confirmed in zip(in_order.house_id, in_order.original, in_order.right, strict=True):
        if original == InitialJudgement.NONE and _was_clear(house, bool(confirmed), judgements, drawn):
            verdicts.setdefault(house, bool(confirmed))
    return verdicts


def _was_clear(
    house: str, confirmed: bool, judgements: Mapping[str, str | None] | None, drawn: Collection[str]
) -> bool:
    """Returns whether, by the ledger, a house was judged clear when it was checked."""
    if judgements is None or house in drawn:
        return True
    # A judgement that was raised after the check found fault was clear before it.
    return house in judgements and (judgements[house] == InitialJudgement.NONE or not confirmed)


def _differing(
    checks: pd.DataFrame, judgements: Mapping[str, str | None], drawn: Collection[str]
) -> Iterator[str]:
    for house, original, finding in zip(checks.house_id, checks.original, checks.finding, strict=True):
        was_clear = original == InitialJudgement.NONE and (house in drawn or finding != SpotFinding.RIGHT)
        if house in judgements and judgements[house] != original and not was_clear:
            yield house


def _counting_houses(verdicts: Collection[str], drawn: Iterable[frozenset[str]]) -> set[str]:
    """Returns the checked houses that count towards the share.

    The houses of a later draw count only once every house of the earlier draws is checked. Drawing again until
    the houses are convenient thus gains nothing.
    """
    counting: set[str] = set()
    for houses in drawn:
        counting |= houses.intersection(verdicts)
        if not houses <= counting:
            break
    return counting
