"""Consoles that show tables so that they can be read: in a narrow window, and by a screen reader.

In a narrow window no number, date or house number is broken: a table is set closer, its texts are wrapped, and
where that is not enough its rows are told one fact a line.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from zjf.control_signs import without_control_signs
from zjf.line_breaks import break_offsets

_SHORT = 12
"""Cells (in half-width characters) that a column's longest text may have, and is not wrapped."""
_CODE = 24
"""The same for numbers, dates and codes."""
_READABLE = 8
"""What a text that is wrapped needs."""


class _ReadableConsole(Console):
    """A console that says nothing but what is to be read."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        how = options or self.options
        shown = (
            self.render_str(renderable, highlight=how.highlight, markup=how.markup)
            if isinstance(renderable, str)
            else renderable
        )
        if isinstance(shown, Text) and not (how.no_wrap or shown.no_wrap):
            shown = _broken_as_chinese(shown, how.max_width)
        for segment in super().render(shown, options):
            text = segment.text if segment.control else without_control_signs(segment.text)
            yield segment if text == segment.text else Segment(text, segment.style)

    def print(self, *objects: Any, **how: Any) -> None:
        for shown in objects:
            for paragraph in self._told(shown):
                super().print(paragraph, **how)
        if not objects:
            super().print(**how)

    def _told(self, shown: Any) -> Iterable[Any]:
        """What is said of something that is to be shown, piece by piece."""
        return [shown]


class FittingConsole(_ReadableConsole):
    """A console that fits tables to its width.

    Args:
        file: What it writes to.
        before: What is done before anything is written.
    """

    def __init__(self, file: IO[str], before: Callable[[], None] = lambda: None, **how: Any) -> None:
        super().__init__(file=file, **how)
        self._before = before

    def print(self, *objects: Any, **how: Any) -> None:
        self._before()
        super().print(*objects, **how)

    def _told(self, shown: Any) -> Iterable[Any]:
        if isinstance(shown, Table) and shown.show_header and not _fitted(shown, self.width):
            return map(Text, _paragraphs(shown))
        return [shown]


class PlainConsole(_ReadableConsole):
    """A console without boxes, colours and links, which says tables cell by cell: 青石镇，状态：已报."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file=file, highlight=False, soft_wrap=True, color_system=None, force_terminal=False)

    def _told(self, shown: Any) -> Iterable[Any]:
        inner = shown.renderable if isinstance(shown, Padding) else shown
        return map(Text, _facts(inner)) if isinstance(inner, Table) else [inner]


def _broken_as_chinese(text: Text, width: int) -> Text:
    """A text with line breaks where Chinese may have them; rich knows words between blanks only.

    What an indented line goes on with is indented as far.
    """
    lines = text.split("\n", allow_blank=True)
    if all(cell_len(line.plain) <= width for line in lines):
        return text
    return text.blank_copy("\n").join(part for line in lines for part in _fitting_parts(line, width))


def _fitting_parts(line: Text, width: int) -> Iterator[Text]:
    indent = len(line) - len(line.plain.lstrip(" "))
    body = line[indent:]
    for part in body.divide(break_offsets(body.plain, width - indent)):
        part.rstrip()
        yield line.blank_copy(" " * indent).append_text(part)


def _fitted(table: Table, width: int) -> bool:
    """Sets a table so that it can be read in a width; False where that cannot be."""
    texts = [[_text(column.header), *map(_text, column.cells)] for column in table.columns]
    wide = [max(map(cell_len, own), default=0) for own in texts]
    lines = len(wide) + 1 if table.box else 0
    if sum(wide) + lines + 2 * len(wide) <= width:
        return True
    table.padding = (0, 0) if table.box else (0, 1, 0, 0)
    between = lines or len(wide)
    if sum(wide) + between <= width:
        for column in table.columns:
            column.no_wrap = True
        return True
    kept = [_kept_whole(own, needed) for own, needed in zip(texts, wide, strict=True)]
    needed = sum(own if whole else min(own, _READABLE) for own, whole in zip(wide, kept, strict=True))
    if needed + between > width:
        return False
    for column, own, whole in zip(table.columns, wide, kept, strict=True):
        _set(column, own, whole=whole)
    return True


def _kept_whole(texts: Sequence[str], wide: int) -> bool:
    """Whether a column's cells are short, or numbers, dates and codes, which must not be broken."""
    codes = all(text.isascii() and " " not in text for text in texts[1:])
    return wide <= (_CODE if codes else _SHORT)


def _set(column: Column, wide: int, *, whole: bool) -> None:
    column.no_wrap = whole
    column.min_width = wide if whole else min(wide, _READABLE)
    column.overflow = "fold"


def _paragraphs(table: Table) -> Iterator[str]:
    """A table's rows, each as one paragraph: 青石镇；房屋编号：YS0201；村（社区）：桃花村。"""
    if table.title:
        yield _text(table.title)
    headings = [_text(column.header) for column in table.columns]
    for first, *others in _rows(table):
        lines = [f"{heading}：{cell}" for heading, cell in zip(headings[1:], others, strict=True) if cell]
        yield f"{'；'.join(filter(None, [first, *lines]))}。"
    if table.caption:
        yield _text(table.caption)


def _facts(table: Table) -> Iterator[str]:
    """A table's cells, each with the heading of its column, behind what tells its row from the others."""
    if table.title:
        yield _text(table.title)
    headings = [_text(column.header) for column in table.columns]
    rows = list(_rows(table))
    telling = next((count for count in (1, 2) if len({row[:count] for row in rows}) == len(rows)), 2)
    for row in rows:
        if not any(headings):
            yield "：".join(filter(None, row))
            continue
        name = " ".join(filter(None, row[:telling]))
        facts = [f"{heading}：{cell}" for heading, cell in zip(headings, row, strict=True) if cell][
            len(list(filter(None, row[:telling]))) :
        ]
        yield from (f"{name}，{fact}" for fact in facts) if facts and name else facts or [name]
    if table.caption:
        yield _text(table.caption)


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    for row in zip_longest(*(column.cells for column in table.columns), fillvalue=""):
        yield tuple(map(_text, row))


def _text(cell: RenderableType) -> str:
    if isinstance(cell, Text):
        return cell.plain.strip()
    return Text.from_markup(str(cell)).plain.strip()
