"""Fields printed as a column for each of their options, one of which is ticked."""

from collections.abc import Sequence

import pytest

from tests.intake.messy import column, rows_of
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, house, ledger, written
from tests.sheets import CLOSING_DAY, COUNTY, Cells, check, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.intake.limits import Limits
from zjf.intake.repairs import repairs_of
from zjf.intake.settings import Intake
from zjf.intake.workbook import open_sheets
from zjf.schemas import FORMS

KINDS = ("砖混", "砖木", "土木")
READ = ["砖混结构", "砖木结构", "土木结构"]


def in_columns(heading: str, options: Sequence[str], marks: Sequence[Sequence[str]], **beside: str) -> Cells:
    """A ledger with a field's heading over a column for each option, and a house for each row of marks."""
    place = HEADINGS.index(heading)
    wide = [*HEADINGS[: place + 1], *[""] * (len(options) - 1), *HEADINGS[place + 1 :]]
    below = [*[""] * place, *options]
    houses = [
        [*row[:place], *marked, *row[place + 1 :]]
        for number, marked in enumerate(marks, 1)
        for row in [house(number, **beside)]
    ]
    return ledger([below, *houses], wide)


def merged(cells: Cells, heading: str, options: int) -> CheckedReturn:
    """The same with the heading merged over its options, and the others down to them."""
    place = HEADINGS.index(heading)
    letters = [chr(ord("A") + number) for number in range(len(cells[2]))]
    across = f"{letters[place]}3:{letters[place + options - 1]}3"
    down = [
        f"{letter}3:{letter}4"
        for number, letter in enumerate(letters)
        if not place <= number < place + options
    ]
    width = max(map(len, cells))
    return check(workbook([[*row, *[""] * (width - len(row))] for row in cells], merges=[across, *down]))


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv", "gb.csv"])
@pytest.mark.parametrize("tick", ["√", "✓", "1", "是", "●", "☑"])
def test_what_is_ticked_is_read(extension: str, tick: str) -> None:
    marks = [[tick, "", ""], ["", tick, ""], ["×", "×", tick]]
    checked = checked_as(extension, in_columns("结构类型", KINDS, marks))
    assert codes_of(checked) == []
    assert (rows_of(checked), column(checked, "structure")) == ([5, 6, 7], READ)
    (said,) = [problem for problem in checked.problems if "打勾" in problem.message]
    assert (said.code, said.cells) == ("C111", ("H4", "I4", "J4"))


def test_under_a_heading_that_stands_above_the_row_of_all_others() -> None:
    place = HEADINGS.index("结构类型")
    _, _, _, _, *houses = in_columns("结构类型", KINDS, [["√", "", ""], ["", "√", ""]])
    headings = [*HEADINGS[:place], *KINDS, *HEADINGS[place + 1 :]]
    group = [*[""] * place, "结构类型"]
    across = f"{chr(ord('A') + place)}2:{chr(ord('A') + place + 2)}2"
    checked = check(workbook([["填报单位：城关街道"], group, headings, *houses], merges=[across]))
    assert (codes_of(checked), column(checked, "structure")) == ([], READ[:2])


def test_under_a_merged_heading() -> None:
    marks = [["√", "", ""], ["", "", "土木"], ["", "√", "/"]]
    checked = merged(in_columns("结构类型", KINDS, marks), "结构类型", 3)
    assert codes_of(checked) == []
    assert column(checked, "structure") == ["砖混结构", "土木结构", "砖木结构"]


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        (["√", "√", ""], "C104"),
        (["", "", ""], "C101"),
        (["/", "—", ""], "C101"),
        (["×", "", ""], "C104"),
        (["√", "", "？"], "C104"),
        (["", "部分", ""], "C104"),
        (["#REF!", "", ""], "C109"),
    ],
)
def test_what_is_not_clear_is_asked_about(marks: list[str], code: str) -> None:
    checked = checked_as("xlsx", in_columns("结构类型", KINDS, [marks]))
    assert [(problem.code, problem.cell) for problem in checked.problems if problem.code != "C111"] == [
        (code, "H5")
    ]
    assert column(checked, "structure") == [None]


