"""The page, styles and tables of the office's Word templates (GB/T 9704)."""

from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
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

TITLE_FACE, BODY_FACE, KAI_FACE = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEAD_FACE, PAGE_FACE = "黑体", "宋体"
_INSTEAD = {TITLE_FACE: "华文中宋", BODY_FACE: "仿宋", KAI_FACE: "楷体"}
"""What Word takes on a machine that has only what Windows brings."""

TWO, THREE, FOUR, SMALL_FOUR = Pt(22), Pt(16), Pt(14), Pt(12)  # 二号, 三号, 四号, 小四
PITCH, _TABLE_PITCH, _TITLE_PITCH = Pt(28), Pt(20), Pt(36)

_SAID_BY_WORD = frozenset({RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL})
"""What the library's own template brings along: a picture of another document, the program that wrote it."""

Put = Callable[[str, str], Paragraph]
"""Adds a paragraph with a text and a style."""


def empty_document() -> Document:
    """Returns an empty document that says nothing about the program that made it, or when."""
    paper = docx.Document()
    for relation in [*paper.part.package.rels.values()]:
        if relation.reltype in _SAID_BY_WORD:
            del paper.part.package.rels[relation.rId]
    said_of_it = paper.core_properties._element
    for element in list(said_of_it):
        said_of_it.remove(element)
    _set_chinese(paper)
    return paper


def _set_chinese(paper: Document) -> None:
    """Makes it a document of today's Word, whose lines are broken by the rules for Chinese."""
    settings = paper.settings.element
    for path, attribute, setting in (
        ("w:compat/w:compatSetting[@w:name='compatibilityMode']", "w:val", "15"),
        ("w:characterSpacingControl", "w:val", "compressPunctuation"),
        ("w:themeFontLang", "w:eastAsia", "zh-CN"),
    ):
        (element,) = settings.xpath(path)
        element.set(qn(attribute), setting)
    (language,) = paper.styles.element.xpath("w:docDefaults//w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")


def set_page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)  # so that the number stands 7 mm below the type area
    paper.settings.odd_and_even_pages_header_footer = True
    number_pages(section.footer, ALIGN.RIGHT)
    number_pages(section.even_page_footer, ALIGN.LEFT)


def number_pages(footer: _Footer, side: ALIGN) -> None:
    line = footer.paragraphs[0]
    line.style.font.size = FOUR
    line.alignment = side
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = FOUR
    for piece in ("— ", "PAGE", " —"):
        run = line.add_run("" if piece == "PAGE" else piece)
        set_face(run._element.get_or_add_rPr(), PAGE_FACE)
        run.font.size = FOUR
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


def add_styles(paper: Document) -> None:
    normal = paper.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    dress(normal, BODY_FACE, THREE, PITCH)
    add_style(paper, "公文标题", TITLE_FACE, TWO, _TITLE_PITCH, ALIGN.CENTER, stays=True)
    add_style(paper, "公文副题", KAI_FACE, THREE, PITCH, ALIGN.CENTER).paragraph_format.space_after = PITCH
    add_style(paper, "主送机关", BODY_FACE, THREE, PITCH)
    # Not justified: a line that ends before a figure such as 99.93%（5768/5772） would be stretched wide.
    add_style(paper, "公文正文", BODY_FACE, THREE, PITCH, indented=True)
    # The signature never stands alone on a page: the last paragraph goes with it.
    add_style(paper, "公文末段", BODY_FACE, THREE, PITCH, indented=True, stays=True)
    annexes = add_style(paper, "附件说明", BODY_FACE, THREE, PITCH, stays=True).paragraph_format
    annexes.left_indent, annexes.first_line_indent = round(THREE * 6.25), round(THREE * -4.25)
    add_style(paper, "一级标题", HEAD_FACE, THREE, PITCH, indented=True, stays=True)
    add_style(paper, "表题", HEAD_FACE, FOUR, PITCH, ALIGN.CENTER, stays=True)
    add_style(paper, "表头", HEAD_FACE, SMALL_FOUR, _TABLE_PITCH, ALIGN.CENTER)
    add_style(paper, "表文", BODY_FACE, SMALL_FOUR, _TABLE_PITCH, ALIGN.CENTER)
    add_style(paper, "表注", BODY_FACE, SMALL_FOUR, _TABLE_PITCH)
    add_style(paper, "控制", BODY_FACE, SMALL_FOUR, _TABLE_PITCH)
    signed = add_style(paper, "署名", BODY_FACE, THREE, PITCH, ALIGN.RIGHT, stays=True)
    signed.paragraph_format.space_before = PITCH
    signed.paragraph_format.right_indent = THREE * 2
    dated = add_style(paper, "成文日期", BODY_FACE, THREE, PITCH, ALIGN.RIGHT)
    dated.paragraph_format.right_indent = THREE * 4
    lead = paper.styles.add_style("二级标题", WD_STYLE_TYPE.CHARACTER)
    set_face(lead.element.get_or_add_rPr(), KAI_FACE)


def add_style(
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
    dress(style, face, size, pitch)
    style.paragraph_format.alignment = align
    style.paragraph_format.keep_with_next = stays
    if indented:
        style.paragraph_format.first_line_indent = size * 2
        # Counted in letters it stays two letters wide, whatever size the county sets.
        style.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    return style


def dress(style: ParagraphStyle, face: str, size: Pt, pitch: Pt) -> None:
    style.font.size = size
    set_face(style.element.get_or_add_rPr(), face)
    look = style.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    look.widow_control = False  # lines are counted, as the standard has it: 22 a page


def set_face(properties: CT_RPr, face: str) -> None:
    faces = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{script}"), face)


def name_substitutes(paper: Document) -> None:
    table = next(part for part in paper.part.package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    fonts = parse_xml(table.blob)
    for name, instead in _INSTEAD.items():
        font, other = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), name)
        other.set(qn("w:val"), instead)
        font.append(other)
        fonts.append(font)
    table._blob = serialize_part_xml(fonts)


def add_any_table(paper: Document, name: str) -> None:
    """Adds a table whose columns and rows are those of whatever table the template is given.

    Args:
        paper: The template.
        name: What the template calls the table.
    """
    table = paper.add_table(rows=4, cols=3, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    head, loop, body, end = table.rows
    for place, text in enumerate(
        (f"{{%tc for column in {name}.columns.values() %}}", "{{ column.text }}", "{%tc endfor %}")
    ):
        fill(table, 0, place, text, "表头")
    for place, text in enumerate(("{%tc for text in row.values() %}", "{{ text }}", "{%tc endfor %}")):
        fill(table, 2, place, text, "表文")
    fill(table, 1, 0, f"{{%tr for row in {name}.texts() %}}", "表文")
    fill(table, 3, 0, "{%tr endfor %}", "表文")
    mark_row(head, "w:tblHeader")  # stands on every page that the table reaches
    for row in (head, loop, body, end):
        mark_row(row, "w:cantSplit")


def fill(table: Table, row: int, column: int, text: str, style: str) -> None:
    paragraph = table.cell(row, column).paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)


def mark_row(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))
