"""Two sendings of one return: what was corrected, what is still there, what is new."""

from tests.sheets import A_PLAIN_HOUSE, Cells, check, workbook
from zjf.checking.resubmission import corrections
from zjf.problems import Problem

House = dict[str, str]


def sheet(*houses: House) -> Cells:
    rows = [
        [
            ({name: text.format(number=number) for name, text in A_PLAIN_HOUSE.items()} | house)[name]
            for name in A_PLAIN_HOUSE
        ]
        for number, house in enumerate(houses, 1)
    ]
    return [["填报单位：城关街道"], list(A_PLAIN_HOUSE), *rows]


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.cell) for problem in problems]


def test_each_problem_is_corrected_still_there_or_new() -> None:
    first = check(workbook(sheet({"结构类型": "砖昆"}, {"地上层数": "200"}, {})))
    second = check(workbook(sheet({}, {"地上层数": "300"}, {"是否经营性": "或许"})))
    found = corrections(first, second)
    assert codes(found.corrected) == [("C104", "G3")]
    assert [(before.value, after.value) for before, after in found.remaining] == [("200", "300")]
    assert codes(found.new) == [("C104", "E5")]


def test_a_problem_is_known_by_its_house_wherever_the_row_now_stands() -> None:
    wrong = {"房屋编号": "YS77", "结构类型": "砖昆"}
    found = corrections(check(workbook(sheet(wrong, {}))), check(workbook(sheet({}, {}, wrong))))
    assert (found.corrected, found.new) == ((), ())
    assert [(before.cell, after.cell) for before, after in found.remaining] == [("G3", "G5")]


def test_a_house_without_a_number_is_known_by_its_row() -> None:
    first = check(workbook(sheet({"房屋编号": ""}, {"房屋编号": ""})))
    second = check(workbook(sheet({}, {"房屋编号": ""})))
    found = corrections(first, second)
    assert codes(found.corrected) == [("C101", "A3")]
    assert len(found.remaining) == 1


def test_a_file_that_could_not_be_read_and_now_can_is_corrected() -> None:
    found = corrections(check(b"", "城关街道.xlsx"), check(workbook(sheet({}))))
    assert [problem.code for problem in found.corrected] == ["F001"]
    assert (found.remaining, found.new) == ((), ())


def test_a_missing_column_that_is_still_missing_is_one_problem() -> None:
    without = [row[:-1] for row in sheet({}, {})]
    without[0] = ["填报单位：城关街道"]
    found = corrections(check(workbook(without)), check(workbook(without)))
    assert [before.code for before, _ in found.remaining] == ["F005"]
    assert (found.corrected, found.new) == ((), ())


def test_repairs_are_not_problems() -> None:
    found = corrections(check(workbook(sheet({"地上层数": "2层"}))), check(workbook(sheet({}))))
    assert (found.corrected, found.remaining, found.new) == ((), (), ())
