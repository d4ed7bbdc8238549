"""问题整改台账: overdue problems, their stages and the rate of those rectified."""

from datetime import date

import pytest

from tests.sheets import assert_findings
from tests.smaller_ledgers import rows_of
from zjf.counting.issues import RECTIFIED_ISSUES
from zjf.counting.rates import Rate
from zjf.rules.issues import Stage, stages


def test_a_problem_past_its_deadline_is_named() -> None:
    assert_findings(
        """
        | 问题编号 | 来源     | 发现日期   | 问题描述 | 整改期限          | 整改完成日期 | 销号日期   |
        | W1       | 市级检查 | 2024-04-02 | 墙体开裂 | 2024-06-06 [R608] |              |            |
        | W2       | 市级检查 | 2024-04-02 | 墙体开裂 | 2024-06-07        |              |            |
        | W3       | 市级检查 | 2024-04-02 | 墙体开裂 | 2024-05-01        | 2024-06-01   |            |
        | W4       | 市级检查 | 2024-04-02 | 墙体开裂 | 2024-05-01        | [L301]       | 2024-06-01 |
        | W5       | 市级检查 | 2024-04-02 | 墙体开裂 | 2024-12-31        |              |            |
        | W6       | 市级检查 | 2024-04-02 | 墙体开裂 |                   |              |            |
        """,
        form="issue-ledger",
    )


def test_an_unreadable_date_leaves_it_open_whether_a_problem_is_overdue() -> None:
    assert_findings(
        """
        | 问题编号 | 来源 | 发现日期   | 问题描述 | 整改期限    | 整改完成日期  |
        | W1       | 自查 | 2024-04-02 | 缺栏杆   | 月底 [C105] |               |
        | W2       | 自查 | 2024-04-02 | 缺栏杆   | 2024-05-01  | 上周五 [C105] |
        """,
        form="issue-ledger",
    )


def test_an_online_finding_names_its_house() -> None:
    assert_findings(
        """
        | 问题编号 | 来源         | 房屋编号 | 发现日期   | 问题描述   |
        | W1       | 线上巡检     | [L201]   | 2024-04-02 | 缺初判照片 |
        | W2       | 线上巡检     | YS0002   | 2024-04-02 | 缺初判照片 |
        | W3       | 群众举报     |          | 2024-04-02 | 缺初判照片 |
        | W4       | 网上 [C104]  |          | 2024-04-02 | 缺初判照片 |
        """,
        form="issue-ledger",
    )


LEDGER = """
    | 问题编号 | 乡镇（街道） | 来源     | 房屋编号 | 发现日期   | 问题描述 | 是否确认 | 移送部门 | 移送日期   | 处理结果 | 整改期限   | 整改完成日期 | 销号日期   |
    | 已销号   | 城关街道     | 国家检查 |          | 2024-04-02 | 裂缝     | 是       |          |            |          | 2024-05-01 | 2024-04-20   | 2024-04-25 |
    | 待销号   | 城关街道     | 国家检查 |          | 2024-04-02 | 裂缝     | 是       | 教育局   | 2024-04-10 |          | 2024-05-01 | 2024-04-20   |            |
    | 已逾期   | 城关街道     | 线上巡检 | YS0001   | 2024-04-02 | 裂缝     | 是       | 教育局   | 2024-04-10 |          | 2024-05-01 |              |            |
    | 已移送   | 城关街道     | 线上巡检 | YS0001   | 2024-04-02 | 裂缝     | 是       | 教育局   | 2024-04-10 |          | 2024-07-01 |              |            |
    | 部门答复 | 城关街道     | 群众举报 |          | 2024-04-02 | 裂缝     | 是       | 教育局   | 2024-04-10 | 已责改   | 2024-07-01 |              |            |
    | 不属实   | 城关街道     | 群众举报 |          | 2024-04-02 | 裂缝     | 否       |          |            |          |            |              |            |
"""


def test_every_problem_has_one_stage() -> None:
    issues = rows_of(LEDGER, "issue-ledger")
    found = dict(zip(issues.issue_no, stages(issues, date(2024, 6, 7)), strict=True))
    assert found == {
        "已销号": Stage.CLOSED,
        "待销号": Stage.RECTIFIED,
        "已逾期": Stage.OVERDUE,
        "已移送": Stage.TRANSFERRED,
        "部门答复": Stage.OPEN,
        "不属实": Stage.REFUTED,
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ((), {(): Rate(2, 5)}),
        (("township",), {("城关街道",): Rate(2, 5)}),
        (("source",), {("国家检查",): Rate(2, 2), ("线上巡检",): Rate(0, 2), ("群众举报",): Rate(0, 1)}),
    ],
)
def test_the_rectification_rate_by_source_and_unit(
    by: tuple[str, ...], expected: dict[tuple[str, ...], Rate]
) -> None:
    assert RECTIFIED_ISSUES.rates(rows_of(LEDGER, "issue-ledger"), by) == expected


