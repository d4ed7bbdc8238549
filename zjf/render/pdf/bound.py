"""Several PDFs as one, with a list of contents in front: ready for the printer."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zjf.extras import optional
from zjf.files import replacing
from zjf.render.pdf.attachment import Press

TEMPLATE = "contents"


def write_bound(
    path: Path,
    title: str,
    subtitle: str,
    parts: Sequence[tuple[str, Path]],
    press: Press,
    *,
    author: str,
    made: date,
) -> None:
    """Binds PDFs into one: the contents with page numbers, then each part, with bookmarks.

    Args:
        path: The .pdf to write.
        title: What stands above the contents.
        subtitle: Of when.
        parts: What each part is called, and its PDF.
        press: What sets the contents.
        author: Whose document it is.
        made: The day that the document bears.

    Raises:
        CannotDoError: The file cannot be written, or what binds PDFs is not installed.
    """
    pypdf = optional("pypdf", extra="pdf")
    pages = [len(pypdf.PdfReader(part).pages) for _, part in parts]
    about = {
        "title": title,
        "subtitle": subtitle,
        "author": author,
        "date": (made.year, made.month, made.day),
    }

    def contents(own_pages: int) -> bytes:
        starts = [1 + own_pages + sum(pages[:at]) for at in range(len(pages))]
        entries = [{"title": name, "page": start} for (name, _), start in zip(parts, starts, strict=True)]
        return press.set(TEMPLATE, {**about, "entries": entries})

    front = contents(1)
    if (own := len(pypdf.PdfReader(io.BytesIO(front)).pages)) > 1:
        front = contents(own)
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(front), import_outline=False)
    for name, part in parts:
        writer.append(str(part), outline_item=name, import_outline=False)
    with replacing(path) as temporary:
        writer.write(temporary)
