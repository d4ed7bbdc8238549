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
from zjf.register.differences import (
    FOOT,
    MISSING,
    Difference,
    DifferenceKind,
    masked_cell_text,
    plain,
    row_label,
)
from zjf.render.pdf.ledger import lay_out

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
    """Compares the words on the pages of a PDF with the texts of its table."""
    yield from _text_around_differences(pages, table)
    yield from (_ledger_differences if table.is_ledger else _attachment_differences)(pages, table)


def _text_around_differences(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    """Compares title, notes, draft mark, signature line, and the short code at the foot of every page."""
    page_texts = ["".join(page) for page in pages]
    all_text = "".join(page_texts)
    for expected in table.around:
        if plain(expected) not in all_text:
            heading = "标题" if expected == table.title else "表外文字"
            yield Difference("第1页", "", heading, MISSING, expected)
    for number, page in enumerate(page_texts, 1):
        if plain(table.foot) not in page:
            yield Difference(f"第{number}页", "", FOOT, MISSING, table.foot)
        if (DRAFT in page) != table.draft and not table.is_ledger:
            expected_and_printed = (DRAFT, MISSING) if table.draft else (MISSING, DRAFT)
            yield Difference(
                f"第{number}页",
                "",
                "草稿标记",
                expected_and_printed[1],
                expected_and_printed[0],
                DifferenceKind.PAGE,
            )


def _attachment_differences(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    names = {plain(name) for line in table.grid for name in line[: table.key_columns]}
    printed = [
        piece for number, page in enumerate(pages, 1) for piece in _unwrapped_pieces(page, number, names)
    ]
    expected = [
        Token(plain(text), row, column)
        for row, cells in enumerate(table.grid)
        for column, text in enumerate(cells)
        if text
    ]
    unmatched = []
    for piece, token in _unmatched(printed, expected):
        if token:
            yield _difference(piece, token, table)
        else:
            unmatched.append(piece)
    yield from _unexpected_pieces(unmatched, len(pages), table)


def _unexpected_pieces(pieces: Sequence[Piece], pages: int, table: Wording) -> Iterator[Difference]:
    """Yields pieces that belong neither to the figures nor to the texts around them.

    Headings side by side are read across, in pieces of no sense, so letters are compared: each piece uses up
    its letters of those that the page may have, the longest piece first; a surplus figure finds none left.
    """
    unused_letters = {
        number: Counter(_expected_around(table, number, pages)) for number in range(1, pages + 1)
    }
    for piece in sorted(pieces, key=lambda piece: -len(piece.text)):
        letters = Counter(piece.text)
        if letters <= unused_letters[piece.page]:
            unused_letters[piece.page] -= letters
        else:
            yield Difference(f"第{piece.page}页", "", "多出的内容", piece.text, MISSING, DifferenceKind.ADDED)


def _expected_around(table: Wording, number: int, pages: int) -> str:
    """Returns all texts that a page may have besides the figures, as one text."""
    headings = (box.text for box in header_boxes(table.columns))
    mark = [DRAFT] if table.draft else []
    return plain("".join([*table.around, *headings, table.foot, *mark, f"第{number}页共{pages}页"]))


def _ledger_differences(pages: Sequence[Sequence[str]], table: Wording) -> Iterator[Difference]:
    sheets = lay_out(table).sheets
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
        yield from (
            _difference(piece, token, table) for piece, token in _unmatched(printed, expected) if token
        )


def _unwrapped_pieces(page: Sequence[str], number: int, names: Collection[str]) -> Iterator[Piece]:
    """Yields the pieces of a page, names that were wrapped over several lines put together again."""
    remaining = list(reversed(page))
    while remaining:
        text = remaining.pop()
        while (
            text not in names and remaining and any(name.startswith(text + remaining[-1]) for name in names)
        ):
            text += remaining.pop()
        yield Piece(text, number)


def _unmatched(
    printed: Sequence[Piece], expected: Sequence[Token]
) -> Iterator[tuple[Piece, Token] | tuple[Piece, None]]:
    """Yields what is printed in place of an expected text, with it; and what is printed in place of none."""
    texts = [piece.text for piece in printed]
    matcher = SequenceMatcher(None, texts, [token.text for token in expected], autojunk=False)
    for operation, printed_from, printed_to, expected_from, expected_to in matcher.get_opcodes():
        pieces = list(printed[printed_from:printed_to])
        if operation == "delete":
            yield from ((piece, None) for piece in pieces)
        elif operation != "equal":
            figures = [piece for piece in pieces if _FIGURE.fullmatch(piece.text)]
            counterparts = figures if len(figures) == expected_to - expected_from else pieces
            page = printed[min(printed_from, len(printed) - 1)].page if printed else 1
            for piece, token in zip_longest(counterparts, expected[expected_from:expected_to]):
                yield piece or Piece(MISSING, page), token


def _difference(piece: Piece, token: Token, table: Wording) -> Difference:
    cells = table.grid[token.row]
    heading = table.columns[token.column].text.replace("\n", "") if token.column >= 0 else "序号"
    row = row_label(table, cells[: table.key_columns])
    printed, expected = (masked_cell_text(table, token.column, text) for text in (piece.text, token.text))
    return Difference(f"第{piece.page}页", row, heading, printed, expected)
