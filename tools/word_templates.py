"""`python -m tools.word_templates FOLDER`: makes the Word templates of the office's papers.

The page is GB/T 9704's: A4, type area 156 × 225 mm, titles in 小标宋 二号, text in 仿宋 三号, page numbers
as — 1 — on the outer side. A county changes the template in WPS, and not here.
"""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from zjf.documents.papers.paper import LISTING_COLUMNS
from zjf.render.docx.reproducible import repack_reproducibly

TITLE_FACE, BODY_FACE, KAI_FACE = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEAD_FACE, PAGE_FACE = "黑体", "宋体"
_INSTEAD = {TITLE_FACE: "华文中宋", BODY_FACE: "仿宋", KAI_FACE: "楷体"}
"""What Word takes on a machine that has only what Windows brings."""

_TWO, _THREE, _FOUR, _SMALL_FOUR = Pt(22), Pt(16), Pt(14), Pt(12)  # 二号, 三号, 四号, 小四
_PITCH, _TABLE_PITCH, _TITLE_PITCH = Pt(28), Pt(20), Pt(36)

_Put = Callable[[str, str], Paragraph]
"""Adds a paragraph with a text and a style."""

# What a template calls a table: its columns, their headings and widths in mm.
TABLES: Mapping[str, Mapping[str, tuple[str, float]]] = {
    "ranking": {
        "unit": ("填报单位", 42),
        "appraisal_rate": ("鉴定率", 23),
        "appraisal_rate_rank": ("排名", 15),
        "rectification_rate": ("整治率", 23),
        "rectification_rate_rank": ("排名", 15),
        "closure_rate": ("销号率", 23),
        "closure_rate_rank": ("排名", 15),
    },
    "conduct": {
        "unit": ("填报单位", 46),
        "due": ("应报（次）", 26),
        "on_time": ("按时", 21),
        "late": ("迟报", 21),
        "sent_back": ("退回", 21),
        "missing": ("未报", 21),
    },
}


def make(name: str) -> bytes:
    """A template as a .docx, the same bytes every time.

    Args:
        name: One of `MAKERS`.
    """
    paper = docx.Document()
    _set_page(paper)
    _add_styles(paper)
    _name_substitutes(paper)
    paper.core_properties.title = "{{ letter.title }}"
    paper.core_properties.author = "{{ letter.office }}"
    MAKERS[name](paper, paper.add_paragraph)
    made = io.BytesIO()
    paper.save(made)
    return repack_reproducibly(made.getvalue())


def _write_briefing(paper: Document, put: _Put) -> None:
    put("{{ letter.title }}", "公文标题")
    put("{{ letter.subtitle }}", "公文副题")
    put("{%p if letter.addressee %}", "控制")
    put("{{ letter.addressee }}：", "主送机关")
    put("{%p endif %}", "控制")
    put("{%p for section in letter.sections %}", "控制")
    put("{{ section.heading }}", "一级标题")
    put("{%p for paragraph in section.paragraphs %}", "控制")
    put("{%p if loop.last and section == letter.sections[-1] %}", "控制")
    _put_sentences(put("", "公文末段"))
    put("{%p else %}", "控制")
    _put_sentences(put("", "公文正文"))
    put("{%p endif %}", "控制")
    put("{%p endfor %}", "控制")
    for name, columns in TABLES.items():
        put(f"{{%p if section.table and section.table.name == '{name}' %}}", "控制")
        put("{{ section.table.caption }}", "表题")
        _add_table(paper, columns)
        put("{{ section.table.note }}", "表注")
        put("{%p endif %}", "控制")
    put("{%p endfor %}", "控制")
    put("{%p if letter.closing %}", "控制")
    put("{{ letter.closing }}", "公文末段")
    put("{%p endif %}", "控制")
    put("{{ letter.office }}", "署名")
    put("{{ letter.day }}", "成文日期")


