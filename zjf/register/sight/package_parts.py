"""The parts of a workbook's package, found as a spreadsheet finds them: names in any case, by their relations.

The readers of cells look for some parts where every program puts them. A package may say that they are
elsewhere: then a spreadsheet shows what the readers never saw.
"""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from zjf.intake.formats.relations import read_part, related

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
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LOOKS = ("font", "patternFill", "border", "xf", "dxf")
"""What sets a look in the styles of a workbook: each of its properties stands there once."""


def strange_parts(package: zipfile.ZipFile) -> Iterator[str]:
    """Yields, in words, what a spreadsheet program shows of the package and readers of cells do not see."""
    names = [posixpath.normpath(name.lower().lstrip("/")) for name in package.namelist()]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"重名的部分 {name}"
    if 0 not in (member.header_offset for member in package.infolist()):
        yield "压缩包前面另有内容"
    for name in package.namelist():
        if name.lower().endswith(".rels") and _repeats(_relation_numbers(package.read(name))):
            yield f"{name} 里同一个编号指向两处"
    if (styles := read_part(package, _USUAL["styles"])) is not None:
        yield from _styles_set_twice(ElementTree.fromstring(styles))
    books = [target for kind, target in related(package, "") if kind == "officeDocument"]
    if books != [BOOK]:
        yield f"工作簿不在惯常的位置（{'、'.join(books) or '没有指明'}）"
    for kind, target in related(package, BOOK):
        if _USUAL.get(kind, target) != target:
            yield f"{kind} 不在惯常的位置（{target}）"
        elif kind.lower().endswith("sheet") and kind not in _SHEETS:
            yield f"别种工作表（{kind}）"


def _relation_numbers(relations: bytes) -> Iterator[str]:
    return (relation.get("Id", "") for relation in ElementTree.fromstring(relations))


def _styles_set_twice(styles: ElementTree.Element) -> Iterator[str]:
    """Yields what the styles say twice: programs differ in which of the two they take."""
    formats = styles.iterfind(f"{{{_MAIN}}}numFmts/{{{_MAIN}}}numFmt")
    if _repeats(number_format.get("numFmtId", "") for number_format in formats):
        yield "同一个数字格式写了两次"
    looks = [styles, *(look for kind in _LOOKS for look in styles.iter(f"{{{_MAIN}}}{kind}"))]
    if any(_repeats(child.tag for child in look) for look in looks):
        yield "同一项样式写了两次"


def _repeats(texts: Iterable[str]) -> bool:
    listed = list(texts)
    return len(listed) != len(set(listed))


def print_areas(package: zipfile.ZipFile) -> dict[int, str]:
    """Returns the print area of each sheet, as it is written, by the sheet's number counted from 0."""
    areas = {}
    for name in ElementTree.fromstring(read_part(package, BOOK) or b"<none/>").iter():
        sheet = name.get("localSheetId", "")
        if name.get("name", "").lower() == _PRINT_AREA and sheet.isascii() and sheet.isdigit():
            areas[int(sheet)] = name.text or ""
    return areas
