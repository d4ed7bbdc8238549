"""What offices do to printed workbooks that changes nothing of what they say: each a small function."""

from collections.abc import Callable
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from .honest_conditions import CONDITIONS


def _saved_again(book: Any) -> None:
    """By a program that drops the figures that formulas had come to."""


def _wider_columns(book: Any) -> None:
    for dimension in book.active.column_dimensions.values():
        dimension.width = (dimension.width or 10) * 1.5


def _narrower_columns(book: Any) -> None:
    for dimension in book.active.column_dimensions.values():
        dimension.width = max(6, (dimension.width or 10) * 0.7)


def _higher_rows(book: Any) -> None:
    for dimension in book.active.row_dimensions.values():
        dimension.height = (dimension.height or 20) * 1.4


def _lower_rows(book: Any) -> None:
    for dimension in book.active.row_dimensions.values():
        dimension.height = max(18, (dimension.height or 20) * 0.8)


def _another_typeface(book: Any) -> None:
    _each_cell(book, font=Font(name="宋体", sz=11))


def _larger_type(book: Any) -> None:
    _each_cell(book, font=Font(name="仿宋", sz=14))


def _smaller_type(book: Any) -> None:
    _each_cell(book, font=Font(name="仿宋", sz=9))


def _bold_type(book: Any) -> None:
    _each_cell(book, font=Font(b=True))


def _red_type(book: Any) -> None:
    for cell in book.active[8]:
        cell.font = Font(color="FFC00000")


def _a_shaded_row(book: Any) -> None:
    for cell in book.active[8]:
        cell.fill = PatternFill("solid", fgColor="FFDDEBF7")


def _white_on_a_dark_heading(book: Any) -> None:
    for cell in book.active[4]:
        cell.fill, cell.font = PatternFill("solid", fgColor="FF1F4E78"), Font(color="FFFFFFFF")


def _without_rules(book: Any) -> None:
    _each_cell(book, border=Border())


def _thick_rules(book: Any) -> None:
    side = Side("medium")
    _each_cell(book, border=Border(side, side, side, side))


def _figures_to_the_right(book: Any) -> None:
    _each_cell(book, alignment=Alignment(horizontal="right", wrap_text=True))


def _a_format_with_thousands(book: Any) -> None:
    for row in (7, 8, 9):
        book.active.cell(row, 2).number_format = "#,##0"


def _the_accountant_s_format(book: Any) -> None:
    for row in (7, 8, 9):
        book.active.cell(row, 2).number_format = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ '


def _a_format_with_red(book: Any) -> None:
    book.active["B8"].number_format = "0_);[Red]\\(0\\)"


def _a_plain_format(book: Any) -> None:
    book.active["B8"].number_format = "General"


def _in_black_and_white(book: Any) -> None:
    book.active.page_setup.blackAndWhite = True


def _as_a_draft_of_the_printer_s(book: Any) -> None:
    book.active.page_setup.draft = True


def _upright(book: Any) -> None:
    book.active.page_setup.orientation = "portrait"


def _on_smaller_paper(book: Any) -> None:
    book.active.page_setup.paperSize = 9


def _other_margins(book: Any) -> None:
    book.active.page_margins.left = book.active.page_margins.right = 1.2


def _half_as_large(book: Any) -> None:
    book.active.sheet_properties.pageSetUpPr.fitToPage = False
    book.active.page_setup.scale = 50


def _with_gridlines(book: Any) -> None:
    book.active.sheet_view.showGridLines = True
    book.active.print_options.gridLines = True


def _nothing_frozen(book: Any) -> None:
    book.active.freeze_panes = None


def _frozen_elsewhere(book: Any) -> None:
    book.active.freeze_panes = "C8"


def _zoomed(book: Any) -> None:
    book.active.sheet_view.zoomScale = 60


def _in_page_breaks(book: Any) -> None:
    book.active.sheet_view.view = "pageBreakPreview"


def _a_coloured_tab(book: Any) -> None:
    book.active.sheet_properties.tabColor = "FFFF0000"


def _another_name_of_the_sheet(book: Any) -> None:
    book.active.title = "全县"


def _a_blank_sheet_more(book: Any) -> None:
    book.create_sheet("Sheet2")


def _filled_in(book: Any) -> None:
    book.active["I3"] = "填报人：李春"
    book.active["L3"] = "联系方式：0771-2345678"
    book.active["N3"] = "填报时间：2024年6月7日"


def _signed(book: Any) -> None:
    book.active["A12"] = "主要负责同志签字：王志远"


def _the_day_of_printing_at_the_head(book: Any) -> None:
    book.active.oddHeader.left.text = "&D"


def _all_of_it_printed(book: Any) -> None:
    book.active.print_area = "A1:S14"


def _protected(book: Any) -> None:
    book.active.protection.sheet = True


def _from_right_to_left(book: Any) -> None:
    book.active.sheet_view.rightToLeft = True


def _seen_from_afar(book: Any) -> None:
    book.active.sheet_view.zoomScale = 10


def _scrolled_down(book: Any) -> None:
    book.active.sheet_view.pane.topLeftCell = "B9"


def _other_rows_at_the_head_of_each_page(book: Any) -> None:
    book.active.print_title_rows = "1:6"


def _whole_columns_printed(book: Any) -> None:
    book.active.print_area = "A1:R40"


def _without_a_print_area(book: Any) -> None:
    book.active.print_area = None


def _a_break_between_pages(book: Any) -> None:
    from openpyxl.worksheet.pagebreak import Break

    book.active.row_breaks.append(Break(9))


def _a_link(book: Any) -> None:
    book.active["A3"].hyperlink = "https://example.invalid/"


def _a_filter_that_hides_nothing(book: Any) -> None:
    book.active.auto_filter.ref = "A6:R10"


def _rows_grouped(book: Any) -> None:
    book.active.row_dimensions.group(7, 9)


def _bold_in_a_dark_heading(book: Any) -> None:
    _white_on_a_dark_heading(book)
    book.active.conditional_formatting.add("A4:R6", FormulaRule(["TRUE"], font=Font(b=True)))


def _shrunk_to_fit(book: Any) -> None:
    for cell in book.active[9]:
        cell.alignment = Alignment(shrink_to_fit=True, horizontal="center")


def _a_table_of_the_program_s(book: Any) -> None:
    from openpyxl.worksheet.table import Table, TableStyleInfo

    table = Table(displayName="表1", ref="A6:R10", headerRowCount=0)
    table.tableStyleInfo = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
    book.active.add_table(table)


def _another_author(book: Any) -> None:
    book.properties.creator, book.properties.title = "李春", "附件2"


def _a_light_pattern(book: Any) -> None:
    for cell in book.active[8]:
        cell.fill = PatternFill("gray125")


def _the_sheet_s_name_at_the_head(book: Any) -> None:
    book.active.oddHeader.center.text = "&A"


def _the_file_s_name_at_the_head(book: Any) -> None:
    book.active.oddHeader.right.text = "&Z&F"


def _each_cell(book: Any, **look: Any) -> None:
    for row in book.active.iter_rows():
        for cell in row:
            for name, value in look.items():
                setattr(cell, name, value)


BOOKS: list[Callable[[Any], None]] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_")
    and callable(value)
    and getattr(value, "__module__", "") == __name__
    and name != "_each_cell"
] + CONDITIONS
"""What is done in a spreadsheet program."""
