"""Forgeries of printed workbooks: each small function is one thing that somebody does to a table.

Cells are those of 附件2_云水县.xlsx: A7 to R9 the units, row 10 the sum, A11 the note, row 12 the signatures;
B9 is the mine's 100 houses, P9 its rate of 85.00 %.
"""

from collections.abc import Callable
from typing import Any

from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, IconSetRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation

Typed = Callable[[Any], None]
WHITE = "FFFFFFFF"


def _a_figure(book: Any) -> None:
    book.active["B8"] = 2


def _a_figure_as_text(book: Any) -> None:
    book.active["B8"] = "2"


def _a_rate_typed_over(book: Any) -> None:
    book.active["P9"] = 1


def _a_sum_with_more(book: Any) -> None:
    book.active["B10"] = "=SUM(B7:B9)+5"


def _a_sum_that_leaves_out(book: Any) -> None:
    book.active["B10"] = "=SUM(B7:B8)"


def _a_formula_for_a_figure(book: Any) -> None:
    book.active["B8"] = "=1+1"


def _a_name(book: Any) -> None:
    book.active["A8"] = "青石乡"


def _two_names_exchanged(book: Any) -> None:
    book.active["A7"], book.active["A8"] = "青石镇", "城关街道"


def _a_row_left_out(book: Any) -> None:
    book.active.delete_rows(8)


def _a_row_put_in(book: Any) -> None:
    book.active.insert_rows(9)
    book.active["A9"], book.active["B9"] = "新设镇", 9


def _a_heading(book: Any) -> None:
    book.active["B4"] = "已整治自建房总量"


def _the_title(book: Any) -> None:
    book.active["A2"] = "云山县自建房安全专项整治攻坚行动工作台账"


def _the_number(book: Any) -> None:
    book.active["A1"] = "附件1"


def _what_is_not_done(book: Any) -> None:
    book.active["A11"] = book.active["A11"].value.replace("1栋", "0栋")


def _the_note_taken_away(book: Any) -> None:
    book.active["A11"] = None


def _the_office(book: Any) -> None:
    book.active["A3"] = "填报单位：云水县住房和城乡建设局"


def _the_unit_of_counting(book: Any) -> None:
    book.active["Q3"] = "（单位：万栋）"


def _the_signature_line_taken_away(book: Any) -> None:
    book.active["A12"] = None


def _a_note_beside_it(book: Any) -> None:
    book.active["T8"] = "更正：青石镇应为 2 栋"


def _a_note_below_it(book: Any) -> None:
    book.active["A14"] = "以上数字含已拆除的房屋。"


def _a_long_text_where_a_name_belongs(book: Any) -> None:
    book.active["I3"] = (
        "填报人：李春。说明：本表数字已经县政府常务会议审定，其中青石镇自建房总量更正为2栋，以此为准，原数作废"
    )


def _a_format_with_a_figure_in_it(book: Any) -> None:
    book.active["B8"].number_format = '"2"'


def _a_format_that_adds_a_digit(book: Any) -> None:
    book.active["B8"].number_format = '0"0"'


def _a_format_that_shows_nothing(book: Any) -> None:
    book.active["B8"].number_format = ";;;"


def _a_format_in_thousands(book: Any) -> None:
    book.active["B9"].number_format = "0,"


def _a_format_with_a_condition(book: Any) -> None:
    book.active["B8"].number_format = '[>2]"2";0'


def _a_rate_without_its_decimals(book: Any) -> None:
    book.active["R9"].number_format = "0%"
    book.active["P9"].number_format = '"100.00%"'


def _a_figure_as_a_day(book: Any) -> None:
    book.active["B9"].number_format = "yyyy-mm-dd"


def _white_type(book: Any) -> None:
    book.active["B8"].font = Font(color=WHITE)


def _type_of_the_theme_s_white(book: Any) -> None:
    from openpyxl.styles.colors import Color

    book.active["B8"].font = Font(color=Color(theme=0))


def _black_ground(book: Any) -> None:
    book.active["B8"].fill = PatternFill("solid", fgColor="FF000000")


def _tiny_type(book: Any) -> None:
    book.active["A11"].font = Font(sz=1)


def _struck_through(book: Any) -> None:
    book.active["B8"].font = Font(strike=True)


