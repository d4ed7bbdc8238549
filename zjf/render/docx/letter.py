"""A paper of prose in Word, filled into a template that a county may restyle in WPS."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from zjf.documents.sections import CoverLetter, Letter, LetterTable
from zjf.documents.title_lines import office_lines, title_lines
from zjf.extras import optional
from zjf.render.docx.reproducible import write_document
from zjf.render.templates import environment, template_errors

TEMPLATE = Path("letter") / "briefing.docx"
COVER_TEMPLATE = Path("letter") / "cover.docx"
_PICTURE_MM, _SMALL_PICTURE_MM, _PICTURES_HEIGHT_MM = 72, 56, 190
"""Pictures are put two side by side, and made smaller, within limits, where all of them then fit on one page."""
_TYPE_AREA_MM = 156
_MOST_IN_FULL_TYPE, _SMALL_POINTS = 8, 9
_MOST_IN_SMALL_TYPE, _SMALLEST_POINTS, _NARROW_MARGIN = 10, 8, 40
"""A ranking of four or five figures has nine or eleven columns: smaller type and margins (twentieths of a point) keep
100.00% and 无任务 whole."""
_LINE_HEIGHT = 1.5
"""The lines of smaller type, in its size: with those of full type, a long table would take half as many pages again."""
_ROWS_KEPT_TOGETHER, _SMALL_ROWS_KEPT_TOGETHER = 12, 20
"""A table of at most so many rows is not broken over two pages: it would leave half a page white if it were longer."""
_ROWS_LEFT_TOGETHER = 4
"""So many rows of a longer one stay together at least: below its caption, and on its last page."""


def word() -> Any:
    """Returns the class that fills Word templates.

    Raises:
        CannotDoError: Its package is not installed.
    """
    return optional("docxtpl", extra="letter").DocxTemplate


def write_letter(
    path: Path,
    letter: Letter | CoverLetter,
    template: Path,
    pictures: Sequence[bytes] = (),
    chart_key: str = "",
) -> None:
    """Writes a paper as .docx.

    Args:
        template: Its template, which a county may have changed.
        pictures: Charts as PNG, which are put on a page of their own at the end.
        chart_key: The meaning of their lines and colours.

    Raises:
        CannotDoError: Word's files cannot be made here, the template does not fit, or the file cannot be
            written.
    """
    template_class = word()
    with template_errors(template, zipfile.BadZipFile, KeyError, ValueError):
        paper = template_class(io.BytesIO(template.read_bytes()))
        in_lines = replace(
            letter,
            title="\n".join(title_lines(letter.title)),
            office="\n".join(office_lines(letter.office)),
        )
        paper.render({"letter": in_lines}, environment(escape=True))
        if isinstance(letter, Letter):
            _fit_tables(paper, [section.table for section in letter.sections if section.table])
            if letter.sections and letter.sections[-1].table:
                _keep_signature(paper.docx)
        _append_pictures(paper, pictures, chart_key)
    write_document(path, paper)


def _fit_tables(paper: Any, tables: Sequence[LetterTable]) -> None:
    """Gives each table the width of the type area, divided in proportion to its columns' widths.

    A table of many columns is set in smaller type. A table with other columns, by a county's template, is left
    as it is.
    """
    from docx.shared import Mm

    for word_table, table in zip(paper.docx.tables, tables, strict=False):
        columns = list(table.columns.values())
        if any(len(row.cells) != len(columns) for row in word_table.rows):
            continue
        total_width = sum(column.width for column in columns)
        _set_widths(word_table, [Mm(_TYPE_AREA_MM * column.width / total_width) for column in columns])
        _reduce_type(word_table, len(columns))
        _keep_rows_together(word_table, len(columns))


def _set_widths(word_table: Any, widths: Sequence[Any]) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    word_table.autofit = False
    grid = word_table._tbl.tblGrid
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.add_gridCol().w = width
    for row in word_table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _keep_rows_together(word_table: Any, columns: int) -> None:
    rows = list(word_table.rows)
    most = _SMALL_ROWS_KEPT_TOGETHER if columns > _MOST_IN_FULL_TYPE else _ROWS_KEPT_TOGETHER
    left = _ROWS_LEFT_TOGETHER
    for row in rows[:-1] if len(rows) <= most else (*rows[: left - 1], *rows[-left:-1]):
        keep_with_next(row)


def _keep_signature(document: Any) -> None:
    """Keeps the last rows of a table that ends a letter, and the remark below it, on the page of the signature."""
    from docx.text.paragraph import Paragraph

    table = document.tables[-1]
    keep_with_next(table.rows[-1])
    Paragraph(table._tbl.getnext(), document).paragraph_format.keep_with_next = True


def keep_with_next(row: Any) -> None:
    """Keeps a table's row on the page of what follows it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _reduce_type(word_table: Any, columns: int) -> None:
    """Sets a table of many columns in smaller type, with narrower margins."""
    from docx.shared import Pt

    if columns <= _MOST_IN_FULL_TYPE:
        return
    points = _SMALLEST_POINTS if columns > _MOST_IN_SMALL_TYPE else _SMALL_POINTS
    for paragraph in (
        paragraph for row in word_table.rows for cell in row.cells for paragraph in cell.paragraphs
    ):
        paragraph.paragraph_format.line_spacing = Pt(points * _LINE_HEIGHT)
        for run in paragraph.runs:
            run.font.size = Pt(points)
    narrow_cell_margins(word_table)


def narrow_cell_margins(word_table: Any) -> None:
    """Leaves less room at the sides of a table's cells, so that 100.00% stays on one line."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = "".join(f'<w:{side} w:w="{_NARROW_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    properties = word_table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    # The format prescribes the order of elements: tblLook comes last.
    properties.append(margins) if look is None else look.addprevious(margins)


def _append_pictures(paper: Any, pictures: Sequence[bytes], chart_key: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm, Pt

    if not pictures:
        return
    # A separate page break would leave an empty page where the text ends with one.
    heading = paper.docx.add_paragraph("进展情况图")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.space_after = Mm(4)
    if chart_key:
        key = paper.docx.add_paragraph()
        key.add_run(chart_key).font.size = Pt(_SMALL_POINTS)
        key.alignment = WD_ALIGN_PARAGRAPH.CENTER
        key.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    table = paper.docx.add_table(rows=-(-len(pictures) // 2), cols=2)
    width = Mm(_picture_width_mm(pictures))
    cells = (cell for row in table.rows for cell in row.cells)
    for cell, picture in zip(cells, pictures, strict=False):
        (paragraph,) = cell.paragraphs
        # The office's fixed line pitch would cut a picture down to one line.
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.add_run().add_picture(io.BytesIO(picture), width=width)


def _picture_width_mm(pictures: Sequence[bytes]) -> float:
    """Returns how wide pictures are that stand two side by side: the full width where one page cannot hold them all."""
    from docx.image.image import Image

    images = [Image.from_blob(picture) for picture in pictures]
    shapes = [image.px_height / image.px_width for image in images]
    rows_height = sum(max(shapes[start : start + 2]) for start in range(0, len(shapes), 2))
    width = min(_PICTURE_MM, _PICTURES_HEIGHT_MM / rows_height)
    return width if width >= _SMALL_PICTURE_MM else _PICTURE_MM
