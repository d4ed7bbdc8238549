"""A paper of prose as a workbook: its sentences on the first sheet, every table on its own."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from zjf.documents.layout import Column, text_height
from zjf.documents.list_sheet import ListSheet
from zjf.documents.paper_sizes import A4, BODY_POINTS
from zjf.documents.sections import Letter, LetterTable
from zjf.render.xlsx.listing import write_list
from zjf.render.xlsx.workbook import HEAD_FONT, Styles, new_workbook, set_page

_TEXT = "摘要"
_WIDTH = 110
_ROW, _SPARE = 24, 30
"""The least height of a row; what a program may need of a page's height besides (its foot)."""


def write_weekly_book(path: Path, letter: Letter) -> None:
    """Writes a paper as a workbook, its numbers as numbers.

    Raises:
        CannotDoError: The file cannot be written.
    """
    with new_workbook(path, letter.title) as (book, styles):
        _write_text(book.add_worksheet(_TEXT), styles, letter)
        for table in letter.tables:
            columns = [_column(table, name, column) for name, column in table.columns.items()]
            rows = [[row[name] for name in table.columns] for row in table.rows]
            content = ListSheet(table.caption, columns, rows, f"{letter.title}：{table.caption}")
            write_list(book.add_worksheet(table.caption), styles, content, letter.subtitle)


def _column(table: LetterTable, name: str, column: Column) -> Column:
    percent = any(isinstance(row[name], Decimal) for row in table.rows)
    return replace(column, text=f"{column.text}（%）") if percent else column


def _write_text(sheet: Worksheet, styles: Styles, letter: Letter) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _WIDTH)
    lines: list[tuple[str, Mapping[str, object]]] = [
        (letter.title, {"bold": True, "font_size": 18, "align": "center"}),
        (letter.subtitle, {"align": "center"}),
        *([(f"{letter.addressee}：", {})] if letter.addressee else []),
    ]
    for section in letter.sections:
        lines.append((section.heading, {"font_name": HEAD_FONT}))
        lines += [
            (f"{paragraph.lead}。{paragraph.text}" if paragraph.lead else paragraph.text, {"indent": 2})
            for paragraph in section.paragraphs
        ]
    lines += [(letter.closing, {"indent": 2})] if letter.closing else []
    lines += [(letter.office, {"align": "right"}), (letter.day, {"align": "right"})]
    heights = [max(_ROW, text_height(text, _WIDTH - 6, BODY_POINTS) + 6) for text, _ in lines]
    set_page(sheet, A4, (0, 0), letter.subtitle)
    sheet.set_print_scale(100)  # pages that are fitted to the paper know no breaks of one's own
    breaks, used = [], 0.0
    for row, ((text, look), height) in enumerate(zip(lines, heights, strict=True)):
        sheet.write_string(row, 0, text, styles.plain(**look))
        sheet.set_row(row, height)
        # A heading stays with what follows it, the last sentence with the signature.
        followers = len(lines) if row >= len(lines) - 3 else int("font_name" in look)
        if used + sum(heights[row : row + 1 + followers]) > A4.height - _SPARE:
            breaks.append(row)
            used = heights[0]  # the title, on every page
        used += height
    sheet.set_h_pagebreaks(breaks)
