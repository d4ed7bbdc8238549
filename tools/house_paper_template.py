"""The Word template of papers about houses: one block after another (`zjf.documents.papers`)."""

from collections.abc import Callable, Mapping

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from tools.word_styles import (
    BODY_FACE,
    FOUR,
    HEAD_FACE,
    SMALL_FOUR,
    TITLE_FACE,
    Put,
    add_style,
    fill,
    mark_row,
)
from zjf.documents.papers.blocks import LISTING_COLUMNS


def write_house_papers(paper: Document, put: Put) -> None:
    """Papers about houses, one behind the other (`zjf.documents.papers`)."""
    paper.core_properties.title, paper.core_properties.author = "{{ papers[0].title }}", "{{ office }}"
    _add_paper_styles(paper)
    section = paper.sections[0]
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(18), Mm(18), Mm(10)
    section.left_margin = section.right_margin = Mm(22)
    put("{%p for paper in papers %}", "控制")
    for word, wanted, style in (
        ("if", "paper.on_wall and loop.first", "文书标题（大字）"),
        ("elif", "paper.on_wall", "文书标题（大字另起页）"),
        ("elif", "loop.first", "文书标题"),
        ("elif", "True", "文书标题（另起页）"),
    ):
        put(f"{{%p {word} {wanted} %}}", "控制")
        put("{{ paper.title }}", style)
    put("{%p endif %}", "控制")
    put("{%p if paper.number %}", "控制")
    put("{{ paper.number }}", "文书编号")
    put("{%p endif %}", "控制")
    put("{%p for block in paper.blocks %}", "控制")
    for kind, write in _BLOCKS.items():
        put(f"{{%p if block.kind == '{kind}' %}}", "控制")
        write(paper, put)
        put("{%p endif %}", "控制")
    put("{%p endfor %}", "控制")
    put("{{ paper.foot }}", "文书注")
    put("{%p endfor %}", "控制")


def _add_paper_styles(paper: Document) -> None:
    for first, following, size, pitch in (
        ("文书标题", "文书标题（另起页）", Pt(20), Pt(30)),
        ("文书标题（大字）", "文书标题（大字另起页）", Pt(36), Pt(60)),
    ):
        add_style(paper, first, TITLE_FACE, size, pitch, ALIGN.CENTER, stays=True)
        title = add_style(paper, following, TITLE_FACE, size, pitch, ALIGN.CENTER, stays=True)
        title.paragraph_format.page_break_before = True
    add_style(paper, "文书编号", BODY_FACE, SMALL_FOUR, Pt(22), ALIGN.CENTER, stays=True)
    add_style(paper, "文书正文", BODY_FACE, FOUR, Pt(24), indented=True)
    add_style(paper, "文书称谓", BODY_FACE, FOUR, Pt(24))
    add_style(paper, "文书说明", BODY_FACE, Pt(11), Pt(18))
    add_style(paper, "文书小标题", HEAD_FACE, Pt(13), Pt(24), stays=True)
    signed = add_style(paper, "文书签字", BODY_FACE, SMALL_FOUR, Pt(28), stays=True)
    signed.paragraph_format.tab_stops.add_tab_stop(Mm(83))
    add_style(paper, "文书落款", BODY_FACE, FOUR, Pt(24), ALIGN.RIGHT, stays=True)
    add_style(paper, "文书裁线", BODY_FACE, Pt(9), Pt(24), ALIGN.CENTER, stays=True)
    add_style(paper, "文书注", BODY_FACE, Pt(9), Pt(16))
    for name, face, alignment in (
        ("文书格标", HEAD_FACE, ALIGN.CENTER),
        ("文书格文", BODY_FACE, ALIGN.LEFT),
        ("文书格文（居中）", BODY_FACE, ALIGN.CENTER),
    ):
        for suffix, size, pitch, space in (
            ("", Pt(11), Pt(15), Pt(1.5)),
            ("（大字）", Pt(22), Pt(30), Pt(16)),
        ):
            cell = add_style(paper, f"{name}{suffix}", face, size, pitch, alignment)
            cell.paragraph_format.space_before = cell.paragraph_format.space_after = space


def _write_prose(_: Document, put: Put) -> None:
    for condition, style in (("block.small", "文书说明"), ("block.indented", "文书正文"), ("", "文书称谓")):
        put(
            f"{{%p if {condition} %}}"
            if style == "文书说明"
            else f"{{%p elif {condition} %}}"
            if condition
            else "{%p else %}",
            "控制",
        )
        put("{{ block.text }}", style)
    put("{%p endif %}", "控制")