def _write_cover(_: Document, put: _Put) -> None:
    put("{{ letter.title }}", "公文标题")
    put("", "主送机关")
    put("{{ letter.addressee }}：", "主送机关")
    put("{%p for paragraph in letter.paragraphs %}", "控制")
    put("{{ paragraph }}", "公文正文")
    put("{%p endfor %}", "控制")
    put("", "附件说明")
    put("{%p for annex in letter.annexes %}", "控制")
    put("{% if loop.first %}附件：{% else %}　　　{% endif %}{{ loop.index }}. {{ annex }}", "附件说明")
    put("{%p endfor %}", "控制")
    put("{{ letter.office }}", "署名")
    put("{{ letter.day }}", "成文日期")
    put("（联系人：　　　　　联系电话：　　　　　　　）", "公文正文")


def _write_house_papers(paper: Document, put: _Put) -> None:
    """Papers about houses, one behind the other (`zjf.documents.papers`)."""
    paper.core_properties.title, paper.core_properties.author = "{{ papers[0].title }}", "{{ office }}"
    _add_paper_styles(paper)
    section = paper.sections[0]
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(18), Mm(18), Mm(10)
    section.left_margin = section.right_margin = Mm(22)
    put("{%p for paper in papers %}", "控制")
    put("{%p if loop.first %}", "控制")
    put("{{ paper.title }}", "文书标题")
    put("{%p else %}", "控制")
    put("{{ paper.title }}", "文书标题（另起页）")
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
    titled = {"stays": True, "align": ALIGN.CENTER}
    _style(paper, "文书标题", TITLE_FACE, Pt(20), Pt(30), **titled)
    _style(
        paper, "文书标题（另起页）", TITLE_FACE, Pt(20), Pt(30), **titled
    ).paragraph_format.page_break_before = True
    _style(paper, "文书编号", BODY_FACE, _SMALL_FOUR, Pt(22), **titled)
    _style(paper, "文书正文", BODY_FACE, _FOUR, Pt(24), ALIGN.JUSTIFY, indented=True)
    _style(paper, "文书称谓", BODY_FACE, _FOUR, Pt(24))
    _style(paper, "文书说明", BODY_FACE, Pt(11), Pt(18))
    _style(paper, "文书小标题", HEAD_FACE, Pt(13), Pt(24), stays=True)
    _style(paper, "文书签字", BODY_FACE, _SMALL_FOUR, Pt(28)).paragraph_format.tab_stops.add_tab_stop(Mm(83))
    _style(paper, "文书落款", BODY_FACE, _FOUR, Pt(24), ALIGN.RIGHT, stays=True)
    _style(paper, "文书裁线", BODY_FACE, Pt(9), Pt(24), ALIGN.CENTER, stays=True)
    _style(paper, "文书注", BODY_FACE, Pt(9), Pt(16))
    for name, face in (("文书格标", HEAD_FACE), ("文书格文", BODY_FACE)):
        cell = _style(paper, name, face, Pt(11), Pt(15), ALIGN.CENTER if face == HEAD_FACE else ALIGN.LEFT)
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1.5)


def _write_prose(_: Document, put: _Put) -> None:
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


def _write_grid(paper: Document, put: _Put) -> None:
    table = _ruled(paper, rows=6, widths=(27, 56, 27, 56))
    for row, text in ((0, "for line in block.lines"), (1, "if line|length == 1"), (3, "else"), (5, "endif")):
        _fill(table, row, 0, f"{{%tr {text} %}}", "文书格文")
    for place, style in enumerate(("文书格标", "文书格文", "文书格标", "文书格文")):
        text = f"{{{{ line[{place // 2}].{'value' if place % 2 else 'label'} }}}}"
        _fill(table, 4, place, text, style)
        if place < 2:
            _fill(table, 2, place, text, style)
    table.cell(2, 1).merge(table.cell(2, 3))
    _fill(table, 6, 0, "{%tr endfor %}", "文书格文")


def _write_listing(paper: Document, put: _Put) -> None:
    table = _ruled(paper, rows=3, widths=(56, 56, 56))
    for row, source, style in ((0, "block.heads", "文书格标"), (2, "row", "文书格文")):
        _fill(table, row, 0, f"{{%tc for cell in {source} %}}", style)
        _fill(table, row, 1, "{% colspan block.spans[loop.index0] %}{{ cell }}", style)
        _fill(table, row, 2, "{%tc endfor %}", style)
    _fill(table, 1, 0, "{%tr for row in block.rows %}", "文书格文")
    _fill(table, 3, 0, "{%tr endfor %}", "文书格文")
    _mark_row(table.rows[0], "w:tblHeader")
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


