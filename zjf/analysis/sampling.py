"""Draws houses to be checked again (云阳 附2三(四)2; facts.md#spot-check-share), reproducibly from a seed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from random import Random

from zjf.ledger import DrawnUnit
from zjf.rules.spot_checks import judged_clear, required
from zjf.schemas.house_facts import commercial
from zjf.schemas.shared_facts import Houses


@dataclass(frozen=True)
class Draw:
    """A draw; the same ledger, seed and share (0 to 1) give it again.

    The digest of the houses drawn from shows whether the ledger has changed since.
    """

    seed: int
    share: Decimal
    digest: str
    units: tuple[DrawnUnit, ...]


def draw(houses: Houses, share: Decimal, seed: int) -> Draw:
    """Draws a share of all commercial houses from those judged clear.

    The county's number is divided among the units in proportion to their commercial houses, by the largest
    remainder. A unit with too few clear houses passes its surplus on to the others. Each unit gets at least the
    number required of it alone (R606), so that a draw carried out in full leaves no unit short; the sum is
    therefore often a few houses above the share.

    Args:
        seed: Any number. A unit's houses depend on it, on the unit's name and on its clear houses only.
    """
    per_unit = {
        str(unit): (int(commercial(rows).sum()), sorted(rows.house_id[judged_clear(rows)]))
        for unit, rows in houses.groupby("township", sort=True)
    }
    commercials = {unit: number for unit, (number, _) in per_unit.items()}
    clear = {unit: len(pool) for unit, (_, pool) in per_unit.items()}
    number = required(sum(commercials.values()), sum(clear.values()), share)
    shares = apportion(number, commercials, clear)
    drawn = []
    for unit, (commercial_houses, pool) in per_unit.items():
        size = max(shares[unit], required(commercial_houses, len(pool), share))
        houses_drawn = Random(f"{seed}:{unit}").sample(pool, size)
        drawn.append(DrawnUnit(unit, commercial_houses, len(pool), tuple(sorted(houses_drawn))))
    pools = {unit: pool for unit, (_, pool) in per_unit.items()}
    text = json.dumps(pools, sort_keys=True, ensure_ascii=False)
    return Draw(seed, share, blake2b(text.encode(), digest_size=8).hexdigest(), tuple(drawn))


def apportion(number: int, weights: Mapping[str, int], most: Mapping[str, int]) -> dict[str, int]:
    """Divides a number in proportion to weights by the largest remainder, with an upper limit for each part.

    A weight of 0 gets nothing, and its limit must be 0.
    """
    quotas = {name: Fraction(0) for name in weights}
    below_limit = {name for name, weight in weights.items() if weight and most[name]}
    remaining = number
    while below_limit:
        sum_of_weights = sum(weights[name] for name in below_limit)
        quotas |= {name: Fraction(remaining * weights[name], sum_of_weights) for name in below_limit}
        full = {name for name in below_limit if quotas[name] >= most[name]}
        if not full:
            break
        quotas |= {name: Fraction(most[name]) for name in full}
        remaining -= sum(most[name] for name in full)
        below_limit -= full
    return _rounded(number, quotas)


def _rounded(number: int, quotas: Mapping[str, Fraction]) -> dict[str, int]:
    """Rounds down, then adds one to those with the largest remainders until the sum is right."""
    rounded = {name: int(quota) for name, quota in quotas.items()}
    by_remainder: Iterable[str] = sorted(quotas, key=lambda name: (rounded[name] - quotas[name], name))
    for name, _ in zip(by_remainder, range(number - sum(rounded.values())), strict=False):
        rounded[name] += 1
    return rounded
