"""A date printed over three columns, as on a paper form: 年 | 月 | 日."""

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, house, ledger
from tests.sheets import Cells, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn

WIDTH = len(HEADINGS)
PARTS = [[*[""] * WIDTH, "", "年", "月", "日"]]
OVER_THREE = ["Z3:AB3"]


def read(days: Cells, below: Cells, merges: list[str]) -> CheckedReturn:
    """Houses of grade B; what stands for each below 鉴定日期, which is printed over three columns."""
    headings = [*HEADINGS, "鉴定机构", "鉴定日期", "", ""]
    houses = [
        [*house(number, 鉴定等级="B" if any(parts) else ""), "江岳所" if any(parts) else "", *parts]
        for number, parts in enumerate(days, 1)
    ]
    return check(workbook(ledger([*below, *houses], headings), merges=merges))


def days_of(checked: CheckedReturn) -> list[str]:
    (said,) = [problem.message for problem in checked.problems if problem.code == "C111"]
    assert "鉴定日期分成 3 列" in said
    return [str(day or "") for day in column(checked, "appraised_on")]


def test_the_parts_are_named_below_the_heading() -> None:
    days = [["2023", "5", "1"], ["2023年", "05", "12日"], ["=2023", "=6", "=3"], ["", "", ""]]
    for merges in ([], OVER_THREE, [*OVER_THREE, "A3:A4", "B3:B4"]):
        checked = read(days, PARTS, merges)
        assert found_in(checked) == set()
        assert days_of(checked) == ["2023-05-01", "2023-05-12", "2023-06-03", ""]


def test_the_heading_is_merged_over_a_year_a_month_and_a_day() -> None:
    checked = read([["2023年", "5月", "1日"], ["2023", "12", "31"]], [], OVER_THREE)
    assert found_in(checked) == set()
    assert days_of(checked) == ["2023-05-01", "2023-12-31"]


def test_a_day_of_which_a_part_lacks_or_that_is_in_no_calendar_is_told() -> None:
    checked = read([["2023", "5", ""], ["2023", "2", "30"], ["2023", "2", "3"]], PARTS, OVER_THREE)
    assert found_in(checked) == {("C105", "Z5"), ("C105", "Z6")}
    assert days_of(checked) == ["", "", "2023-02-03"]


def test_a_heading_merged_over_columns_of_something_else_is_asked_about() -> None:
    checked = read([["2023-05-01", "复印件", "存档"]], [], OVER_THREE)
    assert found_in(checked) == {("F007", "AA3"), ("F007", "AB3")}