def _write_photos(paper: Document, put: _Put) -> None:
    table = _ruled(paper, rows=1, widths=(56, 56, 56))
    shown = _style(paper, "文书照片", BODY_FACE, Pt(11), Pt(15), ALIGN.CENTER)
    shown.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # a fixed pitch would cut a picture
    for row, text in ((0, "place.picture or '\\n\\n（贴照片处）\\n\\n'"), (1, "place.caption")):
        _fill(table, row, 0, "{%tc for place in block.places %}", "文书照片")
        _fill(table, row, 1, f"{{% colspan {LISTING_COLUMNS // 2} %}}{{{{ {text} }}}}", "文书照片")
        _fill(table, row, 2, "{%tc endfor %}", "文书照片")
    _set_grid(table, LISTING_COLUMNS, 166)


def _ruled(paper: Document, rows: int, widths: tuple[float, ...]) -> Table:
    table = paper.add_table(rows=rows + 1, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
    return table


def _write_signatures(_: Document, put: _Put) -> None:
    put("{%p for pair in block.lines|batch(2) %}", "控制")
    put("{{ pair|join('\\t') }}", "文书签字")
    put("{%p endfor %}", "控制")


def _write_closing(_: Document, put: _Put) -> None:
    put("{{ block.office }}", "文书落款")
    put("{{ block.day }}", "文书落款")


_BLOCKS: Mapping[str, Callable[[Document, _Put], None]] = {
    "prose": _write_prose,
    "head": lambda _, put: put("{{ block.text }}", "文书小标题") and None,
    "grid": _write_grid,
    "listing": _write_listing,
    "signatures": _write_signatures,
    "closing": _write_closing,
    "photos": _write_photos,
    "strip": lambda _, put: (
        put("- - - - - - - - - - - - {{ block.text }} - - - - - - - - - - - -", "文书裁线") and None
    ),
}
"""How each kind of block stands in the template of house papers."""

MAKERS: Mapping[str, Callable[[Document, _Put], None]] = {
    "briefing.docx": _write_briefing,
    "cover.docx": _write_cover,
    "house-papers.docx": _write_house_papers,
}
"""What writes each template."""


def _put_sentences(paragraph: Paragraph) -> None:
    paragraph.add_run("{% if paragraph.lead %}{{ paragraph.lead }}。{% endif %}", "二级标题")
    paragraph.add_run("{{ paragraph.text }}")


def _set_page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)  # so that the number stands 7 mm below the type area
    paper.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer, ALIGN.RIGHT)
    _number_pages(section.even_page_footer, ALIGN.LEFT)


def _number_pages(footer: _Footer, side: ALIGN) -> None:
    line = footer.paragraphs[0]
    line.style.font.size = _FOUR
    line.alignment = side
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = _FOUR
    for piece in ("— ", "PAGE", " —"):
        run = line.add_run("" if piece == "PAGE" else piece)
        _set_face(run._element.get_or_add_rPr(), PAGE_FACE)
        run.font.size = _FOUR
        if piece == "PAGE":
            for kind in ("begin", None, "end"):
                run._element.append(_instruction(piece) if kind is None else _mark(kind))


def _mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _instruction(text: str) -> BaseOxmlElement:
    instruction = OxmlElement("w:instrText")
    instruction.text = text
    return instruction


