"""Papers about houses in Word, filled into a template that a county may restyle in WPS."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from zjf.documents.papers.blocks import Block, Entry, Grid, Photos
from zjf.documents.papers.paper import Paper
from zjf.files import write_whole
from zjf.render.docx.letter import word
from zjf.render.docx.reproducible import repack_reproducibly
from zjf.render.templates import require_blocks, template_errors

TEMPLATE = Path("letter") / "house-papers.docx"
_SIGNATURE_STYLES = frozenset({"文书签字", "文书落款"})
"""The template's styles of the lines to be signed."""
_TITLE_STYLES = frozenset({"文书标题", "文书标题（另起页）", "文书标题（大字）", "文书标题（大字另起页）"})
"""The template's styles of a paper's title."""
_PAPERS_AT_ONCE = 100
"""How many papers are filled at once: so the memory needed does not grow with their number."""

_DOCUMENT = "word/document.xml"
_BODY = re.compile(rb"<w:body>(.*?)(<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>)</w:body>", re.DOTALL)
_LINE_MM = 6
_PICTURE_MM = 74


def write_papers(path: Path, papers: Sequence[Paper], template: Path, *, office: str) -> None:
    """Writes papers one after the other, each beginning on a new page, its pages numbered from 1.

    Raises:
        CannotDoError: Word's files cannot be made here, the template does not fit, or the file cannot be
            written.
    """
    # Pictures are parts of the package, so papers with pictures have to be filled all at once.
    batch_size = len(papers) if any(map(_has_picture, papers)) else _PAPERS_AT_ONCE
    parts = [
        _fill(papers[start : start + batch_size], template, office)
        for start in range(0, len(papers), batch_size)
    ]
    write_whole(path, repack_reproducibly(parts[0] if len(parts) == 1 else _join(parts)))


def _fill(papers: Sequence[Paper], template: Path, office: str) -> bytes:
    template_class = word()
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    with template_errors(template, zipfile.BadZipFile, KeyError, ValueError):
        document = template_class(io.BytesIO(template.read_bytes()))
        word_papers = [replace(paper, blocks=tuple(_blocks(document, paper))) for paper in papers]
        document.init_docx()
        require_blocks(template, document.patch_xml(document.get_xml()), papers)
        document.render({"papers": word_papers, "office": office}, environment)
        _keep_with_signature_lines(document)
        if papers[0].on_wall:
            _leave_out_page_numbers(document)
        _number_pages_of_each(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _keep_with_signature_lines(document: Any) -> None:
    """Keeps the paragraph before the lines to be signed with them, so that they are not alone on a page."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    signed_styles = {style.style_id for style in document.styles if style.name in _SIGNATURE_STYLES}
    previous = None
    for element in document.element.body:
        if element.tag == qn("w:p"):
            if (
                previous is not None
                and element.style in signed_styles
                and previous.style not in signed_styles
            ):
                Paragraph(previous, document).paragraph_format.keep_with_next = True
            previous = element
        else:
            previous = None


def _leave_out_page_numbers(document: Any) -> None:
    """Leaves out the foot with the page's number: what hangs on a wall is one sheet."""
    from docx.oxml.ns import qn

    section = document.element.body.sectPr
    for foot in section.findall(qn("w:footerReference")):
        section.remove(foot)


def _number_pages_of_each(document: Any) -> None:
    """Makes each paper a section of its own, so that its pages are numbered from 1, in whatever file it stands."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    titles = {style.style_id for style in document.styles if style.name in _TITLE_STYLES}
    section = document.element.body.sectPr
    for numbering in section.findall(qn("w:pgNumType")):
        section.remove(numbering)
    numbering = OxmlElement("w:pgNumType", {qn("w:start"): "1"})
    # The format prescribes the order of elements: it stands before the columns.
    section.find(qn("w:cols")).addprevious(numbering)
    previous = None
    for paragraph in document.element.body.findall(qn("w:p")):
        if previous is not None and paragraph.style in titles:
            previous.get_or_add_pPr().append(deepcopy(section))
        previous = paragraph


def _join(parts: Sequence[bytes]) -> bytes:
    """Returns the first package with the text of all, the text of each ended as a section."""
    bodies = []
    for part in parts:
        with zipfile.ZipFile(io.BytesIO(part)) as package:
            text = package.read(_DOCUMENT)
        match = _BODY.search(text)
        assert match  # python-docx writes every body so
        body, section = match.groups()
        before, after = body[: body.rindex(b"</w:pPr>")], body[body.rindex(b"</w:pPr>") :]
        bodies.append(b"".join((before, section, after)))
        last_document, start, end = text, match.start(1), match.end(1)
    bodies[-1] = last_document[start:end]
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parts[0])) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _DOCUMENT:
                content = b"".join((last_document[:start], *bodies, last_document[end:]))
            target.writestr(name, content)
    return buffer.getvalue()


def _has_picture(paper: Paper) -> bool:
    photos = (block for block in paper.blocks if isinstance(block, Photos))
    return any(place.picture for block in photos for place in block.places)


def _blocks(document: Any, paper: Paper) -> Iterator[Block]:
    """Yields the blocks as the template needs them: writing room as empty lines, pictures as Word's objects."""
    for block in paper.blocks:
        if isinstance(block, Grid):
            yield replace(block, entries=tuple(map(_with_writing_room, block.entries)))
        elif isinstance(block, Photos):
            yield _with_pictures(document, block)
        else:
            yield block


def _with_writing_room(entry: Entry) -> Entry:
    missing_lines = ceil(entry.height / _LINE_MM) - entry.value.count("\n") - 1
    return replace(entry, value=entry.value + "\n" * max(0, missing_lines))


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
