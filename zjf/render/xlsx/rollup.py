"""汇总表: the figures of all units, their sources, and their sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from zjf.counting.tally import Figures, total
from zjf.documents.figure_texts import NOT_REPORTED
from zjf.documents.layout import Column, fitting_width, widened
from zjf.documents.paper_sizes import A3, BODY_POINTS
from zjf.render.xlsx.figure_cells import FigureCells
from zjf.render.xlsx.workbook import Styles, new_workbook, set_page, write_header, write_line, write_span
from zjf.schemas import Form

_TITLE = "自建房安全专项整治情况汇总表"
_HEADER = 2
_ROW_HEIGHT = 26
_WIDTH_FACTOR = 0.7  # two attachments side by side must still be readable on A3
_ACCEPTED = "已接收"
_WITHOUT_WHAT_IS_DUE = "状态按这一期应报的表填写；没有报应报的表、报了别的表的，报来的数照样列入。"


@dataclass(frozen=True)
class RollupLine:
    """A unit's row.

    Args:
        status: 已接收, 部分接收, 退回 or 未报.
        source: The source of its figures (自建房台账, 附件2); empty: none.
        figures: The figures by form; forms that it did not report are absent.
    """

    unit: str
    status: str
    source: str
    figures: Mapping[str, Figures]


def write_rollup(
    path: Path,
    lines: Sequence[RollupLine],
    forms: Sequence[Form],
    *,
    county: str,
    period: str = "",
    remarks: Sequence[str] = (),
) -> None:
    """Writes one row per unit and a 合计 row, the forms side by side.

    Raises:
        CannotDoError: The file cannot be written.
    """
    title = f"{county}{_TITLE}"
    with new_workbook(path, title) as (book, styles):
        sheet = book.add_worksheet("汇总表")
        sheet.hide_gridlines(2)
        width = fitting_width((line.unit for line in lines), 14, BODY_POINTS)
        columns = [Column("填报单位", width=width), Column("状态", width=10), Column("数据来源", width=13)]
        blocks = []
        for form in forms:
            blocks.append(block := FigureCells(sheet, styles, form, left=len(columns)))
            group_heading = f"{form.info.number}　{form.info.title}".strip()
            columns += [
                replace(column, groups=(group_heading, *column.groups), width=column.width * _WIDTH_FACTOR)
                for column in block.columns
            ]
        _Table(sheet, styles, columns, blocks).write(title, lines, period, remarks)


class _Table:
    def __init__(
        self, sheet: Worksheet, styles: Styles, columns: Sequence[Column], blocks: Sequence[FigureCells]
    ) -> None:
        self.sheet, self.styles, self.columns, self.blocks = sheet, styles, columns, blocks
        self.widths = widened([column.width for column in columns], A3.width)
        self.whole = (0, len(columns) - 1)

    def write(self, title: str, lines: Sequence[RollupLine], period: str, remarks: Sequence[str]) -> None:
        write_span(self.sheet, 0, self.whole, title, self.styles.title)
        self.sheet.set_row(0, 42)
        subtitle = "　".join(filter(None, (f"统计期：{period}" if period else "", "（单位：栋）")))
        write_span(self.sheet, 1, self.whole, subtitle, self.styles.plain(align="right"))
        self.sheet.set_row(1, _ROW_HEIGHT)
        first_row = write_header(self.sheet, _HEADER, self.columns, self.widths, self.styles)
        for row, line in enumerate(lines, first_row):
            self._write_line(row, line)
        row = first_row + len(lines)
        self._write_total(row, (first_row, row - 1), lines)
        if any(line.status == NOT_REPORTED and line.figures for line in lines):
            remarks = (_WITHOUT_WHAT_IS_DUE, *remarks)
        for remark in remarks:
            row += 1
            write_line(self.sheet, self.styles, row, remark, self.widths, font_size=11)
        self.sheet.freeze_panes(first_row, 1)
        set_page(self.sheet, A3, (_HEADER, first_row - 1), period)

    def _write_line(self, row: int, line: RollupLine) -> None:
        warning_style = {} if line.status == _ACCEPTED else {"bg_color": "#FCE4D6", "bold": True}
        self.sheet.write_string(row, 0, line.unit, self.styles.cell())
        self.sheet.write_string(row, 1, line.status, self.styles.cell(**warning_style))
        self.sheet.write_string(row, 2, line.source, self.styles.cell())
        for block in self.blocks:
            figures = line.figures.get(block.form.id)
            absent = NOT_REPORTED if line.figures else line.status
            block.write(row, figures.counts if figures else {}, flag=True, absent=absent)
        self.sheet.set_row(row, _ROW_HEIGHT)

    def _write_total(self, row: int, summed: tuple[int, int], lines: Sequence[RollupLine]) -> None:
        write_span(self.sheet, row, (0, 2), "合计", self.styles.cell(bold=True))
        for block in self.blocks:
            parts = [line.figures[block.form.id].counts for line in lines if block.form.id in line.figures]
            block.write(row, total(parts), summed, flag=True)
        self.sheet.set_row(row, _ROW_HEIGHT)
