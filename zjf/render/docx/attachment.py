"""An attachment in Word, in the styles of the county's letters."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from zjf.documents.attachment import DRAFT, Attachment
from zjf.documents.attachment_content import content_of
from zjf.documents.layout import ems
from zjf.documents.paper_sizes import A3
from zjf.render.docx.letter import keep_with_next, narrow_cell_margins, word
from zjf.render.docx.reproducible import write_document
from zjf.render.templates import template_errors

_A3_MM, _A4_MM = (297, 420), (210, 297)
_MARGIN_MM = 15
_MOST_COLUMNS_IN_BODY_TYPE = 12
_SMALL_POINTS, _BODY_POINTS = 10.5, 12
_AIR_POINTS = 3


def write_attachment_letter(path: Path, table: Attachment, template: Path) -> None:
    """Writes an attachment as .docx: landscape, its header repeated on every page.

    Args:
        template: The Word file whose styles are used (`zjf.render.docx.letter.TEMPLATE`); a county may have
            changed them.

    Raises:
        CannotDoError: Word's files cannot be made here, the template lacks a style, or the file cannot be
            written.
    """
    word()
    import docx

    content = content_of(table)
    with template_errors(template, zipfile.BadZipFile, KeyError, ValueError):
        paper = docx.Document(io.BytesIO(template.read_bytes()))
        _prepare_page(paper, table)
        _write(paper, table, content)
    write_document(path, paper)


def _prepare_page(paper: Any, table: Attachment) -> None:
    """Empties the document and sets its page: landscape, paper size, margins."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm

    body = paper.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    height, width = _A3_MM if table.paper is A3 else _A4_MM
    (section,) = paper.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    section.footer_distance = Mm(_MARGIN_MM // 2)


def _write(paper: Any, table: Attachment, content: dict[str, Any]) -> None:
    paper.core_properties.title, paper.core_properties.author = table.title, table.unit
    paper.core_properties.keywords = str(table.seal) if table.seal else ""
    paper.add_paragraph(content["number"] + (f"　【{DRAFT}】" if table.draft else ""), "表题").alignment = 0
    paper.add_paragraph(table.title, "公文标题")
    _spread(paper.add_paragraph("", "表注"), content["above"], table, to_the_edge=True)
    _add_table(paper, table, content)
    for remark in content["remarks"]:
        paper.add_paragraph(remark, "表注").paragraph_format.keep_with_next = True
    if content["signatures"]:
        signature_line = paper.add_paragraph("", "主送机关")
        _spread(signature_line, content["signatures"], table)
        signature_line.paragraph_format.space_before = signature_line.paragraph_format.line_spacing
        signature_line.paragraph_format.keep_with_next = True
    paper.add_paragraph(table.foot, "表注")


def _spread(paragraph: Any, texts: Sequence[str], table: Attachment, *, to_the_edge: bool = False) -> None:
    """Writes texts side by side over the width of the page, the last one at its right edge if asked for."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    room, ends = _type_area_width(table), list(accumulate(map(ems, texts)))
    for end in ends[:-1]:
        at_edge = to_the_edge and end == ends[-2]
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Mm(room if at_edge else room * end / ends[-1]),
            WD_TAB_ALIGNMENT.RIGHT if at_edge else WD_TAB_ALIGNMENT.LEFT,
        )
    paragraph.add_run("\t".join(texts))


def _type_area_width(table: Attachment) -> float:
    """Returns the width of the type area, in mm."""
    return float((_A3_MM if table.paper is A3 else _A4_MM)[1] - 2 * _MARGIN_MM)


def _add_table(paper: Any, table: Attachment, content: dict[str, Any]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    depth, rows = content["depth"], content["rows"]
    grid = paper.add_table(rows=depth + len(rows), cols=len(table.columns), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    page_width = _type_area_width(table)
    for column, column_width in zip(grid.columns, content["columns"], strict=True):
        column.width = Mm(page_width * column_width / sum(content["columns"]))
    cells = [list(row.cells) for row in grid.rows]
    is_wide = len(table.columns) > _MOST_COLUMNS_IN_BODY_TYPE
    if is_wide:
        narrow_cell_margins(grid)
    styles = {name: paper.styles[name].style_id for name in ("表头", "表文")}
    writer = _CellWriter(_SMALL_POINTS if is_wide else _BODY_POINTS, styles)
    for box in content["heads"]:
        bottom, right = box["y"] + box["rowspan"] - 1, box["x"] + box["colspan"] - 1
        writer.into(cells[box["y"]][box["x"]].merge(cells[bottom][right]), box["text"], "表头")
    for line, row in zip(cells[depth:], rows, strict=True):
        _fill_line(line, row, content["labels"], writer)
    for number, row in enumerate(grid.rows):
        _set_row_properties(row, header=number < depth)
        if number >= len(cells) - 2:  # the signatures never stand alone on a page
            keep_with_next(row)


def _fill_line(line: list[Any], row: dict[str, Any], labels: int, writer: "_CellWriter") -> None:
    if row["total"]:
        writer.into(
            line[0].merge(line[labels - 1]) if labels else line[0], row["names"][0], "表文", bold=True
        )
    else:
        for cell, name in zip(line, row["names"], strict=False):
            writer.into(cell, name, "表文")
    if row["absent"]:
        writer.into(line[labels].merge(line[-1]), row["absent"], "表文")
        return
    for cell, text in zip(line[labels:], row["texts"], strict=True):
        writer.into(cell, text, "表文", bold=row["total"])


@dataclass(frozen=True)
class _CellWriter:
    """Writes cells in a type size in which all columns fit side by side.

    Args:
        styles: The ids of the paragraph styles by name: looked up for each cell, they take longer than all the rest.
    """

    points: float
    styles: Mapping[str, str]

    def into(self, cell: Any, text: str, style: str, *, bold: bool = False) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Pt

        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        first, *others = cell.paragraphs  # a merged cell has the paragraphs of all cells merged into it
        for paragraph in others:
            paragraph._element.getparent().remove(paragraph._element)
        first._p.style = self.styles[style]
        look = first.paragraph_format
        look.line_spacing_rule = WD_LINE_SPACING.SINGLE
        look.space_before = look.space_after = Pt(_AIR_POINTS)
        run = first.add_run(text)
        run.font.size, run.bold = Pt(self.points), bold or None


def _set_row_properties(row: Any, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if header else [])):
        properties.append(OxmlElement(name))
