"""Forgeries of printed workbooks that leave every cell as it was, or seem to: each small function is one.

What a spreadsheet shows is made of more than the values of cells: of formats, conditions, looks, and of what is
printed of it. Cells are those of `forged_books`.
"""

from collections.abc import Callable
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

Typed = Callable[[Any], None]
WHITE, BLACK, DARK = "FFFFFFFF", "FF000000", "FF1F4E78"
ALWAYS = ["TRUE"]


def _a_scale_of_blacks(book: Any) -> None:
    scale = ColorScaleRule(start_type="min", start_color=BLACK, end_type="max", end_color=BLACK)
    book.active.conditional_formatting.add("B7:B9", scale)


def _black_bars(book: Any) -> None:
    book.active.conditional_formatting.add("B7:B9", DataBarRule("num", 0, "num", 1, BLACK))


def _a_condition_in_the_cells_own_colour(book: Any) -> None:
    book.active["B8"].fill, book.active["B8"].font = PatternFill("solid", fgColor=DARK), Font(color=WHITE)
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, font=Font(color=DARK)))


def _a_condition_that_fills_with_the_ink(book: Any) -> None:
    book.active["B8"].font = Font(color="FFC00000")
    fill = PatternFill("solid", bgColor="FFC00000")
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, fill=fill))


def _a_condition_that_strikes(book: Any) -> None:
    book.active.conditional_formatting.add("B8", FormulaRule(ALWAYS, font=Font(strike=True)))


def _a_format_for_nought(book: Any) -> None:
    book.active["C8"].number_format = '0;0;"5"'


def _a_format_that_fills_with_a_digit(book: Any) -> None:
    book.active["B8"].number_format = "*90"


def _a_format_with_a_digit_escaped(book: Any) -> None:
    book.active["B8"].number_format = "\\20"


def _a_currency_that_is_a_digit(book: Any) -> None:
    book.active["B8"].number_format = "[$2-804]0"


def _a_format_for_names(book: Any) -> None:
    book.active["A8"].number_format = '0;0;0;"城关街道"'


def _a_sign_of_per_cent_that_is_none(book: Any) -> None:
    book.active["R9"].number_format = '0.00"%"'


def _a_power_of_ten(book: Any) -> None:
    book.active["B9"].number_format = '0"E1"'


def _less_than_nothing(book: Any) -> None:
    """The cell shows 100; the sum, worked out again, shows 100 less than nothing."""
    book.active["B9"].value, book.active["B9"].number_format = -100, "0;0"


def _a_fraction_that_the_format_rounds_off(book: Any) -> None:
    """The cell shows 87; the rate beside it, worked out again, shows another."""
    book.active["Q9"].value = 87.4


def _a_text_that_no_sum_counts(book: Any) -> None:
    book.active["B8"].value = "3"


def _a_raised_nought(book: Any) -> None:
    raised = TextBlock(InlineFont(vertAlign="superscript"), "0")
    book.active["B9"].value = CellRichText(TextBlock(InlineFont(), "10"), raised)


def _a_tiny_nought(book: Any) -> None:
    tiny = TextBlock(InlineFont(sz=1), "0")
    book.active["B9"].value = CellRichText(TextBlock(InlineFont(sz=11), "10"), tiny)


def _a_note_that_begins_in_white(book: Any) -> None:
    note = str(book.active["A11"].value)
    white = TextBlock(InlineFont(color=WHITE), note[:12])
    book.active["A11"].value = CellRichText(white, TextBlock(InlineFont(), note[12:]))


def _a_name_turned_about(book: Any) -> None:
    book.active["A8"] = "\u202e镇石青"


def _a_figure_turned_about(book: Any) -> None:
    book.active["B9"] = "\u202e001"


def _a_name_with_a_sign_of_no_width(book: Any) -> None:
    book.active["A8"] = "青\u200b石镇"


def _ornaments_for_digits(book: Any) -> None:
    book.active["B8"].font = Font(name="ITC Zapf Dingbats")


def _an_office_program_s_signs_for_digits(book: Any) -> None:
    book.active["B8"].font = Font(name="MS Outlook")


def _a_charset_of_signs(book: Any) -> None:
    book.active["B8"].font = Font(name="云水数字", charset=2)


def _type_too_large_for_its_row(book: Any) -> None:
    book.active["B8"].font = Font(sz=300)


def _indented_out_of_its_column(book: Any) -> None:
    book.active["B8"].alignment = Alignment(horizontal="left", indent=18)


def _a_dense_pattern(book: Any) -> None:
    book.active["B8"].fill = PatternFill("darkGray", fgColor=BLACK)


def _all_but_a_unit_printed(book: Any) -> None:
    book.active.print_area = "A1:R7,A9:R12"


def _some_columns_printed(book: Any) -> None:
    book.active.print_area = "A1:G12"


def _the_note_cut_off_by_an_empty_text(book: Any) -> None:
    book.active.unmerge_cells("A11:R11")
    book.active["B11"], book.active["A11"].alignment = '=""', Alignment(wrap_text=False)


def _the_note_in_too_small_a_cell(book: Any) -> None:
    book.active.unmerge_cells("A11:R11")
    book.active.row_dimensions[11].height = 14


def _a_tip_at_a_figure(book: Any) -> None:
    book.active["B8"].hyperlink = Hyperlink(ref="B8", location="'附件2'!A1", tooltip="应为 2 栋")


def _the_code_struck_through(book: Any) -> None:
    book.active.oddFooter.left.text = f"&S{book.active.oddFooter.left.text}"


def _the_code_in_signs(book: Any) -> None:
    book.active.oddFooter.left.font = "Wingdings,Regular"


def _the_code_below_the_paper(book: Any) -> None:
    book.active.page_margins.footer = 40


def _another_line_on_the_first_page(book: Any) -> None:
    book.active.HeaderFooter.differentFirst = True
    book.active.firstHeader.center.text = "更正"
    book.active.firstFooter.left.text = book.active.oddFooter.left.text


def _another_line_on_even_pages(book: Any) -> None:
    book.active.HeaderFooter.differentOddEven = True
    book.active.evenHeader.center.text = "更正"
    book.active.evenFooter.left.text = book.active.oddFooter.left.text


def _another_workbook_s_figure(book: Any) -> None:
    book.active["B8"] = "='[1]表'!B8"


def _a_name_for_a_figure(book: Any) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["栋数"] = DefinedName("栋数", attr_text="3")
    book.active["B8"] = "=栋数"


def _frozen_where_nobody_scrolls(book: Any) -> None:
    book.active.freeze_panes = "B12"
    book.active.sheet_view.topLeftCell = "A10"


def _a_group_folded(book: Any) -> None:
    book.active.row_dimensions.group(8, 8, hidden=True)


TYPED: list[Typed] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_") and callable(value) and getattr(value, "__module__", "") == __name__
]
"""What is done in a spreadsheet program to the county's 附件2."""
