"""Draws of houses to be checked again, as events: they are only ever added (云阳 附2三(四)2)."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection

from zjf.ledger.records import Called, DrawnUnit, Event, RecordedDraw
from zjf.ledger.registers import log

_DRAWN = "drawn"


def add(connection: Connection, recorded: RecordedDraw, called: Called) -> bool:
    """Adds a draw; one without a reason only where none of its period is on record. Says whether it did."""
    if not recorded.reason and draws(connection, recorded.period, called):
        return False
    detail: dict[str, Any] = {
        "by": recorded.by,
        "seed": recorded.seed,
        "share": recorded.share,
        "reason": recorded.reason,
        "digest": recorded.digest,
        "units": [asdict(unit) for unit in recorded.units],
    }
    log.add(connection, recorded.at, _DRAWN, recorded, **detail)
    return True


def draws(connection: Connection, period: str | None, called: Called) -> list[RecordedDraw]:
    """The draws of a period, or all of them, the first drawn first; units by their names of now."""
    return [_draw_of(event, called) for event in log.events(connection, period) if event.what == _DRAWN]


def _draw_of(event: Event, called: Called) -> RecordedDraw:
    detail = dict(event.detail)
    units = tuple(
        DrawnUnit(called(unit["unit"]), unit["commercial"], unit["clear"], tuple(unit["houses"]))
        for unit in detail.pop("units")
    )
    return RecordedDraw(period=event.period, at=event.at, units=units, **detail)
