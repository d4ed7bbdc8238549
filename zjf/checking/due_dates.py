"""Steps not done by the notice's day (R603, R611): checked by the county, not by units in their own returns."""

from collections.abc import Iterable, Iterator, Sequence

from zjf.checking.one_return import CheckedReturn
from zjf.checking.ready_return import as_read
from zjf.intake.table import Table
from zjf.notices.notice import Notice
from zjf.problems import Problem
from zjf.rules.phases import due_rules
from zjf.rules.registry import Judgement


def add_overdue_steps(checked: Sequence[CheckedReturn], notice: Notice, judgement: Judgement) -> None:
    """Adds R603 and R611 to the problems of returns; a unit that checks its own return does not get them."""
    for checked_return in checked:
        if ready := as_read(checked_return):
            checked_return.problems += ready.overdue
        else:
            checked_return.problems += overdue(checked_return.tables, notice, judgement)


def overdue(tables: Iterable[Table], notice: Notice, judgement: Judgement) -> Iterator[Problem]:
    """Yields R603 and R611 of tables, which must have their rows."""
    rules = tuple(due_rules(notice))
    for table in tables:
        for rule in rules:
            yield from rule.check(table, judgement)
