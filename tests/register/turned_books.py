"""More forgeries of printed workbooks: turned and pushed type, formats, bars for digits, columns set twice."""

from collections.abc import Callable
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Color, Font, GradientFill, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat


def _stacked_in_a_low_row(book: Any) -> None:
    book.active["B9"].alignment = Alignment(text_rotation=255)
    book.active.row_dimensions[9].height = 12


def _upright_in_a_low_row(book: Any) -> None:
    book.active["A8"].alignment = Alignment(text_rotation=90)
    book.active.row_dimensions[8].height = 9


def _a_figure_crossed_out(book: Any) -> None:
    """Not by its type, but by a line from corner to corner of its cell."""
    book.active["B8"].border = Border(diagonal=Side("thick"), diagonalUp=True)


def _printed_too_small_to_be_read(book: Any) -> None:
    book.active.page_setup.scale, book.active.sheet_properties.pageSetUpPr = 10, None


def _a_name_pushed_out_of_its_cell(book: Any) -> None:
    book.active["A8"].alignment = Alignment(horizontal="right", indent=15)


def _bars_for_digits(book: Any) -> None:
    book.active["B8"].font = Font(name="Code 128")


def _a_typeface_without_signs(book: Any) -> None:
    book.active["B8"].font = Font(name="Adobe Blank")


def _a_power_in_its_format(book: Any) -> None:
    book.active["B8"].number_format = "0E+0"


def _a_digit_in_chinese(book: Any) -> None:
    book.active["B8"].number_format = "[DBNum1]0"


def _a_format_in_white(book: Any) -> None:
    book.active["B8"].number_format = "[White]0"


def _a_section_in_white(book: Any) -> None:
    book.active["B8"].number_format = "[Color2]0"


def _a_name_with_more_behind_it(book: Any) -> None:
    book.active["A8"].number_format = '@"（已更正）"'


def _nearly_white(book: Any) -> None:
    book.active["B8"].font = Font(color=Color(theme=1, tint=0.99))


def _a_black_gradient(book: Any) -> None:
    book.active["B8"].fill = GradientFill(stop=("000000", "000000"))


def _half_a_name_struck_through(book: Any) -> None:
    struck = TextBlock(InlineFont(strike=True), "青石")
    book.active["A8"] = CellRichText(struck, TextBlock(InlineFont(), "镇"))


def _a_radical_for_a_letter(book: Any) -> None:
    book.active["A8"] = "\u2ed8石镇"


def _a_condition_that_shows_a_format(book: Any) -> None:
    shows = DifferentialStyle(numFmt=NumberFormat(200, '"2"'))
    book.active.conditional_formatting.add("B8", Rule(type="expression", formula=["TRUE"], dxf=shows))


def _the_window_s_own_white(book: Any) -> None:
    book.active["B8"].font = Font(color=Color(indexed=65))


def _filled_with_the_window_s_black(book: Any) -> None:
    book.active["B8"].fill = PatternFill("solid", fgColor=Color(indexed=64))


def _numerals_of_another_script(book: Any) -> None:
    book.active["B8"].number_format = "[$-D07041E]0"


TURNED: list[Callable[[Any], None]] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_") and callable(value) and getattr(value, "__module__", "") == __name__
]
"""What is done in a spreadsheet program to the county's 附件2."""


def a_column_set_twice(xml: bytes) -> bytes:
    """Which of its two widths is seen depends on the program."""
    return xml.replace(b"<cols>", b'<cols><col min="2" max="2" width="0" customWidth="1"/>', 1)


def a_letter_that_vanishes(xml: bytes) -> bytes:
    runs = b"<is><r><rPr><vanish/></rPr><t>1</t></r><r><t>3</t></r></is>"
    return xml.replace(b'<c r="B8" s="7"><v>3</v></c>', b'<c r="B8" s="7" t="inlineStr">' + runs + b"</c>")
