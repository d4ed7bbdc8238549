"""Steps past the notice's day (R603, R611): checked by the county, not by a unit that checks its own
return.
"""

from collections.abc import Sequence

from zjf.checking.kept_return import KeptReturn
from zjf.checking.one_return import CheckedReturn
from zjf.notices.notice import Notice
from zjf.rules.phases import due_rules
from zjf.rules.registry import Judgement


def add_what_is_overdue(checked: Sequence[CheckedReturn], notice: Notice, judgement: Judgement) -> None:
    """Adds R603 and R611 to the problems of returns; a unit that checks its own return does not get them.

    Args:
        checked: The returns, with their rows.
        notice: The notice in force.
        judgement: What depends on the notice and the day.
    """
    rules = tuple(due_rules(notice))
    for checked_return in checked:
        if isinstance(checked_return, KeptReturn):
            checked_return.problems += checked_return.overdue
            continue
        for table in checked_return.tables:
            for rule in rules:
                if rule.form == table.form.id:
                    checked_return.problems += rule.check(table, judgement)
