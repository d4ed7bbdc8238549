"""The parts of a workbook's package, found as a spreadsheet finds them: names in any case, by their relations.

The readers of cells look for some parts where every program puts them. A package may say that they are
elsewhere: then a spreadsheet shows what the readers never saw.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

BOOK = "xl/workbook.xml"
_USUAL = {
    "styles": "xl/styles.xml",
    "theme": "xl/theme/theme1.xml",
    "sharedStrings": "xl/sharedStrings.xml",
    "vbaProject": "xl/vbaProject.bin",
}
"""Where the parts that the whole book has are read from."""
_SHEETS = {"worksheet", "chartsheet"}
_PRINT_AREA = "_xlnm.print_area"


class Relation(NamedTuple):
    """A part that another refers to.

    Args:
        kind: What it is (`drawing`).
        target: Its path; of an external one, its address.
    """

    kind: str
    target: str


def related(package: zipfile.ZipFile, part: str) -> Iterator[Relation]:
    """Yields the parts that a part refers to; the empty path means the package as a whole."""
    folder, name = posixpath.split(part)
    content = read_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in ElementTree.fromstring(content) if content is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            target = posixpath.normpath(unquote(path))
        yield Relation(relation.get("Type", "").rpartition("/")[2], target)


def read_part(package: zipfile.ZipFile, path: str) -> bytes | None:
    """Returns a part's content; None where there is none of that name. Case does not matter."""
    name = next((name for name in package.namelist() if name.lower() == path.lower()), None)
    return package.read(name) if name is not None else None


def strange_parts(package: zipfile.ZipFile) -> Iterator[str]:
    """Yields, in words, what a spreadsheet program shows of the package and readers of cells do not see."""
    names = [posixpath.normpath(name.lower().lstrip("/")) for name in package.namelist()]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"重名的部分 {name}"
    books = [target for kind, target in related(package, "") if kind == "officeDocument"]
    if books != [BOOK]:
        yield f"工作簿不在惯常的位置（{'、'.join(books) or '没有指明'}）"
    for kind, target in related(package, BOOK):
        if _USUAL.get(kind, target) != target:
            yield f"{kind} 不在惯常的位置（{target}）"
        elif kind.lower().endswith("sheet") and kind not in _SHEETS:
            yield f"别种工作表（{kind}）"


def print_areas(package: zipfile.ZipFile) -> dict[int, str]:
    """Returns the print area of each sheet, as it is written, by the sheet's number counted from 0."""
    areas = {}
    for name in ElementTree.fromstring(read_part(package, BOOK) or b"<none/>").iter():
        sheet = name.get("localSheetId", "")
        if name.get("name", "").lower() == _PRINT_AREA and sheet.isascii() and sheet.isdigit():
            areas[int(sheet)] = name.text or ""
    return areas
