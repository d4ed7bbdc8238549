"""Spot-checks: drawing houses once, keeping the draw in the ledger, forms for the checks (云阳 附2三(四)2)."""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NoReturn, Self

import pandas as pd

from zjf import public_json
from zjf.analysis.sampling import draw
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.figures.partial_returns import PartTaken, parts_taken
from zjf.figures.summary import units_without
from zjf.ledger import Ledger, RecordedDraw
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import People
from zjf.public_json import DocumentName, samples
from zjf.render.xlsx.blank_form import write_template
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, SPOT_CHECKS
from zjf.services.account import account_name

RECORD = "抽查记录.json"
SPOT_CHECK = FORMS[SPOT_CHECKS]


@dataclass(frozen=True)
class DrawRequest:
    """A draw as a clerk asks for it.

    Args:
        share: The share of all commercial houses, 0 to 1; None: the notice's.
        seed: The seed; None: one taken at random.
        reason: Why another draw is made after the first; empty for the first.
        by: Who draws; empty: the account's name.
    """

    share: Decimal | None = None
    seed: int | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Pool:
    """What houses are drawn from: the house ledgers of a period, as they were at one moment.

    Args:
        without_ledger: The units that sent no house ledger for the period: no house of theirs is drawn, and
            how many they have is not known.
        in_part: The units of whose house ledger only a part was accepted: no house of the rest is drawn.
    """

    houses: pd.DataFrame
    without_ledger: tuple[str, ...]
    in_part: tuple[PartTaken, ...]

    @classmethod
    def of(cls, houses: pd.DataFrame, home: County, ledger: Ledger, period: Period) -> Self:
        """Returns the pool of houses that were read from the ledger in the same state of it."""
        submissions = ledger.submissions(str(period), HOUSES)
        in_part = parts_taken(submissions, home.roster.names).get(HOUSES, ())
        return cls(houses, units_without(HOUSES, home, ledger, str(period)), in_part)


@dataclass(frozen=True)
class DrawsOfPeriod:
    """The draws of a period on record, and the one to be shown.

    Args:
        draws: All draws, in the order in which they were made. The first is the valid one.
        number: Which of them is shown, counted from 1: the one made now, else the first.
    """

    draws: tuple[RecordedDraw, ...]
    number: int
    pool: Pool

    @property
    def shown(self) -> RecordedDraw:
        return self.draws[self.number - 1]

    @cached_property
    def same_again(self) -> bool:
        """Whether drawing with its seed from the ledger as it is now gives the same houses."""
        recorded = self.shown
        redrawn = draw(self.pool.houses, Decimal(recorded.share), recorded.seed).units
        return {unit.unit: unit.houses for unit in redrawn} == {
            unit.unit: unit.houses for unit in recorded.units
        }

    def as_json(self) -> samples.Sample:
        """Returns the document `zjf.sample/1`."""
        shown_draw = draw_as_json(self.shown)
        return {
            "schema": DocumentName.SAMPLE,
            "period": self.shown.period,
            **shown_draw,
            "number": self.number,
            "same_again": self.same_again,
            "without_ledger": list(self.pool.without_ledger),
            "in_part": [part.unit for part in self.pool.in_part],
            "draws": [draw_as_json(recorded) for recorded in self.draws],
        }


def draw_as_json(recorded: RecordedDraw) -> samples.Draw:
    """Returns a draw, as `zjf.sample/1` has it."""
    return {
        "seed": recorded.seed,
        "share": recorded.share,
        "commercial": sum(unit.commercial for unit in recorded.units),
        "clear": recorded.pool,
        "drawn": len(recorded.houses),
        "units": [
            {
                "unit": unit.unit,
                "commercial": unit.commercial,
                "clear": unit.clear,
                "drawn": len(unit.houses),
                "houses": list(unit.houses),
            }
            for unit in recorded.units
        ],
        "drawn_at": recorded.at.isoformat(),
        "drawn_by": recorded.by,
        "reason": recorded.reason,
        "pool": {"size": recorded.pool, "digest": recorded.digest},
    }


def _shown(ledger: Ledger, draws: Iterable[RecordedDraw]) -> tuple[RecordedDraw, ...]:
    """Returns draws as they may leave the office: people named in their reasons are masked."""
    return tuple(
        replace(recorded, reason=ledger.people().shown(recorded.reason)) if recorded.reason else recorded
        for recorded in draws
    )