def test_short_wordings_that_are_all_clear_beside_each_other() -> None:
    marks = [["√", "", ""], ["", "√", ""], ["", "", "√"], ["", "", ""]]
    checked = merged(in_columns("初判结论", ("严重", "一定", "未发现"), marks), "初判结论", 3)
    read = ["存在严重安全隐患", "存在一定安全隐患", "未发现安全隐患", None]
    assert column(checked, "initial_judgement") == read


def test_several_of_a_list_may_be_ticked() -> None:
    marks = [["√", "√"], ["", ""], ["", "√"]]
    checked = checked_as("xlsx", in_columns("管控措施", ("停止使用", "封控"), marks))
    assert codes_of(checked) == []
    assert column(checked, "controls") == [("停止使用", "封控警示"), None, ("封控警示",)]


@pytest.mark.parametrize("answers", [("√", ""), ("是", "否"), ("1", "0")])
def test_commercial_and_not_side_by_side(answers: tuple[str, str]) -> None:
    yes, no = answers
    place = HEADINGS.index("是否经营性")
    headings = [*HEADINGS[:place], "经营性", "非经营性", *HEADINGS[place + 1 :]]
    rows = [house(1), house(2)]
    rows = [
        [*row[:place], *marked, *row[place + 1 :]]
        for row, marked in zip(rows, [(no, yes), (no, yes)], strict=True)
    ]
    checked = checked_as("xlsx", ledger(rows, headings))
    assert (codes_of(checked), column(checked, "is_commercial")) == ([], ["否", "否"])


@pytest.mark.parametrize("long_from", [0, 10**9], ids=["long", "short"])
def test_in_a_long_list_whose_headings_are_printed_again(long_from: int) -> None:
    cells = in_columns("结构类型", KINDS, [["", "√", ""]] * 3)
    place = HEADINGS.index("结构类型")
    again = [
        [*row[:place], "", "√", "", *row[place + 1 :]] for number in (7, 8, 9) for row in [house(number)]
    ]
    checked = check(written([*cells, *cells[2:4], *again], "xlsx"), limits=Limits(long_from=long_from))
    assert codes_of(checked) == []
    assert column(checked, "structure") == ["砖木结构"] * 6


def test_other_texts_below_a_heading_are_no_options() -> None:
    checked = checked_as("xlsx", in_columns("结构类型", ("类别", "数量"), [["砖混", "1"]]))
    assert "F006" in codes_of(checked)


def test_nothing_of_it_is_written_anew() -> None:
    file = written(in_columns("结构类型", KINDS, [["√", "", ""]]), "xlsx")
    intake = Intake(COUNTY, CLOSING_DAY, None, tuple(FORMS), Limits(), show_personal=False)
    assert list(repairs_of(open_sheets("城关街道.xlsx", file, Limits()), intake)) == []


def test_a_column_of_another_question_is_no_option_of_the_one_at_its_left() -> None:
    place = HEADINGS.index("是否经营性")
    headings = [*HEADINGS[:place], "经营性", "是否拍照", *HEADINGS[place + 1 :]]
    houses = [
        [*row[:place], answer, photo, *row[place + 1 :]]
        for number, (answer, photo) in enumerate([("是", "是"), ("否", "是"), ("", "是"), ("否", "")], 1)
        for row in [house(number, 经营业态="超市" if answer == "是" else "", 专业设计="是", 专业施工="是")]
    ]
    checked = checked_as("xlsx", ledger(houses, headings))
    assert column(checked, "is_commercial") == ["是", "否", None, "否"]
    assert {"F006", "C101"} <= set(codes_of(checked))


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("heading", ["{}({})", "25、{}（{}）", "25({}:{})", "{}-{}", "{}：{}"])
def test_options_named_in_the_heading_itself_as_questionnaires_write_them(
    heading: str, extension: str
) -> None:
    options, rest = ("停止使用", "限制用途", "人员撤离"), HEADINGS[: HEADINGS.index("管控措施")]
    headings = [*rest, *(heading.format("管控措施", option) for option in options)]
    marks = (["1", "0", "1"], ["0", "0", "0"], ["", "√", ""])
    rows = [[*house(number)[: len(rest)], *marked] for number, marked in enumerate(marks, 1)]
    checked = checked_as(extension, ledger(rows, headings))
    assert codes_of(checked) == []
    assert column(checked, "controls") == [("停止使用", "人员撤离"), None, ("限制用途",)]
