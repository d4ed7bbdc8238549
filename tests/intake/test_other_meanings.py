"""A heading with a field's name and another meaning: nothing of its column is taken for the field's."""

import pytest

from tests.intake.messy import assert_sheet, column, rows_of
from tests.intake.typed_files import checked_as, codes_of
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from tests.sweep_tables import SWEEP_HEADER
from zjf.intake.a1 import column_letters


@pytest.mark.parametrize(
    ("heading", "text", "field", "says"),
    [
        ("建筑面积（亩）", "0.3", "area_m2", "请换算成「㎡」"),
        ("建筑面积(万平方米)", "0.03", "area_m2", "请换算成「㎡」"),
        ("建筑面积【占地】", "300", "area_m2", "占地"),
        ("使用人数（户）", "3", "occupants", "请换算成「人」"),
        ("初判日期（拟）", "2024-06-01", "judged_on", "拟"),
        ("验收日期（预计）", "2024-06-01", "accepted_on", "预计"),
        ("管控解除日期（上次）", "2024-06-01", "control_lifted_on", "上次"),
        ("联系电话（村干部）", "13800000001", "owner_phone", "村干部"),
        ("身份证号（使用人）", "", "owner_id", "使用人"),
    ],
)
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_what_stands_in_brackets(heading: str, text: str, field: str, says: str, extension: str) -> None:
    cells = [
        ["填报单位：城关街道"],
        [*A_PLAIN_HOUSE, heading],
        [*(value.format(number=1) for value in A_PLAIN_HOUSE.values()), text],
    ]
    checked = checked_as(extension, cells)
    assert codes_of(checked) == ["F006"]
    assert column(checked, field) == [None]
    assert says in next(problem.message for problem in checked.problems if problem.code == "F006")


@pytest.mark.parametrize(
    "heading",
    [
        "建筑面积（平方米）",
        "使用人数（人）",
        "整治期限（计划）",
        "联系电话（产权人）",
        "初判日期（年/月/日）",
    ],
)
def test_brackets_that_change_nothing(heading: str) -> None:
    checked = check(
        workbook([["填报单位：城关街道"], [*A_PLAIN_HOUSE, heading], list(A_PLAIN_HOUSE.values())])
    )
    assert "F006" not in codes_of(checked)


@pytest.mark.parametrize(
    "heading", ["整治完成日期（计划）", "销号日期（申请）", "鉴定等级（原）", "地上层数（地下）"]
)
def test_a_column_that_must_be_there_is_missing_then(heading: str) -> None:
    headings = [heading if name == heading.partition("（")[0] else name for name in A_PLAIN_HOUSE]
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], headings, row]))
    assert codes_of(checked) == ["F005", "F006"]


def test_houses_are_no_households() -> None:
    header = [*SWEEP_HEADER[:2], ["", "共核查房屋（户）", *SWEEP_HEADER[2][2:]]]
    figures = ["东村", *["=1"] * 8]
    checked = check(workbook([*header, figures]), "青石镇.xlsx")
    assert codes_of(checked) == ["F005", "F006"]


HOUSE = "| 房屋编号 | 村 | 房屋地址 | 是否经营性 | 地上层数 | 结构类型 | 初判结论 | 复核结论 | 鉴定等级 | 销号日期 | 销号方式 | 销号后复核日期 | 销号后复核结论 |"
SAYS = "| YS1 | 东村 | 1号 | 否 | 2 | 砖混结构 |  |  |  |  |  |  |  |"
BLANK = "|  " * 13 + "|"


def test_the_user_is_not_the_owner() -> None:
    """姓名, 身份证号 and 联系电话 under 产权人, and again under 使用人."""
    checked = assert_sheet(
        f"""
        {HOUSE} 整治措施 | 整治完成日期 | 产权人 |          | 使用人 |                 |
        {BLANK}          |              | 姓名   | 联系电话 | 姓名   | 联系电话 [F006] |
        {SAYS}           |              | 赵一   | 13800000001 | 钱二 | 13900000002   |
        | 填报单位：城关街道 |
        """,
        merges=("P1:Q1", "R1:S1"),
    )
    assert [column(checked, name) for name in ("owner_phone", "user_name")] == [["13800000001"], ["钱二"]]


@pytest.mark.parametrize("group", ["下步整治计划", "拟采取的整治", "上次整治情况"])
def test_a_group_that_says_when(group: str) -> None:
    checked = assert_sheet(
        f"""
        {HOUSE} 产权人 | 整治措施 | {group}              |            |
        {BLANK}        |          | 整治完成日期 [F006]  | 整治责任人 |
        {SAYS}  赵一   | 维修加固 | 2024-06-01           | 王五       |
        | 填报单位：城关街道 |
        """,
        merges=("P1:Q1",),
        also=[("F005", ""), *([("F006", "Q2")] if "上次" in group else [])],
    )
    assert column(checked, "rectified_on") == [None]


def test_a_group_above_a_row_that_names_every_column() -> None:
    headings = [cell.strip() for cell in HOUSE.strip("| ").split("|")]
    groups = [*[""] * len(headings), "", "", "整治计划", ""]
    says = [cell.strip() for cell in SAYS.strip("|").split("|")]
    cells = [
        ["填报单位：城关街道"],
        groups,
        [*headings, "产权人", "整治措施", "整治完成日期", "整治期限"],
        [*says, "赵一", "维修加固", "2024-06-01", "2024-07-01"],
    ]
    merged = check(workbook(cells, merges=("P2:Q2",)))
    assert (codes_of(merged), column(merged, "rectified_on")) == (["F005", "F006"], [None])
    note = [*groups[:-2], "联系人：王计划", ""]
    noted = check(workbook([cells[0], note, *cells[2:]], merges=("P2:Q2",)))
    assert (codes_of(noted), found_in(noted)) == ([], set())


def test_headings_below_one_that_is_merged_over_them_are_no_house() -> None:
    names = [name for name in A_PLAIN_HOUSE if name != "地上层数"]
    house = [A_PLAIN_HOUSE[name].format(number=1) for name in names]
    cells = [[*names, "层数", ""], [*[""] * len(names), "地上", "地下"], [*house, "2", "1"]]
    merges = ["P1:Q1", *(f"{column_letters(place)}1:{column_letters(place)}2" for place in range(len(names)))]
    checked = check(workbook([*cells, ["填报单位：城关街道"]], merges=merges))
    assert (rows_of(checked), found_in(checked)) == ([3], {("F007", "Q1")})


def test_a_heading_as_long_as_a_cell_can_be_is_looked_through_once() -> None:
    """Searched from each of its characters, it would keep a reader busy for minutes."""
    house = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    headings = [*A_PLAIN_HOUSE, "附" * 32_767]
    checked = check(workbook([["填报单位：城关街道"], headings, [*house, "1"]]))
    assert found_in(checked) == {("F006", "Q2")}
