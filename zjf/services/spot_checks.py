"""Spot-checks as a procedure: drawing once, keeping the draw in the ledger, reading the checks back (云阳 附2三(四)2)."""

import getpass
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from zjf.analysis.sampling import draw
from zjf.analysis.spot_checks import by_unit, houses_drawn
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.ledger import Ledger, RecordedDraw
from zjf.monitoring.spot_checks import draws_until
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.public_json import DocumentName
from zjf.rules.spot_checks import SpotChecks

RECORD = "抽查记录.json"


@dataclass(frozen=True)
class Asked:
    """What a draw is asked for.

    Args:
        share: The share of all commercial houses; the notice's unless given.
        seed: The seed; taken at random unless given.
        reason: Why another is drawn beside the first; empty where none is asked for.
        by: Who draws; whoever is logged in unless given.
    """

    share: Decimal | None = None
    seed: int | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Drawing:
    """The draws of a period as they stand on record, and the one that was asked about.

    Args:
        draws: All of them, the first first. The first stands.
        number: Which of them was asked about, counted from 1: the one made now, else the first.
        is_new: Whether it was made now.
        same_again: Whether its seed gives the same houses from the ledger as it is now.
    """

    draws: tuple[RecordedDraw, ...]
    number: int
    is_new: bool
    same_again: bool

    @property
    def shown(self) -> RecordedDraw:
        return self.draws[self.number - 1]

    def as_json(self) -> dict[str, Any]:
        """The document `zjf.sample/1`."""
        own = draw_as_json(self.shown)
        return {
            "schema": DocumentName.SAMPLE.value,
            "period": self.shown.period,
            **own,
            "number": self.number,
            "same_again": self.same_again,
            "draws": [draw_as_json(one) for one in self.draws],
        }


def draw_as_json(one: RecordedDraw) -> dict[str, Any]:
    """One draw, as `zjf.sample/1` has it."""
    return {
        "seed": one.seed,
        "share": one.share,
        "commercial": sum(unit.commercial for unit in one.units),
        "clear": one.pool,
        "drawn": len(one.houses),
        "units": [
            {
                "unit": unit.unit,
                "commercial": unit.commercial,
                "clear": unit.clear,
                "drawn": len(unit.houses),
                "houses": list(unit.houses),
            }
            for unit in one.units
        ],
        "drawn_at": one.at.isoformat(),
        "drawn_by": one.by,
        "reason": one.reason,
        "pool": {"size": one.pool, "digest": one.digest},
    }


def draw_for(
    home: County, ledger: Ledger, period: Period, houses: pd.DataFrame, asked: Asked, folder: Path
) -> Drawing:
    """Draws the houses of a period to be checked again, or tells what was drawn.

    The first draw stands. Another is made only for a reason, and kept beside it.

    Args:
        home: The county.
        ledger: Its ledger, to be written to.
        period: The period.
        houses: Its house ledgers.
        asked: What is asked for.
        folder: Where an older zjf left its record; its seed is used where the ledger has no draw.

    Raises:
        UsageError: There is a draw already, another seed or share is asked for, and no reason is given.
        CannotDoError: An older zjf's record is damaged.
    """
    before = ledger.draws(str(period))
    if before and not asked.reason:
        _refuse_another(before[0], asked)
        return Drawing(tuple(before), 1, is_new=False, same_again=_same_again(before[0], houses))
    share = asked.share if asked.share is not None else share_of(home)
    seed = asked.seed if asked.seed is not None else _seed(folder, is_first=not before)
    drawn = draw(houses, share, seed)
    place = {name: at for at, name in enumerate(home.roster.names)}
    one = RecordedDraw(
        period=str(period),
        at=datetime.now(UTC),
        by=asked.by or _whoever(),
        seed=seed,
        share=str(share),
        reason=asked.reason if before else "",
        digest=drawn.digest,
        units=tuple(sorted(drawn.units, key=lambda unit: place.get(unit.unit, len(place)))),
    )
    is_new = ledger.record_draw(one)
    draws = tuple(ledger.draws(str(period)))
    number = len(draws) if is_new else 1
    return Drawing(draws, number, is_new, _same_again(draws[number - 1], houses))


def read_back(
    home: County, ledger: Ledger, period: Period, checks: pd.DataFrame, houses: pd.DataFrame, share: Decimal
) -> SpotChecks:
    """What spot-checks come to, against the draws on record, in the order of the roster."""
    place = {name: at for at, name in enumerate(home.roster.names)}
    lines = by_unit(checks, houses, share, houses_drawn(draws_until(ledger, period)))
    in_order = sorted(lines, key=lambda line: place.get(line.unit, len(place)))
    mark = Notice.load(home.notice, home.folder).thresholds.pass_rate.value
    return SpotChecks(tuple(in_order), share, mark, home.name)


def share_of(home: County) -> Decimal:
    """The share that the county's notice asks for."""
    return Notice.load(home.notice, home.folder).thresholds.sample_share.value


def _refuse_another(first: RecordedDraw, asked: Asked) -> None:
    other_seed = asked.seed is not None and asked.seed != first.seed
    other_share = asked.share is not None and asked.share != Decimal(first.share)
    if other_seed or other_share:
        raise UsageError(
            f"{first.period} 已经抽取过（种子 {first.seed}，比例 {first.share}），以首次抽取为准",
            "确需另抽的请用 --reason 写明理由，两次抽取都会留存。",
        )


def _same_again(one: RecordedDraw, houses: pd.DataFrame) -> bool:
    again = {unit.unit: unit.houses for unit in draw(houses, Decimal(one.share), one.seed).units}
    return again == {unit.unit: unit.houses for unit in one.units}


def _seed(folder: Path, *, is_first: bool) -> int:
    """A seed: that of an older zjf's record for the first draw, so that the forms sent out hold; else a new one."""
    path = folder / RECORD
    if not is_first or not path.is_file():
        return secrets.randbelow(1_000_000)
    try:
        recorded: int = json.loads(path.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError) as damaged:
        raise CannotDoError(
            f"{path} 已损坏，读不出上次的种子", "请移走它，或用 --seed 写明种子。"
        ) from damaged
    return recorded


def _whoever() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # nobody is logged in, as in some containers
        return "未登记"
