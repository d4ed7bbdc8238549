"""The texts of a table, independent of the file format; verification compares files with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from zjf.documents.attachment import SIGNATURES, SMALLEST_SCALE, Attachment
from zjf.documents.layout import Column
from zjf.documents.ledger_table import LedgerTable, row_count_note
from zjf.documents.paper_sizes import PaperSize, paper_for
from zjf.documents.seal import Seal
from zjf.schemas import Form


@dataclass(frozen=True, eq=False)
class Wording:
    """The texts of a table.

    Args:
        foot: The text at the left of the foot of each page.
        key_columns: How many of them, from the left, hold the row's name.
        totalled: Whether the last row is the sum of the others.
        set_by: A digest of the templates that it was set with; empty where that is not known.
        pressed_by: The fingerprint of the press that set it as a PDF; empty where that is not known.
        drawings: Digests of its pages as they were printed as a PDF; none where that is not known.
    """

    form: Form
    title: str
    foot: str
    columns: Sequence[Column]
    key_columns: int
    grid: Sequence[tuple[str, ...]]
    totalled: bool = False
    above: Sequence[str] = ()
    remarks: Sequence[str] = ()
    draft: bool = False
    shows_personal: bool = False
    seal: Seal | None = None
    set_by: str = ""
    pressed_by: str = ""
    drawings: Collection[str] = ()

    @property
    def paper(self) -> PaperSize:
        """The paper that an attachment is printed on."""
        return paper_for(self.columns, SMALLEST_SCALE)

    @property
    def head_note(self) -> str:
        """The text beside the title at the head of each page of a ledger."""
        return row_count_note(len(self.grid), shows_personal=self.shows_personal)

    @property
    def signatures(self) -> Sequence[str]:
        """The lines at its end that are to be signed."""
        return SIGNATURES if self.form.info.signed else ()

    @property
    def around(self) -> list[str]:
        """Every text outside the table, from top to bottom."""
        number = [self.form.info.number] if self.form.info.number else []
        return [*number, self.title, *self.above, *self.remarks, *self.signatures]

    @property
    def is_ledger(self) -> bool:
        return not self.form.info.number


def wording_of(table: Attachment | LedgerTable) -> Wording:
    wording = Wording(
        table.form,
        table.title,
        table.foot,
        table.columns,
        table.key_columns,
        table.grid,
        draft=table.draft,
        shows_personal=table.shows_personal,
        seal=table.seal,
    )
    if isinstance(table, LedgerTable):
        return wording
    above, remarks = tuple(table.above), tuple(table.remarks)
    return replace(wording, totalled=table.total is not None, above=above, remarks=remarks)
