"""The rows behind a figure: the houses that it counts, and the cells that decided about each of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from zjf.checking.accepted_notes import WAIVED_WHEN_TAKEN_IN, waived_duties
from zjf.counting.progress import ProgressFigure
from zjf.figures.provenance import Counted
from zjf.figures.reckoning import Reckoning
from zjf.ledger.origins import Origin, rows_with_origins
from zjf.rules.registry import columns_read
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import FACTS, facts_of
from zjf.schemas.terms import Terms

TO_REAPPRAISE = "鉴定报告抽查不合格，需重新鉴定（仍按原报告统计）"

Waived = Mapping[str, Sequence[str]]
"""house_id: the descriptions of its waivers in force; waivers for the whole unit have the empty string as key."""


@dataclass(frozen=True)
class DecidingCell:
    """A cell that a figure looked at, with its value in the ledger.

    It has no address (`P17`) where the sheet has no such column, or the place is not recorded.
    """

    field: Field
    address: str | None
    value: Any


@dataclass(frozen=True)
class RowBehind:
    """A row that a figure was taken from: a house, or what a unit or a village reported.

    Args:
        key: The row's number (房屋编号, 户编号, 问题编号); empty in forms without one.
        numerator: What it adds to a rate's numerator, or to a count.
        denominator: What it adds to a rate's denominator; None of a count.
        because: The reasons, in Chinese: conditions that the row meets, or that it fails.
        waivers: The descriptions of the waivers that concern it.
    """

    unit: str
    key: str
    village: str
    numerator: int
    denominator: int | None
    because: tuple[str, ...]
    cells: tuple[DecidingCell, ...]
    origin: Origin
    waivers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SentByUnit:
    """What a unit sent for a period; the appraisal reports of the houses `doubted` failed an audit."""

    unit: str
    reckoning: Reckoning
    period: str
    waived: Waived
    doubted: Collection[str] = ()

    def rows(self, form: str) -> "UnitRows":
        """Returns the rows of one of its ledgers."""
        rows, origins = rows_with_origins(self.reckoning.ledger, form, self.period, self.unit)
        return UnitRows(FORMS[form], rows, origins, self)


def houses_behind(counted: Counted, sent: SentByUnit) -> list[RowBehind]:
    """Returns the houses of a unit that a figure of a form counts, in the order of its ledger."""
    ledger_rows = sent.rows(HOUSES)
    facts = pd.DataFrame(facts_of(ledger_rows.rows, FACTS), index=ledger_rows.rows.index)
    numerators, denominators = counted.numerators(facts), counted.denominators(facts)
    concerned = (numerators > 0) if denominators is None else (denominators > 0) | (numerators > 0)
    facts_by_position = facts.loc[concerned, [*counted.facts]].to_dict("index")
    rows = []
    for position in facts.index[concerned]:
        because, deciding = _reasons(
            counted, facts_by_position[position], in_numerator=numerators[position] > 0
        )
        denominator = None if denominators is None else int(denominators[position])
        rows.append(ledger_rows.row(position, int(numerators[position]), denominator, because, deciding))
    return rows


def progress_rows(figure: ProgressFigure, sent: SentByUnit) -> list[RowBehind]:
    """Returns the houses or households of a unit that a progress figure counts."""
    step, day = figure.step, sent.reckoning.closing_day(sent.period)
    ledger_rows = sent.rows(step.form)
    due = figure.due(ledger_rows.rows, day)
    is_done_of = step.is_done(ledger_rows.rows, day)
    form = FORMS[step.form]
    needs = columns_read((*figure.population.needs, *step.needs))
    columns = {name: None for name in (step.at, *needs) if name in form.by_name}
    rows = []
    for position in ledger_rows.rows.index[due]:
        is_done = bool(is_done_of[position])
        because = (figure.population.label, step.due, step.done if is_done else f"尚未：{step.done}")
        rows.append(ledger_rows.row(position, int(is_done), 1, because, columns))
    return rows


def reported_behind(form: Form, above: Terms, below: Terms, sent: SentByUnit) -> list[RowBehind]:
    """Returns the rows of a unit's own table in which it reported a figure: one line, or one for each village.

    Args:
        above: The counts added up; of a rate, those of the numerator.
        below: The counts of the denominator; empty where the figure is no rate.
    """
    lines = sent.rows(form.id)
    terms = (*above.figures, *below.figures)
    columns = {
        form_field.name: None for term in terms for form_field in form.fields if term in form_field.columns
    }
    rows = []
    for line, origin in zip(lines.rows.to_dict("records"), lines.origins, strict=True):
        reported = {term: line[term] for term in terms if line[term] is not None}
        if reported:
            rows.append(
                RowBehind(
                    unit=sent.unit,
                    key="",
                    village=line.get("village") or "",
                    numerator=_summed(above, reported),
                    denominator=_summed(below, reported) if below else None,
                    because=("单位填报的数",),
                    cells=tuple(_cells(form, columns, line, origin)),
                    origin=origin,
                )
            )
    return rows


@dataclass(frozen=True, eq=False)
class UnitRows:
    """The rows of a unit's ledger that count, with their origins."""

    form: Form
    rows: pd.DataFrame
    origins: Sequence[Origin]
    sent: SentByUnit
    _read: dict[str, list[Any]] = field(default_factory=dict, repr=False)

    def row(
        self,
        position: int,
        numerator: int,
        denominator: int | None,
        because: Sequence[str],
        columns: Collection[str],
    ) -> RowBehind:
        """Returns one row with what it adds to a figure and why."""
        origin, key = self.origins[position], self._value(self.form.info.key[0], position)
        audit_remark = (TO_REAPPRAISE,) if key in self.sent.doubted else ()
        record = {
            column: self._value(column, position)
            for name in columns
            for column in self.form.by_name[name].columns
        }
        return RowBehind(
            unit=self._value(self.form.unit_field.name, position),
            key=key,
            village=self._value("village", position) or "",
            numerator=numerator,
            denominator=denominator,
            because=(*because, *audit_remark),
            cells=tuple(_cells(self.form, columns, record, origin)),
            origin=origin,
            waivers=tuple(_waivers(key, origin, self.sent.waived)),
        )

    def _value(self, column: str, position: int) -> Any:
        """Returns one cell; a column is turned into a list only when asked for, and only once."""
        if column not in self._read:
            self._read[column] = self.rows[column].tolist()
        return self._read[column][position]


