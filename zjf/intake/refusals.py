"""Files that are no spreadsheet, recognized by their first bytes, and what the sender is to do (F001, F011)."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from zjf.problems import Problem, problem

_OUT_OF_A_DOCUMENT = "请把其中的数据填进下发的空白表（.xlsx），再重新报送。"
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新报送。"
_SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".xltx", ".xlt", ".ett"}
_MARKUP = (
    *(b"<html", b"<!doctype", b"<head", b"<meta", b"<table", b"<div", b"<style", b"<?xml"),
    b"mime-version",
)
_SPREADSHEET_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_FLAT_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_OF_ENCRYPTION = (b"E-SafeNet", b"%TSD-Header-###%")
"""How files begin that an office's own software encrypts wherever they are saved."""
_IN_FRONT = b"\xef\xbb\xbf \r\n\t"
_HEAD = 2048
_SCANS = {
    b"%PDF-": "PDF 文件",
    b"\xff\xd8\xff": "图片（照片或扫描件）",
    b"\x89PNG": "图片（截图或扫描件）",
    b"II*\0": "图片（扫描件）",
    b"MM\0*": "图片（扫描件）",
    b"BM": "图片（扫描件）",
    b"GIF8": "图片",
}
_OTHERS = (
    (re.compile(rb"ID;P"), "SYLK 表格（.slk）", _SAVE_AS),
    (re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08]\x00"), "Excel 97 以前的旧格式表格", _SAVE_AS),
    (re.compile(rb"[\x03\x30\x83\xf5].[\x01-\x0c][\x01-\x1f]", re.DOTALL), "dBASE 数据表（.dbf）", _SAVE_AS),
    (
        re.compile(rb"\x00\x01\x00\x00Standard "),
        "Access 数据库",
        "请在 Access 中把表导出为 .xlsx，再重新报送。",
    ),
    (re.compile(rb"{\\rtf"), "文字文档，不是表格", _OUT_OF_A_DOCUMENT),
)
"""How files of other programs begin that bear the name of a spreadsheet."""
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ARCHIVE_NAMES = {".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".001"}
_SCAN_NAMES = {
    *(".pdf", ".ofd", ".djvu"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".webp"),
}
_MAIL_NAMES = {".eml", ".msg", ".mht", ".mhtml"}
_TEXT_NAMES = {".doc", ".docx", ".wps", ".rtf", ".ppt", ".pptx", ".dps"}
_OF_NUMBERS = ".numbers"


class UnreadableError(Exception):
    """Carries the one problem (F001–F003, F011) that keeps a file from being read."""

    def __init__(self, code: str, what: str, hint: str = "") -> None:
        super().__init__(code, what, hint)
        self.problem: Problem = problem(code, what, hint)


def refused(suffix: str, data: bytes) -> UnreadableError:
    """Returns why a file cannot be read, by its first bytes, else by its suffix."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        data = data[: 8 * _HEAD].decode("utf-16", "ignore").encode()
    if suffix in _MAIL_NAMES:
        return UnreadableError(
            "F011", "文件是邮件或网页", "请打开它，把附件或网页里的表格另存为 .xlsx，放进文件夹。"
        )
    if in_tags := _in_tags(data):
        return UnreadableError("F011", in_tags, _SAVE_AS)
    head = data[:_HEAD].lstrip(_IN_FRONT)
    if any(mark in data[:_HEAD] for mark in _OF_ENCRYPTION):
        return UnreadableError(
            "F002",
            "文件被单位的文档加密软件加密了",
            "请在装有该软件的电脑上解密，或另存为不加密的 .xlsx，再重新报送。",
        )
    kind = next((kind_of_scan for mark, kind_of_scan in _SCANS.items() if head.startswith(mark)), "")
    if kind or suffix in _SCAN_NAMES:
        return _scan(kind or "扫描件", "F001" if suffix in _SPREADSHEETS else "F011")
    if suffix == _OF_NUMBERS:
        return UnreadableError(
            "F011", "文件是苹果 Numbers 表格", "请在 Numbers 中导出为 Excel（.xlsx），再重新报送。"
        )
    if suffix in _TEXT_NAMES:
        return UnreadableError("F011", "文件是文字文档，不是表格", _OUT_OF_A_DOCUMENT)
    if head.startswith(_ARCHIVES) or suffix in _ARCHIVE_NAMES:
        return archive()
    return _of_another_program(suffix, data)


def _of_another_program(suffix: str, data: bytes) -> UnreadableError:
    for beginning, what, hint in _OTHERS:
        if beginning.match(data):
            return UnreadableError("F011", f"文件是{what}", hint)
    if suffix in _SPREADSHEETS:
        return UnreadableError("F001", "文件不是表格，或已损坏")
    return UnreadableError("F011", f"无法读取的文件类型{f'（{suffix}）' if suffix else ''}")


def _in_tags(data: bytes) -> str:
    """Returns what a file is that consists of a text with tags; blank for any other."""
    if _SPREADSHEET_2003 in data[: 4 * _HEAD]:
        return "文件是“XML 电子表格 2003”"
    if _FLAT_OPEN_DOCUMENT in data[: 4 * _HEAD]:
        return "文件是单个 XML 的 ODF 表格（.fods）"
    return "文件内容是网页，不是表格" if is_web_page(data) else ""


def is_web_page(data: bytes) -> bool:
    """Whether a file begins as a web page does, or another text with tags."""
    return data[:_HEAD].lstrip(_IN_FRONT).lower().startswith(_MARKUP)


def archive() -> UnreadableError:
    return UnreadableError("F011", "文件是压缩包", "请先解压，把里面的表格（.xlsx）逐个放进文件夹。")


def set_apart_by_blanks() -> UnreadableError:
    what = "文件是文本，各列之间只有空格，看不出哪些格子是空的"
    hint = "请从原来的表格或系统另存（导出）为 .xlsx；只有这份文本的，请用 WPS 分列，逐行核对各列对齐后另存为 .xlsx。"
    return UnreadableError("F011", what, hint)


def _scan(kind: str, code: str) -> UnreadableError:
    hint = (
        "数据请报表格原件（.xlsx）；签字盖章的扫描件请移到别的文件夹存档，登记签字时用 zjf sign --scan 指明，"
        "不要和表格放在一起。"
    )
    return UnreadableError(code, f"文件是{kind}，不是表格", hint)
