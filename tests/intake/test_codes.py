"""Code lists: official wordings, the short forms that clerks write, and near misses with a suggestion."""

from itertools import permutations

import pytest

from tests.intake.messy import assert_cells, assert_sheet, column
from tests.sheets import CLOSING_DAY, COUNTY
from zjf.intake.values.cells import read_cell
from zjf.intake.values.readings import Context
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind

LISTS = {field.name: field for form in FORMS.values() for field in form.fields if field.kind is Kind.CODES}


def test_yes_and_no() -> None:
    assert_cells(
        """
        | 是否经营性       | 读作 |
        | 是               | 是   |
        | 否               | 否   |
        | √ [C111]         | 是   |
        | × [C111]         | 否   |
        | 有 [C111]        | 是   |
        | 无 [C111]        | 否   |
        | Y [C111]         | 是   |
        | n [C111]         | 否   |
        | Ｙ [C111]        | 是   |
        | =TRUE            | 是   |
        | =FALSE           | 否   |
        | 经营性 [C111]    | 是   |
        | 非经营性 [C111]  | 否   |
        | 非 经 营 性 [C111] | 否 |
        | =1 [C104]        |      |
        | 半经营 [C104]    |      |
        | 不详 [C104]      |      |
        | / [C101]         |      |
        | [C101]           |      |
        """,
        beside={"专业设计": "是", "专业施工": "是", "经营业态": "商贸"},
    )


def test_no_review_or_no_hazard() -> None:
    """Beside the day of a review, 无 may be short for 无隐患; where nothing says that there was one, it is a blank."""
    checked = assert_sheet(
        """
        | 房屋编号 | 复核结论  | 复核日期   | 复核人 | 销号后复核结论 | 销号后复核日期 |
        | YS1      | 无        |            |        | 无             | /              |
        | YS2      | 无 [C104] | 2022-09-05 | 何工   |                |                |
        | YS3      | 无[C104]  |            | 何工   |                |                |
        | YS4      | 无        | —          | 无     | 无 [C104]      | 2023-09-05     |
        | YS5      | 无隐患    | 2022-09-05 | 何工   |                |                |
        """,
        ledger_header=1,
    )
    assert column(checked, "review_result") == [None, None, None, None, "无隐患"]
    said = {problem.cell: problem for problem in checked.problems if problem.code == "C104"}
    assert said["B3"].cells == ("B3", "C3", "D3")
    assert said["B4"].hint == "没有隐患请填「无隐患」；没有复核的，请连同复核人一起留空。"


def test_no_judgement_or_no_hazard() -> None:
    """A blank says that a house is not judged yet; 无 may as well be short for 无隐患."""
    checked = assert_cells(
        """
        | 初判结论       | 读作           |
        | 无隐患 [C111]  | 未发现安全隐患 |
        | 无 [C104]      |                |
        | —              |                |
        | /              |                |
        |                |                |
        """,
        beside={"初判日期": "2024-03-05"},
    )
    (fault,) = (problem for problem in checked.problems if problem.code == "C104")
    assert "没有隐患请填「未发现安全隐患」；还没有初判请留空。" in fault.message


def test_structures_and_the_nearest_wording() -> None:
    checked = assert_cells("""
        | 结构类型        | 读作           |
        | 砖混结构        | 砖混结构       |
        | 砖混 [C111]     | 砖混结构       |
        | 框架 [C111]     | 钢筋混凝土结构 |
        | 钢混 [C111]     | 钢筋混凝土结构 |
        | 钢 [C111]       | 钢结构         |
        | 砖 混 [C111]    | 砖混结构       |
        | 砖\\n混 [C111]  | 砖混结构       |
        | 砖昆 [C104]     |                |
        | 砖混/砖木 [C104] |               |
    """)
    faults = {problem.value: problem.message for problem in checked.problems if problem.code == "C104"}
    assert faults["砖昆"] == "A9 结构类型「砖昆」不在可选项中。是否为「砖混结构」？请从下拉列表中选择。"


def test_grades_and_bare_digits() -> None:
    """A–D is written in two standards; 1–4 belongs to neither (facts.md#grades)."""
    beside = {
        "鉴定日期": "2023-05-01",
        "鉴定机构": "江岳鉴定所",
        "整治责任人": "田春雷",
        "整治期限": "2024-12-31",
        "管控措施": "停止使用",
    }
    checked = assert_cells(
        """
        | 鉴定等级    | 读作 |
        | A           | A    |
        | b [C111]    | B    |
        | Ａ [C111]   | A    |
        | B级 [C111]  | B    |
        | Asu [C111]  | A    |
        | BSU级 [C111] | B   |
        | 3 [C104]    |      |
        | =3 [C104]   |      |
        | 三级 [C104] |      |
        | E [C104]    |      |
        """,
        beside=beside,
    )
    assert list(checked.tables[0].frame.appraisal_standard)[:6] == [
        None,
        None,
        None,
        None,
        "GB50292",
        "GB50292",
    ]


