"""Things over or beside the cells of a sheet: pictures, shapes, comments, controls, sparklines."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from zjf.intake.a1 import a1
from zjf.intake.formats.relations import read_part, related
from zjf.intake.formats.xml_names import all_named, local_name
from zjf.register.sight.package_parts import BUILT_IN_TABLE_STYLE
from zjf.register.sight.sheet_xml import EXCEL_2010, SheetXml

_SHAPES = {
    "pic": "图片",
    "sp": "图形或文本框",
    "cxnSp": "线条",
    "graphicFrame": "图表",
    "grpSp": "组合图形",
    "contentPart": "墨迹",
}
_HARMLESS = {"printerSettings", "hyperlink", "customProperty"}
"""Parts that a sheet may refer to, and that show nothing."""
_NAMES = {
    "image": "背景图片",
    "oleObject": "嵌入的对象",
    "package": "嵌入的对象",
    "control": "控件",
    "ctrlProp": "控件",
    "pivotTable": "数据透视表",
    "threadedComment": "批注",
    "slicer": "切片器",
    "queryTable": "查询结果（刷新时从别处取数）",
    "tableSingleCells": "XML 映射的单元格",
}
_VML_OBJECT = re.compile(rb'ObjectType="(\w+)"')
_VML_SHAPE = re.compile(rb"<(?:[\w-]+:)?(?:shape|rect|roundrect|oval|line|polyline|arc|curve|image)\b")


@dataclass(frozen=True)
class Overlay:
    """A thing that lies over a sheet.

    Args:
        name: The kind of thing (图片, 批注 …).
        cell: The cell at which it begins; empty where it has none.
    """

    name: str
    cell: str = ""
    text: str = ""


def overlays(package: zipfile.ZipFile, part: str, sheet: SheetXml) -> Iterator[Overlay]:
    """Yields the things that lie over a sheet."""
    yield from _overlays_in_sheet_xml(sheet)
    relations = list(related(package, part))
    has_comments = any(kind == "comments" for kind, _ in relations)
    for kind, target in relations:
        content = read_part(package, target)
        if kind in _HARMLESS:
            continue
        if content is None:
            yield Overlay(f"附加内容（{kind}，文件中找不到）")
        elif kind in _READERS:
            yield from _READERS[kind](content)
            if kind == "vmlDrawing" and b"ObjectType" in content and not has_comments:
                yield Overlay("没有文字的批注或图形")
            # A table may be filled by a query, which the table alone refers to.
            yield from (
                Overlay(_NAMES[reference_kind])
                for reference_kind, _ in related(package, target)
                if reference_kind == "queryTable"
            )
        else:
            yield Overlay(_NAMES.get(kind, f"附加内容（{kind}）"))


def _overlays_in_sheet_xml(sheet: SheetXml) -> Iterator[Overlay]:
    if sheet.has("sparklineGroup"):
        yield Overlay("迷你图")
    if sheet.has("cfRule", within=EXCEL_2010):
        yield Overlay("新式条件格式")
    if sheet.has("legacyDrawingHF"):
        yield Overlay("页眉页脚中的图片")
    if sheet.has("AlternateContent"):
        yield Overlay("因程序而异的内容")
    for name, cell in sheet.marks.items():
        yield Overlay(name, cell)
    for cell in sheet.twice:
        yield Overlay("同一格写了两次", cell)
    for cell, tip in sheet.tips.items():
        yield Overlay("链接的提示", cell, tip)


def _table(xml: bytes) -> Iterator[Overlay]:
    """Yields Excel tables with a style of the workbook's own, which may hide text."""
    table = ElementTree.fromstring(xml)
    for style in all_named(table, "tableStyleInfo"):
        if not BUILT_IN_TABLE_STYLE.fullmatch(style.get("name", "")):
            yield Overlay("自定义的表格样式", table.get("ref", "").partition(":")[0])


def _drawings(xml: bytes) -> Iterator[Overlay]:
    for anchor in ElementTree.fromstring(xml):
        start = next((node for node in anchor if local_name(node) == "from"), None)
        cell = _start_cell(start) if start is not None else ""
        shapes = (node for node in anchor.iter() if local_name(node) in _SHAPES)
        shape = next(shapes, None)
        text = "".join(part.text or "" for part in all_named(anchor, "t"))
        yield Overlay("图形或文本框" if shape is None else _SHAPES[local_name(shape)], cell, text)


def _start_cell(start: ElementTree.Element) -> str:
    offsets = {local_name(node): int(node.text or 0) for node in start}
    return a1(offsets.get("row", 0), offsets.get("col", 0))


def _old_shapes(xml: bytes) -> Iterator[Overlay]:
    """Yields form controls and shapes in VML, the older drawing language, in which comments are drawn too."""
    objects = _VML_OBJECT.findall(xml)
    for name in objects:
        if name != b"Note":
            yield Overlay("控件或图形")
    if len(_VML_SHAPE.findall(xml)) > len(objects):
        yield Overlay("图形")


def _comments(xml: bytes) -> Iterator[Overlay]:
    for comment in all_named(ElementTree.fromstring(xml), "comment"):
        text = "".join(part.text or "" for part in all_named(comment, "t"))
        yield Overlay("批注", comment.get("ref", ""), text)


_READERS: dict[str, Callable[[bytes], Iterator[Overlay]]] = {
    "drawing": _drawings,
    "vmlDrawing": _old_shapes,
    "comments": _comments,
    "table": _table,
}
"""Finds what a part lays over the sheet, by the kind of part."""
