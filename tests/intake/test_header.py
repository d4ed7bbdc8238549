"""The header: where it stands, over how many rows, and how its headings are written."""

import pytest

from tests.intake.messy import assert_sheet, column
from tests.sheets import A_PLAIN_HOUSE, check, found_in, parse, workbook
from tests.sweep_tables import SWEEP_HEADINGS
from zjf.intake.sheets.named_fields import field_named
from zjf.schemas import FORMS, Form

SWEEP = (
    SWEEP_HEADINGS
    + """    | 东村             | =9             | =1       | =3       | =5                 | =2           | =1       | =4               | =0                 |
"""
)
READ = {
    "wl_checked": 9,
    "wl_wrong": 1,
    "wl_missed": 3,
    "key_checked": 5,
    "key_hazard": 2,
    "key_rectified": 1,
    "audit_checked": 4,
}


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_under_its_group_every_heading_is_of_one_field(form: Form) -> None:
    for field in form.fields:
        if field.heading.groups:
            assert field_named(form, (field.heading.groups[0], field.heading.text)) is field


def test_groups_merged_over_their_columns() -> None:
    merged = ["A2:A3", "B2:D2", "E2:G2", "H2:I2"]
    checked = assert_sheet(SWEEP, merges=merged)
    assert {name: column(checked, name)[0] for name in READ} == READ


def test_groups_written_once_and_not_merged() -> None:
    checked = assert_sheet(SWEEP)
    assert {name: column(checked, name)[0] for name in READ} == READ


def test_one_row_of_headings_with_the_group_in_front() -> None:
    checked = assert_sheet("""
        | 填报单位：青石镇 |                        |                    |                    |                          |                            |                        |                        |                                    |
        | 行政村           | 错漏排专项核查共核查房屋 | 错漏排专项核查-错排房屋 | 错漏排专项核查 漏排房屋 | 三类重点全面复核共核查房屋 | 三类重点全面复核发现隐患房屋 | 三类重点全面复核整改完成 | 安全鉴定专项抽查共核查 | 安全鉴定专项抽查发现安全鉴定不合格 |
        | 东村             | =9                     | =1                 | =3                 | =5                       | =2                         | =1                     | =4                     | =0                                 |
    """)
    assert {name: column(checked, name)[0] for name in READ} == READ


def test_attachment_1_repeats_a_heading_under_two_groups() -> None:
    checked = assert_sheet(
        """
        | 城关街道前期采取管理措施销号的自建房复核台账 |              |                            |                  |                  |                |                            |                  |                  |
        | 填报单位：城关街道                           |              |                            |                  |                  |                |                            |                  | （单位：栋）     |
        | 总量                                         | 经营性自建房 |                            |                  |                  | 非经营性自建房 |                            |                  |                  |
        |                                              | 数量         | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 | 数量           | 经专业技术人员现场复核数量 | 存在安全隐患数量 | 工程措施整治数量 |
        | =10                                          | =4           | =3                         | =2               | =1               | =6             | =5                         | =4               | =3               |
        """,
        merges=["A1:I1", "A3:A4", "B3:E3", "F3:I3"],
    )
    assert column(checked, "commercial_closed") + column(checked, "noncommercial_closed") == [4, 6]


