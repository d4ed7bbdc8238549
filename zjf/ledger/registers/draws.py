"""Draws of houses to be checked again, as events: they are only ever added (云阳 附2三(四)2)."""

from dataclasses import asdict

from sqlalchemy import Connection

from zjf.ledger.records import CurrentName, DrawnUnit, Event, RecordedDraw
from zjf.ledger.registers import log

DRAWN = "drawn"


def add(connection: Connection, recorded: RecordedDraw, current_name: CurrentName) -> bool:
    """Records a draw; one without a reason only where its period has none yet. Returns whether it was recorded."""
    if not recorded.reason and draws(connection, recorded.period, current_name):
        return False
    detail = asdict(recorded)
    del detail["period"], detail["at"]  # the event has them
    log.add(connection, recorded.at, DRAWN, recorded, **detail)
    return True


def draws(connection: Connection, period: str | None, current_name: CurrentName) -> list[RecordedDraw]:
    """Returns the draws of a period, or all of them, the first drawn first, with the units' present names."""
    return [_draw_of(event, current_name) for event in log.events(connection, period) if event.what == DRAWN]


def _draw_of(event: Event, current_name: CurrentName) -> RecordedDraw:
    detail = dict(event.detail)
    units = tuple(
        DrawnUnit(current_name(unit["unit"]), unit["commercial"], unit["clear"], tuple(unit["houses"]))
        for unit in detail.pop("units")
    )
    return RecordedDraw(period=event.period, at=event.at, units=units, **detail)
