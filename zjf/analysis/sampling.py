"""The draw of houses to be checked again (云阳 附2三(四)2; facts.md#spot-check-share), reproducible from its seed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from random import Random

import pandas as pd

from zjf.ledger import DrawnUnit
from zjf.rules.spot_checks import judged_clear, required
from zjf.schemas.house_facts import commercial

Houses = pd.DataFrame


@dataclass(frozen=True)
class Draw:
    """A draw, which its seed and share reproduce.

    Args:
        seed: The seed.
        share: The share asked for, 0 to 1.
        digest: Digest of the houses drawn from: it shows whether the ledger has changed since.
        units: What was drawn, unit by unit.
    """

    seed: int
    share: Decimal
    digest: str
    units: tuple[DrawnUnit, ...]


def draw(houses: Houses, share: Decimal, seed: int) -> Draw:
    """Draws a share of all commercial houses from those judged clear.

    The county's number goes to the units in proportion to their commercial houses, by the largest
    remainder; what a unit has too few clear houses for goes to the others. Each unit gets at least what
    is required of it alone (R606), so a draw carried out in full leaves no unit short; the sum is
    therefore often a few houses above the share.

    Args:
        houses: Rows of `house-ledger`, one period.
        share: The share, 0 to 1.
        seed: Any number. A unit's houses depend on it, on the unit's name and on its clear houses only.
    """
    of_unit = {
        str(unit): (int(commercial(rows).sum()), sorted(rows.house_id[judged_clear(rows)]))
        for unit, rows in houses.groupby("township", sort=True)
    }
    commercials = {unit: number for unit, (number, _) in of_unit.items()}
    clear = {unit: len(pool) for unit, (_, pool) in of_unit.items()}
    number = required(sum(commercials.values()), sum(clear.values()), share)
    shares = apportion(number, commercials, clear)
    drawn = []
    for unit, (commercial_houses, pool) in of_unit.items():
        most = max(shares[unit], required(commercial_houses, len(pool), share))
        houses_drawn = Random(f"{seed}:{unit}").sample(pool, most)
        drawn.append(DrawnUnit(unit, commercial_houses, len(pool), tuple(sorted(houses_drawn))))
    return Draw(seed, share, _digest({unit: pool for unit, (_, pool) in of_unit.items()}), tuple(drawn))


def _digest(pools: Mapping[str, list[str]]) -> str:
    text = json.dumps(pools, sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def apportion(number: int, weights: Mapping[str, int], most: Mapping[str, int]) -> dict[str, int]:
    """Divides a number in proportion to weights by the largest remainder, none above its most.

    Args:
        number: What is to be divided; not above the sum of `most`.
        weights: The weights; one that is 0 gets nothing, and its most is 0.
        most: What each can take; above 0 only where its weight is.
    """
    quotas = {name: Fraction(0) for name in weights}
    open_ones = {name for name, weight in weights.items() if weight and most[name]}
    left = number
    while open_ones:
        together = sum(weights[name] for name in open_ones)
        quotas |= {name: Fraction(left * weights[name], together) for name in open_ones}
        full = {name for name in open_ones if quotas[name] >= most[name]}
        if not full:
            break
        quotas |= {name: Fraction(most[name]) for name in full}
        left -= sum(most[name] for name in full)
        open_ones -= full
    return _rounded(number, quotas)


def _rounded(number: int, quotas: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers with the same sum: rounded down, the largest remainders then get one more."""
    given = {name: int(quota) for name, quota in quotas.items()}
    by_remainder: Iterable[str] = sorted(quotas, key=lambda name: (given[name] - quotas[name], name))
    for name, _ in zip(by_remainder, range(number - sum(given.values())), strict=False):
        given[name] += 1
    return given
