"""How the units kept the deadlines of several periods."""

from collections.abc import Iterable

from zjf.monitoring.board import Board
from zjf.monitoring.standings import Standing
from zjf.public_json.briefings import Conduct


def conduct_of(boards: Iterable[Board]) -> tuple[Conduct, ...]:
    """Returns how often each unit kept the deadlines, over the boards of the periods that are judged."""
    return tuple(
        Conduct(
            unit=lines[0].unit,
            due=len(lines),
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
