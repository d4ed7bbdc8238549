"""Forgeries of printed workbooks in the XML of their sheets: each small function is one thing that somebody does."""

import re
from collections.abc import Callable


def _written_by_hand(xml: bytes) -> bytes:
    """A cached figure that its formula would not give."""
    return re.sub(rb"(<f>SUM\(B7:B9\)</f><v>)\d+", rb"\g<1>7", xml)


def _pieces_of_which_one_is_white(xml: bytes) -> bytes:
    """The first text of B8 becomes 1 in white before the 3."""
    white = (
        b'<is><r><rPr><color rgb="FFFFFFFF"/></rPr><t>3</t></r>'
        b'<r><rPr><color rgb="FF000000"/></rPr><t>3</t></r></is>'
    )
    return re.sub(
        rb'<c r="B8"( s="\d+")><v>3</v></c>', rb'<c r="B8"\g<1> t="inlineStr">' + white + rb"</c>", xml
    )


def _sparklines(xml: bytes) -> bytes:
    lines = (
        b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups>'
        b"<x14:sparklineGroup/></x14:sparklineGroups></ext></extLst>"
    )
    return xml.replace(b"</worksheet>", lines + b"</worksheet>")


def _default_rows_hidden(xml: bytes) -> bytes:
    without = re.sub(rb'<row r="8"[^>]*>', b'<row r="8" hidden="1">', xml)
    return without.replace(b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ')


def _drawing(shape: str, text: str) -> Callable[[bytes], bytes]:
    def put(xml: bytes) -> bytes:
        return xml.replace(b"</worksheet>", b'<drawing r:id="rId9"/></worksheet>')

    put.__name__ = f"_a_{shape}"
    put.parts = {  # type: ignore[attr-defined]
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        'Target="../drawings/drawing9.xml"/></Relationships>',
        "xl/drawings/drawing9.xml": '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col>'
        "<xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col>"
        f"<xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:{shape}><a:t>{text}</a:t>"
        f"</xdr:{shape}><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>",
    }
    return put


WRITTEN: list[Callable[[bytes], bytes]] = [
    _written_by_hand,
    _pieces_of_which_one_is_white,
    _sparklines,
    _default_rows_hidden,
    _drawing("pic", ""),
    _drawing("sp", "2"),
    _drawing("graphicFrame", ""),
]
"""What is done in the XML of its sheet."""
