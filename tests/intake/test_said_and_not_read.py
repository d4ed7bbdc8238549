"""What a sheet says beside its cells: in comments, by colours, and how many houses it lists."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from tests.intake.messy import column
from tests.intake.typed_files import house, ledger, written
from tests.sheets import Cells, check, found_in
from zjf.checking.one_return import CheckedReturn

FIXTURES = Path(__file__).parent.parent / "fixtures"
HOUSES = [house(1), house(2), house(3)]
FLOORS = "G4"


def with_comments(**comments: str) -> bytes:
    """Three houses, and comments at cells."""
    book = openpyxl.load_workbook(BytesIO(written(ledger(HOUSES), "xlsx")))
    for cell, text in comments.items():
        book.active[cell].comment = Comment(text, "某人")
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def said_of(checked: CheckedReturn, code: str) -> list[str]:
    return [problem.message for problem in checked.problems if problem.code == code]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (FLOORS, "实际3层"),
        (FLOORS, "作者:\n应为三层"),
        ("B5", "此户重复"),
        ("H6", "砖木结构"),
        ("N4", "见销号表"),
        ("F5", "[Threaded comment]\n\nYour version of Excel …\n\nComment:\n    不是，出租"),
    ],
)
def test_an_answer_in_a_comment_is_told(cell: str, text: str) -> None:
    checked = check(with_comments(**{cell: text}))
    assert found_in(checked) == {("F024", cell)}
    assert "Threaded" not in said_of(checked, "F024")[0]
    assert column(checked, "floors") == [2, 2, 2]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(FLOORS, "村里核对过"), ("G3", "按3层、2层填写"), (FLOORS, "【校验】\n地上层数「3」…"), ("A1", "共3栋")],
)
def test_other_comments_are_not_spoken_of(cell: str, text: str) -> None:
    assert found_in(check(with_comments(**{cell: text}))) == set()


def test_many_comments_are_told_in_one() -> None:
    (said,) = said_of(check(with_comments(G4="3层", G5="3层", G6="3层", N4="未销")), "F024")
    assert "共 4 处：G4、N4、G5等" in said


def test_the_comments_of_an_xls() -> None:
    checked = check((FIXTURES / "comments.xls").read_bytes(), "城关街道.xls")
    (said,) = said_of(checked, "F024")
    assert "共 3 处：G4、N5、E6" in said


def test_a_comment_is_not_quoted_as_it_may_name_someone() -> None:
    (said,) = said_of(check(with_comments(B4="应为万小河")), "F024")
    assert "小河" not in said


def below(*lines: str, title: str = "自建房台账") -> Cells:
    return [[title], *ledger(HOUSES)[1:], *([line] for line in lines)]


@pytest.mark.parametrize(
    "line",
    [
        "说明：红色底纹为C级，黄色为D级",
        "标红的是本周新增",
        "黄底：新增；蓝底：销号",
        "注：不同颜色代表不同等级",
    ],
)
def test_colours_that_mean_something_are_told(line: str) -> None:
    assert found_in(check(written(below(line), "xlsx"))) == {("F025", "A7")}


def test_a_legend_of_colours_is_no_house() -> None:
    checked = check(written([*below(), ["图例：", "红色=D级", "黄色=C级"]], "xlsx"))
    assert found_in(checked) == {("F025", "B7"), ("F025", "C7")}


@pytest.mark.parametrize(
    "line",
    [
        "红色字体为必填项",
        "灰色单元格请勿修改",
        "红色村的房屋另报",
        "绿色建筑不在排查范围",
        "注：红星村、黄村为新增",
    ],
)
def test_other_colours_are_not_spoken_of(line: str) -> None:
    assert found_in(check(written(below(line), "xlsx"))) == set()


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        (["本表共5栋，其中经营性3栋"], "A7"),
        (["合计：5栋"], "A7"),
        (["合计", "5栋"], "B7"),
        (["总计", "5"], "B7"),
        (["共计5座"], "A7"),
    ],
)
def test_another_number_of_houses_than_the_sheet_says(line: list[str], cell: str) -> None:
    checked = check(written([*below(), line], "xlsx"))
    assert found_in(checked) == {("A311", cell)}
    assert "共 5 栋，读到的是 3 栋" in said_of(checked, "A311")[0]


def test_a_total_below_subtotals_is_of_all_the_rows_above() -> None:
    checked = check(written([*below(), ["小计", "3"], ["合计", "5栋"]], "xlsx"))
    assert found_in(checked) == {("A311", "B8")}
    assert "共 5 栋，读到的是 3 栋" in said_of(checked, "A311")[0]


def test_another_number_than_the_title_says() -> None:
    assert found_in(check(written(below(title="自建房台账（共5栋）"), "xlsx"))) == {("A311", "A1")}


@pytest.mark.parametrize(
    "line",
    [["共3栋"], ["合计", "3"], ["经营性共2栋"], ["全县共1200栋"], ["本周新增2栋"], ["共5户"], ["共5页"]],
)
def test_the_right_number_or_one_of_something_else(line: list[str]) -> None:
    assert found_in(check(written([*below(), line], "xlsx"))) == set()


def test_a_number_of_all_sheets() -> None:
    last = [*ledger([house(4)]), ["共4栋"]]
    assert found_in(check(written(below(), "xlsx", last))) == set()


def with_a_box(text: str) -> bytes:
    """Three houses, and a text box over them that begins at D5."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("台账")
        for row, line in enumerate(below()):
            for place, cell in enumerate(line):
                sheet.write_string(row, place, cell)
        sheet.insert_textbox("D5", text)
    return buffer.getvalue()


@pytest.mark.parametrize("text", ["此行作废", "第5行重复", "以下两栋已销号", "鉴定为C级"])
def test_a_text_box_that_speaks_of_rows_is_told(text: str) -> None:
    checked = check(with_a_box(text))
    assert found_in(checked) == {("F024", "D5")}
    assert "文本框里的话没有读取" in said_of(checked, "F024")[0]


@pytest.mark.parametrize("text", ["审核人：周文　2024年6月7日", "密级：内部", "云水县住建局制"])
def test_other_text_boxes_are_not_spoken_of(text: str) -> None:
    assert found_in(check(with_a_box(text))) == set()