def test_a_problem_is_closed_once_it_is_rectified_or_refuted() -> None:
    assert_findings(
        """
        | 问题编号 | 来源 | 发现日期   | 问题描述 | 是否确认 | 确认结果 | 整改完成日期    | 销号日期       |
        | 没整改   | 自查 | 2024-04-02 | 裂缝     | 是       |          | [L301]          | 2024-05-01     |
        | 没说     | 自查 | 2024-04-02 | 裂缝     |          |          | [L301]          | 2024-05-01     |
        | 整改了   | 自查 | 2024-04-02 | 裂缝     | 是       | 属实     | 2024-04-20      | 2024-05-01     |
        | 不属实   | 自查 | 2024-04-02 | 裂缝     | 否       |          |                 | 2024-05-01     |
        | 查无此事 | 自查 | 2024-04-02 | 裂缝     | 是       | 不属实   |                 | 2024-05-01     |
        | 没销     | 自查 | 2024-04-02 | 裂缝     | 是       |          |                 |                |
        | 整改乱   | 自查 | 2024-04-02 | 裂缝     | 是       |          | 上周五 [C105]   | 2024-05-01     |
        """,
        form="issue-ledger",
    )


def test_the_days_of_a_problem_follow_each_other() -> None:
    assert_findings(
        """
        | 问题编号 | 来源 | 发现日期    | 问题描述 | 确认日期          | 移送部门 | 移送日期          | 整改完成日期      | 复核日期          | 销号日期          |
        | 有序     | 自查 | 2024-04-02  | 裂缝     | 2024-04-03        | 教育局   | 2024-04-03        | 2024-04-20        | 2024-04-21        | 2024-04-21        |
        | 确认早   | 自查 | 2024-04-02  | 裂缝     | 2024-04-01 [L302] | 教育局   | 2024-04-03        | 2024-04-20        | 2024-04-21        | 2024-04-22        |
        | 移送早   | 自查 | 2024-04-02  | 裂缝     | 2024-04-05        | 教育局   | 2024-04-04 [L302] | 2024-04-20        | 2024-04-21        | 2024-04-22        |
        | 整改早   | 自查 | 2024-04-02  | 裂缝     |                   |          |                   | 2024-04-01 [L302] | 2024-04-21        | 2024-04-22        |
        | 复核早   | 自查 | 2024-04-02  | 裂缝     |                   |          |                   | 2024-04-20        | 2024-04-19 [L302] | 2024-04-22        |
        | 销号早   | 自查 | 2024-04-02  | 裂缝     |                   |          |                   | 2024-04-20        |                   | 2024-04-19 [L302] |
        | 发现乱   | 自查 | 四月 [C105] | 裂缝     | 2024-04-05        |          |                   | 2024-04-01        |                   | 2024-04-19        |
        """,
        form="issue-ledger",
    )


def test_a_transfer_names_its_department_and_its_day() -> None:
    assert_findings(
        """
        | 问题编号 | 来源 | 发现日期   | 问题描述 | 移送部门      | 移送日期    |
        | 没日期   | 自查 | 2024-04-02 | 裂缝     | 教育局        | [L303]      |
        | 没部门   | 自查 | 2024-04-02 | 裂缝     | [L303]        | 2024-04-03  |
        | 都有     | 自查 | 2024-04-02 | 裂缝     | 教育局        | 2024-04-03  |
        | 没移送   | 自查 | 2024-04-02 | 裂缝     |               |             |
        | 日期乱   | 自查 | 2024-04-02 | 裂缝     | 教育局        | 月底 [C105] |
        """,
        form="issue-ledger",
    )


def test_half_a_transfer_is_unknown_where_the_table_has_no_column_for_the_other_half() -> None:
    assert_findings(
        """
        | 问题编号 | 来源 | 发现日期   | 问题描述 | 移送部门 |
        | 没这一列 | 自查 | 2024-04-02 | 裂缝     | 教育局   |
        """,
        form="issue-ledger",
    )


def test_a_refuted_problem_is_never_overdue_and_waits_for_nobody() -> None:
    issues = rows_of(
        """
        | 问题编号 | 来源 | 发现日期   | 问题描述 | 是否确认 | 确认结果 | 移送部门 | 移送日期   | 整改期限   |
        | 不属实   | 自查 | 2024-04-02 | 裂缝     | 否       |          | 教育局   | 2024-04-03 | 2024-05-01 |
        | 查无此事 | 自查 | 2024-04-02 | 裂缝     |          | 不属实   |          |            | 2024-05-01 |
        """,
        "issue-ledger",
    )
    assert set(stages(issues, date(2024, 6, 7))) == {Stage.REFUTED}