def _write_grid(paper: Document, put: Put) -> None:
    table = _ruled(paper, rows=6, widths=(31, 52, 31, 52))
    for row, text in ((0, "for line in block.lines"), (1, "if line|length == 1"), (3, "else"), (5, "endif")):
        fill(table, row, 0, f"{{%tr {text} %}}", "文书格文")
    for place, style in enumerate(("文书格标", "文书格文", "文书格标", "文书格文")):
        text = f"{{{{ line[{place // 2}].{'value' if place % 2 else 'label'} }}}}"
        fill(table, 4, place, text, style)
        if place < 2:
            fill(table, 2, place, text, style)
    table.cell(2, 1).merge(table.cell(2, 3))
    fill(table, 6, 0, "{%tr endfor %}", "文书格文")


def _write_board(paper: Document, put: Put) -> None:
    table = _ruled(paper, rows=2, widths=(50, 116))
    fill(table, 0, 0, "{%tr for line in block.lines %}", "文书格文")
    fill(table, 1, 0, "{{ line[0].label }}", "文书格标（大字）")
    fill(table, 1, 1, "{{ line[0].value }}", "文书格文（大字）")
    fill(table, 2, 0, "{%tr endfor %}", "文书格文")


def _write_listing(paper: Document, put: Put) -> None:
    table = _ruled(paper, rows=3, widths=(24,) * 7)
    span = "{% colspan block.spans[loop.index0] %}{{ cell }}"
    heads = ("{%tc for cell in block.heads %}", span, "{%tc endfor %}")
    cells = ("{%tc for cell in row %}", "{%tc if block.centred[loop.index0] %}", span, "{%tc else %}", span)
    for row, texts in ((0, heads), (2, (*cells, "{%tc endif %}", "{%tc endfor %}"))):
        for place, text in enumerate(texts):
            style = "文书格标" if row == 0 else "文书格文（居中）" if place == 2 else "文书格文"
            fill(table, row, place, text, style)
    for unused in table.rows[0].cells[len(heads) :]:
        table.rows[0]._tr.remove(unused._tc)
    fill(table, 1, 0, "{%tr for row in block.rows %}", "文书格文")
    fill(table, 3, 0, "{%tr endfor %}", "文书格文")
    mark_row(table.rows[0], "w:tblHeader")
    _set_grid(table, LISTING_COLUMNS, 166)


def _set_grid(table: Table, columns: int, width: float) -> None:
    """A grid of so many narrow columns, of which each cell takes its share; `width` in mm."""
    grid = table._tbl.tblGrid
    for column in list(grid):
        grid.remove(column)
    for _ in range(columns):
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(round(Mm(width / columns).twips)))
        grid.append(column)
    for width_of_cell in table._tbl.xpath(".//w:tcW"):
        width_of_cell.set(qn("w:type"), "auto")
        width_of_cell.set(qn("w:w"), "0")


def _write_photos(paper: Document, put: Put) -> None:
    table = _ruled(paper, rows=1, widths=(56, 56, 56))
    shown = add_style(paper, "文书照片", BODY_FACE, Pt(11), Pt(15), ALIGN.CENTER)
    shown.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # a fixed pitch would cut a picture
    for row, text in ((0, "place.picture or '\\n\\n\\n（贴照片处）\\n\\n\\n'"), (1, "place.caption")):
        fill(table, row, 0, "{%tc for place in block.places %}", "文书照片")
        fill(table, row, 1, f"{{% colspan {LISTING_COLUMNS // 2} %}}{{{{ {text} }}}}", "文书照片")
        fill(table, row, 2, "{%tc endfor %}", "文书照片")
    _set_grid(table, LISTING_COLUMNS, 166)


def _ruled(paper: Document, rows: int, widths: tuple[float, ...]) -> Table:
    table: Table = paper.add_table(rows=rows + 1, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
    for row in table.rows:
        mark_row(row, "w:cantSplit")
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return table


def _write_signatures(_: Document, put: Put) -> None:
    put("{%p for pair in block.lines|batch(2) %}", "控制")
    put("{{ pair|join('\\t') }}", "文书签字")
    put("{%p endfor %}", "控制")


def _write_closing(_: Document, put: Put) -> None:
    put("{{ block.office }}", "文书落款")
    put("{{ block.day }}", "文书落款")


def _write_head(_: Document, put: Put) -> None:
    put("{{ block.text }}", "文书小标题")


def _write_strip(_: Document, put: Put) -> None:
    line = "- - - - - - - - - - - -"
    put(f"{line} {{{{ block.text }}}} {line}", "文书裁线")


_BLOCKS: Mapping[str, Callable[[Document, Put], None]] = {
    "prose": _write_prose,
    "head": _write_head,
    "grid": _write_grid,
    "board": _write_board,
    "listing": _write_listing,
    "signatures": _write_signatures,
    "closing": _write_closing,
    "photos": _write_photos,
    "strip": _write_strip,
}
"""How each kind of block stands in the template of house papers."""
