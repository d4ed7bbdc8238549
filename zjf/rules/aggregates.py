"""Whether the rows of an aggregate table add up: sums, bounds, printed rates (A301–A305).

The identities are declared with the forms; this is their one interpreter.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zjf.counting.rates import Rate
from zjf.counting.tally import rates
from zjf.intake.table import Table
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.form import Form, Sum
from zjf.schemas.kinds import DIVIDED_BY_ZERO, Kind, PrintedRate
from zjf.schemas.terms import Terms

MakeProblem = Callable[..., Problem]
"""Makes a problem of a row: code, message, the field that is marked, and the figures that are read with it."""


def check_identities(table: Table) -> Iterator[Problem]:
    """Yields A301–A305 of every row. An identity over an unknown or blank figure is unknown."""
    if not table.form.identities and not table.form.rates:
        return
    owners = owners_of(table.form)
    for position, row in enumerate(table.frame.to_dict("records")):
        unknown_names = {name for name, positions in table.unknown.items() if position in positions}
        figures = {
            name: row[name]
            for name in table.form.counts
            if row[name] is not None and name not in unknown_names
        }

        def make_problem(
            code: str,
            message: str,
            field: Field,
            names: tuple[str, ...],
            position: int = position,
            hint: str = "",
        ) -> Problem:
            also = tuple(owners[name].name for name in names)
            shown_value = _shown_value(table, field, position)
            return table.at_cells(code, message, field, position, hint, also=also, value=shown_value)

        yield from _identities(table.form, figures, make_problem)
        yield from check_rates(table.form, figures, row, make_problem)


def _identities(form: Form, figures: Mapping[str, int], make_problem: MakeProblem) -> Iterator[Problem]:
    owners = owners_of(form)
    for identity in form.identities:
        left, right = identity.left, identity.right
        names = (*left.figures, *right.figures)
        if any(name not in figures for name in names) or identity.holds(figures):
            continue
        relation = "，而" if isinstance(identity, Sum) else "，大于"
        formula = f"{_written(form, left, figures)}{relation} {_written(form, right, figures)}"
        yield make_problem(identity.code, formula, owners[identity.at], names)


def _written(form: Form, terms: Terms, figures: Mapping[str, int]) -> str:
    return f"{terms.written(form.labels.__getitem__)} = {terms.value(figures)}"


def check_rates(
    form: Form, figures: Mapping[str, int], row: Mapping[Any, Any], make_problem: MakeProblem
) -> Iterator[Problem]:
    worked_out = rates(form, figures)
    for name, ratio in form.rates.items():
        if isinstance(printed := row.get(name), PrintedRate):
            rate = worked_out[name] if ratio.known(figures) else None
            yield from _rate(form.by_name[name], printed, rate, (name, *ratio.figures), make_problem)


def _rate(
    field: Field, printed: PrintedRate, rate: Rate | None, names: tuple[str, ...], make_problem: MakeProblem
) -> Iterator[Problem]:
    heading = field.heading.text
    if rate is not None and rate.value is None:
        yield make_problem("A304", f"{heading}的分母为 0，却填了「{printed.text}」", field, names)
    elif printed.text == DIVIDED_BY_ZERO:
        hint = "分母确为 0 的请改填“—”，否则请核对公式和它引用的各项数字。"
        yield make_problem("C109", f"{heading}是公式错误值「{printed.text}」", field, names[:1], hint=hint)
    elif rate is not None and not _agrees(printed, rate):
        message = f"应为 {rate.display}（{rate.numerator}/{rate.denominator}），表中为「{printed.text}」"
        as_fraction = printed._replace(percent=printed.percent / 100)
        lacks_percent_sign = "%" not in printed.text and _agrees(as_fraction, rate)
        hint = f"少了百分号，请写成 {printed.text}%。" if lacks_percent_sign else ""
        yield make_problem("A303", f"{heading}{message}", field, names, hint=hint)


def _agrees(printed: PrintedRate, rate: Rate) -> bool:
    if printed.text[0] in "<>":
        return printed.text == rate.display.replace(" ", "")
    if 0 < rate.numerator < rate.denominator and printed.percent in (0, 100):
        return False  # nothing below 100 % is printed as 100 %, and nothing above 0 % as 0 % (facts.md#exact-rates)
    printed_value = printed.percent.quantize(Decimal(1).scaleb(-printed.decimals), ROUND_HALF_UP)
    return printed_value == rate.percent(printed.decimals)


def owners_of(form: Form) -> dict[str, Field]:
    """Returns the field whose cell holds each figure (one cell holds both figures of a pair)."""
    return {name: field for field in form.fields for name in (*field.columns, field.name)}


def _shown_value(table: Table, field: Field, position: int) -> str | None:
    if field.kind is Kind.PAIR and field.pair:
        return "/".join(str(table.frame[name].iat[position]) for name in field.columns)
    value = table.frame[field.name].iat[position]
    return value.text if isinstance(value, PrintedRate) else None if value is None else str(value)
