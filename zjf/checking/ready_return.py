"""A return with all that the county needs to know of it by itself. Importing this module loads no ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zjf.checking.one_return import CheckedReturn
from zjf.problems import Problem

if TYPE_CHECKING:
    from zjf.ledger import ReadyRows, SameRows, SpilledRows


@dataclass
class ReadyReturn(CheckedReturn):
    """A return prepared while others were still being read, or, if `from_earlier_run`, taken from an earlier run.

    `rows_as` has, by table, the rows in the form in which the ledger takes them if it takes all; `against_past` are
    the problems against the period before, `overdue` those of steps not done by their day. All this is of the return
    as it was read: where a part of it was set aside, it is worked out anew.
    """

    rows_as: "Mapping[int, SameRows | ReadyRows | SpilledRows]" = field(default_factory=dict)
    against_past: tuple[Problem, ...] = ()
    overdue: tuple[Problem, ...] = ()
    from_earlier_run: bool = False


def as_read(checked: CheckedReturn) -> ReadyReturn | None:
    """Returns the return if it is a `ReadyReturn` of which nothing was set aside, else None."""
    return checked if isinstance(checked, ReadyReturn) and not checked.set_aside else None
