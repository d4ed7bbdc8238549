"""The seal of a table as a QR code."""

import io

from zjf.documents.seal import Seal
from zjf.errors import CannotDoError

_CURE = "请先安装：pip install 'zjf[pdf]'。"


def qr_code(seal: Seal) -> str:
    """The seal as a QR code, drawn as SVG.

    Raises:
        CannotDoError: What draws it is not installed.
    """
    try:
        import segno
    except ImportError as missing:
        raise CannotDoError("缺少二维码组件 segno，出不了 PDF", _CURE) from missing
    drawing = io.BytesIO()
    segno.make(str(seal), error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
