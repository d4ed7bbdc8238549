"""Whether an attachment says what the unit's own house ledger comes to (A307)."""

from collections.abc import Iterator, Mapping

import pandas as pd

from zjf.counting.tally import Counts, counted
from zjf.intake.table import Table
from zjf.problems import Problem, ProblemCode, Severity, declare

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

LedgerCounts = Mapping[str, Counts]
"""What a unit's house ledger comes to: the figures by form."""


def ledger_counts(table: Table) -> dict[str, LedgerCounts]:
    """What a table of houses comes to, by unit; nothing for a table of another form."""
    if table.form.id != "house-ledger":
        return {}
    if table.frame.empty:
        return {table.unit: counts_of(table.frame)} if table.nil and table.unit else {}
    return {str(unit): counts_of(houses) for unit, houses in table.frame.groupby("township", sort=False)}


def counts_of(houses: pd.DataFrame) -> LedgerCounts:
    """What the houses of one unit come to."""
    return {form: figures.counts for form, figures in counted(houses).items()}


def ledger_against_attachment(ledgers: Mapping[str, LedgerCounts], attachment: Table) -> Iterator[Problem]:
    """A307, at every figure that is not the count of the unit's houses.

    Args:
        ledgers: By unit, the counts of its house ledger. A unit that sent none, or of whose ledger a row was
            rejected, is absent: what its attachment says is then neither right nor wrong.
        attachment: The attachment, with its rows.
    """
    form = attachment.form
    fields = [each for each in form.fields if each.counted]
    if not fields or form.unit_field is None:
        return
    known = {each.name: attachment.is_known([each.name]) for each in fields}
    for position, row in enumerate(attachment.frame.to_dict("records")):
        unit = row[form.unit_field.name]
        ours = ledgers[unit][form.id] if unit in ledgers else {}
        for each in fields if ours else ():
            said = row[each.name]
            if known[each.name][position] and said is not None and said != ours[each.name]:
                what = f"{form.labels[each.name]}填 {said}，按{unit}报送的自建房台账统计为 {ours[each.name]}"
                yield attachment.at_cells("A307", what, each, position, value=str(said))
