"""Registering rules: one small function a rule, declared with its code, clause and the fields it needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.schemas.house_facts import FACTS

Houses = pd.DataFrame


@dataclass(frozen=True)
class Judgement:
    """What a rule depends on beside the table.

    Args:
        closing_day: The day on which the period closes; deadlines are held against it.
        demands: The codes whose unmet duty is a breach under the notice in force; None: all of them.
        design_covers_both: 云阳 附2三(二): "without professional design and construction" covers houses of
            three storeys as well as commercial ones (fact 12).
    """

    closing_day: date
    demands: frozenset[str] | None = None
    design_covers_both: bool = True

    def severity_of(self, code: ProblemCode) -> Severity:
        """A breach is one only under the notices that demand the duty; a warning under the others."""
        if code.severity is Severity.BREACH and self.demands is not None and code.code not in self.demands:
            return Severity.WARNING
        return code.severity


Holds = Callable[[Houses, Judgement], "pd.Series[bool]"]


@dataclass(frozen=True)
class Rule:
    """One rule over the rows of a form.

    Args:
        code: Its entry in the catalogue.
        form: The form it is about.
        at: The field whose cell is marked.
        also: Further fields whose cells are concerned.
        needs: The fields it reads; where one of them is unknown, so is the rule.
        holds: The rows on which it fires.
    """

    code: ProblemCode
    form: str
    at: str
    also: tuple[str, ...]
    needs: tuple[str, ...]
    holds: Holds

    def check(self, table: Table, judgement: Judgement) -> Iterator[Problem]:
        """The rule's problems in a table of its form."""
        fires = self.holds(table.frame, judgement).to_numpy(dtype=bool) & table.is_known(self.needs)
        each = table.form.by_name[self.at]
        severity = judgement.severity_of(self.code)
        for position in fires.nonzero()[0].tolist():
            value = table.frame[self.at].iat[position] if self.at in table.frame else None
            said = "、".join(value) if isinstance(value, tuple) else value
            yield table.at_cells(
                self.code.code,
                self.code.title,
                each,
                position,
                also=self.also,
                severity=severity,
                value=None if said is None or said == "" else table.shown(each, said),
            )


RULES: dict[str, Rule] = {}
"""Every rule over rows, by code."""


def rule(
    code: str,
    severity: Severity,
    *,
    at: str,
    needs: tuple[str, ...],
    why: str,
    remedy: str,
    example: str = "",
    clause: str | None = None,
    form: str = "house-ledger",
) -> Callable[[Holds], Holds]:
    """Registers a rule. Its docstring, one sentence of Chinese, is the finding that a clerk reads.

    `needs` names columns or facts (`zjf.schemas.house_facts`); a fact stands for the columns it is read from.
    """
    columns = tuple(
        dict.fromkeys(each for need in needs for each in (FACTS[need].needs if need in FACTS else (need,)))
    )

    def register(holds: Holds) -> Holds:
        finding = (holds.__doc__ or "").strip().rstrip("。")
        entry = declare(ProblemCode(code, severity, finding, why, remedy, example, clause))
        also = tuple(each for each in columns if each != at)
        RULES[code] = Rule(entry, form, at, also, columns, holds)
        return holds

    return register