def draw_for(
    home: County, ledger: Ledger, period: Period, pool: Pool, request: DrawRequest, folder: Path
) -> DrawsOfPeriod:
    """Draws the houses of a period to be checked again; without a reason for another draw, returns the first.

    The first draw stays valid. Another is made only for a reason; both are kept.

    Args:
        ledger: Its ledger, opened for writing.
        folder: Where an older zjf left its record; its seed is used where the ledger has no draw.

    Raises:
        UsageError: There is a draw already, another seed or share is asked for, and no reason is given.
        CannotDoError: An older zjf's record is damaged, or there is no house to be drawn.
    """
    earlier_draws = ledger.draws(str(period))
    if earlier_draws and not request.reason:
        _refuse_another(earlier_draws[0], request)
        return DrawsOfPeriod(_shown(ledger, earlier_draws), 1, pool)
    share = Notice.in_force(home).thresholds.sample_share.value if request.share is None else request.share
    seed = request.seed if request.seed is not None else _seed(folder, is_first=not earlier_draws)
    new_draw = draw(pool.houses, share, seed)
    if not any(unit.houses for unit in new_draw.units):
        _refuse_empty(period)
    recorded = RecordedDraw(
        period=str(period),
        at=datetime.now(UTC),
        by=request.by or (account_name() or "未登记"),
        seed=seed,
        share=str(share),
        reason=request.reason if earlier_draws else "",
        digest=new_draw.digest,
        units=tuple(sorted(new_draw.units, key=lambda unit: home.roster.place_of(unit.unit))),
    )
    is_recorded = ledger.record_draw(recorded)
    draws = _shown(ledger, ledger.draws(str(period)))
    return DrawsOfPeriod(draws, len(draws) if is_recorded else 1, pool)


def _refuse_empty(period: Period) -> NoReturn:
    """Refuses an empty draw: it would be the valid first one, and the real one would need a reason."""
    raise CannotDoError(
        f"{period} 报来的台账中没有初判未发现安全隐患的经营性自建房，没有可抽的，没有记入台账",
        "请等各单位报来后再抽；用了 --share 的，请核对比例。",
    )


def _refuse_another(first: RecordedDraw, request: DrawRequest) -> None:
    asks_other_seed = request.seed is not None and request.seed != first.seed
    asks_other_share = request.share is not None and request.share != Decimal(first.share)
    if asks_other_seed or asks_other_share:
        raise UsageError(
            f"{first.period} 已经抽取过（种子 {first.seed}，比例 {first.share}），以首次抽取为准",
            "确需另抽的请用 --reason 写明理由，两次抽取都会留存。",
        )


def _seed(folder: Path, *, is_first: bool) -> int:
    """Returns a new seed; for the first draw that of an older zjf's record, whose forms were sent out already."""
    path = folder / RECORD
    if not is_first or not path.is_file():
        return secrets.randbelow(1_000_000)
    try:
        recorded: int = json.loads(path.read_text(encoding="utf-8"))["seed"]
    except (ValueError, KeyError, TypeError) as error:
        raise CannotDoError(f"{path} 已损坏，读不出上次的种子", "请移走它，或用 --seed 写明种子。") from error
    return recorded


def write_draw(drawing: DrawsOfPeriod, people: People, home: County, folder: Path) -> list[Path]:
    """Writes the forms of every draw of a period, and the record.

    Returns:
        The files, the record last.

    Raises:
        CannotDoError: A file cannot be written.
    """
    by_id = drawing.pool.houses.set_index(["township", "house_id"], drop=False)
    forms = [
        form
        for number, recorded in enumerate(drawing.draws, 1)
        for form in _write_forms(number, recorded, by_id, people, home, folder)
    ]
    record = folder / RECORD
    public_json.write(record, drawing.as_json())
    return [*forms, record]


def _write_forms(
    number: int, recorded: RecordedDraw, by_id: pd.DataFrame, people: People, home: County, folder: Path
) -> Iterator[Path]:
    """Writes the forms of one draw, one for each unit; addresses are in the remarks, to find the houses by."""
    suffix = f"_第{number}次" if number > 1 else ""
    for unit in recorded.units:
        if not unit.houses:
            continue
        # A house that has left the ledger since the draw is known by its number only.
        drawn = by_id.reindex(pd.MultiIndex.from_product([[unit.unit], unit.houses]))
        drawn = drawn.astype(object).where(drawn.notna(), None)
        rows = pd.DataFrame(
            {
                "house_id": list(unit.houses),
                "township": unit.unit,
                "village": drawn.village.tolist(),
                "original": drawn.initial_judgement.tolist(),
                "remarks": [address and people.shown(address) for address in drawn.address],
            }
        )
        path = folder / f"{SPOT_CHECK.info.title}_{unit.unit}{suffix}.xlsx"
        write_template(path, SPOT_CHECK, unit=unit.unit, units=home.roster.names, rows=rows)
        yield path
