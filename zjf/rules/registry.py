"""Registering rules: one small function a rule, declared with its code, clause and the fields it needs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self, TypeAlias, TypeVar

from zjf.intake.table import Table
from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.schemas import Field
from zjf.schemas.conditions import TALL_FROM
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import FACTS
from zjf.schemas.making_columns import marks_by_field
from zjf.schemas.shared_facts import columns_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Houses: TypeAlias = "pd.DataFrame"
_BY_PHASE = frozenset({"R603", "R611"})
"""Codes that are breaches by what a phase says, not by a notice's list of demands."""


@dataclass(frozen=True)
class Judgement:
    """What rules depend on besides the table.

    Args:
        closing_day: The day on which the period closes; deadlines are compared with it.
        demands: The codes whose unmet duty is a breach under the notice in force; None: all of them.
        clauses: Code → the clause of the notice in force that demands it; the others cite the clause they
            were first taken from.
        design_covers_both: 云阳 附2三(二): "without professional design and construction" covers houses of
            three storeys as well as commercial ones (facts.md#without-professionals).
        floors: From how many storeys on a house counts as tall.
        phases: The phases of the notice in force; houses are judged by those that must be done by a day.
        visits_since: When the notice's quarterly visits began; None where it has none.
        appraisal_months: Within how many months of being listed a household is to be appraised.
        report_days: Within how many days of the appraisal a report on the whole structure is to be sent.
        severe_are_cleared: 嘉峰 五(三): a severe hazard asks for people out and a fence, not for any control.
        judging_day: By which day commercial houses are to be judged; None where no notice gives one.
        confirmation: Which online problems count as confirmed: `confirmed` ones, or all `answered`.
    """

    closing_day: date
    demands: frozenset[str] | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)
    design_covers_both: bool = True
    floors: int = TALL_FROM
    phases: tuple[Phase, ...] = ()
    appraisal_months: int = 1
    report_days: int = 1
    severe_are_cleared: bool = False
    judging_day: date | None = None
    visits_since: date | None = None
    confirmation: str = "confirmed"

    @classmethod
    def under(cls, notice: Notice, closing_day: date) -> Self:
        """Returns the judgement under a notice on a closing day."""
        return cls(
            closing_day=closing_day,
            demands=frozenset(notice.demands) | _BY_PHASE,
            phases=notice.phases,
            clauses={code: f"{notice.title} {clause}" for code, clause in notice.demands.items()},
            design_covers_both=notice.switches.design_clause_covers_both.on,
            floors=notice.thresholds.floors.value,
            visits_since=notice.visits_since,
            appraisal_months=notice.thresholds.appraisal_months.value,
            report_days=-(-notice.thresholds.whole_defect_hours.value // 24),
            confirmation=notice.confirmation,
            severe_are_cleared=notice.switches.severe_are_cleared.on,
            judging_day=notice.judging_day,
        )

    def severity_of(self, code: ProblemCode) -> Severity:
        """Returns a code's severity: a breach is a warning under a notice that does not demand the duty."""
        if code.severity is Severity.BREACH and self.demands is not None and code.code not in self.demands:
            return Severity.WARNING
        return code.severity


Holds = Callable[[Houses, Judgement], "pd.Series[bool] | Mapping[str, pd.Series[bool]]"]
_Holds = TypeVar("_Holds", bound=Holds)


@dataclass(frozen=True)
class Rule:
    """One rule over the rows of a form.

    Args:
        at: The fields whose cells it may mark.
        needs: The fields it reads; where one of them is unknown, so is the rule.
        holds: The rows on which it fires; where it may mark several fields, a column for each of them.
        kept_in: Optional columns that the rule cannot do without: a table that lacks one is not judged.
    """

    code: ProblemCode
    form: str
    at: tuple[str, ...]
    needs: tuple[str, ...]
    holds: Holds
    kept_in: tuple[str, ...] = ()

    def check(self, table: Table, judgement: Judgement) -> Iterator[Problem]:
        """Yields the rule's problems in a table; none in one of another form."""
        if self.form != table.form.id or any(name not in table.columns for name in self.kept_in):
            return
        fires = self.holds(columns_of(table.frame), judgement)
        is_known = table.is_known(self.needs)
        for name, marks in marks_by_field(fires, self.at).items():
            for position in (marks & is_known).nonzero()[0].tolist():
                yield self._problem(table, table.form.by_name[name], position, judgement)

    def fires(self, rows: Houses, judgement: Judgement) -> "NDArray[np.bool_]":
        """Returns the rows on which the rule fires, whichever of its fields it marks."""
        return reduce(or_, marks_by_field(self.holds(rows, judgement), self.at).values())

    def _problem(self, table: Table, field: Field, position: int, judgement: Judgement) -> Problem:
        value = table.frame[field.name].iat[position]
        text = ("、".join(value) or "无") if isinstance(value, tuple) else value
        shown_text = None if text is None else table.shown(field, text)
        return table.at_cells(
            self.code.code,
            f"{field.heading.text}{f'「{shown_text}」' if shown_text else '未填'}：{self.code.title}",
            field,
            position,
            also=(need for need in self.needs if need != field.name),
            severity=judgement.severity_of(self.code),
            clause=judgement.clauses.get(self.code.code, self.code.clause),
            value=shown_text,
        )


RULES: dict[str, Rule] = {}
"""Every rule over rows, by code."""


@dataclass(frozen=True)
class Noted:
    """What was noted of a unit's house ledger when it was accepted.

    Args:
        waived: By code, the houses for which an unmet duty was waived.
        columns: The optional columns that it has, though all their cells may be blank.
    """

    waived: Mapping[str, Collection[str]] = field(default_factory=dict)
    columns: Collection[str] = ()


def unmet_duties(houses: Houses, judgement: Judgement, noted: Noted) -> dict[str, tuple[str, ...]]:
    """Returns, by code, the accepted houses of a unit whose duty is unmet (a breach) and not waived, in their order."""
    if not len(houses):
        return {}
    unmet_by_code = {}
    for code, duty in sorted(RULES.items()):
        is_breach = duty.form == HOUSES and judgement.severity_of(duty.code) is Severity.BREACH
        if is_breach and _is_kept(duty, houses, noted.columns):
            waived, unmet = noted.waived.get(code, ()), duty.fires(houses, judgement)
            house_ids = houses.house_id.to_numpy()[unmet].tolist()
            if owing := tuple(str(house_id) for house_id in house_ids if house_id not in waived):
                unmet_by_code[code] = owing
    return unmet_by_code


def _is_kept(rule: Rule, houses: Houses, kept: Collection[str]) -> bool:
    """Whether a unit keeps a rule's optional columns: its ledger has them, or some house has a cell of them filled."""
    return all(name in kept or houses[name].notna().any() for name in rule.kept_in)


def duties_not_judged(houses: Houses, judgement: Judgement, kept: Collection[str]) -> tuple[str, ...]:
    """Returns the codes of which it is not known whether they fire: the unit does not keep a column of the rule.

    Args:
        kept: The optional columns that its ledger has (`Noted.columns`).
    """
    return tuple(
        code
        for code, rule in _of_optional_columns().items()
        if not _is_kept(rule, houses, kept) and rule.fires(houses, judgement).any()
    )


def optional_columns() -> set[str]:
    """Returns the optional columns of the house ledger without which some rule cannot judge."""
    return {name for rule in _of_optional_columns().values() for name in rule.kept_in}


def columns_of_not_judged() -> set[str]:
    """Returns the columns that `duties_not_judged` reads, besides the unit and the key of each row."""
    return {name for rule in _of_optional_columns().values() for name in (*rule.needs, *rule.kept_in)}


def _of_optional_columns() -> dict[str, Rule]:
    """Returns, by code, the rules of the house ledger that cannot judge without an optional column."""
    return {code: rule for code, rule in RULES.items() if rule.form == HOUSES and rule.kept_in}


def columns_read(needs: Iterable[str]) -> tuple[str, ...]:
    """Returns the columns of fields and of facts (`zjf.schemas.house_facts`), which are read from columns."""
    return tuple(
        dict.fromkeys(
            column for need in needs for column in (FACTS[need].needs if need in FACTS else (need,))
        )
    )


def rule(
    code: str,
    severity: Severity,
    *,
    at: str | tuple[str, ...],
    needs: tuple[str, ...],
    why: str,
    remedy: str,
    example: str = "",
    clause: str | None = None,
    form: str = HOUSES,
    kept_in: tuple[str, ...] = (),
) -> Callable[[_Holds], _Holds]:
    """Registers a rule. Its docstring, one sentence of Chinese, is the finding that a clerk reads.

    `needs` names fields or facts (`columns_read`).
    """

    def register(holds: _Holds) -> _Holds:
        finding = (holds.__doc__ or "").strip().rstrip("。")
        entry = declare(ProblemCode(code, severity, finding, why, remedy, example, clause))
        fields = (at,) if isinstance(at, str) else at
        RULES[code] = Rule(entry, form, fields, columns_read(needs), holds, kept_in)
        return holds

    return register
