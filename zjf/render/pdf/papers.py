"""Papers about houses as PDF: one file a house, or many in one file to be printed at once."""

import base64
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from zjf.documents.papers.blocks import Block, Grid, Listing, Photos, Prose
from zjf.documents.papers.paper import Paper
from zjf.extras import optional
from zjf.files import replacing
from zjf.render.pdf.attachment import Press

TEMPLATE = "house-paper"
_IN_A_CELL, _IN_A_COLUMN = 18, 12
"""How many letters and digits in a row fit into a cell of a grid, and into a column of a listing."""

_RUN = re.compile(r"[0-9A-Za-z]+")
_MAY_BREAK = "\u200b"
_TOGETHER = 25
"""Papers set in one run: memory stays flat however many there are."""


def write_papers(path: Path, papers: Sequence[Paper], press: Press, *, author: str, made: date) -> None:
    """Writes papers one behind the other, each from a page of its own.

    Args:
        path: The .pdf to write.
        papers: The papers, one at least.
        press: What sets them.
        author: Whose document it is.
        made: The day that the document bears.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not compile.
    """
    about = {"title": papers[0].title, "author": author, "date": (made.year, made.month, made.day)}
    parts = (
        press.set(
            TEMPLATE, {**about, "papers": [_paper(paper) for paper in papers[first : first + _TOGETHER]]}
        )
        for first in range(0, len(papers), _TOGETHER)
    )
    with replacing(path) as temporary:
        if len(papers) <= _TOGETHER:
            temporary.write_bytes(next(parts))
        else:
            _join(parts, temporary)


def _join(parts: Iterable[bytes], path: Path) -> None:
    writer = optional("pypdf", extra="pdf").PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    writer.write(path)


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "number": paper.number,
        "foot": paper.foot,
        "blocks": [{"kind": block.kind, **_block(block)} for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "lines": [
                [asdict(entry) | {"value": foldable(entry.value)} for entry in line] for line in block.lines
            ]
        }
    if isinstance(block, Listing):
        rows = [[foldable(cell, _IN_A_COLUMN) for cell in row] for row in block.rows]
        return {**asdict(replace(block, rows=())), "rows": rows}
    if isinstance(block, Prose):
        return asdict(replace(block, text=foldable(block.text)))
    if isinstance(block, Photos):
        return {
            "places": [{"caption": place.caption, "picture": _svg(place.picture)} for place in block.places]
        }
    return asdict(block)


def foldable(words: str, longest: int = _IN_A_CELL) -> str:
    """Words in which a number that is longer than its place may go on in the next line.

    Args:
        words: The words.
        longest: How many letters and digits in a row fit.
    """

    def fold(run: re.Match[str]) -> str:
        text = run[0]
        if len(text) <= longest:
            return text
        return _MAY_BREAK.join(
            text[first : first + longest // 2] for first in range(0, len(text), longest // 2)
        )

    return _RUN.sub(fold, words)


def _svg(picture: bytes | None) -> str | None:
    """A JPEG in a wrapping of text, which is all that the template's data can hold."""
    if picture is None:
        return None
    from PIL import Image

    width, height = Image.open(io.BytesIO(picture)).size
    encoded = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}"'
        f' height="{height}"><image width="{width}" height="{height}"'
        f' xlink:href="data:image/jpeg;base64,{encoded}"/></svg>'
    )