def test_attachment_2_has_four_rows_of_headings_in_the_notices_own_words() -> None:
    checked = assert_sheet(
        """
        | 附件2              |                        |              |              |               |            |                          |                |                            |                          |            |                   |                        |                                            |                        |                                                                      |               |
        | 双桥镇自建房安全专项整治攻坚行动工作台账 |  |              |              |               |            |                          |                |                            |                          |            |                   |                        |                                            |                        |                                                                      |               |
        | 填报单位：青石镇   |                        |              |              |               |            |                          |                |                            |                          |            |                   |                        |                                            |                        |                                                                      | （单位：栋）  |
        | 已排查自建房总量   | 经营性自建房           |              |              |               |            | 非经营性自建房           |                |                            |                          |            |                   |                        |                                            |                        |                                                                      |               |
        |                    | 已排查经营性自建房数量 | 整治销号     |              | 线上检查      |            | 已排查非经营性自建房数量 | 初判隐患数量①  | 经技术人员鉴定复核无隐患数量② | 未鉴定直接工程措施数量③ | 安全鉴定   |                   |                        | 整治措施                                   |                        | 整治销号                                                             |               |
        |                    |                        | 初判隐患数量 | 动态销号数量 | 问题确认/问题 | 问题确认率 |                          |                |                            |                          | 已鉴定数量④ | C、D级房屋数量⑤ | 鉴定率（④/①-②-③）    | 鉴定为C、D级房屋采取工程措施整治数量⑥    | 整治率（⑥+③/⑤+③）    | 已销号数量（含经技术人员复核无隐患、鉴定为A、B级、工程措施销号）⑦ | 销号率（⑦/①） |
        | =130               | =30                    | =6           | =4           | 3/5           | 60%        | =100                     | =100           | =20                        | =10                      | =63        | =30               | 90%                    | =24                                        | 85%                    | =87                                                                  | 87%           |
        """,
        merges=[
            "A4:A6",
            "B4:F4",
            "G4:Q4",
            "B5:B6",
            "C5:D5",
            "E5:F5",
            "G5:G6",
            "H5:H6",
            "K5:M5",
            "N5:O5",
            "P5:Q5",
        ],
    )
    counts = {
        name: column(checked, name)[0] for name in ("commercial_suspected", "suspected", "online_confirmed")
    }
    assert counts == {"commercial_suspected": 6, "suspected": 100, "online_confirmed": 3}


def test_columns_of_the_notice_are_numbered_in_a_row_of_their_own() -> None:
    numbered = SWEEP.replace(
        "    | 东村  ",
        "    | 甲               | =1             | =2       | =3       | =4                 | =5           | =6       | =7               | =8                 |\n    | 东村  ",
    )
    assert column(assert_sheet(numbered), "village") == ["东村"]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        ["=1", "=2", "=3", "=4", "=5", "=6", "=7", "=8", "=9"],
        ["甲", "（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ["栏次", "1", "2", "3", "4", "5", "6", "7", "8=7-6"],
        ["", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑦/④"],
        ["第1列", "第2列", "第3列", "第4列", "第5列", "第6列", "第7列", "第8列", "第9列"],
        ["1栏", "2栏", "3栏", "4栏", "5栏", "6栏", "7栏", "8栏", "9栏"],
        ["A", "B", "C", "D", "E", "F", "G", "H", "I"],
    ],
)
def test_ways_to_number_the_columns(numbers: list[str]) -> None:
    cells, _ = parse(SWEEP)
    checked = check(workbook([*cells[:3], numbers, *cells[3:]]))
    assert (found_in(checked), column(checked, "village")) == (set(), ["东村"])


def test_a_table_may_start_anywhere_on_the_sheet() -> None:
    checked = assert_sheet("""
        |  |  |                  |                |          |          |                    |              |          |                  |                    |
        |  |  |                  |                |          |          |                    |              |          |                  |                    |
        |  |  | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
        |  |  |                  |                |          |          |                    |              |          |                  |                    |
        |  |  | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
        |  |  |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
        |  |  | 东村             | =9             | 多 [C102] | =3      | =5                 | =2           | =1       | =4               | =0                 |
    """)
    assert checked.tables[0].unit == "青石镇"


def test_columns_may_stand_in_another_order() -> None:
    checked = assert_sheet(
        """
        | 产权人 | 结构类型 | 房屋编号 | 地上层数 |
        | 赵一   | 砖混结构 | YS1      | 2层      |
        """,
        ledger_header=1,
    )
    assert (column(checked, "house_id"), column(checked, "floors")) == (["YS1"], [2])


