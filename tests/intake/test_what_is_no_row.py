"""Rows and sheets that are none of the unit's own: examples, field codes, options, pivot tables."""

import pytest

from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn

HEADINGS = ["序号", *A_PLAIN_HOUSE, "备注"]


def houses(count: int, **changed: str) -> Cells:
    plain = A_PLAIN_HOUSE | {"备注": ""}
    return [
        [str(number), *((plain | changed)[name].format(number=number) for name in HEADINGS[1:])]
        for number in range(1, count + 1)
    ]


def ledger(rows: Cells) -> Cells:
    return [["填报单位：城关街道"], HEADINGS, *rows]


def counted(checked: CheckedReturn) -> list[int]:
    return [len(table.rows) for table in checked.tables]


@pytest.mark.parametrize("told", ["（必填）", "必填", "系统自动生成", "按编码规则填写"])
def test_what_is_to_be_filled_in_stands_below_the_number_alone(told: str) -> None:
    lone = [told if heading == "房屋编号" else "" for heading in HEADINGS]
    checked = check(workbook(ledger([lone, *houses(2)])))
    assert counted(checked) == [2]
    assert [(problem.code, problem.row) for problem in checked.problems] == [("F014", 3)]


def test_a_house_without_its_number_is_no_instruction() -> None:
    checked = check(workbook(ledger(houses(2, 房屋编号="（必填）"))))
    assert (counted(checked), checked.status) == ([2], "errors")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("序号", "示例"),
        ("序号", "例"),
        ("序号", "例1"),
        ("序号", "（样例）"),
        ("序号", "示例："),
        ("房屋编号", "示例"),
        ("房屋编号", "示例001"),
        ("房屋编号", "YS0001（例）"),
        ("产权人", "示例"),
        ("产权人", "张三（示例）"),
        ("产权人", "样例"),
        ("产权人", "例如"),
        ("房屋地址", "示范"),
        ("备注", "示例"),
        ("备注", "样表"),
        ("备注", "Example, please delete"),
        ("产权人", "示例行，请删除"),
        ("序号", "demo"),
        ("备注", "填写示例"),
        ("备注", "此行为示例，填报时请删除"),
        ("村（社区）", "样例"),
    ],
)
@pytest.mark.parametrize("place", [0, 2, 4], ids=["first", "middle", "last"])
def test_an_example_row_is_named_and_not_counted(column: str, text: str, place: int) -> None:
    rows = houses(5)
    rows[place][HEADINGS.index(column)] = text
    checked = check(workbook(ledger(rows)))
    assert counted(checked) == [4]
    (said,) = [problem for problem in checked.problems if problem.code == "F014"]
    assert (said.row, checked.status) == (place + 3, "warnings")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("产权人", "例大海"),
        ("产权人", "王例"),
        ("房屋地址", "示例街3-5号"),
        ("备注", "县级示范村，旁边是整治样例房"),
        ("备注", "按比例分摊"),
        ("村（社区）", "凡例村"),
        ("村（社区）", "示范村"),
        ("房屋编号", "YS3-5"),
    ],
)
def test_a_house_that_has_such_a_word_is_a_house(column: str, text: str) -> None:
    rows = houses(3)
    rows[1][HEADINGS.index(column)] = text
    checked = check(workbook(ledger(rows)))
    assert (counted(checked), found_in(checked)) == ([3], set())


CODES = {
    "pinyin": ["xh", "fwbh", "cun", "fwdz", "cqr", "sfjyx", "dscs", "jglx", "cpjl", "fhjl", "jddj"],
    "camel": ["no", "houseId", "village", "address", "ownerName", "isCommercial", "floors", "structure"],
    "numbered": [f"F{number:02}" for number in range(1, 19)],
    "upper": [f"COL_{number}" for number in range(1, 19)],
}
INSTRUCTIONS = {
    "duty": [
        "自动编号",
        "必填",
        "必填",
        "必填",
        "必填，与产权证一致",
        "必填（是/否）",
        "必填，填整数",
        "下拉选择",
    ],
    "kind": ["序号", "文本", "文本", "文本", "文本", "单选", "数字", "单选", "单选", "单选", "单选"],
    "like": [
        "",
        "如：YS0001",
        "如：东村",
        "如：东村3号",
        "如：张三",
        "填是或否",
        "填写数字",
        "请从下拉列表选择",
    ],
}


