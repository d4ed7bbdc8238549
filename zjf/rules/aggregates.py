"""Whether an aggregate table adds up: sums, bounds, printed rates, total rows (A301–A306).

The identities are declared with the forms; this is their one interpreter.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zjf.counting.rates import Rate
from zjf.counting.tally import rates
from zjf.intake.table import Table, Total, numbered
from zjf.problems import Problem
from zjf.schemas import Field
from zjf.schemas.form import Form, Sum
from zjf.schemas.kinds import DIVIDED_BY_ZERO, Kind, PrintedRate
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
            code: str, what: str, at: Field, names: tuple[str, ...], position: int = position, hint: str = ""
        ) -> Problem:
            also = tuple(owners[name].name for name in names)
            said = _said(table, at, position)
            return table.at_cells(code, what, at, position, hint, also=also, value=said)

        yield from _identities(table.form, figures, place)
        yield from _rates(table.form, figures, row, place)


def check_totals(table: Table) -> Iterator[Problem]:
    """A306: a 合计/总计 figure is the column's sum, and its rate the ratio of the sums (A303; facts.md#ratio-of-sums).

    The last total row adds up the whole table; one in the middle, or one that names a group (本页合计,
    东村合计), may add up its own rows instead.
    """
    for place, total in enumerate(table.totals):
        of_all = place == len(table.totals) - 1 and not total.of_group
        for field in table.form.fields:
            for name in field.columns:
                if name in total.values and not isinstance(total.values[name], PrintedRate):
                    yield from _total(table, total, field, name, of_all=of_all)
        yield from _total_rates(table, total)
    if table.form.info.totalled and len(table.rows) > 1:
        yield from _lacking_totals(table)


def _lacking_totals(table: Table) -> Iterator[Problem]:
    """A308: no row adds up the table, or the last one leaves a figure blank."""
    if table.in_halves:
        return
    if not table.totals:
        yield table.at_table("A308", "没有总计行", rows=())
        return
    last = table.totals[-1]
    for field in table.form.fields:
        filled = field.name in table.columns and table.frame[list(field.columns)].notna().to_numpy().any()
        said = next((last.blank[name] for name in field.columns if name in last.blank), None)
        if filled and said is not None:
            shown = table.shown(field, said)
            what = f"「{shown}」不是数字" if shown else "未填写"
            yield table.at_total("A308", f"总计行的{field.heading.text}{what}", field, last.row, shown)


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
    worked_out = rates(form, figures)
    for name, ratio in form.rates.items():
        printed, rate = row.get(name), worked_out.get(name)
        terms = ratio.figures
        if not isinstance(printed, PrintedRate):
            continue
        if rate is None or any(term not in figures for term in terms):
            rate = None
        yield from _rate(form.by_name[name], printed, rate, (name, *terms), place)


def _rate(
    at: Field, printed: PrintedRate, rate: Rate | None, names: tuple[str, ...], place: Place
) -> Iterator[Problem]:
    heading = at.heading.text
    if rate is not None and rate.value is None:
        yield place("A304", f"{heading}的分母为 0，却填了「{printed.text}」", at, names)
    elif printed.text == DIVIDED_BY_ZERO:
        hint = "分母确为 0 的请改填“—”，否则请核对公式和它引用的各项数字。"
        yield place("C109", f"{heading}是公式错误值「{printed.text}」", at, names[:1], hint=hint)
    elif rate is not None and not _agrees(printed, rate):
        said = f"应为 {rate.display}（{rate.numerator}/{rate.denominator}），表中为「{printed.text}」"
        bare = printed._replace(percent=printed.percent / 100)
        lacking = "%" not in printed.text and _agrees(bare, rate)
        hint = f"少了百分号，请写成 {printed.text}%。" if lacking else ""
        yield place("A303", f"{heading}{said}", at, names, hint=hint)


def _agrees(printed: PrintedRate, rate: Rate) -> bool:
    if printed.text[0] in "<>":
        return printed.text == rate.display.replace(" ", "")
    if 0 < rate.numerator < rate.denominator and printed.percent in (0, 100):
        return False  # nothing below 100 % is printed as 100 %, and nothing above 0 % as 0 % (facts.md#exact-rates)
    said = printed.percent.quantize(Decimal(1).scaleb(-printed.decimals), ROUND_HALF_UP)
    return said == rate.percent(printed.decimals)


def _total(table: Table, total: Total, field: Field, name: str, *, of_all: bool) -> Iterator[Problem]:
    if table.unknown.get(name) or table.unknown.get(field.name):
        return
    column = table.frame[name].tolist()
    start, end = total.covers
    sums = [_added(column)]
    if not of_all:
        sums += [_added(column[start:end]), _added(column[:end])]
    said = _rounded(total.values[name])
    if said in map(_rounded, sums):
        return
    shown = table.shown(field, f"{said:f}")
    what = f"合计行的{field.heading.text}为 {shown}，本列各行之和为 {_rounded(sums[0]):f}"
    added = range(len(column)) if of_all else range(start, end)
    cells = [table.address(field.name, position) for position in added if column[position] is not None]
    yield table.at_total(
        "A306", what, field, total.row, shown, hint=_left_out(table, column, said), summands=cells
    )


def _left_out(table: Table, column: list[Any], said: Decimal) -> str:
    """What to do where a total adds up only the rows that can be seen; blank where it does not."""
    seen = [value for position, value in enumerate(column) if position not in table.hidden]
    if not table.hidden or _rounded(_added(seen)) != said:
        return ""
    rows = numbered(table.rows[position] + 1 for position in table.hidden)
    return f"合计只加了看得见的行，第 {rows} 行被隐藏或筛选掉了，没有加进去：请取消筛选和隐藏后重算，或补进合计。"


def _total_rates(table: Table, total: Total) -> Iterator[Problem]:
    figures = {name: value for name, value in total.values.items() if isinstance(value, int)}

    def place(code: str, what: str, at: Field, names: tuple[str, ...], hint: str = "") -> Problem:
        also = tuple(_owners(table.form)[name].name for name in names)
        return table.at_total(code, what, at, total.row, total.values[at.name].text, also, hint)

    yield from _rates(table.form, figures, total.values, place)


def _added(values: list[Any]) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), start=Decimal(0))


def _rounded(value: Decimal | int) -> Decimal:
    exact = Decimal(value)
    return exact if abs(exact) > _BEYOND_COUNTING else exact.quantize(_CENTS, ROUND_HALF_UP).normalize()


def _owners(form: Form) -> dict[str, Field]:
    """The field that each figure stands in (a pair's two figures stand in one cell)."""
    return {name: field for field in form.fields for name in (*field.columns, field.name)}


def _said(table: Table, at: Field, position: int) -> str | None:
    if at.kind is Kind.PAIR and at.pair:
        return "/".join(str(table.frame[name].iat[position]) for name in at.columns)
    value = table.frame[at.name].iat[position]
    return value.text if isinstance(value, PrintedRate) else None if value is None else str(value)
