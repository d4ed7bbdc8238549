"""The smaller ledgers as townships send them: notes around the table, columns in any order, short forms."""

from datetime import date

import pytest

from tests.sheets import CLOSING_DAY, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.schemas import FORMS, Form


def read(markdown: str) -> CheckedReturn:
    """A sheet read whole: title, notes, table and what stands below it."""
    return check(workbook(parse(markdown)[0]), "报表.xlsx")


def test_an_issue_ledger() -> None:
    checked = read("""
        | 青石镇问题整改台账 |            |          |            |          |      |            |          |          |          |
        | 填报单位：青石镇   |            |          |            |          |      |            |          |          |          |
        | 序号               | 问题来源   | 存在问题 | 发现时间   | 问题编号 | 村   | 房屋编码   | 是否属实 | 整改时限 | 联系人   |
        | 1                  | 线上检查   | 缺照片   | 2024.4.2   | ｗｔ01   | 东村 | YS 0001    | √        | 2024/9/1 | 赵一     |
        | 2                  | 第三方     | 裂缝     | 20240403   | WT02     | 东村 | —          | ×        |          | 钱二     |
        | 备注：已销号的不再填 |          |          |            |          |      |            |          |          |          |
    """)
    (table,) = checked.tables
    assert (table.form.id, table.unit) == ("issue-ledger", "青石镇")
    assert found_in(checked) == {("F006", "J3")}
    first, second = table.frame.to_dict("records")
    assert (first["issue_no"], first["source"], first["house_id"]) == ("WT01", "线上巡检", "YS0001")
    assert (first["is_confirmed"], first["found_on"]) == ("是", date(2024, 4, 2))
    assert first["due_on"] == date(2024, 9, 1) > CLOSING_DAY
    assert (second["source"], second["house_id"], second["township"]) == ("第三方核查", None, "青石镇")


def test_a_spot_check_of_several_units() -> None:
    """The county's office checks in every township: its table names the unit of each row."""
    checked = read("""
        | 云水县抽查台账 |          |        |            |            |          |        |
        | 抽查时间       | 房屋编码 | 镇街   | 村社区     | 原排查结论 | 抽查结果 | 抽查人 |
        | 2024年5月6日   | YS0001   | 青石镇 | 东村       | 无隐患     | 属实     | 周工   |
        | 2024年5月6日   | YS0002   | 城关   | 西村       | 无隐患     | 错判     | 周工   |
        | 2024年5月7日   | YS0003   | 城关街道办 | 南村   | 无隐患     | 漏排     | 吴工   |
        | 合计           | 3        |        |            |            |          |        |
    """)
    (table,) = checked.tables
    assert (table.form.id, table.unit) == ("spot-check", None)
    assert found_in(checked) == {("C104", "C4")}
    assert table.frame.finding.tolist() == ["无误", "错排", "漏排"]
    assert table.frame.township.tolist() == ["青石镇", None, "城关街道"]


def test_a_report_audit() -> None:
    checked = read("""
        | 填报单位 | 城关街道 | | | | | |
        | 鉴定报告编号 | 鉴定单位 | 抽查\\n日期 | 抽查结果 | 不合格原因 | 房屋编号 | 重新上传时间 |
        | 云鉴2024-1 | 云水鉴定所 | =2024-05-06 | 不合格 | 缺项，无数据支撑 | YS0001 | 2024-5-20 |
        | 云鉴2024-2 | 云水鉴定所 | =45418 | 合格 | / | YS0002 | / |
    """)
    (table,) = checked.tables
    assert (table.form.id, table.unit) == ("report-audit", "城关街道")
    assert not found_in(checked)
    assert table.frame.defects.tolist() == [("缺项漏项", "无技术数据支撑"), None]
    assert table.frame.audited_on.tolist() == [date(2024, 5, 6), date(2024, 5, 6)]


def test_a_household_ledger_and_its_personal_data() -> None:
    checked = read("""
        | 青石镇困难群众住房安全台账 | | | | | | | | | |
        | 户编码 | 户主 | 身份证号 | 农户类别 | 名单提供时间 | 房屋结构 | 房屋安全等级 | 鉴定日期 | 挂牌上墙 | 漏雨透风 |
        | H01 | 赵小满 | 990000195001010017 | 低保 | 2024-03-01 | 砖混 | Csu | 2024-03-05 | 有 | 无 |
        | H02 | 钱小满 | 990000195001010011 | 五老 | 2024-03-01 | 砖混 | B级 | 2024-03-05 | 有 | 无 |
    """)
    (table,) = checked.tables
    assert (table.form.id, table.unit) == ("household-ledger", "青石镇")
    assert {code for code, _ in found_in(checked)} == {"C107"}
    assert all("0001" not in problem.message for problem in checked.problems)
    assert table.frame.appraisal_grade.tolist() == ["C", "B"]
    assert table.frame.category.tolist() == ["低保户", "优抚对象和革命五老"]
    assert table.frame.leaks.tolist() == ["否", "否"]


def test_a_platform_list_of_the_whole_county() -> None:
    checked = read("""
        | 图斑号 | 自建房编码 | 所属乡镇 | 行政村 | 详细地址 | 房屋层数 | 结构形式 | 图斑类别 | 数据状态 | 经度 |
        | T1     | YS0001     | 青石镇   | 东村   | 东村1号  | 2层      | 砖混     | 自建房   | 已归集   | 1    |
        | T2     | YS0002     | 城关街道 | 西村   | 西村2号  | 3        | 框架     | 无需排查 | 已归集   | 1    |
        | T3     | YS0002     | 城关街道 | 西村   | 西村3号  | 3        | 框架     | 自建房   | 已归集   | 1    |
    """)
    (table,) = checked.tables
    assert (table.form.id, table.unit) == ("platform-list", None)
    assert found_in(checked) == {("F006", "J1"), ("D401", "B4")}
    assert table.frame.floors.tolist() == [2, 3, 3]
    assert table.frame.category.tolist() == ["自建房", "不需排查", "自建房"]


PLAIN = [form for form in FORMS.values() if not any(field.heading.groups for field in form.fields)]
"""The forms without grouped headings; the others are recognised in `test_template`."""


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.id)
def test_a_form_is_told_by_its_own_headings_in_any_order(form: Form) -> None:
    header = [field.heading.text for field in reversed(form.fields)]
    (table,) = check(workbook([header, ["无"]])).tables
    assert table.form is form
    assert len(table.columns) == len(form.fields)
