"""Things that lie over the pages of a PDF, or can change them: notes, stamps, fields, layers, scripts."""

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
}
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
_PAGES_TO_PRINT = "/PrintPageRange"
"""Which of a page's boxes is shown or printed; programs that heed it leave out the rest of the page."""
_WHOLE = ("/CropBox", "/MediaBox")
_SCRIPTS = ("/OpenAction", "/AA")
_HARMLESS_ACTIONS = {"/GoTo", "/URI"}
_BESIDE_PAGES = {"/Outlines": "书签", "/PageLabels": "页的名称", "/StructTreeRoot": "读屏软件念的文字"}
_MOST_ACTIONS = 20
"""How many actions may follow each other; who chains more hides something."""


def added_notes(paper: Any, trusted_fields: Collection[str]) -> Iterator[Difference]:
    """Yields what was put on the pages after they were made.

    Args:
        paper: The PDF, pypdf's.
        trusted_fields: The names of signature fields whose signatures stem from certificates that the
            county trusts: what they show is the signer's.
    """
    for number, page in enumerate(paper.pages, 1):
        if "/CropBox" in page and page["/CropBox"] != page.get("/MediaBox"):
            yield Difference(f"第{number}页", "", "裁切", "（只显示一部分）", "整页", DifferenceKind.HIDDEN)
        if "/AA" in page:
            yield Difference(f"第{number}页", "", "脚本", "（页面带有程序）", MISSING, DifferenceKind.ADDED)
        for reference in page.get("/Annots") or ():
            note = reference.get_object()
            if "/AA" in note or ("/A" in note and _is_script(note["/A"])):
                yield Difference(
                    f"第{number}页", "", "脚本", "（注释或链接带有程序）", MISSING, DifferenceKind.ADDED
                )
            if name := _name_if_shown(note, trusted_fields):
                text = str(note.get("/Contents") or note.get("/V") or f"（{name}）")
                yield Difference(f"第{number}页", "", name, text, MISSING, DifferenceKind.ADDED)


def _name_if_shown(note: Any, trusted_fields: Collection[str]) -> str:
    """Returns the name of what a note shows on a page; empty where it shows nothing."""
    kind = str(note.get("/Subtype"))
    if kind == "/Widget":
        return _field_name_if_shown(note, trusted_fields)
    if kind == "/Link":
        return "链接的边框" if "/AP" in note or _border(note) else ""
    if kind == "/Popup":  # the window of another note, which is reported by itself
        return "弹出的说明" if "/AP" in note or "/Contents" in note else ""
    return _NOTES.get(kind, f"附加内容（{kind}）")


def _border(link: Any) -> float:
    """Returns how thick the box around a link is; 1 unless it is set."""
    style = link.get("/BS")
    if style is not None:
        return float(style.get_object().get("/W", 1))
    border = link.get("/Border")
    return float(border.get_object()[2]) if border is not None and len(border.get_object()) > 2 else 1.0


def _field_name_if_shown(note: Any, trusted_fields: Collection[str]) -> str:
    """Returns the name of what a form's field shows; empty for a signature that takes no room, or is trusted."""
    if note.get("/FT") != "/Sig":
        return "表单域"
    left, bottom, right, top = map(float, note.get("/Rect", (0, 0, 0, 0)))
    is_flat = right == left or top == bottom
    return (
        "" if is_flat or str(note.get("/T")) in trusted_fields else "签名的图样（证书未经本县信任的证书证实）"
    )


def changeable_parts(paper: Any) -> Iterator[Difference]:
    """Layers that can be switched on and off, and programs, of the document as a whole."""
    root = paper.trailer["/Root"].get_object()
    if root.get("/OCProperties"):
        yield Difference("", "", "图层", "（可以切换显示的图层）", MISSING, DifferenceKind.ADDED)
    names = root.get("/Names")
    javascript = names is not None and names.get_object().get("/JavaScript")
    if any(root.get(key) and _is_script(root[key]) for key in _SCRIPTS) or javascript:
        yield Difference("", "", "脚本", "（文件带有程序）", MISSING, DifferenceKind.ADDED)
    if root.get("/Collection"):
        yield Difference("", "", "文件包", "（打开时先显示别的文件）", MISSING, DifferenceKind.ADDED)
    preferences = root.get("/ViewerPreferences")
    if preferences is not None and (
        _PAGES_TO_PRINT in preferences.get_object()
        or any(preferences.get_object().get(area, _WHOLE[0]) not in _WHOLE for area in _AREAS)
    ):
        yield Difference("", "", "显示范围", "（只显示或打印一部分）", "整页", DifferenceKind.HIDDEN)
    form = root.get("/AcroForm")
    if form is not None and form.get_object().get("/XFA"):
        yield Difference("", "", "表单", "（XFA 动态表单）", MISSING, DifferenceKind.ADDED)


def _is_script(action: Any) -> bool:
    """Whether an action, or one of those that follow it, does more than go to a page or to a web site."""
    following, looked_at = [action], 0
    while following:
        current = following.pop().get_object()
        looked_at += 1
        if isinstance(current, dict):
            if current.get("/S") not in _HARMLESS_ACTIONS or looked_at > _MOST_ACTIONS:
                return True
            after = current["/Next"] if "/Next" in current else []  # noqa: SIM401 (`get` does not follow it)
            following += after if isinstance(after, list) else [after]
    return False  # a list says a place in the document


def parts_beside_pages(paper: Any) -> Iterator[str]:
    """Yields, in words, what a PDF has beside its pages, and nobody looks at."""
    root = paper.trailer["/Root"].get_object()
    names = root.get("/Names")
    if "/AF" in root or (names is not None and "/EmbeddedFiles" in names.get_object()):
        yield "附带的文件"
    yield from (words for key, words in _BESIDE_PAGES.items() if key in root)
