"""Draws of houses to be checked again, as events: they are only ever added (云阳 附2三(四)2)."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection

from zjf.ledger import log
from zjf.ledger.records import Called, DrawnUnit, Event, RecordedDraw

_DRAWN = "drawn"


def add(connection: Connection, one: RecordedDraw, called: Called) -> bool:
    """Adds a draw; one without a reason only where none of its period is on record. Says whether it did."""
    if not one.reason and draws(connection, one.period, called):
        return False
    detail: dict[str, Any] = {
        "by": one.by,
        "seed": one.seed,
        "share": one.share,
        "reason": one.reason,
        "digest": one.digest,
        "units": [asdict(unit) for unit in one.units],
    }
    log.add(connection, one.at, _DRAWN, one, **detail)
    return True


def draws(connection: Connection, period: str | None, called: Called) -> list[RecordedDraw]:
    """The draws of a period, or all of them, the first drawn first; units by their names of now."""
    return [_draw_of(event, called) for event in log.events(connection, period) if event.what == _DRAWN]


def _draw_of(event: Event, called: Called) -> RecordedDraw:
    told = dict(event.detail)
    units = tuple(
        DrawnUnit(called(unit["unit"]), unit["commercial"], unit["clear"], tuple(unit["houses"]))
        for unit in told.pop("units")
    )
    return RecordedDraw(period=event.period, at=event.at, units=units, **told)
