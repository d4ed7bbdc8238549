"""A ledger with what units' programs put into theirs beyond what the usual writers know: threads, x14 lists, seals."""

import io
import re
import zipfile

from tests.sheets import Cells

from .test_own_file import furnished

_X14 = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>选项!$A$1:$A$2</xm:f></x14:formula1>'
    "<xm:sqref>E3:E99</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
_THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="D3" dT="2024-06-03T09:00:00" personId="{1}" id="{A}"><text>户主外出</text>'
    '</threadedComment><threadedComment ref="D3" dT="2024-06-04T09:00:00" personId="{1}" id="{B}" parentId="{A}">'
    "<text>已电话联系</text></threadedComment></ThreadedComments>"
)
_PERSONS = (
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person displayName="王经办" id="{1}" userId="wang" providerId="None"/></personList>'
)
_CELL_IMAGES = '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
ADDED = {
    "xl/threadedComments/threadedComment1.xml": _THREADS,
    "xl/persons/person.xml": _PERSONS,
    "xl/cellimages.xml": _CELL_IMAGES,
    "customXml/item1.xml": "<county>云水县</county>",
    "xl/printerSettings/printerSettings1.bin": "\x00\x01 printer",
    "docProps/custom.xml": "<Properties/>",
    "_xmlsignatures/origin.sigs": "",
}
"""Parts that are put into the package as they are."""

_KINDS = "http://schemas.microsoft.com/office/2017/10/relationships"


def fully_furnished(cells: Cells) -> bytes:
    """The package of `furnished` with these parts, and a sheet that leads to them."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(furnished(cells))) as book, zipfile.ZipFile(written, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, _changed(name, book.read(name).decode("utf-8", "surrogateescape")))
        for name, text in ADDED.items():
            copy.writestr(name, text)
    return written.getvalue()


def _changed(name: str, text: str) -> bytes:
    if name == "xl/worksheets/sheet1.xml":
        text = re.sub(
            r"(<extLst>.*?</extLst>)?</worksheet>", lambda end: f"{_merged(end[1])}</worksheet>", text
        )
    elif name == "xl/worksheets/_rels/sheet1.xml.rels":
        leads = (
            f'<Relationship Id="rId90" Type="{_KINDS}/threadedComment" '
            'Target="../threadedComments/threadedComment1.xml"/>'
        )
        text = text.replace("</Relationships>", f"{leads}</Relationships>")
    elif name == "[Content_Types].xml":
        text = text.replace("</Types>", '<Default Extension="bin" ContentType="application/x"/></Types>')
    return text.encode("utf-8", "surrogateescape")


def _merged(extensions: str | None) -> str:
    """The sheet's own extensions with the list among them."""
    return extensions.replace("</extLst>", _X14.removeprefix("<extLst>")) if extensions else _X14
