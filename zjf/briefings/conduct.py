"""How the units kept the deadlines of several periods."""

from collections.abc import Iterable
from dataclasses import dataclass

from zjf.monitoring.board import Board
from zjf.monitoring.standings import Standing


@dataclass(frozen=True)
class Conduct:
    """How often in a month a unit reported in time, late, not at all, or had its return sent back."""

    unit: str
    on_time: int
    late: int
    sent_back: int
    missing: int

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.sent_back + self.missing


def conduct_of(boards: Iterable[Board]) -> tuple[Conduct, ...]:
    """Returns how often each unit kept the deadlines, over the boards of the periods that are judged."""
    return tuple(
        Conduct(
            unit=lines[0].unit,
            on_time=sum(
                line.standing in (Standing.REPORTED, Standing.NIL) and not line.late for line in lines
            ),
            late=sum(
                line.standing is Standing.LATE or (line.standing is Standing.NIL and line.late)
                for line in lines
            ),
            sent_back=sum(line.standing is Standing.SENT_BACK for line in lines),
            missing=sum(line.standing is Standing.MISSING for line in lines),
        )
        for lines in zip(*(board.lines for board in boards if board.counts_for_conduct), strict=True)
    )
