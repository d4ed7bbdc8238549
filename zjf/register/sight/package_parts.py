"""The parts of a workbook's package, found as a spreadsheet finds them: names in any case, by their relations.

The readers of cells look for some parts where every program puts them. A package may say that they are
elsewhere: then a spreadsheet shows what the readers never saw.
"""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from zjf.intake.formats.relations import read_part, related
from zjf.intake.formats.xml_names import SPREADSHEET, all_named, local_name

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
_LOOKS = ("font", "patternFill", "border", "xf", "dxf")
"""What sets a look in the styles of a workbook: each of its properties stands there once."""
_ALTERNATIVE = "AlternateContent"
_COLOUR = re.compile(rb"<(?:[\w.-]+:)?(?:color|fgColor|bgColor)\b[^>]*>")
_KIND_OF_COLOUR = re.compile(rb"""\s(auto(?=\s*=\s*["'](?:1|true))|rgb|theme|indexed)""")
_LISTED, _END_OF_LIST = b"PK\x01\x02", b"PK\x05\x06"
"""What begins each entry of an archive's list of parts, and its end: of two lists programs differ in which they take."""
_READ_IN_TWO_WAYS = re.compile(r"[%\\]|\.piece$")
"""Signs that some programs take as they stand, and others for the letter, the folder or the whole that they mean."""
_XML, _TYPE_DECLARED = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE), b"<!DOCTYPE"
BUILT_IN_TABLE_STYLE = re.compile(r"TableStyle(?:Light|Medium|Dark)\d+")


def strange_parts(package: zipfile.ZipFile, data: bytes) -> Iterator[str]:
    """Yields, in words, what a spreadsheet program shows of the package and readers of cells do not see."""
    yield from _of_archive(package, data)
    if (styles := read_part(package, _USUAL["styles"])) is not None:
        yield from _styles_set_twice(ElementTree.fromstring(styles))
    yield from _said_otherwise_to_others(package)
    books = [target for kind, target in related(package, "") if kind == "officeDocument"]
    if books != [BOOK]:
        yield f"工作簿不在惯常的位置（{'、'.join(books) or '没有指明'}）"
    relations = list(related(package, BOOK))
    named = dict(relations)
    for kind, part in _USUAL.items():  # readers of cells go by its name, spreadsheets by the relation
        if kind not in named and read_part(package, part) is not None:
            yield f"工作簿没有指明 {part}"
    for kind, target in relations:
        if _USUAL.get(kind, target) != target:
            yield f"{kind} 不在惯常的位置（{target}）"
        elif kind.lower().endswith("sheet") and kind not in _SHEETS:
            yield f"别种工作表（{kind}）"


def _of_archive(package: zipfile.ZipFile, data: bytes) -> Iterator[str]:
    """Yields where programs may find other parts in the archive, or read them otherwise."""
    names = [posixpath.normpath(name.lower().lstrip("/")) for name in package.namelist()]
    yield from (f"名称有两种读法的部分 {name}" for name in names if _READ_IN_TWO_WAYS.search(name))
    yield from (f"重名的部分 {name}" for name, count in sorted(Counter(names).items()) if count > 1)
    if 0 not in (member.header_offset for member in package.infolist()):
        yield "压缩包前面另有内容"
    elif data.count(_LISTED) != len(names) or data.count(_END_OF_LIST) != 1:
        yield "压缩包里另有一份目录"
    for name in filter(_XML.search, package.namelist()):
        content = package.read(name)
        if _TYPE_DECLARED in content.replace(b"\0", b""):  # some parts are in UTF-16
            yield f"{name} 里有文件类型声明（DTD）"
        if name.lower().endswith(".rels"):
            numbers = [relation.get("Id", "") for relation in ElementTree.fromstring(content)]
            if "" in numbers or _repeats(numbers):
                yield f"{name} 里同一个编号指向两处，或缺了编号"


def _styles_set_twice(styles: ElementTree.Element) -> Iterator[str]:
    """Yields what the styles say twice: programs differ in which of the two they take."""
    formats = styles.iterfind(f"{{{SPREADSHEET}}}numFmts/{{{SPREADSHEET}}}numFmt")
    if _repeats(number_format.get("numFmtId", "") for number_format in formats):
        yield "同一个数字格式写了两次"
    if any(map(BUILT_IN_TABLE_STYLE.fullmatch, _names_of_table_styles(styles))):
        yield "表格样式顶替了软件自带的样式"
    looks = [styles, *(look for kind in _LOOKS for look in styles.iter(f"{{{SPREADSHEET}}}{kind}"))]
    if any(_repeats(child.tag for child in look) for look in looks):
        yield "同一项样式写了两次"


def _names_of_table_styles(styles: ElementTree.Element) -> Iterator[str]:
    return (style.get("name", "") for style in styles.iter(f"{{{SPREADSHEET}}}tableStyle"))


def _said_otherwise_to_others(package: zipfile.ZipFile) -> Iterator[str]:
    """Yields what texts, styles and names say to some programs and not to others."""
    texts_and_styles = [read_part(package, _USUAL[kind]) or b"" for kind in ("sharedStrings", "styles")]
    if any(_ALTERNATIVE.encode() in part for part in texts_and_styles):
        yield "因程序而异的文字或样式"
    if any(_has_colour_twice(part) for part in texts_and_styles):
        yield "同一处颜色写了两样"
    book = ElementTree.fromstring(read_part(package, BOOK) or b"<none/>")
    if {local_name(part) for choice in all_named(book, _ALTERNATIVE) for part in choice.iter()} - {
        *(_ALTERNATIVE, "Choice", "Fallback"),
        "absPath",  # where it was saved, as Excel notes it
    }:
        yield "因程序而异的工作表或名称"
    if _repeats(part.tag for part in book):
        yield "同一项设置写了两次"
    names = all_named(book, "definedName")
    if _repeats(f"{name.get('localSheetId')} {name.get('name', '').lower()}" for name in names):
        yield "同一个名称定义了两次"


def _has_colour_twice(part: bytes) -> bool:
    """Whether a colour is given in two ways: programs differ in which of them they take."""
    return any(len(set(_KIND_OF_COLOUR.findall(colour[0]))) > 1 for colour in _COLOUR.finditer(part))


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
