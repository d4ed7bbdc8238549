"""A paper of prose in Word, filled into a template that a county may restyle in WPS."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zjf.documents.sections import CoverLetter, Letter, Table
from zjf.extras import optional
from zjf.files import replacing
from zjf.render.docx.reproducible import repack_reproducibly
from zjf.render.templates import environment, template_errors

TEMPLATE = Path("letter") / "briefing.docx"
COVER_TEMPLATE = Path("letter") / "cover.docx"
_PICTURE_MM = 72  # two side by side
_TYPE_AREA_MM = 156
_MOST_IN_FULL_TYPE, _SMALL_POINTS = 8, 9


def word() -> Any:
    """What fills Word templates.

    Raises:
        CannotDoError: It is not installed.
    """
    return optional("docxtpl", extra="letter").DocxTemplate


def write_letter(
    path: Path, letter: Letter | CoverLetter, template: Path, pictures: Sequence[bytes] = ()
) -> None:
    """Writes a paper as .docx.

    Args:
        path: The .docx to write.
        letter: The paper.
        template: Its template, which a county may have changed.
        pictures: Charts as PNG, which stand on a page of their own at the end.

    Raises:
        CannotDoError: Word's files cannot be made here, the template does not fit, or the file cannot be
            written.
    """
    filler = word()
    with template_errors(template, zipfile.BadZipFile, KeyError, ValueError):
        paper = filler(io.BytesIO(template.read_bytes()))
        paper.render({"letter": letter}, environment(escape=True))
        if isinstance(letter, Letter):
            _fit_tables(paper, [section.table for section in letter.sections if section.table])
        _append(paper, pictures)
    made = io.BytesIO()
    paper.save(made)
    with replacing(path) as temporary:
        temporary.write_bytes(repack_reproducibly(made.getvalue()))


def _fit_tables(paper: Any, tables: Sequence[Table]) -> None:
    """Gives each table the width of the type area, shared out as its columns ask.

    A table of many columns is set in smaller type; one that a county's template has otherwise stays so.
    """
    from docx.shared import Mm, Pt

    for drawn, table in zip(paper.docx.tables, tables, strict=False):
        columns = list(table.columns.values())
        if any(len(row.cells) != len(columns) for row in drawn.rows):
            continue
        drawn.autofit = False
        whole = sum(column.width for column in columns)
        widths = [Mm(_TYPE_AREA_MM * column.width / whole) for column in columns]
        grid = drawn._tbl.tblGrid
        for column in list(grid):
            grid.remove(column)
        for width in widths:
            grid.add_gridCol().w = width
        for row in drawn.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
                if len(columns) > _MOST_IN_FULL_TYPE:
                    for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                        run.font.size = Pt(_SMALL_POINTS)


def _append(paper: Any, pictures: Sequence[bytes]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm

    if not pictures:
        return
    # A page break of its own would leave an empty page where the text ends with one.
    heading = paper.docx.add_paragraph("进展情况图")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.space_after = Mm(4)
    table = paper.docx.add_table(rows=-(-len(pictures) // 2), cols=2)
    cells = (cell for row in table.rows for cell in row.cells)
    for cell, each in zip(cells, pictures, strict=False):
        (paragraph,) = cell.paragraphs
        # The office's fixed line pitch would cut a picture down to one line.
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.add_run().add_picture(io.BytesIO(each), width=Mm(_PICTURE_MM))
