"""Whether an aggregate table adds up: sums, bounds, printed rates, total rows (A301–A306).

The identities are declared with the forms; this is their one interpreter.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zjf.counting.rates import Rate
from zjf.counting.tally import rates
from zjf.intake.table import Table, Total
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.form import Form, Sum
from zjf.schemas.kinds import Kind, PrintedRate
from zjf.schemas.terms import Terms

_CENTS = Decimal("0.01")
_BEYOND_COUNTING = 10**15
Place = Callable[..., Problem]


def check_identities(table: Table) -> Iterator[Problem]:
    """A301–A305 of every row. An identity over an unknown or blank figure is unknown."""
    if not table.form.identities and not table.form.rates:
        return
    owners = _owners(table.form)
    for position, row in enumerate(table.frame.to_dict("records")):
        doubtful = {name for name, positions in table.unknown.items() if position in positions}
        figures = {
            name: row[name] for name in table.form.counts if row[name] is not None and name not in doubtful
        }

        def place(
            code: str, what: str, at: Field, names: tuple[str, ...], position: int = position
        ) -> Problem:
            also = tuple(owners[name].name for name in names)
            return table.at_cells(code, what, at, position, also=also, value=_said(table, at, position))

        yield from _identities(table.form, figures, place)
        yield from _rates(table.form, figures, row, place)


def check_totals(table: Table) -> Iterator[Problem]:
    """A306: a 合计/总计 figure is the column's sum, and its rate the ratio of the sums (A303; facts.md#ratio-of-sums).

    The last total row adds up the whole table; one in the middle, or one that names a group (本页合计,
    东村合计), may add up its own rows instead.
    """
    for place, total in enumerate(table.totals):
        of_all = place == len(table.totals) - 1 and not total.of_group
        for each in table.form.fields:
            for name in each.columns:
                if name in total.values and not isinstance(total.values[name], PrintedRate):
                    yield from _total(table, total, each, name, of_all=of_all)
        yield from _total_rates(table, total)


def _identities(form: Form, figures: Mapping[str, int], place: Place) -> Iterator[Problem]:
    owners = _owners(form)
    for identity in form.identities:
        left, right = identity.left, identity.right
        names = (*left.figures, *right.figures)
        if any(name not in figures for name in names) or identity.holds(figures):
            continue
        relation = "，而" if isinstance(identity, Sum) else "，大于"
        said = f"{_written(form, left, figures)}{relation} {_written(form, right, figures)}"
        yield place(identity.code, said, owners[identity.at], names)


def _written(form: Form, terms: Terms, figures: Mapping[str, int]) -> str:
    return f"{terms.written(form.labels.__getitem__)} = {terms.value(figures)}"


def _rates(form: Form, figures: Mapping[str, int], row: Mapping[Any, Any], place: Place) -> Iterator[Problem]:
    for name, rate in rates(form, figures).items():
        printed, ratio = row.get(name), form.rates[name]
        terms = ratio.figures
        if not isinstance(printed, PrintedRate) or any(term not in figures for term in terms):
            continue
        each = form.by_name[name]
        if rate.value is None:
            yield place(
                "A304", f"{each.heading.text}的分母为 0，却填了「{printed.text}」", each, (name, *terms)
            )
        elif not _agrees(printed, rate):
            what = f"{each.heading.text}应为 {rate.display}（{rate.numerator}/{rate.denominator}），表中为「{printed.text}」"
            yield place("A303", what, each, (name, *terms))


def _agrees(printed: PrintedRate, rate: Rate) -> bool:
    if printed.text[0] in "<>":
        return printed.text == rate.display.replace(" ", "")
    if 0 < rate.numerator < rate.denominator and printed.percent in (0, 100):
        return False  # nothing below 100 % is printed as 100 %, and nothing above 0 % as 0 % (facts.md#exact-rates)
    said = printed.percent.quantize(Decimal(1).scaleb(-printed.decimals), ROUND_HALF_UP)
    return said == rate.percent(printed.decimals)


def _total(table: Table, total: Total, each: Field, name: str, *, of_all: bool) -> Iterator[Problem]:
    if table.unknown.get(name) or table.unknown.get(each.name):
        return
    column = table.frame[name].tolist()
    start, end = total.covers
    sums = [_added(column)]
    if not of_all:
        sums += [_added(column[start:end]), _added(column[:end])]
    said = _rounded(total.values[name])
    if said in map(_rounded, sums):
        return
    shown = table.shown(each, f"{said:f}")
    what = f"合计行的{each.heading.text}为 {shown}，本列各行之和为 {_rounded(sums[0]):f}"
    yield table.at_total("A306", what, each, total.row, shown)


def _total_rates(table: Table, total: Total) -> Iterator[Problem]:
    figures = {name: value for name, value in total.values.items() if isinstance(value, int)}

    def place(code: str, what: str, at: Field, names: tuple[str, ...]) -> Problem:
        also = tuple(_owners(table.form)[name].name for name in names)
        return table.at_total(code, what, at, total.row, total.values[at.name].text, also)

    yield from _rates(table.form, figures, total.values, place)


def _added(values: list[Any]) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), start=Decimal(0))


def _rounded(value: Decimal | int) -> Decimal:
    exact = Decimal(value)
    return exact if abs(exact) > _BEYOND_COUNTING else exact.quantize(_CENTS, ROUND_HALF_UP).normalize()


def _owners(form: Form) -> dict[str, Field]:
    """The field that each figure stands in (a pair's two figures stand in one cell)."""
    return {name: each for each in form.fields for name in (*each.columns, each.name)}


def _said(table: Table, at: Field, position: int) -> str | None:
    if at.kind is Kind.PAIR and at.pair:
        return "/".join(str(table.frame[name].iat[position]) for name in at.columns)
    value = table.frame[at.name].iat[position]
    return value.text if isinstance(value, PrintedRate) else None if value is None else str(value)
