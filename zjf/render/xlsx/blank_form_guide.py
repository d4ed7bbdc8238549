"""填表说明: how each column of a blank form is filled in, made from the declarations."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from zjf.documents.layout import Column, text_height
from zjf.documents.paper_sizes import A4
from zjf.intake.sheets.form_versions import version_line
from zjf.render.xlsx.blank_cells import how_to_fill
from zjf.render.xlsx.workbook import Styles, set_page, write_header, write_span
from zjf.schemas import Field, Form
from zjf.schemas.form_version import form_version

_COLUMNS = (
    Column("填报栏", width=40),
    Column("要不要填", width=26),
    Column("怎么填", width=44),
    Column("可选项", width=50),
)
_POINTS = 11


def write_guide(sheet: Worksheet, styles: Styles, form: Form, fields: Sequence[Field], floors: int) -> None:
    """Writes the guide; no cell has only a column's name, or it would be read as a heading."""
    widths = [column.width for column in _COLUMNS]
    whole = (0, len(_COLUMNS) - 1)
    sheet.hide_gridlines(2)
    sheet.write_string(
        0, 0, f"《{form.info.title}》填表说明", styles.plain(bold=True, font_size=16, text_wrap=False)
    )
    sheet.set_row(0, 30)
    for row, text in enumerate(_remarks(form), 1):
        write_span(sheet, row, whole, text, styles.plain(font_size=_POINTS))
        sheet.set_row(row, text_height(text, sum(widths), _POINTS) + 4)
    header = len(_remarks(form)) + 1
    first_row = write_header(sheet, header, _COLUMNS, widths, styles)
    style = styles.cell(align="left", indent=1, font_size=_POINTS)
    for row, field in enumerate(fields):
        words = (
            f"{row + 1}．{'／'.join((*field.heading.groups, field.heading.text))}",
            _duty(field, floors),
            how_to_fill(field),
            _options(field),
        )
        for column, text in enumerate(words):
            sheet.write_string(first_row + row, column, text, style)
        heights = (text_height(text, width - 2, _POINTS) for text, width in zip(words, widths, strict=True))
        sheet.set_row(first_row + row, max(heights) + 5)
    sheet.protect()
    set_page(sheet, A4, (header, first_row - 1))


def _remarks(form: Form) -> list[str]:
    duty = "没有数量的栏填 0，不要空着。" if form.info.number else "带 * 的栏每行必填。"
    return [
        f"一行填{form.info.row_is}。{duty}出处：{form.info.source}。",
        "请不要改动表头，不要增删列。",
        "确实没有数据的，在第一行写“零报”；空表不算报送。",
        "从别处粘贴时请选“粘贴为数值”，以免把下拉列表和格式冲掉。",
        version_line(form.id, form_version(form)),
    ]


def _duty(field: Field, floors: int) -> str:
    if field.rate:
        return "自动计算"
    if field.required:
        return "必填"
    return f"{field.required_when.when.words(floors)}时必填" if field.required_when else "没有可不填"


def _options(field: Field) -> str:
    return "、".join(code.value for code in field.codes) if field.codes else ""
