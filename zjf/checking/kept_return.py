"""A return that was read in an earlier run. Light: who checks returns without a ledger loads none for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zjf.checking.one_return import CheckedReturn
from zjf.problems import Problem

if TYPE_CHECKING:
    from zjf.ledger import SameRows


@dataclass
class KeptReturn(CheckedReturn):
    """A return that was read in an earlier run: its tables have their rows from the ledger, which accepted them.

    `rows_as` tells by table in which submission they are on record, `against_past` what was found against the
    period before, which is what it was then, and `overdue` what was past its day.
    """

    rows_as: "Mapping[int, SameRows]" = field(default_factory=dict)
    against_past: tuple[Problem, ...] = ()
    overdue: tuple[Problem, ...] = ()
