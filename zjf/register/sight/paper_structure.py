"""How a PDF is put together: whether every program finds the same paper in it.

Programs mend what is written against the rules, each in its own way: of a key that stands twice in a dictionary
one takes the first and another the last; where the index points wrong, one searches the file from its start and
another from its end. Such a file may show us what was printed, and everybody else something different.
"""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from typing import Any

_INDEX = re.compile(rb"startxref\s+(\d{1,15})")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj")
_LISTED = re.compile(rb"(?<![\d ])(\d{1,10}) (\d{1,10}) *[\r\n]+((?:\d{10} \d{5} [nf][ \r\n]{1,2})+)")
"""A part of an index: its first number, how many there are, and an entry for each of them."""
_ENTRY = re.compile(rb"\d{10} \d{5} ([nf])")
_INDEX_STREAM = re.compile(rb"/Type\s*/XRef\b")
_READERS = ("pypdf._reader", "pypdf.filters", "pypdf.generic._base", "pypdf.generic._data_structures")
"""The parts of pypdf that say what they had to guess of the file; the others speak of fonts and bookmarks."""
_OF_NO_WEIGHT = "/ID"
"""The two numbers by which programs tell versions of a file apart: no page depends on them."""
_WRONG_INDEX = "目录不在所指的位置"
_GUESSED = "写法不合规范，别的软件可能显示别的内容"
_PAGES_MISCOUNTED = "写明的页数与页不符"
_FROM_ELSEWHERE = "页面的内容取自别的文件"


class Guesses(logging.Handler):
    """What pypdf had to guess of a file, in its own words."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name in _READERS and _OF_NO_WEIGHT not in message:
            self.messages.append(message)


@contextmanager
def guesses_of_reader() -> Iterator[Guesses]:
    """Collects what pypdf guesses meanwhile. It reads a part of a file when it is asked for it, not before."""
    log, guesses = logging.getLogger("pypdf"), Guesses()
    heard_by_others, level = log.propagate, log.level
    log.addHandler(guesses)
    log.propagate = False
    log.setLevel(logging.WARNING)
    try:
        yield guesses
    finally:
        log.removeHandler(guesses)
        log.propagate = heard_by_others
        log.setLevel(level)


def why_ambiguous(paper: Any, data: bytes, guesses: Guesses) -> str:
    """Returns why another program may find another paper in a PDF; empty where all find the same."""
    if is_put_together_oddly(data) or not _index_is_exact(paper, data):
        return _WRONG_INDEX
    if guesses.messages or _shows_what_was_freed(paper, data):
        return _GUESSED
    if not _pages_are_counted_right(paper):
        return _PAGES_MISCOUNTED
    return _FROM_ELSEWHERE if any(map(_is_drawn_from_elsewhere, paper.pages)) else ""


def is_put_together_oddly(data: bytes) -> bool:
    """Whether a PDF's index is not where it says: programs that repair it may each show another file."""
    starts = _INDEX.findall(data)
    if not starts:
        return True
    index = data[int(starts[-1]) :]
    return not (index.lstrip().startswith(b"xref") or _OBJECT.match(index))


def with_index_ignored(data: bytes) -> bytes:
    """Returns the PDF with its index address set to 0, so that a reader searches the file for its parts."""
    return _INDEX.sub(lambda match: match[0].replace(match[1], b"0" * len(match[1])), data)


def _index_is_exact(paper: Any, data: bytes) -> bool:
    """Whether each part stands where the index says, under the number that it says, and under one only."""
    numbers = [number for parts in paper.xref.values() for number in parts]
    later = {number for generation, parts in paper.xref.items() if generation for number in parts}
    return (
        len(numbers) == len(set(numbers))
        and later.isdisjoint(paper.xref_objStm)
        and all(
            re.compile(rb"%d\s+%d\s+obj" % (number, generation)).match(data, place)
            for generation, parts in paper.xref.items()
            for number, place in parts.items()
        )
    )


def _shows_what_was_freed(paper: Any, data: bytes) -> bool:
    """Whether a part that is shown was struck off the index later: pypdf shows it still, others do not."""
    is_free: dict[int, bool] = {}
    for _, entries in sorted([*_tables(data), *_streams(paper, data)], key=itemgetter(0)):
        is_free |= entries
    return any(is_free.get(number, False) for _, number in paper.resolved_objects)


def _tables(data: bytes) -> Iterator[tuple[int, dict[int, bool]]]:
    """Yields where each part of an index stands that is written as a table, and which numbers it frees."""
    for listed in _LISTED.finditer(data):
        entries = enumerate(_ENTRY.finditer(listed[3]), int(listed[1]))
        yield listed.start(), {number: entry[1] == b"f" for number, entry in entries}


def _streams(paper: Any, data: bytes) -> Iterator[tuple[int, dict[int, bool]]]:
    """Yields where each part of an index stands that is written as a stream, and which numbers it frees."""
    from pypdf.generic import read_object

    for mark in _INDEX_STREAM.finditer(data):
        start = data.rfind(b"obj", 0, mark.start()) + len(b"obj")
        index: Any = read_object(io.BytesIO(data[start:].lstrip()), paper)
        kind_bytes, *other_widths = map(int, index["/W"])  # without any, no entry is free
        entry_bytes, content = kind_bytes + sum(other_widths), index.get_data()
        pairs = list(map(int, index.get("/Index", (0, index["/Size"]))))
        numbers = chain.from_iterable(
            range(first, first + count) for first, count in zip(pairs[::2], pairs[1::2], strict=False)
        )
        kinds = (content[place : place + kind_bytes] for place in range(0, len(content), entry_bytes))
        yield (
            start,
            {number: kind_bytes > 0 and not any(kind) for number, kind in zip(numbers, kinds, strict=False)},
        )


def _pages_are_counted_right(paper: Any) -> bool:
    """Whether the tree of pages has as many as it says, at each of its branches."""
    try:
        _count_pages(paper.trailer["/Root"]["/Pages"])
    except ValueError:
        return False
    return True


def _count_pages(node: Any) -> int:
    """Returns how many pages a branch has.

    Raises:
        ValueError: It, or a branch of it, says another number.
    """
    node = node.get_object()
    if "/Kids" not in node:
        return 1
    pages = sum(map(_count_pages, node["/Kids"]))
    if node.get("/Count") != pages:
        raise ValueError("another number of pages than the tree says")
    return pages


def _is_drawn_from_elsewhere(page: Any) -> bool:
    """Whether a page names another file as the place of what is drawn on it."""
    contents = page["/Contents"].get_object() if "/Contents" in page else ()
    parts = [part.get_object() for part in contents] if isinstance(contents, list) else [contents]
    return any("/F" in part for part in parts)