def _add_styles(paper: Document) -> None:
    normal = paper.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _dress(normal, BODY_FACE, _THREE, _PITCH)
    _style(paper, "公文标题", TITLE_FACE, _TWO, _TITLE_PITCH, ALIGN.CENTER, stays=True)
    _style(paper, "公文副题", KAI_FACE, _THREE, _PITCH, ALIGN.CENTER).paragraph_format.space_after = _PITCH
    _style(paper, "主送机关", BODY_FACE, _THREE, _PITCH)
    _style(paper, "公文正文", BODY_FACE, _THREE, _PITCH, ALIGN.JUSTIFY, indented=True)
    # The signature never stands alone on a page: the last paragraph goes with it.
    _style(paper, "公文末段", BODY_FACE, _THREE, _PITCH, ALIGN.JUSTIFY, indented=True, stays=True)
    annexes = _style(paper, "附件说明", BODY_FACE, _THREE, _PITCH, stays=True).paragraph_format
    annexes.left_indent, annexes.first_line_indent = round(_THREE * 6.25), round(_THREE * -4.25)
    _style(paper, "一级标题", HEAD_FACE, _THREE, _PITCH, indented=True, stays=True)
    _style(paper, "表题", HEAD_FACE, _FOUR, _PITCH, ALIGN.CENTER, stays=True)
    _style(paper, "表头", HEAD_FACE, _SMALL_FOUR, _TABLE_PITCH, ALIGN.CENTER)
    _style(paper, "表文", BODY_FACE, _SMALL_FOUR, _TABLE_PITCH, ALIGN.CENTER)
    _style(paper, "表注", BODY_FACE, _SMALL_FOUR, _TABLE_PITCH)
    _style(paper, "控制", BODY_FACE, _SMALL_FOUR, _TABLE_PITCH)
    signed = _style(paper, "署名", BODY_FACE, _THREE, _PITCH, ALIGN.RIGHT, stays=True)
    signed.paragraph_format.space_before = _PITCH
    signed.paragraph_format.right_indent = _THREE * 2
    dated = _style(paper, "成文日期", BODY_FACE, _THREE, _PITCH, ALIGN.RIGHT)
    dated.paragraph_format.right_indent = _THREE * 4
    lead = paper.styles.add_style("二级标题", WD_STYLE_TYPE.CHARACTER)
    _set_face(lead.element.get_or_add_rPr(), KAI_FACE)


def _style(
    paper: Document,
    name: str,
    face: str,
    size: Pt,
    pitch: Pt,
    align: ALIGN = ALIGN.LEFT,
    *,
    indented: bool = False,
    stays: bool = False,
) -> ParagraphStyle:
    """A style that a county finds by its Chinese name in WPS.

    Args:
        paper: The document.
        name: The style's name.
        face: Its typeface.
        size: Its size.
        pitch: From line to line.
        align: To which side.
        indented: Two letters at the beginning of a paragraph.
        stays: On the page of what follows.
    """
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = paper.styles["Normal"]
    _dress(style, face, size, pitch)
    style.paragraph_format.alignment = align
    style.paragraph_format.keep_with_next = stays
    if indented:
        style.paragraph_format.first_line_indent = size * 2
        # Counted in letters it stays two letters wide, whatever size the county sets.
        style.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    return style


def _dress(style: ParagraphStyle, face: str, size: Pt, pitch: Pt) -> None:
    style.font.size = size
    _set_face(style.element.get_or_add_rPr(), face)
    look = style.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    look.widow_control = False  # lines are counted, as the standard has it: 22 a page


def _set_face(properties: CT_RPr, face: str) -> None:
    faces = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{script}"), face)


def _name_substitutes(paper: Document) -> None:
    table = next(part for part in paper.part.package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    fonts = parse_xml(table.blob)
    for name, instead in _INSTEAD.items():
        font, other = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), name)
        other.set(qn("w:val"), instead)
        font.append(other)
        fonts.append(font)
    table._blob = serialize_part_xml(fonts)


def _add_table(paper: Document, columns: Mapping[str, tuple[str, float]]) -> None:
    table = paper.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    head, loop, body, end = table.rows
    for place, (name, (heading, width)) in enumerate(columns.items()):
        _fill(table, 0, place, heading, "表头")
        _fill(table, 2, place, f"{{{{ row.{name} }}}}", "表文")
        table.columns[place].width = Mm(width)
    _fill(table, 1, 0, "{%tr for row in section.table.texts() %}", "表文")
    _fill(table, 3, 0, "{%tr endfor %}", "表文")
    _mark_row(head, "w:tblHeader")  # stands on every page that the table reaches
    for row in (head, loop, body, end):
        _mark_row(row, "w:cantSplit")


def _fill(table: Table, row: int, column: int, text: str, style: str) -> None:
    paragraph = table.cell(row, column).paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)


def _mark_row(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


if __name__ == "__main__":
    for name in MAKERS:
        (Path(sys.argv[1]) / name).write_bytes(make(name))
