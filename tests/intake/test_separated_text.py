"""Text files: encodings, delimiters, quotation marks that pair and that do not."""

import codecs

import pytest

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, counted, house, ledger
from tests.sheets import A_PLAIN_HOUSE, check, found_in
from zjf.checking.one_return import CheckedReturn

LACKING = {
    heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in ("房屋编号", "房屋地址")
}


def lines(*houses: str, delimiter: str = ",") -> str:
    """A ledger of houses given as `房屋编号,房屋地址,备注`."""
    rows = ["填报单位：城关街道", ",".join(["房屋编号", "房屋地址", "备注", *LACKING])]
    rows += [
        ",".join([house, *(text.format(number=number) for text in LACKING.values())])
        for number, house in enumerate(houses)
    ]
    return "\r\n".join(rows).replace(",", delimiter)


def read(data: bytes | str, name: str = "城关街道.csv") -> CheckedReturn:
    return check(data if isinstance(data, bytes) else data.encode("utf-8-sig"), name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(encoding: str) -> None:
    checked = read(lines("YS1,东村1号,已拆除").encode(encoding))
    assert (found_in(checked), column(checked, "remarks")) == (set(), ["已拆除"])


def test_big_endian_with_its_mark() -> None:
    assert found_in(read(codecs.BOM_UTF16_BE + lines("YS1,东村1号,").encode("utf-16-be"))) == set()


@pytest.mark.parametrize(
    ("delimiter", "name"),
    [
        *((",", "x.csv"), (";", "x.csv"), ("\t", "x.csv"), ("\t", "x.tsv"), ("，", "x.csv")),
        *((";", "x.txt"), (";", "x.xls"), ("|", "x.csv"), ("|", "x.txt"), ("|", "x.xls"), (" | ", "x.txt")),
    ],
)
def test_delimiters(delimiter: str, name: str) -> None:
    checked = read(lines("YS1,东村1号,已拆除", delimiter=delimiter), name)
    assert (found_in(checked), column(checked, "house_id")) == (set(), ["YS1"])


def test_a_list_with_semicolons_is_no_other_delimiter() -> None:
    assert column(read(lines('YS1,东村1号,"a;b;c;d;e;f"')), "remarks") == ["a;b;c;d;e;f"]


def test_lists_with_more_semicolons_than_there_are_columns() -> None:
    remarks = "一;二;三;四;五;六;七;八;九;十;" * 4
    checked = read(lines(*(f"YS{number},东村{number}号,{remarks}" for number in range(9))))
    assert (found_in(checked), set(column(checked, "remarks"))) == (set(), {remarks})


def test_files_of_villages_copied_together_that_differ_in_their_delimiter() -> None:
    east = lines(*(f"YS{number},东村{number}号," for number in range(5)))
    _, _, west = lines("YS7,西村7号,", delimiter=";").split("\r\n")
    checked = read(f"{east}\r\n{west}")
    assert (found_in(checked), column(checked, "house_id")[4:]) == (set(), ["YS4", "YS7"])


def test_a_cell_with_a_line_break_counts_as_one_row() -> None:
    checked = read(lines('YS1,"东村\n1号",', "YS2,东村2号,", ",东村3号,"))
    assert found_in(checked) == {("C101", "A5")}


def test_numbers_that_a_program_wrapped_into_formulas() -> None:
    assert column(read(lines('"=""0012""",东村1号,')), "house_id") == ["0012"]


def test_numbers_that_a_program_put_a_tab_behind() -> None:
    assert column(read(lines("0012\t,东村1号,", delimiter=",")), "house_id") == ["0012"]


def test_cells_that_a_program_put_a_tab_before_within_their_quotation_marks() -> None:
    lines = (",".join(f'"\t{cell}"' for cell in row) for row in ledger([house(1), house(2)]))
    assert codes_of(check("\n".join(lines).encode(), "城关街道.csv")) == []


def test_a_number_that_was_shortened_before_it_was_saved() -> None:
    assert found_in(read(lines("2.02403E+17,东村1号,"))) == {("C110", "A3")}


@pytest.mark.parametrize(
    "houses",
    [
        ['YS1,"东村1号,', "YS2,东村2号,", "YS3,东村3号,"],
        ['YS1,"东村1号,', "YS2,东村2号,", 'YS3,东村3号",'],
        ['YS1,"东村"1号,', "YS2,东村2号,"],
    ],
)
def test_quotation_marks_that_do_not_pair_would_swallow_houses(houses: list[str]) -> None:
    checked = read(lines(*houses))
    assert found_in(checked) == {("F001", "")}
    assert "引号不成对" in checked.problems[0].message


def test_a_quotation_mark_inside_a_text_is_only_that() -> None:
    assert column(read(lines('YS1,东村"1号",')), "address") == ['东村"1号"']


def test_a_file_that_breaks_off_within_a_letter() -> None:
    data = lines("YS1,东村1号,已拆除").encode()
    assert found_in(read(data + "东".encode()[:2])) == {("F001", "")}


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4, b"\0" * 500])
def test_what_is_no_text(data: bytes) -> None:
    assert found_in(read(data)) <= {("F001", ""), ("F004", "")}


def test_rows_of_different_lengths() -> None:
    data = lines("YS1,东村1号,") + "\r\nYS2\r\n"
    checked = read(data)
    assert len(checked.tables[0].rows) == 2


