"""A return of which all is at hand that a county asks of each return by itself. Light: it loads no ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zjf.checking.one_return import CheckedReturn
from zjf.problems import Problem

if TYPE_CHECKING:
    from zjf.ledger import ReadyRows, SameRows


@dataclass
class ReadyReturn(CheckedReturn):
    """A return that was worked on while others were read, or was read in an earlier run and is `told_again`.

    `rows_as` has by table what the ledger takes of it, if it takes all, `against_past` is what was found against the
    period before, and `overdue` what is past its day. That holds of the return as it was read: where a part of it was
    set aside, it is worked out anew.
    """

    rows_as: "Mapping[int, SameRows | ReadyRows]" = field(default_factory=dict)
    against_past: tuple[Problem, ...] = ()
    overdue: tuple[Problem, ...] = ()
    told_again: bool = False


def as_read(checked: CheckedReturn) -> ReadyReturn | None:
    """The return as a `ReadyReturn`, where it is one and nothing of it was set aside."""
    return checked if isinstance(checked, ReadyReturn) and not checked.set_aside else None
