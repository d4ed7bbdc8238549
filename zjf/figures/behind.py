"""The rows behind a figure: which houses it counts, and the cells that decided each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zjf.analysis.report_audits import as_not_appraised
from zjf.checking.waiver_notes import waived_duties
from zjf.figures.provenance import Counted, Figure
from zjf.figures.units import HOUSES, UnitFigures
from zjf.ledger import Ledger
from zjf.ledger.origins import Origin, rows_with_origins
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.house_facts import FACTS, facts_of

NOT_APPRAISED = "鉴定报告抽查不合格，重新上传前按未鉴定统计"

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
        key: What names the row (房屋编号); empty where a unit has but one row.
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
    counted: Counted, unit: UnitFigures, ledger: Ledger, period: str, waived: Waived
) -> list[RowBehind]:
    """Returns the houses of a unit that a figure counts, in the order of its ledger.

    Args:
        counted: What the figure counts.
        unit: The unit's figures: whose appraisals do not count.
        ledger: The ledger.
        period: The period.
        waived: The waivers in force.
    """
    houses, origins = rows_with_origins(ledger, HOUSES, period, unit.unit)
    doubted = houses.house_id.isin(unit.not_appraised)
    facts = facts_of(as_not_appraised(houses, doubted))
    done, owed = counted.done(facts), counted.owed(facts)
    concerned = (done > 0) if owed is None else (owed > 0) | (done > 0)
    of_facts = facts.to_dict("index")
    rows = []
    records = houses.to_dict("records")
    for position in houses.index[concerned]:
        house = records[position]
        because, deciding = _why(counted, of_facts[position], in_numerator=done[position] > 0)
        more = (NOT_APPRAISED,) if doubted[position] else ()
        rows.append(
            RowBehind(
                unit=unit.unit,
                key=house["house_id"],
                village=house["village"] or "",
                numerator=int(done[position]),
                denominator=None if owed is None else int(owed[position]),
                because=(*because, *more),
                cells=tuple(_cells(FORMS[HOUSES], deciding, house, origins[position])),
                origin=origins[position],
                waivers=tuple(_waivers(house["house_id"], origins[position], waived)),
            )
        )
    return rows


def reported_behind(figure: Figure, unit: str, ledger: Ledger, period: str) -> list[RowBehind]:
    """Returns the rows of a unit's own table in which it reported a figure: its line, or a line a village."""
    form = figure.form
    lines, origins = rows_with_origins(ledger, form.id, period, unit)
    above, below = _terms(figure)
    rows = []
    for line, origin in zip(lines.to_dict("records"), origins, strict=True):
        said = {term: line[term] for term in figure.terms if line[term] is not None}
        if said:
            rows.append(
                RowBehind(
                    unit=unit,
                    key="",
                    village=line.get("village") or "",
                    numerator=_summed(above, said),
                    denominator=_summed(below, said) if below else None,
                    because=("单位填报的数",),
                    cells=tuple(_cells(form, _columns_of(form, figure.terms), line, origin)),
                    origin=origin,
                )
            )
    return rows


def _terms(figure: Figure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms added up above and below the line; a pair is x of y (3/5)."""
    if figure.field.rate:
        return figure.field.rate.numerator, figure.field.rate.denominator
    return figure.terms[:1], figure.terms[1:]


def _summed(terms: Iterable[str], said: Mapping[str, int]) -> int:
    return sum(-said.get(term[1:], 0) if term.startswith("-") else said.get(term, 0) for term in terms)


def _columns_of(form: Form, terms: Iterable[str]) -> dict[str, None]:
    """The columns in which figures stand: of a pair, the one that holds both."""
    return {field.name: None for term in terms for field in form.fields if term in field.columns}


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
        field = form.by_name[name]
        values = [row[column] for column in field.columns]
        yield DecidingCell(field, origin.address(name), values[0] if len(values) == 1 else tuple(values))


def _waivers(house_id: str, origin: Origin, waived: Waived) -> Iterator[str]:
    """What was waived of a house when its row was taken in, and what is waived now, each once."""
    said = (*waived.get(house_id, ()), *waived.get("", ()))
    yield from said
    for code, houses in waived_duties(origin.submission.notes).items():
        if house_id in houses and not any(words.startswith(code) for words in said):
            yield f"{code}：接收时已豁免"
