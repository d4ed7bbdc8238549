"""The rows behind a figure: which houses it counts, and the cells that decided each of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

import pandas as pd

from zjf.checking.waiver_notes import WAIVED_WHEN_TAKEN_IN, waived_duties
from zjf.counting.progress import ProgressFigure
from zjf.figures.provenance import Counted
from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.ledger.origins import Origin, rows_with_origins
from zjf.rules.registry import columns_read
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.house_facts import FACTS, facts_of
from zjf.schemas.terms import Terms

TO_REAPPRAISE = "鉴定报告抽查不合格，需重新鉴定（仍按原报告统计）"

Waived = Mapping[str, Sequence[str]]
"""What waivers in force say of a house, by its house_id; those of the whole unit under the empty name."""


@dataclass(frozen=True)
class DecidingCell:
    """A cell that a figure looked at.

    Args:
        field: Its column.
        address: Where it stands (`P17`); None where its table has no such column, or no place is known.
        value: What the ledger holds; None is a blank.
    """

    field: Field
    address: str | None
    value: Any


@dataclass(frozen=True)
class RowBehind:
    """A row that a figure was taken from: a house, or what a unit or a village reported.

    Args:
        unit: The reporting unit.
        key: What names the row (房屋编号, 户编号, 问题编号); empty where a unit has but one row.
        village: Its village, where it has one.
        numerator: What it adds to a rate's numerator, or to a count.
        denominator: What it adds to a rate's denominator; None of a count.
        because: Why, in words: what holds of it, or what is lacking.
        cells: The cells that decided it.
        origin: Where the row came from.
        waivers: The waivers that hold something of it.
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


def houses_behind(
    counted: Counted,
    unit: str,
    ledger: Ledger,
    period: str,
    waived: Waived,
    doubted: Collection[str] = (),
) -> list[RowBehind]:
    """Returns the houses of a unit that a figure of a form counts, in the order of its ledger.

    Args:
        counted: What the figure counts.
        unit: The unit.
        ledger: The ledger.
        period: The period.
        waived: The waivers in force.
        doubted: Its houses whose appraisal report failed an audit.
    """
    sent = UnitRows.of(HOUSES, unit, ledger, period, waived, doubted)
    facts = facts_of(sent.rows)
    done, owed = counted.done(facts), counted.owed(facts)
    concerned = (done > 0) if owed is None else (owed > 0) | (done > 0)
    of_facts = facts.loc[concerned, [*counted.facts]].to_dict("index")
    rows = []
    for position in facts.index[concerned]:
        because, deciding = _why(counted, of_facts[position], in_numerator=done[position] > 0)
        denominator = None if owed is None else int(owed[position])
        rows.append(sent.row(position, int(done[position]), denominator, because, deciding))
    return rows


def progress_rows(
    figure: ProgressFigure,
    unit: str,
    ledger: Ledger,
    period: str,
    day: date,
    waived: Waived,
    doubted: Collection[str] = (),
) -> list[RowBehind]:
    """Returns the houses or households of a unit that a progress figure counts.

    Args:
        figure: The figure.
        unit: The unit.
        ledger: The ledger.
        period: The period.
        day: The day as of which the figure speaks.
        waived: The waivers in force.
        doubted: Its houses whose appraisal report failed an audit.
    """
    step = figure.step
    sent = UnitRows.of(step.form, unit, ledger, period, waived, doubted)
    due = figure.due(sent.rows, day)
    done = step.is_done(sent.rows, day)
    form = FORMS[step.form]
    needs = columns_read((*figure.population.needs, *step.needs))
    columns = {name: None for name in (step.at, *needs) if name in form.by_name}
    rows = []
    for position in sent.rows.index[due]:
        is_done = bool(done[position])
        because = (figure.population.label, step.due, step.done if is_done else f"尚未：{step.done}")
        rows.append(sent.row(position, int(is_done), 1, because, columns))
    return rows