def _summed(terms: Terms, reported: Mapping[str, int]) -> int:
    """Returns a signed sum over the counts reported in one line; counts that it lacks are taken as 0."""
    return terms.value(dict.fromkeys(terms.figures, 0) | dict(reported))


def _reasons(
    counted: Counted, holds: Mapping[Any, bool], *, in_numerator: bool
) -> tuple[tuple[str, ...], dict[str, None]]:
    """Returns the reasons why a house is or is not in the numerator, and the columns that decided it.

    A house outside the numerator fails a condition of each numerator term: named is the term with the fewest.
    """
    if in_numerator:
        term = next(term for term in counted.numerator if all(holds[fact] for fact in term))
        deciding_facts = list(term)
        reasons = [FACTS[fact].says for fact in term]
    else:
        owed_term = next(term for term in counted.denominator if all(holds[fact] for fact in term))
        unmet = min(([fact for fact in term if not holds[fact]] for term in counted.numerator), key=len)
        deciding_facts = [*unmet, *owed_term]
        reasons = [
            *(f"不符合：{FACTS[fact].says}" for fact in unmet),
            *(FACTS[fact].says for fact in owed_term),
        ]
    columns = {name: None for fact in deciding_facts for name in FACTS[fact].needs}
    return tuple(reasons), columns


def _cells(
    form: Form, columns: Iterable[str], row: Mapping[Any, Any], origin: Origin
) -> Iterator[DecidingCell]:
    for name in columns:
        form_field = form.by_name[name]
        values = [row[column] for column in form_field.columns]
        yield DecidingCell(form_field, origin.address(name), values[0] if len(values) == 1 else tuple(values))


def _waivers(house_id: str, origin: Origin, waived: Waived) -> Iterator[str]:
    """Yields the waivers of a house: those in force, then those of the time when its row was accepted.

    A waiver for the whole unit is named only for the houses that the ledger noted under its duty, if it noted any.
    """
    duties = waived_duties(origin.submission.notes)
    unit_waivers = (
        waiver
        for waiver in waived.get("", ())
        if house_id in duties.get(waiver.partition("（")[0], (house_id,))
    )
    in_force = (*waived.get(house_id, ()), *unit_waivers)
    yield from in_force
    for code, houses in duties.items():
        if house_id in houses and not any(waiver.startswith(code) for waiver in in_force):
            yield f"{code}：{WAIVED_WHEN_TAKEN_IN}"
