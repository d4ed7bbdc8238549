"""A saved table of any format: its code, how it is compared with a table's texts, and whether it is a draft."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zjf.county import County
from zjf.documents.attachment import DRAFT
from zjf.documents.seal import Seal
from zjf.documents.wording import Wording
from zjf.errors import CannotDoError, refused
from zjf.files import read_at_rest, refuse_pipe
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.workbook import check_size
from zjf.register.book_differences import book_differences
from zjf.register.damaged_files import refuse_damaged
from zjf.register.differences import Comparison
from zjf.register.page_differences import page_differences
from zjf.register.paper_differences import PaperToCompare, first_page_words, keywords, paper_differences
from zjf.register.paper_signature import PaperSignature, signatures_on
from zjf.register.sight.workbook import NEEDS_SEAL, open_book

_PDF = b"%PDF-"
_HTML = (b"<!doctype html", b"<html")
_BLANKS = b"\xef\xbb\xbf \r\n\t"
_DRAFT_IN_HEADER = re.compile(rb"<(?:\w+:)?oddHeader>[^<]*" + DRAFT.encode())
_PAGE_SEAL = re.compile(r'<meta name="zjf" content="(?P<seal>[^"]*)"')
_COMPARE_ANOTHER = (
    "请核对同一张表的 xlsx 或 PDF；没有的，重新运行 zjf report 出一份对照，或扫纸上的二维码核对校验码。"
)
_WORD_SUFFIXES, _WORD_BODY = {".docx", ".docm"}, "word/document.xml"


@dataclass(frozen=True)
class SavedTable:
    """A saved file.

    Args:
        seal: The form, period, unit and code that it bears.
    """

    seal: Seal
    compare: Callable[[Wording], Comparison]
    signatures: tuple[PaperSignature, ...] = ()


def open_saved(path: Path, home: County) -> SavedTable:
    """Opens a saved table.

    Raises:
        CannotDoError: It cannot be read, is too large, bears no code, or is called otherwise than what it is.
    """
    try:
        refuse_pipe(path)
        data = read_at_rest(path)
    except OSError as failure:
        advice = "请核对路径，关闭占用它的程序。只有纸的，把二维码扫出的整段文字放在引号里。"
        raise refused(f"{path} 打不开", failure, advice) from failure
    try:
        check_size(len(data), Limits())
    except UnreadableError as refusal:
        reason_alone, _, _ = refusal.problem.message.partition("。")
        raise CannotDoError(f"{path.name}：{reason_alone}", NEEDS_SEAL) from refusal
    suffixes: tuple[str, ...] = (".pdf",)
    if data.startswith(_PDF):
        saved = _paper(path.name, data, home)
    elif data.lstrip(_BLANKS)[:15].lower().startswith(_HTML):
        saved, suffixes = _page(path.name, data, home), (".html", ".htm")
    elif path.suffix.lower() in _WORD_SUFFIXES or _is_word(data):
        raise CannotDoError(f"{path.name} 是 Word 文件，不能直接核对", _COMPARE_ANOTHER)
    else:
        saved, suffixes = _book(path.name, data), (".xlsx", ".xlsm")
    if path.suffix.lower() not in suffixes:  # a program that goes by the name may find another table in it
        raise CannotDoError(
            f"{path.name} 里是 {suffixes[0]} 的内容，与文件名不符，打开看到的可能是别的内容",
            f"请核对出表时原来的文件，或把文件名的结尾改成 {suffixes[0]}，打开看过再核对。",
        )
    return saved


def _is_word(data: bytes) -> bool:
    """Whether it is a Word file, whatever it is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _WORD_BODY in package.namelist()
    except zipfile.BadZipFile:
        return False


def _page(name: str, data: bytes, home: County) -> SavedTable:
    text = data.decode("utf-8-sig", "replace")
    match = _PAGE_SEAL.search(text)
    seal = Seal.read(html.unescape(match["seal"])) if match else None
    if seal is None:
        raise CannotDoError(f"{name} 上没有校验码", _COMPARE_ANOTHER)
    return SavedTable(seal, partial(page_differences, text, home.folder))


def _book(name: str, data: bytes) -> SavedTable:
    book = open_book(name, data)
    return SavedTable(book.seals[0], partial(book_differences, book))


def _paper(name: str, data: bytes, home: County) -> SavedTable:
    seal = Seal.read(keywords(data))
    if seal is None:
        raise CannotDoError(f"{name} 上没有校验码", NEEDS_SEAL)
    signatures = signatures_on(data, home.folder)
    trusted = [signature.field for signature in signatures if signature.trusted and signature.intact]
    paper = PaperToCompare(data, home.folder, trusted)
    return SavedTable(seal, partial(paper_differences, paper), signatures)


def is_marked_draft(data: bytes) -> bool:
    """Whether a PDF or .xlsx of ours says that it is a draft.

    Raises:
        CannotDoError: It is damaged.
    """
    if zipfile.is_zipfile(io.BytesIO(data)):
        with (
            refuse_damaged("表格文件已损坏", "请用 zjf report 重新出表。"),
            zipfile.ZipFile(io.BytesIO(data)) as book,
        ):
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
            return any(_DRAFT_IN_HEADER.search(book.read(sheet)) for sheet in sheets)
    return DRAFT in first_page_words(data)