def reported_behind(
    form: Form, above: Terms, below: Terms, unit: str, ledger: Ledger, period: str
) -> list[RowBehind]:
    """Returns the rows of a unit's own table in which it reported a figure: its line, or a line a village.

    Args:
        form: The table's form.
        above: The counts that are added up; of a rate, its numerator's.
        below: Its denominator's counts; none where it is no rate.
        unit: The unit.
        ledger: The ledger.
        period: The period.
    """
    lines, origins = rows_with_origins(ledger, form.id, period, unit)
    terms = (*above.figures, *below.figures)
    columns = {own.name: None for term in terms for own in form.fields if term in own.columns}
    rows = []
    for line, origin in zip(lines.to_dict("records"), origins, strict=True):
        reported = {term: line[term] for term in terms if line[term] is not None}
        if reported:
            rows.append(
                RowBehind(
                    unit=unit,
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
    """A unit's ledger as it counts, with where each row came from.

    Args:
        form: The ledger's form.
        rows: Its rows.
        origins: Where each came from.
        doubted: Whose appraisal report failed an audit.
        waived: The waivers in force.
    """

    form: Form
    rows: pd.DataFrame
    origins: Sequence[Origin]
    doubted: Collection[str]
    waived: Waived
    _read: dict[str, list[Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        form_id: str,
        unit: str,
        ledger: Ledger,
        period: str,
        waived: Waived,
        doubted: Collection[str] = (),
    ) -> Self:
        accepted, origins = rows_with_origins(ledger, form_id, period, unit)
        return cls(FORMS[form_id], accepted, origins, doubted, waived)

    def row(
        self,
        position: int,
        numerator: int,
        denominator: int | None,
        because: Sequence[str],
        columns: Collection[str],
    ) -> RowBehind:
        """Returns one of its rows as a figure counts it."""
        origin, key = self.origins[position], self._value(self.form.info.key[0], position)
        more = (TO_REAPPRAISE,) if key in self.doubted else ()
        assert self.form.unit_field is not None  # every form names its unit
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
            because=(*because, *more),
            cells=tuple(_cells(self.form, columns, record, origin)),
            origin=origin,
            waivers=tuple(_waivers(key, origin, self.waived)),
        )

    def _value(self, column: str, position: int) -> Any:
        """A cell; of the many columns only those that are asked for are read, each once."""
        if column not in self._read:
            self._read[column] = self.rows[column].tolist()
        return self._read[column][position]


def _summed(terms: Terms, reported: Mapping[str, int]) -> int:
    """What a signed sum comes to in one line; a figure that it leaves out adds nothing."""
    return terms.value(dict.fromkeys(terms.figures, 0) | dict(reported))


def _why(
    counted: Counted, holds: Mapping[Any, bool], *, in_numerator: bool
) -> tuple[tuple[str, ...], dict[str, None]]:
    """Why a house counts where it does: what holds of it, or what it lacks; and the columns that say so."""
    if in_numerator:
        term = next(term for term in counted.numerator if all(holds[fact] for fact in term))
        deciding = list(term)
        words = [FACTS[fact].says for fact in term]
    else:
        below = next(term for term in counted.denominator if all(holds[fact] for fact in term))
        lacking = min(([fact for fact in term if not holds[fact]] for term in counted.numerator), key=len)
        deciding = [*lacking, *below]
        words = [*(f"不符合：{FACTS[fact].says}" for fact in lacking), *(FACTS[fact].says for fact in below)]
    columns = {name: None for fact in deciding for name in FACTS[fact].needs}
    return tuple(words), columns


def _cells(
    form: Form, columns: Iterable[str], row: Mapping[Any, Any], origin: Origin
) -> Iterator[DecidingCell]:
    for name in columns:
        own = form.by_name[name]
        values = [row[column] for column in own.columns]
        yield DecidingCell(own, origin.address(name), values[0] if len(values) == 1 else tuple(values))


def _waivers(house_id: str, origin: Origin, waived: Waived) -> Iterator[str]:
    """What was waived of a house when its row was taken in, and what is waived now, each once.

    A waiver of the whole unit for a duty is told of the houses of which it held, where the ledger noted them.
    """
    duties = waived_duties(origin.submission.notes)
    of_unit = (
        words for words in waived.get("", ()) if house_id in duties.get(words.partition("（")[0], (house_id,))
    )
    waivers = (*waived.get(house_id, ()), *of_unit)
    yield from waivers
    for code, houses in duties.items():
        if house_id in houses and not any(words.startswith(code) for words in waivers):
            yield f"{code}：{WAIVED_WHEN_TAKEN_IN}"
