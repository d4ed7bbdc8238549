"""What a list says of its own rows: they are counted, and it is said; sheets with numbers of houses are no explanation."""

import pytest

from tests.intake.messy import assert_sheet, rows_of
from tests.intake.typed_files import checked_as, codes_of, counted, house, ledger
from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn

REMARKS = [
    *("作废", "已核减", "重复", "重复上报。", "本行删除", "该户误报", "不纳入统计", "不再上报", "非自建房"),
    *("不属于自建房", "与YS0001为同一栋", "与东村3号重复", "已拆除，不计入"),
]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_row_that_says_it_is_not_to_be_counted(remark: str, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1), house(2, 备注=remark), house(3)]))
    assert (counted(checked), codes_of(checked)) == ([3], ["F021"])
    (said,) = [problem for problem in checked.problems if problem.code == "F021"]
    assert "第 5 行写着" in said.message
    assert said.message.endswith("应当报送的不用改。")


@pytest.mark.parametrize(
    "remark",
    [
        "已拆除",
        "已整治，不再使用",
        "不重复",
        "墙体重复开裂",
        "核减面积20㎡",
        "与邻居同一院落",
        "未作废证件",
        "自建房",
        "不影响使用",
    ],
)
def test_other_remarks(remark: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2, 备注=remark)]))
    assert (counted(checked), codes_of(checked)) == ([2], [])


def test_it_may_stand_in_brackets_and_is_said_once() -> None:
    checked = assert_sheet(
        """
        | 房屋编号    | 产权人 | 房屋地址                |
        | YS1         | 赵一   | （作废）东村1号 [F021]  |
        | YS2（重复） | 钱二   | 东村2号                 |
        | YS3         | 孙三   | 作废旧址街3号           |
        """,
        ledger_header=1,
    )
    (said,) = [problem for problem in checked.problems if problem.code == "F021"]
    assert said.cells == ("C2", "A3")
    assert "第 2–3 行写着「重复」、「作废」" in said.message


def with_second(markdown: str) -> CheckedReturn:
    first = [
        ["填报单位：城关街道"],
        list(A_PLAIN_HOUSE),
        [text.format(number=1) for text in A_PLAIN_HOUSE.values()],
    ]
    return check(workbook(first, parse(markdown)[0]))


@pytest.mark.parametrize(
    "markdown",
    [
        "| 房屋编号 | 鉴定等级 |\n| YS0001 | C |",
        "| 序号 | 房屋编码 | 备注 |\n| 1 | YS0001 | 漏报 |",
        "| 问题编号 | 问题描述 |\n| W-01 | 墙体开裂 |",
    ],
)
def test_a_sheet_with_numbers_of_houses_is_no_explanation(markdown: str) -> None:
    assert codes_of(with_second(markdown)) == ["F016"]


@pytest.mark.parametrize(
    "markdown",
    [
        "| 房屋编号 | 填写要求 |\n|  | 不得重复 |",
        "| 房屋编号 |\n| YS0001 |",
        "| 说明 | 房屋编号必填 |\n| YS | 前两位 |",
    ],
)
def test_explanations_stay_explanations(markdown: str) -> None:
    assert codes_of(with_second(markdown)) == ["F015"]


@pytest.mark.parametrize("page", ["第1页 共2页", "第1页，共2页", "共2页第1页", "第 1 页"])
def test_one_list_on_several_pages_has_one_total(page: str) -> None:
    headings = list(A_PLAIN_HOUSE)
    first, second = ([text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2))
    total = ["合计", *[""] * (headings.index("地上层数") - 1), "4"]
    checked = check(workbook([["填报单位：城关街道"], headings, first, [page], headings, second, total]))
    assert (rows_of(checked), found_in(checked)) == ([3, 6], set())


