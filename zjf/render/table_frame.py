"""What stands around a table on paper and on a page: its title and foot, its seal as text and as a QR code."""

import io
from typing import Any

from zjf.documents.attachment import DRAFT, Attachment
from zjf.documents.ledger_table import LedgerTable
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording
from zjf.extras import optional


def frame_of(table: Attachment | LedgerTable | Wording) -> dict[str, Any]:
    """Returns what stands around any table, as templates need it.

    Raises:
        CannotDoError: The package that draws QR codes is not installed.
    """
    return {
        "title": table.title,
        "foot": table.foot,
        "seal": str(table.seal) if table.seal else None,
        "qr": _qr_code(table.seal) if table.seal else None,
        "draft": DRAFT if table.draft else None,
    }


def _qr_code(seal: Seal) -> str:
    """Returns the seal as a QR code, drawn as SVG.

    Raises:
        CannotDoError: The package that draws it is not installed.
    """
    segno = optional("segno", extra="pdf")
    drawing = io.BytesIO()
    segno.make(str(seal), error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