def _signs_for_digits(book: Any) -> None:
    book.active["B8"].font = Font(name="Wingdings")


def _filled_with_the_same_digit(book: Any) -> None:
    book.active["B8"].alignment = Alignment(horizontal="fill")


def _a_hidden_row(book: Any) -> None:
    book.active.row_dimensions[8].hidden = True


def _a_row_without_height(book: Any) -> None:
    book.active.row_dimensions[11].height = 1


def _a_hidden_column(book: Any) -> None:
    book.active.column_dimensions["C"].hidden = True


def _a_column_without_width(book: Any) -> None:
    for letter in "BCDEFGHIJKLMN":
        book.active.column_dimensions[letter].width = 12 if letter != "B" else 0.3
        book.active.column_dimensions[letter].min = book.active.column_dimensions[letter].max = (
            ord(letter) - 64
        )


def _true_rows_hidden_false_ones_shown(book: Any) -> None:
    page = book.active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=1, max_row=10)]
    for number in range(1, 13):
        page.row_dimensions[number].hidden = True
    for values in rows:
        page.append(values)
    page["B20"] = 2


def _true_sheet_hidden_a_false_one_shown(book: Any) -> None:
    false = book.copy_worksheet(book.active)
    false["B8"] = 2
    book.active.sheet_state = "hidden"
    book.active = 1


def _true_sheet_very_hidden_another_shown(book: Any) -> None:
    other = book.create_sheet("附件2 ")
    other["A1"] = "青石镇 2 栋"
    book.worksheets[0].sheet_state = "veryHidden"
    book.active = 1


def _one_sheet_more(book: Any) -> None:
    book.create_sheet("说明")["A1"] = "青石镇实为 2 栋"


def _figures_under_a_merged_cell(book: Any) -> None:
    book.active.merge_cells("A8:B8")


def _a_comment(book: Any) -> None:
    book.active["B8"].comment = Comment("应为 2 栋", "某人")


def _a_prompt(book: Any) -> None:
    prompt = DataValidation(type="whole", operator="greaterThan", formula1="0")
    prompt.prompt, prompt.promptTitle, prompt.showInputMessage = "应为 2 栋", "更正", True
    prompt.add("B8")
    book.active.add_data_validation(prompt)


def _a_condition_that_hides(book: Any) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color=WHITE))
    book.active.conditional_formatting.add("B7:B9", rule)


def _a_condition_that_shows_another_figure(book: Any) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FF000000"))
    rule.dxf.numFmt = NumberFormat(numFmtId=200, formatCode='"2"')
    book.active.conditional_formatting.add("B8", rule)


def _icons_instead_of_figures(book: Any) -> None:
    rule = IconSetRule("3Arrows", "num", [0, 1, 2], showValue=False)
    book.active.conditional_formatting.add("B7:B9", rule)


def _zeros_not_shown(book: Any) -> None:
    book.active.sheet_view.showZeros = False


def _rows_scrolled_away(book: Any) -> None:
    book.active.sheet_view.topLeftCell = "A3"


def _rows_not_printed(book: Any) -> None:
    book.active.print_area = "A1:R7"


def _a_line_at_the_head_of_the_page(book: Any) -> None:
    book.active.oddHeader.center.text = "青石镇更正为 2 栋"


def _a_number_at_the_head_of_the_page(book: Any) -> None:
    book.active.oddHeader.center.text = "&P+36"


def _a_page_number_over_the_table(book: Any) -> None:
    book.active.oddHeader.center.text = "&200&P"


def _another_code_at_the_foot(book: Any) -> None:
    book.active.oddFooter.left.text = "2024年第23周（6月3日—6月9日）　校验码 AAAA-BBB-CCC"


def _no_code_at_the_foot(book: Any) -> None:
    book.active.oddFooter.left.text = None


def _another_code_in_the_name(book: Any) -> None:
    name = book.defined_names["zjf_seal"]
    name.attr_text = name.attr_text.replace("云水县", "青石镇")


TYPED: list[Typed] = [
    value
    for name, value in list(globals().items())
    if name.startswith("_") and callable(value) and getattr(value, "__module__", "") == __name__
]
"""What is done in a spreadsheet program to the county's 附件2."""
