"""A console for screen readers: no boxes, no colours, nothing that moves; one fact a line."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import IO, Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


class PlainConsole(Console):
    """A console that says tables cell by cell: 青石镇，状态：已报."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file=file, highlight=False, soft_wrap=True, color_system=None, force_terminal=False)

    def print(self, *objects: Any, **how: Any) -> None:
        for shown in objects:
            inner = shown.renderable if isinstance(shown, Padding) else shown
            if isinstance(inner, Table):
                for line in _facts(inner):
                    super().print(Text(line), **how)
            else:
                super().print(inner, **how)
        if not objects:
            super().print(**how)


def _facts(table: Table) -> Iterator[str]:
    """A table's cells, each with the heading of its column, behind the first cell of its row."""
    if table.title:
        yield _text(table.title)
    headings = [_text(column.header) for column in table.columns]
    for row in zip_longest(*(column.cells for column in table.columns), fillvalue=""):
        cells = [_text(cell) for cell in row]
        first, *others = cells
        if not any(headings):
            yield "：".join(filter(None, cells))
            continue
        said = [f"{heading}：{cell}" for heading, cell in zip(headings[1:], others, strict=True) if cell]
        yield from (f"{first}，{fact}" for fact in said) if said and first else said or [first]
    if table.caption:
        yield _text(table.caption)


def _text(cell: RenderableType) -> str:
    if isinstance(cell, Text):
        return cell.plain.strip()
    return Text.from_markup(str(cell)).plain.strip() if isinstance(cell, str) else str(cell)