NUMBERS = {
    "column numbers": [str(number) for number, _ in enumerate(HEADINGS, 1)],
    "in brackets": [f"（{number}）" for number, _ in enumerate(HEADINGS, 1)],
}


@pytest.mark.parametrize("row", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("place", [1, 3])
def test_column_numbers_printed_again_are_no_house(row: list[str], place: int) -> None:
    rows = houses(3)
    rows.insert(place, row)
    checked = check(workbook(ledger(rows)))
    assert (counted(checked), [problem.code for problem in checked.problems]) == ([3], ["F014"])


@pytest.mark.parametrize("row", [*CODES.values(), *INSTRUCTIONS.values()], ids=[*CODES, *INSTRUCTIONS])
@pytest.mark.parametrize("place", [0, 3])
def test_a_row_that_explains_the_columns_is_no_house(row: list[str], place: int) -> None:
    rows = houses(3)
    rows.insert(place, [*row, *[""] * (len(HEADINGS) - len(row))])
    checked = check(workbook(ledger(rows)))
    assert counted(checked) == [3]
    assert [problem.code for problem in checked.problems] == ["F014"]


@pytest.mark.parametrize("row", [["", *["必填"] * 6], [f"col_{number}" for number in range(7)]])
def test_a_form_without_a_number_or_code_that_is_required_has_such_rows_too(row: list[str]) -> None:
    headings = ["序号", "房屋编号", "图斑编号", "房屋地址", "类别", "地上层数", "结构类型"]
    rows = [
        [str(number), f"YS{number}", f"T{number}", "东村", "自建房", "2", "砖混结构"] for number in (1, 2)
    ]
    checked = check(workbook([["填报单位：城关街道"], headings, row, *rows]), forms=["platform-list"])
    assert (counted(checked), [problem.code for problem in checked.problems]) == ([2], ["F014"])


def test_a_house_with_everything_wrong_is_a_house() -> None:
    rows = houses(2)
    rows[1][HEADINGS.index("地上层数")], rows[1][HEADINGS.index("结构类型")] = "三层", "砖昆"
    checked = check(workbook(ledger(rows)))
    assert counted(checked) == [2]
    assert found_in(checked) == {("C102", "G4"), ("C104", "H4")}


OPTION = {"是否经营性": "是", "结构类型": "砖混结构", "鉴定等级": "A"}
OPTIONS = {
    "codes": [
        ["是否经营性", "结构类型", "初判结论", "鉴定等级", "销号方式", "整治措施"],
        ["是", "砖混结构", "存在严重安全隐患", "A", "复核无隐患", "维修加固"],
        ["否", "砖木结构", "存在一定安全隐患", "B", "工程措施", "拆除重建"],
        ["", "", "", "C", "", ""],
    ],
    "under all headings": [
        HEADINGS,
        ["", "按实填写", *(OPTION.get(name, "") for name in HEADINGS[2:])],
    ],
    "few": [["结构类型", "鉴定等级"], ["砖混结构", "A"], ["土木结构", "B"]],
    "with villages": [
        ["村（社区）", "是否经营性", "结构类型", "鉴定等级", "专业设计", "用地手续", "规划手续"],
        ["东村", "是", "砖混结构", "A", "是", "有", "有"],
        ["西村", "否", "土木结构", "B", "否", "无", "无"],
    ],
    "with villages of one township": [
        ["乡镇（街道）", "村（社区）", "是否经营性", "结构类型", "鉴定等级", "专业设计", "用地手续"],
        ["城关街道", "东村", "是", "砖混结构", "A", "是", "有"],
        ["城关街道", "西村", "否", "土木结构", "B", "否", "无"],
    ],
}
PIVOTS = {
    "tabular": [
        ["村（社区）", "结构类型", "鉴定等级", "初判结论", "销号方式", "是否经营性", "计数项:房屋编号"],
        ["东村", "砖混结构", "C", "存在一定安全隐患", "工程措施", "否", "=2"],
        ["总计", "", "", "", "", "", "=2"],
    ],
    "compact": [["行标签", "计数项:房屋编号"], ["东村", "=2"], ["总计", "=2"]],
    "LibreOffice": [
        ["计数 - 房屋编号", "结构类型", "", ""],
        ["村", "砖混结构", "砖木结构", "合计"],
        ["东村", "=1", "=1", "=2"],
    ],
    "English": [["Row Labels", "Count of 房屋编号"], ["东村", "=2"], ["Grand Total", "=2"]],
}


@pytest.mark.parametrize("cells", [*OPTIONS.values(), *PIVOTS.values()], ids=[*OPTIONS, *PIVOTS])
@pytest.mark.parametrize("hidden", [False, True])
def test_what_stands_beside_a_ledger_is_passed_over_in_one_line(cells: Cells, hidden: bool) -> None:
    data = workbook(ledger(houses(3)), cells, names=["台账", "辅助"], hidden=["辅助"] if hidden else [])
    checked = check(data)
    assert (counted(checked), checked.status) == ([3], "ok")
    assert [(problem.code, problem.sheet) for problem in checked.problems] == [("F015", "辅助")]


@pytest.mark.parametrize("pivot", PIVOTS.values(), ids=PIVOTS)
@pytest.mark.parametrize("beside", [False, True])
def test_a_pivot_table_on_the_sheet_of_the_ledger_costs_it_nothing(pivot: Cells, *, beside: bool) -> None:
    own = ledger(houses(3))
    if beside:
        own[2:] = [[*row, "", *more] for row, more in zip(own[2:], [*pivot, [], []], strict=False)]
    checked = check(workbook(own if beside else [*own, [""], *pivot]))
    assert (counted(checked), checked.status in ("ok", "warnings")) == ([3], True)
    assert not any("工作表「台账」是数据透视表" in problem.message for problem in checked.problems)


def test_a_ledger_without_numbers_is_no_list_of_options() -> None:
    headings = [name for name in A_PLAIN_HOUSE if name != "房屋编号"]
    rows = [[A_PLAIN_HOUSE[name].format(number=number) for name in headings] for number in (1, 2)]
    checked = check(workbook(ledger(houses(2)), [headings, *rows]))
    assert ("F005", "") in found_in(checked)


def test_every_sheet_with_something_in_it_is_named() -> None:
    strange = [["甲", "乙", "丙", "丁"], *[[f"{column}{row}" for column in range(4)] for row in range(5)]]
    names = ["台账", "说明", "别的表", "空表", "填表说明"]
    instructions = [["一、请如实填写。"]]
    sheets = [ledger(houses(2)), instructions, strange, [], instructions]
    checked = check(workbook(*sheets, names=names))
    said = {(problem.code, problem.sheet) for problem in checked.problems}
    # The sheet 填表说明 comes with every blank form: of that one there is nothing to tell.
    assert said == {("F015", "说明"), ("F016", "别的表")}


def test_two_halves_side_by_side_are_read_and_said_once() -> None:
    headings = list(A_PLAIN_HOUSE)
    house = [[A_PLAIN_HOUSE[name].format(number=number) for name in headings] for number in (1, 2)]
    cells = [["填报单位：城关街道"], [*headings, "", *headings], [*house[0], "", *house[1]]]
    checked = check(workbook(cells))
    (said,) = checked.problems
    assert (said.code, said.cell) == ("F018", "R2")
    assert "R3:AG3" in said.message
    assert "A4" in said.message
    assert (counted(checked), checked.status) == ([1, 1], "warnings")


@pytest.mark.parametrize("text", ["--------", "————", "******", "……", "以上共3栋", "本页共 3 栋"])
@pytest.mark.parametrize("column", ["序号", "房屋编号"])
def test_a_line_and_a_count_between_the_houses_are_none(column: str, text: str) -> None:
    rows = houses(4)
    between = [text if heading == column else "" for heading in HEADINGS]
    checked = check(workbook(ledger([*rows[:3], between, *rows[3:]])))
    assert (counted(checked), found_in(checked)) == ([4], set())
