"""What a table says, whatever it looks like: what a saved file is held against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zjf.documents.attachment import Attachment
from zjf.documents.layout import Column
from zjf.documents.ledger_table import LedgerTable
from zjf.schemas import Form


@dataclass(frozen=True, eq=False)
class Wording:
    """What a table says.

    Args:
        form: Its form.
        title: Its title.
        foot: What stands at the left of the foot of each page.
        columns: Its columns.
        keys: How many of them, from the left, name a row.
        grid: Its rows as they read.
        totalled: Whether the last row is the sum of the others.
        above: The notes above it.
        remarks: The notes below it.
    """

    form: Form
    title: str
    foot: str
    columns: Sequence[Column]
    keys: int
    grid: Sequence[tuple[str, ...]]
    totalled: bool = False
    above: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def is_ledger(self) -> bool:
        return not self.form.info.number


def wording_of(table: Attachment | LedgerTable) -> Wording:
    """What a table says."""
    said = Wording(table.form, table.title, table.foot, table.columns, table.keys, table.grid)
    if isinstance(table, LedgerTable):
        return said
    above, remarks = tuple(table.above), tuple(table.remarks)
    return replace(said, totalled=table.total is not None, above=above, remarks=remarks)