@pytest.mark.parametrize(
    "heading",
    [
        "建筑面积（㎡）",
        "建筑面积(㎡)",
        "建筑面积",
        "建筑\\n面积\\n（㎡）",
        "建 筑 面 积",
        "建筑面积㎡",
        "建筑面积（平方米）",
        "建筑面积：㎡",
        "面积",
        "*建筑面积（㎡）",
        "建筑面积①",
        "建筑面积（㎡）（必填）",
        "⑫建筑面积（㎡）",
        "12.建筑面积（㎡）",
        "12、建筑面积",
        "（12）建筑面积",
        "十二、建筑面积",
        "\u200b建筑面积（㎡）",
    ],
)
def test_ways_to_write_a_heading(heading: str) -> None:
    checked = assert_sheet(f"| 房屋编号 | {heading} |\n| YS1 | =120.5 |", ledger_header=1)
    assert [str(area) for area in column(checked, "area_m2")] == ["120.5"]


@pytest.mark.parametrize(
    "front",
    [
        *("①", "⑴", "1.", "1、", "（1）", "一、", "\u200b", "\ufeff", "★", "“"),
        *("1：", "第1题：", "Q1_", "请填写", "*2. 请选择"),
    ],
)
def test_a_sign_or_a_number_in_front_of_every_heading(front: str) -> None:
    house = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], [front + heading for heading in A_PLAIN_HOUSE], house]))
    assert (found_in(checked), column(checked, "house_id")) == (set(), ["YS0001"])


def test_headings_by_their_aliases() -> None:
    checked = assert_sheet("""
        | 排查编码 | 镇街   | 村居 | 详细地址 | 户主姓名 | 经营性   | 层数 | 结构形式 | 排查结论 | 技术人员复核结论 | 房屋安全等级 | 整治措施 | 整治完成日期 | 销号日期 | 销号依据 | 销号后复核日期 | 销号后复核结论 |
        | YS1      | 青石镇 | 东村 | 东村1号  | 赵一     | 非经营性 | 2    | 砖混     |          |                  |              |          |              |          |          |                |                |
    """)
    assert column(checked, "is_commercial") == ["否"]


@pytest.mark.parametrize(
    "written",
    [
        "{}\nHouse field No.",
        "ཁང་པའི་ཨང་\n{}",
        "{} ئۆي نومۇرى",
        "ᠭᠠᠵᠠᠷ {}",
        "ꆈꌠꁱꂷ\n{}",
        "{}（云建〔2024〕12号）",
        "12 {}",
    ],
)
def test_a_second_language_and_a_notices_number_are_no_part_of_a_heading(written: str) -> None:
    headings = [written.format(name) for name in A_PLAIN_HOUSE]
    row = [text.format(number=1) for text in A_PLAIN_HOUSE.values()]
    checked = check(workbook([["填报单位：城关街道"], headings, row]))
    assert (column(checked, "house_id"), found_in(checked)) == (["YS0001"], set())


def test_a_remark_with_a_year_in_brackets_still_says_what_a_column_is() -> None:
    lacking = {name: text for name, text in A_PLAIN_HOUSE.items() if name != "整治完成日期"}
    row = [text.format(number=1) for text in lacking.values()]
    checked = check(
        workbook([["填报单位：城关街道"], [*lacking, "整治完成日期（计划〔2024〕）"], [*row, ""]])
    )
    assert {code for code, _ in found_in(checked)} == {"F005", "F006"}


@pytest.mark.parametrize(
    ("group", "leaves", "fields"),
    [
        ("隐患初判情况", ("结论", "日期"), ("initial_judgement", "judged_on")),
        ("技术人员复核", ("结果", "时间", "人员"), ("review_result", "reviewed_on", "reviewer")),
        ("安全鉴定情况", ("日期", "单位", "等级"), ("appraised_on", "appraiser", "grade")),
        ("管控整治情况", ("责任人", "完成时限"), ("responsible", "due_on")),
    ],
)
def test_short_headings_below_a_group_that_says_a_little_more(
    group: str, leaves: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    path_of = [(group, leaf) for leaf in leaves]
    assert [getattr(field_named(FORMS["house-ledger"], path), "name", None) for path in path_of] == [*fields]


@pytest.mark.parametrize(
    ("group", "field"), [("销号后复核", "post_review_on"), ("镇级复核", None), ("复核计划", None)]
)
def test_a_group_that_says_something_else(group: str, field: str | None) -> None:
    assert getattr(field_named(FORMS["house-ledger"], (group, "日期")), "name", None) == field
