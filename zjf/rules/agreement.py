"""Whether a unit's attachment agrees with its house ledger (A307), and its sweep table, by village (A309)."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from zjf.counting.sweep import KEY_FIGURES, ByVillage, key_figures
from zjf.counting.tally import Counts, figures_from_houses
from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare
from zjf.schemas.form_ids import HOUSES, SWEEP
from zjf.schemas.shared_facts import columns_of

if TYPE_CHECKING:
    import pandas as pd

declare(
    ProblemCode(
        "A307",
        Severity.ERROR,
        "附件与本单位自建房台账对不上（账表不符）",
        "附件由台账统计而来，两边不一致，至少有一边漏了或错了",
        "请逐栋核对：台账漏填的补填台账，附件填错的更正附件。",
        "附件2 已鉴定数量④填 40，台账中有鉴定等级的是 38 栋",
        "嘉祥 四(二)，附件1，附件2",
    )
)
declare(
    ProblemCode(
        "A309",
        Severity.WARNING,
        "集中摸排情况表与本单位自建房台账统计的“三类重点”对不上",
        "“三类重点”房屋、其中的隐患和整改，台账里逐栋都有；两边不一致，至少有一边漏了或错了",
        "请逐村核对：漏排、漏改的补填台账，情况表填错的更正；摸排口径与台账不同的，请说明。",
        "东村“三类重点”发现隐患房屋填 2，台账中是 3 栋",
        "嘉峰 三(一)，附件",
    )
)

LedgerCounts = Mapping[str, Counts]
"""The figures counted from a unit's house ledger, by form."""


def ledger_counts(table: Table) -> dict[str, LedgerCounts]:
    """Returns the figures counted from a table of houses, by unit; none for a table of another form."""
    if table.form.id != HOUSES:
        return {}
    if table.frame.empty:
        return {table.unit: counts_of(table.frame)} if table.nil and table.unit else {}
    units = table.frame.township.unique().tolist()
    if len(units) == 1 and units[0]:  # nearly every ledger is one unit's
        return {units[0]: counts_of(columns_of(table.frame))}
    return {str(unit): counts_of(houses) for unit, houses in table.frame.groupby("township", sort=False)}


def counts_of(houses: "pd.DataFrame") -> LedgerCounts:
    """Returns the figures counted from the houses of one unit, by form."""
    return {form: figures.counts for form, figures in figures_from_houses(houses).items()}


def ledger_against_attachment(ledgers: Mapping[str, LedgerCounts], attachment: Table) -> Iterator[Problem]:
    """Yields A307 at every figure that is not the count of the unit's houses.

    Args:
        ledgers: By unit, the counts of its house ledger. A unit that sent none, or of whose ledger a row was
            rejected, is absent: its attachment can then be neither confirmed nor refuted.
    """
    form = attachment.form
    fields = [field for field in form.fields if field.counted]
    figures = {field.name: attachment.cells(field.name) for field in fields}
    for position, unit in enumerate(attachment.cells(form.unit_field.name) if fields else ()):
        ledger_counts = ledgers[unit][form.id] if unit in ledgers else {}
        for field in fields if ledger_counts else ():
            reported, is_known = figures[field.name][position], attachment.is_known_at(position, field.name)
            if is_known and reported is not None and reported != ledger_counts[field.name]:
                message = f"{form.labels[field.name]}填 {reported}，按{unit}报送的自建房台账统计为 {ledger_counts[field.name]}"
                yield attachment.at_cells("A307", message, field, position, value=str(reported))


def sweep_counts(table: Table, floors: int) -> ByVillage:
    """Returns the figures counted from a table of houses, by village; none for a table of another form."""
    if table.form.id != HOUSES or table.frame.empty:
        return {}
    return key_figures(columns_of(table.frame), floors)


def ledger_against_sweep(ledgers: Mapping[str, ByVillage], sweep: Table) -> Iterator[Problem]:
    """Yields A309 at every figure that is not the count of the village's houses, and once for missing villages.

    A village in which the ledger has no house counts as all zeros.

    Args:
        ledgers: By unit, the counts of its house ledger in each village. A unit that sent none, or of whose
            ledger a row was rejected, is absent: its table can then be neither confirmed nor refuted.
    """
    form = sweep.form
    if form.id != SWEEP or not (sweep.rows or sweep.nil):  # an empty one is no return (F009)
        return
    fields = [field for field in form.fields if field.name in KEY_FIGURES]
    figures = {field.name: sweep.cells(field.name) for field in fields}
    villages = list(zip(sweep.cells("township"), sweep.cells("village"), strict=True))
    for position, (unit, village) in enumerate(villages):
        if unit not in ledgers:
            continue
        ledger_counts = ledgers[unit].get((unit, village), dict.fromkeys(KEY_FIGURES, 0))
        for field in fields:
            reported, count = figures[field.name][position], ledger_counts[field.name]
            is_known = sweep.is_known_at(position, field.name, "village")
            if is_known and reported is not None and reported != count:
                message = f"{village}“三类重点”{field.heading.text}填 {reported}，按{unit}报送的自建房台账统计为 {count}"
                yield sweep.at_cells("A309", message, field, position, also=["village"], value=str(reported))
    yield from _villages_left_out(ledgers, sweep, set(villages))


def _villages_left_out(
    ledgers: Mapping[str, ByVillage], sweep: Table, listed: Collection[tuple[object, object]]
) -> Iterator[Problem]:
    if not sweep.unit or sweep.unit not in ledgers:
        return
    if not all(sweep.is_known_at(position, "village") for position in range(len(sweep.cells("village")))):
        return
    missing = [
        village
        for (unit, village), counts in ledgers[sweep.unit].items()
        if (unit, village) not in listed and counts["key_checked"]
    ]
    if missing:
        message = f"没有填{'、'.join(missing)}：台账中这{len(missing)}个村有“三类重点”房屋"
        yield sweep.at_table("A309", message, rows=())
