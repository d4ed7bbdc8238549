"""What lies over or beside the cells of a sheet: pictures, shapes, comments, controls, sparklines."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from xlsxwriter.utility import xl_rowcol_to_cell

_SHAPES = {
    "pic": "图片",
    "sp": "图形或文本框",
    "cxnSp": "线条",
    "graphicFrame": "图表",
    "grpSp": "组合图形",
    "contentPart": "墨迹",
}
_HARMLESS = {"printerSettings", "hyperlink", "table", "customProperty", "drawing", "vmlDrawing", "comments"}
"""Parts that a sheet may refer to: they show nothing, or are looked at here."""
_NAMES = {
    "image": "背景图片",
    "oleObject": "嵌入的对象",
    "package": "嵌入的对象",
    "control": "控件",
    "ctrlProp": "控件",
    "pivotTable": "数据透视表",
    "threadedComment": "批注",
    "slicer": "切片器",
}
_VML_OBJECT = re.compile(rb'ObjectType="(\w+)"')
_SPARKLINES = re.compile(rb"<(?:\w+:)?sparklineGroup\b")
_NEWER_CONDITIONS = re.compile(rb"<x14:cfRule\b")
_PICTURES_AT_THE_EDGE = re.compile(rb"<(?:\w+:)?legacyDrawingHF\b")


@dataclass(frozen=True)
class Overlay:
    """A thing that lies over a sheet.

    Args:
        name: What it is (图片, 批注 …).
        place: The cell that it begins at; empty where it has none.
        text: What it says, where it says something.
    """

    name: str
    place: str = ""
    text: str = ""


def overlays(package: zipfile.ZipFile, part: str, xml: bytes) -> Iterator[Overlay]:
    """What lies over a sheet.

    Args:
        package: The workbook.
        part: The path of the sheet's part.
        xml: That part.
    """
    if _SPARKLINES.search(xml):
        yield Overlay("迷你图")
    if _NEWER_CONDITIONS.search(xml):
        yield Overlay("新式条件格式")
    if _PICTURES_AT_THE_EDGE.search(xml):
        yield Overlay("页眉页脚中的图片")
    for kind, target in related(package, part):
        if target not in package.namelist():
            continue
        if kind == "drawing":
            yield from _drawn(package.read(target))
        elif kind == "vmlDrawing":
            yield from _old_shapes(package.read(target))
        elif kind == "comments":
            yield from _comments(package.read(target))
        elif kind not in _HARMLESS:
            yield Overlay(_NAMES.get(kind, f"附加内容（{kind}）"))


def related(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """The parts that a part refers to: what each is, and its path."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.namelist():
        return
    for relation in ElementTree.fromstring(package.read(relations)):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        yield relation.get("Type", "").rpartition("/")[2], posixpath.normpath(path)


def _drawn(xml: bytes) -> Iterator[Overlay]:
    for anchor in ElementTree.fromstring(xml):
        start = next((node for node in anchor if _local(node) == "from"), None)
        place = _place(start) if start is not None else ""
        for node in anchor.iter():
            if (kind := _local(node)) in _SHAPES:
                text = "".join(part.text or "" for part in node.iter() if _local(part) == "t")
                yield Overlay(_SHAPES[kind], place, text)
                break


def _place(start: ElementTree.Element) -> str:
    at = {_local(node): int(node.text or 0) for node in start}
    return str(xl_rowcol_to_cell(at.get("row", 0), at.get("col", 0)))


def _old_shapes(xml: bytes) -> Iterator[Overlay]:
    """Form controls and shapes in the older drawing language, which comments stand in as well."""
    objects = _VML_OBJECT.findall(xml)
    for name in objects:
        if name != b"Note":
            yield Overlay("控件或图形")
    if not objects and re.search(rb"<v:(?:shape|rect|oval|line|textbox|image)\b", xml):
        yield Overlay("图形")


def _comments(xml: bytes) -> Iterator[Overlay]:
    for node in ElementTree.fromstring(xml).iter():
        if _local(node) == "comment":
            text = "".join(part.text or "" for part in node.iter() if _local(part) == "t")
            yield Overlay("批注", node.get("ref", ""), text)


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