def with_blanks_left_out(*, lacks: int) -> str:
    """Houses as programs write them that leave the blanks at the end of a row out; the last row lacks so many cells.

    The second row is as short as the last one may be.
    """
    rows = lines(*(f"YS{number},东村{number}号,无" for number in range(1, 8))).split("\r\n")
    cells = [row.split(",") for row in rows]
    for row in (3, -1):
        cells[row] = cells[row][: len(cells[row]) - lacks]
    return "\r\n".join(map(",".join, cells))


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_file_that_may_break_off_where_another_row_ends(delimiter: str) -> None:
    """Nothing but the missing end of the line tells: the row is counted, and it is asked about."""
    checked = read(with_blanks_left_out(lacks=7).replace(",", delimiter))
    assert ("F023", "A9") in found_in(checked)
    assert len(checked.tables[0].rows) == 7
    ended = with_blanks_left_out(lacks=7) + "\r\n"
    assert "F023" not in codes_of(read(ended.replace(",", delimiter)))


def test_a_last_row_as_long_as_most_is_asked_about_by_nothing() -> None:
    assert "F023" not in codes_of(read(with_blanks_left_out(lacks=0)))


def test_a_table_drawn_with_strokes() -> None:
    drawn = [
        f"| {line} |" for line in lines("YS1,东村1号,", "YS2,东村2号,", delimiter=" | ").splitlines()[1:]
    ]
    drawn.insert(1, "|" + "---|" * drawn[0].count(" | "))
    assert column(read("\n".join(drawn), "城关街道.txt"), "house_id") == ["YS1", "YS2"]


@pytest.mark.parametrize("blanks", ["   ", "\u3000", "  "])
@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.xls"])
def test_where_only_blanks_stand_between_nothing_is_guessed(blanks: str, name: str) -> None:
    (refused,) = read(lines("YS1,东村1号,", "YS2,东村2号,已拆除", delimiter=blanks), name).problems
    assert (refused.code, "只有空格" in refused.message) == ("F011", True)


def test_a_comma_in_an_address_cuts_nothing_off() -> None:
    """Row 3 is longer than its header, and not the last row shorter."""
    rows = [HEADINGS, house(1), house(2)]
    written = [",".join(row) for row in rows]
    written[1] = written[1].replace("东村1号", "东村1号,附1号")
    checked = check("\n".join(["填报单位：城关街道", *written]).encode(), "城关街道.csv")
    assert counted(checked) == [2]
    assert {problem.row for problem in checked.problems if problem.severity.value == "error"} == {3}


def test_the_end_of_file_of_old_programs() -> None:
    text = "\r\n".join(["填报单位：城关街道", ",".join(HEADINGS), ",".join(house(1)), "\x1a"])
    checked = check(text.encode("gb18030"), "城关街道.csv")
    assert (counted(checked), codes_of(checked)) == ([1], [])


def test_a_figure_in_two_fields_leaves_one_below_no_heading() -> None:
    headings = [*HEADINGS, "建筑面积"]
    rows = [[*house(1), "120"], [*house(2), "1", "200"], [*house(3), "90"]]
    checked = checked_as("csv", ledger(rows, headings))
    assert [(problem.code, problem.cell) for problem in checked.problems] == [("F006", "Z3")]


@pytest.mark.parametrize("marks", ["''", "“”", '""'])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_in_other_quotation_marks(marks: str, delimiter: str) -> None:
    cells = ledger([house(1, 房屋地址="东村1号,附1号;后院"), house(2), house(3)])
    left, right = marks
    written = "\n".join(delimiter.join(f"{left}{cell}{right}" for cell in row) for row in cells)
    checked = check(written.encode(), "城关街道.csv")
    assert (codes_of(checked), counted(checked)) == ([], [3])
    assert column(checked, "address") == ["东村1号,附1号;后院", "东村2号", "东村3号"]
    assert column(checked, "remarks") == [None] * 3


def test_strokes_in_front_of_every_cell_are_no_quotation_marks() -> None:
    cells = ledger([house(1), house(2)])
    written = "\n".join(",".join(f"'{cell}" if cell else "" for cell in row) for row in cells)
    checked = check(written.encode(), "城关街道.csv")
    assert (counted(checked), column(checked, "house_id")) == ([2], ["YS0001", "YS0002"])


def test_a_stroke_that_makes_a_number_a_text_is_no_quotation_mark() -> None:
    rows = [house(1, 产权人证件号码="'990101195001010011"), house(2)]
    checked = check("\n".join(",".join(row) for row in ledger(rows)).encode(), "城关街道.csv")
    assert (counted(checked), column(checked, "address")) == ([2], ["东村1号", "东村2号"])


def test_lines_of_two_delimiters_with_cells_in_quotation_marks() -> None:
    cells = ledger([house(1, 房屋地址="东村1号,附1号"), house(2), house(3)])
    width = len(HEADINGS)
    written = "\r\n".join(
        ";,"[number % 2].join(f'"{text}"' for text in [*row, *[""] * (width - len(row))])
        for number, row in enumerate(cells)
    )
    checked = read(written)
    assert (codes_of(checked), counted(checked)) == ([], [3])
    assert column(checked, "address") == ["东村1号,附1号", "东村2号", "东村3号"]


def test_a_last_line_with_nothing_in_it_is_no_broken_one() -> None:
    assert codes_of(read(lines("YS1,东村1号,", "YS2,东村2号,") + "\r\n,,,")) == []


def test_a_web_page_is_no_table_whatever_it_is_called() -> None:
    assert codes_of(read("<html><table><tr><td>房屋编号</td></tr></table></html>")) == ["F011"]


def test_prose_with_semicolons_is_no_table() -> None:
    assert codes_of(read("说明：一;二;三;四;五\n另：六;七;八;九;十;十一;十二\n完", "说明.txt")) == ["F011"]
