"""Consoles that keep tables readable in a narrow window, and by a screen reader.

In a narrow window no number, date or house number is broken: first the table's padding is reduced, then its texts
are wrapped; if that is not enough, each row is printed as a paragraph.
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

from zjf.terminal.control_signs import without_control_signs
from zjf.terminal.line_breaks import break_offsets

_SHORT = 12
"""A column whose longest text has at most this width (in half-width characters) is not wrapped."""
_CODE = 24
"""The same for numbers, dates and codes."""
_READABLE = 8
"""The least width of a wrapped column."""


class _ReadableConsole(Console):
    """A console that prints no control characters, and breaks lines where Chinese may be broken."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        how = options or self.options
        shown = (
            self.render_str(renderable, highlight=how.highlight, markup=how.markup)
            if isinstance(renderable, str)
            else renderable
        )
        if isinstance(shown, Text) and not (how.no_wrap or shown.no_wrap):
            shown = _break_lines(shown, how.max_width)
        for segment in super().render(shown, options):
            text = segment.text if segment.control else without_control_signs(segment.text)
            yield segment if text == segment.text else Segment(text, segment.style)

    def print(self, *objects: Any, **options: Any) -> None:
        for shown in objects:
            for paragraph in self._in_parts(shown):
                super().print(paragraph, **options)
        if not objects:
            super().print(**options)

    def on_broken_pipe(self) -> None:
        """Says that nobody reads any more, which is no error; rich would end the program with the code of one."""
        raise BrokenPipeError

    def _in_parts(self, shown: Any) -> Iterable[Any]:
        """Yields the renderables that are printed in place of one."""
        return [shown]


class FittingConsole(_ReadableConsole):
    """A console that fits tables to its width.

    Args:
        file: The stream that it writes to.
        before: Called before anything is printed.
    """

    def __init__(self, file: IO[str], before: Callable[[], None] = lambda: None, **options: Any) -> None:
        super().__init__(file=file, **options)
        self._before = before

    def print(self, *objects: Any, **options: Any) -> None:
        self._before()
        super().print(*objects, **options)

    def _in_parts(self, shown: Any) -> Iterable[Any]:
        if isinstance(shown, Table) and shown.show_header and not _fit_columns(shown, self.width):
            return map(Text, _paragraphs(shown))
        return [shown]


class PlainConsole(_ReadableConsole):
    """A console without boxes, colours and links, which prints tables cell by cell: 青石镇，状态：已报."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file=file, highlight=False, soft_wrap=True, color_system=None, force_terminal=False)

    def _in_parts(self, shown: Any) -> Iterable[Any]:
        inner = shown.renderable if isinstance(shown, Padding) else shown
        return map(Text, _facts(inner)) if isinstance(inner, Table) else [inner]


def _break_lines(text: Text, width: int) -> Text:
    """Returns a text with line breaks where Chinese may be broken; rich breaks only at blanks.

    The lines that an indented line is broken into are indented as far as it.
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


def _fit_columns(table: Table, width: int) -> bool:
    """Sets the columns of a table so that it is readable in a width; returns False if that is impossible."""
    texts = [[_text(column.header), *map(_text, column.cells)] for column in table.columns]
    widths = [max(map(cell_len, column_texts), default=0) for column_texts in texts]
    border_lines = len(widths) + 1 if table.box else 0
    if sum(widths) + border_lines + 2 * len(widths) <= width:
        return True
    table.padding = (0, 0) if table.box else (0, 1, 0, 0)
    separators = border_lines or len(widths)
    if sum(widths) + separators <= width:
        for column in table.columns:
            column.no_wrap = True
        return True
    unwrapped = [
        _must_not_wrap(column_texts, column_width)
        for column_texts, column_width in zip(texts, widths, strict=True)
    ]
    needed = sum(
        column_width if keep else min(column_width, _READABLE)
        for column_width, keep in zip(widths, unwrapped, strict=True)
    )
    if needed + separators > width:
        return False
    for column, column_width, keep in zip(table.columns, widths, unwrapped, strict=True):
        _set_width(column, column_width, whole=keep)
    return True


def _must_not_wrap(texts: Sequence[str], width: int) -> bool:
    """Returns whether a column must not be wrapped: its cells are short, or numbers, dates and codes."""
    are_codes = all(text.isascii() and " " not in text for text in texts[1:])
    return width <= (_CODE if are_codes else _SHORT)


def _set_width(column: Column, width: int, *, whole: bool) -> None:
    column.no_wrap = whole
    column.min_width = width if whole else min(width, _READABLE)
    column.overflow = "fold"


def _paragraphs(table: Table) -> Iterator[str]:
    """Yields a table's rows, each as one paragraph: 青石镇；房屋编号：YS0201；村（社区）：桃花村。"""
    if table.title:
        yield _text(table.title)
    headings = [_text(column.header) for column in table.columns]
    for name, *cells in _rows(table):
        lines = [f"{heading}：{cell}" for heading, cell in zip(headings[1:], cells, strict=True) if cell]
        yield f"{'；'.join(filter(None, [name, *lines]))}。"
    if table.caption:
        yield _text(table.caption)


def _facts(table: Table) -> Iterator[str]:
    """Yields a table's cells one by one, each with its row's name and its column's heading.

    A row's name is its first cell, or its first two if the first alone does not tell the rows apart.
    """
    if table.title:
        yield _text(table.title)
    headings = [_text(column.header) for column in table.columns]
    rows = list(_rows(table))
    name_length = next((count for count in (1, 2) if len({row[:count] for row in rows}) == len(rows)), 2)
    for row in rows:
        if not any(headings):
            yield "：".join(filter(None, row))
            continue
        name = " ".join(filter(None, row[:name_length]))
        cells = zip(headings[name_length:], row[name_length:], strict=True)
        facts = [f"{heading}：{cell}" for heading, cell in cells if cell]
        if name and facts:
            yield from (f"{name}，{fact}" for fact in facts)
        else:
            yield from facts or [name]
    if table.caption:
        yield _text(table.caption)


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    for row in zip_longest(*(column.cells for column in table.columns), fillvalue=""):
        yield tuple(map(_text, row))


def _text(cell: RenderableType) -> str:
    text = cell if isinstance(cell, Text) else Text.from_markup(str(cell))
    return text.plain.strip().replace("；\n", "；")  # facts that stand one below the other
