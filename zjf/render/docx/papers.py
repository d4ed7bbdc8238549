"""Papers about houses in Word, filled into a template that a county may restyle in WPS."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from zjf.documents.papers.blocks import Block, Entry, Grid, Photos
from zjf.documents.papers.paper import Paper
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.render.docx.letter import word
from zjf.render.docx.reproducible import repack_reproducibly

TEMPLATE = Path("letter") / "house-papers.docx"
_SIGNED = frozenset({"文书签字", "文书落款"})
"""The styles of the template in which the lines to be signed stand."""
_TOGETHER = 100
"""Papers filled in one run: memory stays flat however many there are."""

_DOCUMENT = "word/document.xml"
_BODY = re.compile(rb"<w:body>(.*?)(<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>)</w:body>", re.DOTALL)
_LINE_MM = 6
_PICTURE_MM = 74


def write_papers(path: Path, papers: Sequence[Paper], template: Path, *, office: str) -> None:
    """Writes papers one behind the other, each from a page of its own.

    Args:
        path: The .docx to write.
        papers: The papers, one at least.
        template: Their template, which a county may have changed.
        office: Whose document it is.

    Raises:
        CannotDoError: Word's files cannot be made here, the template does not fit, or the file cannot be
            written.
    """
    # Pictures are parts of the package: papers that hold some are filled in one run.
    together = len(papers) if any(map(_has_picture, papers)) else _TOGETHER
    parts = [
        _filled(papers[first : first + together], template, office)
        for first in range(0, len(papers), together)
    ]
    with replacing(path) as temporary:
        temporary.write_bytes(repack_reproducibly(parts[0] if len(parts) == 1 else _joined(parts)))


def _filled(papers: Sequence[Paper], template: Path, office: str) -> bytes:
    filler = word()
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        document = filler(io.BytesIO(template.read_bytes()))
        shown = [replace(paper, blocks=tuple(_blocks(document, paper))) for paper in papers]
        document.render({"papers": shown, "office": office}, environment)
        _keep_with_what_is_signed(document)
    except (TemplateError, zipfile.BadZipFile, KeyError, ValueError) as wrong:
        raise CannotDoError(
            f"模板 {template} 用不了（{wrong}）", "请改回模板，或删去它以使用自带的。"
        ) from wrong
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _keep_with_what_is_signed(document: Any) -> None:
    """Lines to be signed do not stand alone on a page: the paragraph before them goes with them."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    signed = {style.style_id for style in document.styles if style.name in _SIGNED}
    before = None
    for element in document.element.body:
        if element.tag == qn("w:p"):
            if before is not None and element.style in signed and before.style not in signed:
                Paragraph(before, document).paragraph_format.keep_with_next = True
            before = element
        else:
            before = None


def _joined(parts: Sequence[bytes]) -> bytes:
    """The first package with the text of all of them."""
    bodies = []
    for part in parts:
        with zipfile.ZipFile(io.BytesIO(part)) as package:
            text = package.read(_DOCUMENT)
        found = _BODY.search(text)
        assert found  # python-docx writes every body so
        bodies.append(found.group(1))
        last, start, end = text, found.start(1), found.end(1)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parts[0])) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _DOCUMENT:
                content = b"".join((last[:start], *bodies, last[end:]))
            target.writestr(name, content)
    return made.getvalue()


def _has_picture(paper: Paper) -> bool:
    photos = (block for block in paper.blocks if isinstance(block, Photos))
    return any(place.picture for block in photos for place in block.places)


def _blocks(document: Any, paper: Paper) -> Iterator[Block]:
    """The blocks as the template wants them: room for the pen as empty lines, pictures as Word's own."""
    for block in paper.blocks:
        if isinstance(block, Grid):
            yield Grid(tuple(_roomy(entry) for entry in block.entries))
        elif isinstance(block, Photos):
            yield _with_pictures(document, block)
        else:
            yield block


def _roomy(entry: Entry) -> Entry:
    lacking = entry.height // _LINE_MM - entry.value.count("\n") - 1
    return replace(entry, value=entry.value + "\n" * max(0, lacking))


def _with_pictures(document: Any, photos: Photos) -> Photos:
    from docx.shared import Mm
    from docxtpl import InlineImage

    places = (
        replace(place, picture=InlineImage(document, io.BytesIO(place.picture), width=Mm(_PICTURE_MM)))
        if place.picture
        else place
        for place in photos.places
    )
    return Photos(tuple(places))
