"""Papers about houses as PDF: one file for each house, or one file of all to be printed at once."""

import base64
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from zjf.documents.papers.blocks import Block, Grid, Listing, Photos, Prose
from zjf.documents.papers.paper import Paper
from zjf.extras import optional
from zjf.files import replacing
from zjf.render.pdf.press import Imprint, Press
from zjf.render.templates import require_blocks, template_errors

TEMPLATE = "house-paper"
_LONGEST_IN_CELL, _LONGEST_IN_COLUMN = 18, 12
"""How many letters and digits fit into one line of a grid's cell, and of a listing's column."""

_RUN = re.compile(r"[0-9A-Za-z]+")
_BREAK_POINT = "\u200b"
_PAPERS_AT_ONCE = 25
"""How many papers are set at once: so the memory needed does not grow with their number."""


def write_papers(path: Path, papers: Sequence[Paper], press: Press, imprint: Imprint) -> None:
    """Writes papers one after the other, each beginning on a new page.

    Raises:
        CannotDoError: The file cannot be written, or a county's own template does not fit.
    """
    source = press.source_of(TEMPLATE)
    with template_errors(source):
        require_blocks(source, source.read_text("utf-8"), papers)
    batches = (papers[start : start + _PAPERS_AT_ONCE] for start in range(0, len(papers), _PAPERS_AT_ONCE))
    parts = (
        press.set(TEMPLATE, {"title": papers[0].title, "papers": list(map(_paper, batch))}, imprint)
        for batch in batches
    )
    with replacing(path) as temporary:
        if len(papers) <= _PAPERS_AT_ONCE:
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
        "on_wall": paper.on_wall,
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
        rows = [[foldable(cell, _LONGEST_IN_COLUMN) for cell in row] for row in block.rows]
        return {**asdict(replace(block, rows=())), "rows": rows, "centred": block.centred}
    if isinstance(block, Prose):
        return asdict(replace(block, text=foldable(block.text)))
    if isinstance(block, Photos):
        return {
            "places": [{"caption": place.caption, "picture": _svg(place.picture)} for place in block.places]
        }
    return asdict(block)


def foldable(words: str, longest: int = _LONGEST_IN_CELL) -> str:
    """Returns words in which long numbers may be broken over two lines."""

    def fold(run: re.Match[str]) -> str:
        text = run[0]
        if len(text) <= longest:
            return text
        return _BREAK_POINT.join(
            text[start : start + longest // 2] for start in range(0, len(text), longest // 2)
        )

    return _RUN.sub(fold, words)


def _svg(picture: bytes | None) -> str | None:
    """Returns a JPEG as an SVG, since the template's data can only have text."""
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
