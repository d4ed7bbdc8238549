"""What lies over the pages of a PDF, or can change them: notes, stamps, fields, layers, scripts."""

from collections.abc import Collection, Iterator
from typing import Any

from zjf.register.differences import MISSING, Difference, DifferenceKind

_NOTES = {
    "/FreeText": "贴上的文字",
    "/Stamp": "图章",
    "/Text": "便笺",
    "/Square": "方框",
    "/Circle": "圆圈",
    "/Line": "线条",
    "/Ink": "手写笔迹",
    "/Polygon": "多边形",
    "/PolyLine": "折线",
    "/Highlight": "荧光笔",
    "/Underline": "下划线",
    "/StrikeOut": "删除线",
    "/Redact": "涂去的部分",
    "/Watermark": "水印",
    "/FileAttachment": "附带的文件",
    "/Popup": "",
    "/Link": "",
}
_SCRIPTS = ("/OpenAction", "/AA")


def notes_put_on(paper: Any, trusted_fields: Collection[str]) -> Iterator[Difference]:
    """What was put on the pages after they were made.

    Args:
        paper: The PDF, pypdf's.
        trusted_fields: The names of signature fields whose signatures stem from certificates that the
            county trusts: what they show is the signer's.
    """
    for number, page in enumerate(paper.pages, 1):
        if "/CropBox" in page and page["/CropBox"] != page.get("/MediaBox"):
            yield Difference(f"第{number}页", "", "裁切", "（只显示一部分）", "整页", DifferenceKind.HIDDEN)
        for reference in page.get("/Annots") or ():
            note = reference.get_object()
            kind = str(note.get("/Subtype"))
            name = (
                _field_shown(note, trusted_fields)
                if kind == "/Widget"
                else _NOTES.get(kind, f"附加内容（{kind}）")
            )
            if name:
                said = str(note.get("/Contents") or note.get("/V") or f"（{name}）")
                yield Difference(f"第{number}页", "", name, said, MISSING, DifferenceKind.ADDED)


def _field_shown(note: Any, trusted: Collection[str]) -> str:
    """What a form's field shows on a page; empty for a signature that takes no room, or is trusted."""
    if note.get("/FT") != "/Sig":
        return "表单域"
    left, bottom, right, top = map(float, note.get("/Rect", (0, 0, 0, 0)))
    is_flat = right == left or top == bottom
    return "" if is_flat or str(note.get("/T")) in trusted else "签名的图样（证书未经本县信任的证书证实）"


def what_can_change(paper: Any) -> Iterator[Difference]:
    """Layers that can be switched on and off, and programs, of the document as a whole."""
    root = paper.trailer["/Root"].get_object()
    if root.get("/OCProperties"):
        yield Difference("", "", "图层", "（可以切换显示的图层）", MISSING, DifferenceKind.ADDED)
    names = root.get("/Names")
    javascript = names is not None and names.get_object().get("/JavaScript")
    if any(root.get(key) and _is_script(root[key]) for key in _SCRIPTS) or javascript:
        yield Difference("", "", "脚本", "（文件带有程序）", MISSING, DifferenceKind.ADDED)
    form = root.get("/AcroForm")
    if form is not None and form.get_object().get("/XFA"):
        yield Difference("", "", "表单", "（XFA 动态表单）", MISSING, DifferenceKind.ADDED)


def _is_script(action: Any) -> bool:
    """Whether an action of a document does more than go to a page."""
    action = action.get_object()
    return (hasattr(action, "get") and action.get("/S") not in (None, "/GoTo")) or "/JavaScript" in str(
        action
    )


def has_attachments(paper: Any) -> bool:
    """Whether files are attached to it."""
    names = paper.trailer["/Root"].get_object().get("/Names")
    return names is not None and "/EmbeddedFiles" in names.get_object()
