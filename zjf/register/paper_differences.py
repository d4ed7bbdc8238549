"""A saved PDF held against the table that it was made from, by the text on its pages."""

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from zjf.documents.wording import Wording
from zjf.errors import CannotDoError
from zjf.extras import optional
from zjf.register.differences import FOOT, MISSING, Difference, cell_said, row_said
from zjf.render.pdf.ledger import laid_out

_FIGURE = re.compile(r"[\d.,/%<>—-]+")


@dataclass(frozen=True)
class Piece:
    """A piece of text on a page."""

    text: str
    page: int


@dataclass(frozen=True)
class Token:
    """A piece of text that the table has, and its cell."""

    text: str
    row: int
    column: int


def open_paper(data: bytes) -> Any:
    """The PDF, by pypdf.

    Raises:
        CannotDoError: pypdf is not installed, or it is no PDF, damaged, or protected by a password.
    """
    pypdf = optional("pypdf", extra="pdf")
    try:
        paper = pypdf.PdfReader(io.BytesIO(data))
        if paper.is_encrypted:
            raise CannotDoError("PDF 设有密码，读不了", "请去掉密码后再核对。")
        len(paper.pages)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, RecursionError) as broken:
        raise CannotDoError("不是 PDF，或已损坏", "请用 zjf report 重新出表。") from broken
    return paper


def paper_differences(
    data: bytes, table: Wording, progress: Callable[[int, int], None] = lambda done, of: None
) -> list[Difference]:
    """Where a PDF does not say what the table says.

    Args:
        data: Its bytes.
        table: What it said when it was made.
        progress: Called with how many pages are read, of how many.

    Raises:
        CannotDoError: It cannot be read.
    """
    paper = open_paper(data)
    pages = []
    for page in paper.pages:
        pages.append(page.extract_text().split())
        progress(len(pages), len(paper.pages))
    found = [*_furniture(pages, table), *_notes_put_on(paper)]
    return found + list((_ledger if table.is_ledger else _attachment)(pages, table))


def _furniture(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    """The title, and the short code at the foot of every page."""
    text = ["".join(page) for page in pages]
    if not text or _plain(table.title) not in text[0]:
        yield Difference("第1页", "", "标题", MISSING, table.title)
    for number, page in enumerate(text, 1):
        if _plain(table.foot) not in page:
            yield Difference(f"第{number}页", "", FOOT, MISSING, table.foot)


def _notes_put_on(paper: Any) -> Iterator[Difference]:
    """Text that was laid over a page: it may hide what is printed below."""
    for number, page in enumerate(paper.pages, 1):
        for each in page.get("/Annots") or ():
            note = each.get_object()
            if note.get("/Subtype") == "/FreeText":
                yield Difference(f"第{number}页", "", "贴上的文字", str(note.get("/Contents", "")), MISSING)


def _attachment(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    names = {_plain(name) for line in table.grid for name in line[: table.keys]}
    printed = [piece for number, page in enumerate(pages, 1) for piece in _joined(page, number, names)]
    expected = [
        Token(_plain(text), row, column)
        for row, cells in enumerate(table.grid)
        for column, text in enumerate(cells)
        if text
    ]
    around = _plain("".join([*table.above, *table.remarks, table.foot]))
    for piece, token in _unlike(printed, expected):
        if token:
            yield _named(piece, token, table)
        elif _FIGURE.fullmatch(piece.text) and piece.text not in around:
            yield Difference(f"第{piece.page}页", "", "多出的内容", piece.text, MISSING)


def _ledger(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    sheets = laid_out(table).sheets
    if len(sheets) != len(pages):
        yield Difference("", "", "页数", str(len(pages)), str(len(sheets)))
    for number, (page, sheet) in enumerate(zip(pages, sheets, strict=False), 1):
        expected = [
            Token(piece, sheet.rows[0] + bisect_right(sheet.ends, line), column - 1)
            for column, lines in zip(sheet.shown, sheet.columns, strict=True)
            for line, text in enumerate(lines)
            for piece in text.split()
        ]
        printed = [Piece(text, number) for text in page]
        yield from (_named(piece, token, table) for piece, token in _unlike(printed, expected) if token)


def _joined(page: Sequence[str], number: int, names: Collection[str]) -> Iterator[Piece]:
    """The pieces of a page, a name that was wrapped into several lines in one piece again."""
    rest = list(reversed(page))
    while rest:
        text = rest.pop()
        while text not in names and rest and any(each.startswith(text + rest[-1]) for each in names):
            text += rest.pop()
        yield Piece(text, number)


def _unlike(
    printed: Sequence[Piece], expected: Sequence[Token]
) -> Iterator[tuple[Piece, Token] | tuple[Piece, None]]:
    """What is printed otherwise than expected, and what is printed beside it."""
    texts = [piece.text for piece in printed]
    matcher = SequenceMatcher(None, texts, [token.text for token in expected], autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        said = list(printed[first:last])
        if what == "delete":
            yield from ((piece, None) for piece in said)
        elif what != "equal":
            figures = [piece for piece in said if _FIGURE.fullmatch(piece.text)]
            there = figures if len(figures) == end - begin else said
            near = printed[min(first, len(printed) - 1)].page if printed else 1
            for piece, token in zip_longest(there, expected[begin:end]):
                yield piece or Piece(MISSING, near), token


def _named(piece: Piece, token: Token, table: Wording) -> Difference:
    cells = table.grid[token.row]
    heading = table.columns[token.column].text.replace("\n", "") if token.column >= 0 else "序号"
    row = row_said(table, cells[: table.keys])
    printed, known = (cell_said(table, token.column, text) for text in (piece.text, token.text))
    return Difference(f"第{piece.page}页", row, heading, printed, known)


def _plain(text: str) -> str:
    return "".join(text.split())
