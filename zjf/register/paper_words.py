"""The words on the pages of a PDF compared with the table that it was made from."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from zjf.documents.attachment import DRAFT
from zjf.documents.layout import header_boxes
from zjf.documents.wording import Wording
from zjf.register.differences import FOOT, MISSING, Difference, DifferenceKind, cell_said, plain, row_said
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


def word_differences(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    """Compares the words on the pages of a PDF with the texts of its table.

    Args:
        pages: The words of each page, as a program reads them.
        table: The texts of the table when it was made.
    """
    yield from _furniture(pages, table)
    yield from (_ledger if table.is_ledger else _attachment)(pages, table)


def _furniture(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    """The title, the notes, the draft mark, the signature line, and the short code at the foot of every page."""
    text = ["".join(page) for page in pages]
    whole = "".join(text)
    for expected in table.around:
        if plain(expected) not in whole:
            heading = "标题" if expected == table.title else "表外文字"
            yield Difference("第1页", "", heading, MISSING, expected)
    for number, page in enumerate(text, 1):
        if plain(table.foot) not in page:
            yield Difference(f"第{number}页", "", FOOT, MISSING, table.foot)
        if (DRAFT in page) != table.draft and not table.is_ledger:
            mark = (DRAFT, MISSING) if table.draft else (MISSING, DRAFT)
            yield Difference(f"第{number}页", "", "草稿标记", mark[1], mark[0], DifferenceKind.PAGE)


def _attachment(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    names = {plain(name) for line in table.grid for name in line[: table.keys]}
    printed = [piece for number, page in enumerate(pages, 1) for piece in _joined(page, number, names)]
    expected = [
        Token(plain(text), row, column)
        for row, cells in enumerate(table.grid)
        for column, text in enumerate(cells)
        if text
    ]
    strange = []
    for piece, token in _unlike(printed, expected):
        if token:
            yield _named(piece, token, table)
        else:
            strange.append(piece)
    yield from _strange(strange, len(pages), table)


def _strange(pieces: Sequence[Piece], pages: int, table: Wording) -> Iterator[Difference]:
    """Pieces that belong neither to the figures nor to what stands around them.

    Headings that stand side by side are read across, so it is letters that are told off, the longest pieces'
    first: a figure too many finds none left.
    """
    left = {number: Counter(_around(table, number, pages)) for number in range(1, pages + 1)}
    for piece in sorted(pieces, key=lambda piece: -len(piece.text)):
        letters = Counter(piece.text)
        if letters <= left[piece.page]:
            left[piece.page] -= letters
        else:
            yield Difference(f"第{piece.page}页", "", "多出的内容", piece.text, MISSING, DifferenceKind.ADDED)


def _around(table: Wording, number: int, pages: int) -> str:
    """What may stand on a page beside the figures, in one piece."""
    heads = (box.text for box in header_boxes(table.columns))
    mark = [DRAFT] if table.draft else []
    return plain("".join([*table.around, *heads, table.foot, *mark, f"第{number}页共{pages}页"]))


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
        while text not in names and rest and any(name.startswith(text + rest[-1]) for name in names):
            text += rest.pop()
        yield Piece(text, number)


def _unlike(
    printed: Sequence[Piece], expected: Sequence[Token]
) -> Iterator[tuple[Piece, Token] | tuple[Piece, None]]:
    """What is printed otherwise than expected, and what is printed beside it."""
    texts = [piece.text for piece in printed]
    matcher = SequenceMatcher(None, texts, [token.text for token in expected], autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        pieces = list(printed[first:last])
        if what == "delete":
            yield from ((piece, None) for piece in pieces)
        elif what != "equal":
            figures = [piece for piece in pieces if _FIGURE.fullmatch(piece.text)]
            there = figures if len(figures) == end - begin else pieces
            near = printed[min(first, len(printed) - 1)].page if printed else 1
            for piece, token in zip_longest(there, expected[begin:end]):
                yield piece or Piece(MISSING, near), token


def _named(piece: Piece, token: Token, table: Wording) -> Difference:
    cells = table.grid[token.row]
    heading = table.columns[token.column].text.replace("\n", "") if token.column >= 0 else "序号"
    row = row_said(table, cells[: table.keys])
    printed, known = (cell_said(table, token.column, text) for text in (piece.text, token.text))
    return Difference(f"第{piece.page}页", row, heading, printed, known)
