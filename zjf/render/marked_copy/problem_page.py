"""The list of problems in front of a marked copy, as the XML of a sheet; each line is linked to its cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import quoteattr

from openpyxl.utils import quote_sheetname

from zjf.documents.layout import text_height
from zjf.intake.answers import HEADINGS, KEY, NOTHING_FOUND, TITLE, key_with_check
from zjf.intake.formats.xml_names import SPREADSHEET
from zjf.problems import Problem, Severity
from zjf.render.marked_copy.looks import FILLS, CellStyles
from zjf.render.marked_copy.problem_lines import ProblemLine
from zjf.render.xlsx.inline_texts import escaped

_COLUMNS = dict(zip(HEADINGS, (6, 9, 7, 11, 13, 6, 14, 15, 58, 26, 10), strict=True))
"""The list's headings with the widths of their columns."""
_LINK_COLUMN, _TEXT_WIDTH = 4, 154
_HEADER = 4
_POINTS, _LOWEST, _HIGHEST = 10, 16.0, 405.0
_HIDDEN = ("", ' hidden="1"')
_MOST_LINKS = 65_000  # Excel takes 65,530 on a sheet
_INSTRUCTIONS = (
    "红色“数据错误”：请在表中改正，再报回。紫色“未落实”、黄色“提醒”：先去落实或核对；情况属实、改不了的，"
    "不要改数字，在本表“情况说明”栏写明原因。改完把整个文件（连同本表）报回。"
)


@dataclass(frozen=True)
class ProblemPage:
    """The list of one file.

    Attributes:
        titles: The sheets' titles in the copy, by the names that problems have.
        left_out: What of the file the copy lacks; empty where it has everything.
    """

    name: str
    problems: Sequence[Problem]
    lines: Sequence[ProblemLine]
    titles: Mapping[str, str]
    left_out: str = ""

    @cached_property
    def last_row(self) -> int:
        return _HEADER + max(len(self.lines), 1)

    @property
    def filtered(self) -> str:
        """The range of the list's filter."""
        return f"$A${_HEADER}:${chr(ord('A') + len(_COLUMNS) - 1)}${self.last_row}"

    def xml(self, styles: CellStyles) -> bytes:
        """Returns the sheet's XML; its styles are added to the workbook's."""
        rows = _Rows(styles, self.titles)
        counts = Counter(problem.severity for problem in self.problems if not problem.waived)
        totals = " · ".join(f"{severity.label} {counts[severity]}" for severity in Severity)
        rows.head(1, TITLE, rows.title, 24)
        rows.head(2, f"{self.name}：{totals}", rows.plain, 18)
        instructions = (
            f"{_INSTRUCTIONS}\n本副本缺少原文件的一些内容：{self.left_out}"
            if self.left_out
            else _INSTRUCTIONS
        )
        rows.head(3, instructions, rows.plain, text_height(instructions, _TEXT_WIDTH, _POINTS) + 4)
        rows.header(list(_COLUMNS))
        for number, line in enumerate(self.lines, 1):
            rows.line(number, line)
        if not self.lines:
            rows.head(_HEADER + 1, NOTHING_FOUND, rows.plain, 18)
        return self._sheet(rows).encode()

    def _sheet(self, rows: "_Rows") -> str:
        last_column = chr(ord("A") + len(_COLUMNS) - 2)
        column_elements = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{_HIDDEN[heading == KEY]}/>'
            for number, (heading, width) in enumerate(_COLUMNS.items(), 1)
        )
        links = f"<hyperlinks>{''.join(rows.links)}</hyperlinks>" if rows.links else ""
        filtered = self.filtered.replace("$", "")
        merged_cells = "".join(f'<mergeCell ref="A{row}:{last_column}{row}"/>' for row in (1, 2, 3))
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{SPREADSHEET}">'
            '<sheetPr><outlinePr summaryBelow="0"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{last_column}{self.last_row}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{_HEADER}" topLeftCell="A{_HEADER + 1}" activePane="bottomLeft" state="frozen"/>'
            '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="16" outlineLevelRow="1"/>'
            f"<cols>{column_elements}</cols><sheetData>{''.join(rows.xml)}</sheetData>"
            f'<autoFilter ref="{filtered}"/><mergeCells count="3">{merged_cells}</mergeCells>{links}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
        )


