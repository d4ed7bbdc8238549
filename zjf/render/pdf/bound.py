"""Several PDFs as one, with a list of contents in front: ready for the printer."""

import io
from collections.abc import Sequence
from pathlib import Path

from zjf.documents.title_lines import WHOLE_WORDS
from zjf.extras import optional
from zjf.files import replacing
from zjf.render.pdf.press import Imprint, Press

TEMPLATE = "contents"


def write_bound(
    path: Path,
    title: str,
    subtitle: str,
    parts: Sequence[tuple[str, Path]],
    press: Press,
    imprint: Imprint,
) -> None:
    """Binds PDFs into one: the contents with page numbers, then each part, with bookmarks.

    Raises:
        CannotDoError: The file cannot be written, or the package that binds PDFs is not installed.
    """
    pypdf = optional("pypdf", extra="pdf")
    page_counts = [len(pypdf.PdfReader(part).pages) for _, part in parts]
    front = {"title": title, "whole_words": WHOLE_WORDS, "subtitle": subtitle}

    def contents(contents_length: int) -> bytes:
        starts = [1 + contents_length + sum(page_counts[:position]) for position in range(len(page_counts))]
        entries = [{"title": name, "page": start} for (name, _), start in zip(parts, starts, strict=True)]
        return press.set(TEMPLATE, {**front, "entries": entries}, imprint)

    contents_pdf = contents(1)
    if (contents_pages := len(pypdf.PdfReader(io.BytesIO(contents_pdf)).pages)) > 1:
        contents_pdf = contents(contents_pages)
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(contents_pdf), import_outline=False)
    for name, part in parts:
        writer.append(str(part), outline_item=name, import_outline=False)
    with replacing(path) as temporary:
        writer.write(temporary)