def test_an_office_and_a_day_below_the_list() -> None:
    headings = list(A_PLAIN_HOUSE)
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    for footer in (
        ["城关街道办事处", "", "2024年6月5日"],
        ["", "", "城关街道办事处", "", "二〇二四年六月五日"],
    ):
        checked = check(workbook([headings, row, footer]), "报表.xlsx")
        assert (rows_of(checked), found_in(checked), checked.tables[0].unit) == ([2], set(), "城关街道")


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        *(
            (line, [])
            for line in ("以下为本周新增", "新增房屋", "本周新增：", "经营性房屋名单", "已销号部分")
        ),
        *((line, ["F021"]) for line in ("核减房屋", "以下房屋不再上报", "剔除部分：", "二、非自建房")),
    ],
)
def test_a_line_in_the_column_of_numbers_is_no_house(line: str, codes: list[str]) -> None:
    first, second = ([text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2))
    checked = check(workbook([["填报单位：城关街道"], list(A_PLAIN_HOUSE), first, [line], second]))
    assert (rows_of(checked), codes_of(checked)) == ([3, 5], codes)


@pytest.mark.parametrize("number", ["新增001", "本溪-3", "新增A", "甲乙丙"])
def test_a_number_in_words_is_one(number: str) -> None:
    first, second = ([text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2))
    checked = check(workbook([["填报单位：城关街道"], list(A_PLAIN_HOUSE), first, [number], second]))
    assert rows_of(checked) == [3, 4, 5]


def named(first: str, second: str) -> list[str]:
    """What is found of two sheets of houses with the given names, two houses on the first and one on the second."""
    one, two, three = (
        [text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2, 3)
    )
    top = [["填报单位：城关街道"], list(A_PLAIN_HOUSE)]
    checked = check(workbook([*top, one, two], [*top, three], names=(first, second)))
    assert counted(checked) == [2, 1]
    return [f"{problem.code} {problem.sheet}" for problem in checked.problems]


@pytest.mark.parametrize(
    "name",
    ["上期", "上周台账", "已核减", "备份", "作废", "旧", "旧台账", "已拆除", "回收站", "草稿", "台账模板"],
)
def test_a_sheet_that_is_named_as_set_aside(name: str) -> None:
    assert named("台账", name) == [f"F021 {name}"]


@pytest.mark.parametrize(
    ("first", "second"), [("台账", "老旧房屋"), ("台账", "历史建筑"), ("模板", "模板2"), ("东村", "旧村")]
)
def test_other_names_of_sheets(first: str, second: str) -> None:
    assert named(first, second) == []


def test_last_months_list_left_below_this_months_is_told_to_go() -> None:
    this, last = ledger([house(1), house(2)]), ledger([house(1), house(2)])
    checked = checked_as("xlsx", [*this, [], ["5月台账（上月）"], *last[2:]])
    hints = {problem.hint for problem in checked.problems if problem.code == "D401"}
    assert hints == {"这张表各行的房屋编号在前面的表里都有，请只留其中一张表。"}


def test_two_sheets_that_hold_half_of_the_columns_each_are_to_become_one() -> None:
    def half(*left_out: str) -> Cells:
        rows = [
            [*A_PLAIN_HOUSE],
            *([text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2)),
        ]
        kept = [place for place, heading in enumerate(A_PLAIN_HOUSE) if heading not in left_out]
        return [["填报单位：城关街道"], *([row[place] for place in kept] for row in rows)]

    book = workbook(half("销号日期", "销号方式"), half("结构类型", "产权人"), names=("基本情况", "整治情况"))
    hints = {problem.hint for problem in check(book).problems if problem.code == "D401"}
    assert hints == {
        "「整治情况」各行的房屋编号在「基本情况」里都有，两张各有对方没有的栏目，请按房屋编号合并成一张工作表。"
    }


@pytest.mark.parametrize("numbers", ["YS000{}", "YS100{}"])
def test_a_sheet_named_after_an_owner_is_cited_masked(numbers: str) -> None:
    """Where it has the same numbers, and what to do then; where it has the same owners and addresses."""
    first, second = (
        ledger([house(number, 房屋编号=written.format(number), 产权人="赵一") for number in (1, 2)])
        for written in ("YS000{}", numbers)
    )
    problems = check(workbook(first, second, names=("赵一", "赵一户"))).problems
    cited = [problem for problem in problems if problem.code in ("D401", "D403")]
    assert len(cited) == 2
    assert not any("赵一" in text for problem in cited for text in (problem.message, problem.hint))
