"""Tables on paper: PDF by Typst, in the office style, ready to be signed, stamped and filed."""

from pathlib import Path
from typing import Any

from zjf.documents.attachment import DRAFT, Attachment
from zjf.documents.attachment_content import content_of
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.paper_sizes import A3
from zjf.documents.wording import Wording
from zjf.render.pdf.press import Imprint, Press
from zjf.render.qr_code import qr_code


def write_attachment_paper(path: Path, table: Attachment | Wording, press: Press, imprint: Imprint) -> None:
    """Writes an attachment as a PDF.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    size = "a3" if table.paper is A3 else "a4"
    press.write(path, "attachment", {**frame_of(table), **content_of(table), "paper": size}, imprint)


def frame_of(table: Attachment | LedgerTable | Wording) -> dict[str, Any]:
    """Returns the content that `house.typ` needs of any table."""
    return {
        "title": table.title,
        "foot": table.foot,
        "seal": str(table.seal) if table.seal else None,
        "qr": qr_code(table.seal) if table.seal else None,
        "draft": DRAFT if table.draft else None,
    }
