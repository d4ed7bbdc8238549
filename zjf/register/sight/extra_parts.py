"""The parts of a workbook besides its sheets: none of them is shown, and nobody can tell what they do.

Connections and queries fetch other figures when somebody refreshes them; links start other programs.
"""

import zipfile
from collections.abc import Iterator

from zjf.intake.formats.relations import read_part, related
from zjf.register.sight.package_parts import BOOK

_LOOKED_AT = {
    *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"),
    *("worksheet", "chartsheet", "styles", "theme", "sharedStrings", "calcChain", "sheetMetadata"),
    *("vbaProject", "vbaProjectSignature", "person", "digital-signature/origin", "origin"),
}
"""Parts that are looked at elsewhere, or say nothing."""
_NAMES = {
    "connections": "数据连接（刷新时从别处取数）",
    "xmlMaps": "XML 映射（导入时改写单元格）",
    "customXml": "自定义 XML 数据",
    "customXmlProps": "自定义 XML 数据",
    "pivotCacheDefinition": "数据透视表的缓存",
    "powerPivotData": "数据模型（Power Pivot）",
    "volatileDependencies": "实时数据（RTD）",
    "taskpanes": "网络加载项",
    "webextensiontaskpanes": "网络加载项",
    "extensibility": "自定义的功能区",
    "attachedToolbars": "自定义的工具栏",
}
_POWER_QUERY = "Power Query 查询（刷新时从别处取数）"
_MASHUP = b"DataMashup"
_LINK_STARTS = {b"ddeLink": "DDE 链接（与别的程序交换数据）", b"oleLink": "OLE 链接（调用别的程序）"}
_ANOTHER_BOOK = "对别的工作簿的引用"


def extra_parts(package: zipfile.ZipFile) -> Iterator[str]:
    """Yields, in words, the kinds of further parts of a workbook that nobody looks at, each once."""
    yield from dict.fromkeys(_named(package))


def links_to_programs(package: zipfile.ZipFile) -> Iterator[str]:
    """Yields, in words, the links by which opening the workbook may start another program."""
    for kind, target in related(package, BOOK):
        if kind == "externalLink":
            content = read_part(package, target) or b""
            yield from (words for sign, words in _LINK_STARTS.items() if sign in content)


def _named(package: zipfile.ZipFile) -> Iterator[str]:
    for part in ("", BOOK):
        for kind, target in related(package, part):
            if kind == "customXml" and _MASHUP in _as_ascii(read_part(package, target)):
                yield _POWER_QUERY
            elif kind == "externalLink":
                yield _ANOTHER_BOOK
            elif kind not in _LOOKED_AT:
                yield _NAMES.get(kind, f"附加内容（{kind}）")


def _as_ascii(content: bytes | None) -> bytes:
    """Returns a part's text without zero bytes: Excel writes some parts in UTF-16."""
    return (content or b"").replace(b"\0", b"")