def names_of_list(title: str, page: ProblemPage) -> dict[str, str]:
    """Returns the defined names of the list's ranges: the filtered rows, and the repeated header."""
    quoted = quote_sheetname(title)
    return {
        "_xlnm._FilterDatabase": f"{quoted}!{page.filtered}",
        "_xlnm.Print_Titles": f"{quoted}!${_HEADER}:${_HEADER}",
    }


class _Rows:
    """Writes the rows of the list."""

    def __init__(self, styles: CellStyles, titles: Mapping[str, str]) -> None:
        self.titles, self.xml, self.links = titles, list[str](), list[str]()
        top_aligned = {"vertical": "top", "wrapText": "1"}
        self.title = styles.new(font={"b": "1", "sz": "16"}, alignment={"horizontal": "center"})
        self.plain = styles.new(alignment=top_aligned)
        self.text = styles.new(alignment=top_aligned, bordered=True)
        self.bold = styles.new(
            font={"b": "1"}, fill="FFF2F2F2", alignment=top_aligned | {"horizontal": "center"}, bordered=True
        )
        self.link = styles.new(
            font={"u": "single", "color": "FF0563C1"}, alignment=top_aligned, bordered=True
        )
        self.filled = {
            severity: styles.new(fill=fill, alignment=top_aligned, bordered=True)
            for severity, fill in FILLS.items()
        }

    def head(self, row: int, text: str, style: int, height: float) -> None:
        self.xml.append(
            f'<row r="{row}" ht="{height:.1f}" customHeight="1">{_cell(row, 0, text, style)}</row>'
        )

    def header(self, headings: Sequence[str]) -> None:
        cells = "".join(_cell(_HEADER, column, heading, self.bold) for column, heading in enumerate(headings))
        self.xml.append(f'<row r="{_HEADER}" ht="20" customHeight="1">{cells}</row>')

    def line(self, number: int, line: ProblemLine) -> None:
        row, texts = _HEADER + number, _texts(number, line)
        has_link = bool(line.cell and line.sheet in self.titles) and len(self.links) < _MOST_LINKS
        if has_link:
            target = f"{quote_sheetname(self.titles[line.sheet])}!{line.cell}"
            self.links.append(f'<hyperlink ref="E{row}" location={quoteattr(target)}/>')
        cells = []
        for column, text in enumerate(texts):
            style = self.link if has_link and column == _LINK_COLUMN else self.text
            if column == 1 and line.severity:
                style = self.filled[line.severity]
            cells.append(_cell(row, column, text, style))
        outline = (' outlineLevel="1" hidden="1"' if line.folded else "") + (
            ' collapsed="1"' if line.opens else ""
        )
        joined = "".join(cells)
        shape = f'ht="{_height(texts):.1f}" customHeight="1"{outline}'
        self.xml.append(f'<row r="{row}" {shape}>{joined}</row>')


def _texts(number: int, line: ProblemLine) -> tuple[str | int, ...]:
    return (
        number,
        line.level,
        line.code,
        line.sheet,
        line.places,
        line.count or "",
        line.heading,
        line.value,
        line.message,
        line.answer,
        key_with_check(line.key, line.value, line.message),
    )


def _height(texts: Sequence[str | int]) -> float:
    texts_and_columns = zip(texts, list(_COLUMNS.items())[:-1], strict=False)
    heights = (
        text_height(str(text), width - 1, _POINTS) + 4 for text, (_, width) in texts_and_columns if text
    )
    return min(max(_LOWEST, *heights), _HIGHEST)


def _cell(row: int, column: int, value: str | int, style: int) -> str:
    letter = chr(ord("A") + column)
    start = f'<c r="{letter}{row}" s="{style}"'
    if value == "":
        return f"{start}/>"
    if isinstance(value, int):
        return f"{start}><v>{value}</v></c>"
    text = escaped(value)
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
