"""A unit writes into the problem list of its marked copy as it likes: what it wrote is read, or told of."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from tests.sheets import Cells, check, found_in, workbook
from zjf.intake.answers import ANSWER, HEADINGS, KEY, NOTHING_FOUND, TITLE, key_with_check, questions_in
from zjf.intake.formats.containers import with_parts
from zjf.intake.workbook import Sheet

FIRST, SECOND = "L204|house-ledger|YS01|initial_judgement", "C108|house-ledger|YS02|owner_phone"
SAYS = "情况属实，正在鉴定"
AT_ANSWER, AT_KEY = HEADINGS.index(ANSWER), HEADINGS.index(KEY)


def problem_list(*answers: str) -> Cells:
    lines = [
        [str(number), "提醒", key[:4], "台账", f"U{number}", "1", "栏目", "内容", "说明。", answer, key]
        for number, (key, answer) in enumerate(zip((FIRST, SECOND), answers, strict=True), 1)
    ]
    return [[TITLE], ["城关街道.xlsx：提醒 2"], ["改完报回。"], [*HEADINGS], *lines]


def without_title(cells: Cells) -> None:
    del cells[:3]


def with_another_title(cells: Cells) -> None:
    cells[0][0] = "城关街道情况说明"


def with_words_in_the_heading(cells: Cells) -> None:
    cells[3][AT_ANSWER] += "（乡镇填写）"


def with_a_column_in_front(cells: Cells) -> None:
    cells[:] = [["", *row] for row in cells]


def with_a_row_between(cells: Cells) -> None:
    cells.insert(4, [""])


def turned_round(cells: Cells) -> None:
    cells[4:] = reversed(cells[4:])


@pytest.mark.parametrize(
    "changed",
    [
        without_title,
        with_another_title,
        with_words_in_the_heading,
        with_a_column_in_front,
        with_a_row_between,
        turned_round,
    ],
)
def test_the_list_is_known_by_its_headings(changed: Callable[[Cells], None]) -> None:
    cells = problem_list("", SAYS)
    changed(cells)
    sheet = Sheet("任何名称", [[*row, *[""] * 12] for row in cells])
    assert questions_in([sheet]) == {FIRST: "", SECOND: SAYS}


def test_the_same_again_and_cells_merged_down_are_the_answer_above() -> None:
    assert questions_in([Sheet("问题清单", problem_list(SAYS, "同上"))]) == {FIRST: SAYS, SECOND: SAYS}
    merged = Sheet("问题清单", problem_list(SAYS, ""), merges=[(4, AT_ANSWER, 5, AT_ANSWER)])
    assert questions_in([merged]) == {FIRST: SAYS, SECOND: SAYS}


def test_a_copy_of_the_list_without_answers_takes_none_away() -> None:
    lists = [Sheet("问题清单", problem_list(SAYS, "")), Sheet("问题清单 (2)", problem_list("", "座机"))]
    assert questions_in(lists) == {FIRST: SAYS, SECOND: "座机"}


def test_of_a_very_long_answer_it_is_said_that_there_is_more() -> None:
    (answer, _) = questions_in([Sheet("问题清单", problem_list("长" * 600, ""))]).values()
    assert answer.endswith("（余下的见原文件）")


def test_words_elsewhere_in_the_list_are_told_and_not_quoted() -> None:
    beside, below, without_key = problem_list("", ""), problem_list("", ""), problem_list(SAYS, "")
    beside[4].append("赵一已搬走")
    below += [[], ["第 1 条赵一已搬走"]]
    without_key = [row[:AT_KEY] for row in without_key]
    for cells, cell in ((beside, "L5"), (below, "A8"), (without_key, "J5")):
        problems = [problem for problem in check(workbook(cells)).problems if problem.code == "F024"]
        assert [problem.cell for problem in problems] == [cell]
        assert "赵一" not in problems[0].message


def test_words_over_what_was_sent_are_told_and_no_answer() -> None:
    sent = problem_list(SAYS, "")
    for row in sent[4:]:
        row[AT_KEY] = key_with_check(row[AT_KEY], row[AT_ANSWER - 2], row[AT_ANSWER - 1])
    assert questions_in([Sheet("问题清单", sent)]) == {FIRST: SAYS, SECOND: ""}
    assert found_in(check(workbook(sent))) == {("F004", "")}
    for column, cell in ((AT_ANSWER - 1, "I6"), (AT_ANSWER - 2, "H6")):
        written_over = [[*row] for row in sent]
        written_over[5][column] = "赵一已搬走"
        (problem,) = [problem for problem in check(workbook(written_over)).problems if problem.code == "F024"]
        assert (problem.cell, "赵一" in problem.message) == (cell, False)


def test_a_list_as_it_was_sent_says_nothing_elsewhere() -> None:
    nothing = [*problem_list("", "")[:4], [NOTHING_FOUND]]
    between = [*problem_list(SAYS, ""), ["3", *[""] * 7, "以下 1 条是说明。"]]
    for cells in (problem_list("", ""), problem_list(SAYS, SAYS), nothing, between):
        assert found_in(check(workbook(cells))) == {("F004", "")}


def test_the_list_alone_is_no_return_and_the_unit_is_told_what_to_send() -> None:
    (problem,) = check(workbook(problem_list(SAYS, ""))).problems
    assert (problem.code, "只有问题清单" in problem.message) == ("F004", True)


def test_a_workbook_of_charts_alone_has_no_list_of_problems() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=图!$A$1:$A$2"})
        book.add_worksheet("图")
        book.add_chartsheet("图2").set_chart(chart)
    with zipfile.ZipFile(buffer) as package:
        links = package.read("xl/_rels/workbook.xml.rels")
        no_sheet = links.replace(b"relationships/worksheet", b"relationships/chartsheet")
        charts = with_parts(package, {"xl/_rels/workbook.xml.rels": no_sheet})
    (problem,) = check(charts).problems
    assert (problem.code, "没有找到任何已知表式" in problem.message) == ("F004", True)
