"""Leaves out the blank rows below a workbook's last filled one: who formats whole columns may save a million of them."""

import io
import re
import zipfile
from functools import partial

_MANY_BYTES = 2**22
"""Of a sheet's XML; with less, its blank rows are looked at as any others."""
_ATTRIBUTES = rb'(?: (?!r=)[\w:.]+="[^"<>]*")*'
_BLANK_ROW = re.compile(
    rb'<row r="(\d+)"%(a)b ?(?:/>|>(?:<c r="[A-Z]{1,3}\1"%(a)b ?/>)*</row>)' % {b"a": _ATTRIBUTES}
)
"""A row in which no cell has anything, written as programs write it."""


def without_blank_rows(data: bytes, height: int) -> bytes:
    """Returns a workbook without the blank rows below a row; as it is where its sheets are short.

    Args:
        data: The workbook.
        height: The number of the last row that is filled on any of its sheets.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [part for part in package.infolist() if part.filename.startswith("xl/worksheets/")]
        if all(sheet.file_size < _MANY_BYTES for sheet in sheets):
            return data
        shorter = io.BytesIO()
        with zipfile.ZipFile(shorter, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for part in dict.fromkeys(package.namelist()):
                xml = package.read(part)
                if part.startswith("xl/worksheets/"):
                    xml = _BLANK_ROW.sub(partial(_unless_below, height), xml)
                target.writestr(part, xml)
    return shorter.getvalue()


def _unless_below(height: int, row: re.Match[bytes]) -> bytes:
    return b"" if int(row[1]) > height else row[0]
