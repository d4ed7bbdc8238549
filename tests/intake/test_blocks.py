"""Tables of different forms beside each other on a sheet: each is read by its own headings."""

from collections.abc import Sequence

import pytest

from tests.intake.typed_files import checked_as, codes_of, house, ledger
from tests.sheets import Cells
from zjf.checking.one_return import CheckedReturn
from zjf.intake.a1 import a1

ISSUES = [
    ["问题编号", "房屋编号", "村（社区）", "来源", "发现日期", "问题描述"],
    ["W1", "YS0001", "东村", "县级检查", "2024-05-06", "墙体开裂"],
    ["W2", "YS0002", "东村", "县级检查", "2024-05-07", "墙体开裂"],
]
SPOT_CHECKS = [
    ["房屋编号", "村（社区）", "抽查日期", "原结论", "抽查结论", "抽查人"],
    ["YS0001", "东村", "2024-05-06", "未发现安全隐患", "无误", "周工"],
]
LEDGER = ledger([house(1), house(2)])[2:]


def beside(left: Cells, right: Cells, *, lower: int = 0, gap: int = 1) -> Cells:
    """Two tables with blank columns between or none, the right one some rows lower, under one note."""
    width = max(map(len, left)) + gap
    rows: Cells = [["填报单位：城关街道"]]
    for number in range(max(len(left), len(right) + lower)):
        first: Sequence[str] = left[number] if number < len(left) else []
        second = right[number - lower] if 0 <= number - lower < len(right) else []
        rows.append([*first, *[""] * (width - len(first)), *second])
    return rows


def read(checked: CheckedReturn) -> list[tuple[str, int, str | None]]:
    return [(table.form.id, len(table.rows), table.unit) for table in checked.tables]


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize(("gap", "lower"), [(0, 0), (1, 0), (1, 1)])
def test_each_table_is_read_by_its_own_headings(extension: str, gap: int, lower: int) -> None:
    checked = checked_as(extension, beside(ISSUES, SPOT_CHECKS, lower=lower, gap=gap))
    assert read(checked) == [("issue-ledger", 2, "城关街道"), ("spot-check", 1, "城关街道")]
    assert codes_of(checked) == []


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("numbered", [False, True])
def test_a_finding_stands_at_its_own_cell(gap: int, numbered: bool) -> None:
    checks = [SPOT_CHECKS[0], [*SPOT_CHECKS[1][:4], "对", "周工"]]
    if numbered:
        checks = [["序号", *checks[0]], ["1", *checks[1]]]
    checked = checked_as("xlsx", beside(LEDGER, checks, gap=gap))
    assert read(checked) == [("house-ledger", 2, "城关街道"), ("spot-check", 1, "城关街道")]
    column = max(map(len, LEDGER)) + gap + checks[0].index("抽查结论")
    (wrong,) = [problem for problem in checked.problems if problem.code == "C104"]
    assert (wrong.cell, wrong.field, wrong.table) == (a1(2, column), "finding", 1)


def test_figures_of_the_villages_beside_a_ledger_are_told_and_cost_it_nothing() -> None:
    figures = [["村（社区）", "栋数"], ["东村", "2"]]
    checked = checked_as("xlsx", beside(LEDGER, figures))
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], ["F016"])
    assert checked.status == "warnings"


@pytest.mark.parametrize("gap", [0, 1])
def test_houses_beside_houses_are_never_passed_over(gap: int) -> None:
    more = [["房屋编号", "村（社区）"], ["YS0002", "东村"], ["YS0003", "东村"]]
    checked = checked_as("xlsx", beside(LEDGER, more, gap=gap))
    assert "F005" in codes_of(checked)
    assert checked.status == "errors"
    (goes_on,) = [problem for problem in checked.problems if problem.code == "F018"]
    assert "请补齐所缺的栏目" in goes_on.hint
    assert "无需重报" not in goes_on.hint


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
def test_a_few_of_the_houses_listed_again_are_told_and_cost_nothing(gap: int, extension: str) -> None:
    again = [["序号", "房屋编号", "产权人"], ["1", "YS0002", "赵二"]]
    checked = checked_as(extension, beside(LEDGER, again, gap=gap))
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], ["F016"])
    (told,) = [problem for problem in checked.problems if problem.code == "F016"]
    assert told.cell == a1(1, max(map(len, LEDGER)) + gap)


def test_three_tables_without_a_blank_column_are_three() -> None:
    checked = checked_as("xlsx", beside(beside(LEDGER, ISSUES, gap=0)[1:], SPOT_CHECKS, gap=0))
    assert read(checked) == [
        ("house-ledger", 2, "城关街道"),
        ("issue-ledger", 2, "城关街道"),
        ("spot-check", 1, "城关街道"),
    ]


