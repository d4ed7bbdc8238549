"""The seal of a table as a QR code."""

import io

from zjf.documents.seal import Seal
from zjf.extras import optional


def qr_code(seal: Seal) -> str:
    """Returns the seal as a QR code, drawn as SVG.

    Raises:
        CannotDoError: The package that draws it is not installed.
    """
    segno = optional("segno", extra="pdf")
    drawing = io.BytesIO()
    segno.make(str(seal), error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