def test_lists_by_any_separator() -> None:
    assert_cells(
        """
        | 改扩建情形              | 读作                     |
        | 加层                    | ('加层',)                |
        | 加层、建筑外扩          | ('加层', '建筑外扩')     |
        | 加层，外扩 [C111]       | ('加层', '建筑外扩')     |
        | 加层,建筑外扩 [C111]    | ('加层', '建筑外扩')     |
        | 加层；建筑外扩 [C111]   | ('加层', '建筑外扩')     |
        | 加层;建筑外扩 [C111]    | ('加层', '建筑外扩')     |
        | 加层\\n建筑外扩 [C111]  | ('加层', '建筑外扩')     |
        | 加层 建筑外扩 [C111]    | ('加层', '建筑外扩')     |
        | 加层、加层 [C111]       | ('加层',)                |
        | 加层。 [C111]           | ('加层',)                |
        | 加层、盖楼 [C104]       |                          |
        | 无、加层 [C104]         |                          |
        """,
        beside={"改扩建是否批准": "是"},
    )


def test_lists_whose_entries_are_numbered() -> None:
    assert_cells(
        """
        | 改扩建情形                    | 读作                 |
        | 1.加层；2.建筑外扩。 [C111]   | ('加层', '建筑外扩') |
        | 1、加层2、建筑外扩 [C111]     | ('加层', '建筑外扩') |
        | ①加层②建筑外扩 [C111]         | ('加层', '建筑外扩') |
        | （1）加层（2）外扩 [C111]     | ('加层', '建筑外扩') |
        | 一、加层\\n二、外扩 [C111]    | ('加层', '建筑外扩') |
        | 1.加层 [C111]                 | ('加层',)            |
        | 1.加层；2.盖楼 [C104]         |                      |
        | A.加层,B.建筑外扩 [C111]      | ('加层', '建筑外扩') |
        | 加层┋建筑外扩 [C111]          | ('加层', '建筑外扩') |
        | A.加层,B.盖楼 [C104]          |                      |
        | 加层2处 [C104]                |                      |
        | 1 [C104]                      |                      |
        """,
        beside={"改扩建是否批准": "是"},
    )


def test_an_option_with_its_number_on_the_printed_form() -> None:
    assert_cells("""
        | 结构类型             | 读作     |
        | 1.砖混结构 [C111]    | 砖混结构 |
        | A、砖木 [C111]       | 砖木结构 |
        | （2）土木结构 [C111] | 土木结构 |
        | ③木结构 [C111]       | 木结构   |
        | 1.盖楼 [C104]        |          |
        | 1 [C104]             |          |
        | 1.5 [C104]           |          |
        | A.砖混、B.砖木 [C104] |         |
    """)
    assert_cells(
        """
        | 鉴定等级    | 读作 |
        | 1.C [C104]  |      |
        | B.C [C104]  |      |
        """,
        beside={"鉴定日期": "2024-05-06", "鉴定机构": "云水检测"},
    )


def test_none_is_an_answer_where_a_house_may_have_none() -> None:
    assert_cells("""
        | 改扩建情形 | 读作 |
        | 无         | ()   |
        | —          | ()   |
        | /          | ()   |
        |            |      |
    """)


def test_none_is_no_business() -> None:
    assert_cells(
        "| 经营业态 | 读作 |\n| 无 [L201] | |\n| 小吃店 [C104] | |\n| 餐饮 [C111] | ('餐饮饭店',) |",
        beside={"是否经营性": "是", "专业设计": "是", "专业施工": "是"},
    )


def test_only_the_part_of_a_list_that_is_wrong_is_quoted() -> None:
    checked = assert_cells("| 改扩建情形 | 读作 |\n| 加层、外阔 [C104] | |", beside={"改扩建是否批准": "是"})
    (fault,) = [problem for problem in checked.problems if problem.code == "C104"]
    assert "改扩建情形「外阔」不在可选项中" in fault.message
    assert fault.value == "加层、外阔"


@pytest.mark.parametrize("field", LISTS.values(), ids=LISTS)
def test_any_two_options_on_two_lines_are_two(field: Field) -> None:
    """Also 拆除 above 重建, which would be one option if they stood on one line."""
    assert field.codes is not None
    wordings = {wording: code.value for code in field.codes for wording in (code.value, *code.aliases)}
    for (above, first), (below, second) in permutations(wordings.items(), 2):
        reading = read_cell(field, f"{above}\n{below}", Context(COUNTY, CLOSING_DAY))
        assert reading.value == tuple(dict.fromkeys((first, second))), (above, below)