SWEEP = [
    ["行政村", "错漏排专项核查", "", "", "“三类重点”全面复核", "", "", "安全鉴定专项抽查", ""],
    [
        "",
        "共核查房屋",
        "错排房屋",
        "漏排房屋",
        "共核查房屋",
        "发现隐患房屋",
        "整改完成",
        "共核查",
        "发现安全鉴定不合格",
    ],
    ["东村", "9", "1", "3", "5", "2", "1", "4", "0"],
    ["总计", "9", "1", "3", "5", "2", "1", "4", "0"],
]
REVIEWS = [
    ["总量", "经营性自建房", "", "", "", "非经营性自建房", "", "", ""],
    ["", *["数量", "经专业技术人员现场复核数量", "存在安全隐患数量", "工程措施整治数量"] * 2],
    ["10", "4", "3", "1", "1", "6", "5", "2", "1"],
]


@pytest.mark.parametrize("attachment", [SWEEP, REVIEWS])
@pytest.mark.parametrize("table", [ISSUES, SPOT_CHECKS, LEDGER])
def test_headers_of_one_and_of_two_rows_stand_beside_each_other(attachment: Cells, table: Cells) -> None:
    for left, right in ((attachment, table), (table, attachment)):
        checked = checked_as("csv", beside(left, right, gap=0))
        assert sorted(count for _, count, _ in read(checked)) == sorted([1, len(table) - 1])
        assert [code for code in codes_of(checked) if code not in ("L304", "F013")] == []


def test_nobody_of_a_list_beside_is_named_as_a_heading() -> None:
    checked = checked_as("csv", beside(REVIEWS, [["姓名", "登记日期"], ["孙一甲", "2024-05-06"]], gap=0))
    quoted = [problem.message for problem in checked.problems if problem.code == "F006"]
    assert len(quoted) == 2
    assert not any("孙一甲" in message for message in quoted)


@pytest.mark.parametrize("gap", [0, 1])
def test_tables_beside_each_other_above_and_below_a_wide_one(gap: int) -> None:
    pair, wide = beside(ISSUES, SPOT_CHECKS, gap=gap), ledger([house(1), house(2)])
    both = [("issue-ledger", 2, "城关街道"), ("spot-check", 1, "城关街道")]
    for cells in ([*pair, [], *wide], [*wide, [], *pair]):
        checked = checked_as("xlsx", cells)
        assert sorted(read(checked)) == sorted([*both, ("house-ledger", 2, "城关街道")])
        assert codes_of(checked) == []


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_an_attachment_right_above_another_table_is_read_too(extension: str) -> None:
    for table, form in ((ISSUES, "issue-ledger"), (LEDGER, "house-ledger"), (SPOT_CHECKS, "spot-check")):
        checked = checked_as(extension, [["填报单位：城关街道"], *REVIEWS, [], *table])
        assert read(checked) == [("attachment-1", 1, "城关街道"), (form, len(table) - 1, "城关街道")]


@pytest.mark.parametrize("heading", ["房屋地址", "村（社区）", "初判结论"])
def test_a_column_that_is_there_twice_begins_no_table(heading: str) -> None:
    place = LEDGER[0].index(heading)
    checked = checked_as("xlsx", [["填报单位：城关街道"], *([*row, row[place]] for row in LEDGER)])
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], ["F007"])


@pytest.mark.parametrize("place", range(2, len(LEDGER[0]) - 1))
def test_a_blank_column_in_a_ledger_parts_nothing(place: int) -> None:
    parted = [[*row[:place], "", *row[place:]] for row in LEDGER]
    checked = checked_as("xlsx", [["填报单位：城关街道"], *parted])
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], [])


@pytest.mark.parametrize("lower", [1, 2])
def test_headers_that_are_not_level_stand_beside_each_other_without_a_blank_column(lower: int) -> None:
    for right in (LEDGER, SPOT_CHECKS, REVIEWS):
        checked = checked_as("csv", beside(ISSUES, right, lower=lower, gap=0))
        assert sorted(count for _, count, _ in read(checked)) == sorted(
            [2, len(right) - (2 if right is REVIEWS else 1)]
        )
        assert [code for code in codes_of(checked) if code not in ("L304", "F013")] == []


def test_four_tables_without_a_blank_column_are_four() -> None:
    cells = beside(beside(beside(ISSUES, SWEEP, gap=0)[1:], LEDGER, gap=0)[1:], SPOT_CHECKS, gap=0)
    checked = checked_as("csv", cells)
    forms = ["issue-ledger", "sweep-table", "house-ledger", "spot-check"]
    assert read(checked) == [
        (form, count, "城关街道") for form, count in zip(forms, (2, 1, 2, 1), strict=True)
    ]


def test_a_short_table_before_one_with_two_rows_of_headings_is_not_lost_between_them() -> None:
    households = [
        ["序号", "户编号", "户主姓名", "村（社区）", "类别", "结构类型", "鉴定等级", "是否挂牌"],
        ["1", "H1", "赵一", "东村", "低保户", "砖混结构", "B", "是"],
    ]
    checked = checked_as("csv", beside(beside(households, SPOT_CHECKS, gap=0)[1:], SWEEP, gap=0))
    assert [form for form, *_ in read(checked)] == ["household-ledger", "spot-check", "sweep-table"]
