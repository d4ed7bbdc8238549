"""Headings printed in two parts: a group that says of what, and below it 日期, 结论, 等级 … (复核情况 / 结论)."""

from datetime import date

import pytest

from tests.intake.messy import column
from tests.sheets import A_PLAIN_HOUSE, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.schemas import FORMS

DAY = date(2023, 1, 5)


def grouped(*parts: tuple[str, str, str], merged: bool = True, lacking: str = "") -> CheckedReturn:
    """Two plain houses, and beside their columns others under groups: group, heading, what the first house says."""
    leaves = {heading for _, heading, _ in parts}
    own = [name for name in A_PLAIN_HOUSE if name not in lacking.split("、") and name not in leaves]
    groups = [group for group, _, _ in parts]
    again = [group if place == 0 or groups[place - 1] != group else "" for place, group in enumerate(groups)]
    houses = [[A_PLAIN_HOUSE[name].format(number=number) for name in own] for number in (1, 2)]
    cells = [
        ["填报单位：城关街道"],
        [*own, *again] if merged else [*[""] * len(own), *again],
        [*([""] * len(own) if merged else own), *(heading for _, heading, _ in parts)],
        [*houses[0], *(said for _, _, said in parts)],
        [*houses[1], *[""] * len(parts)],
    ]
    letters = [chr(ord("A") + place) for place in range(len(own) + len(parts))]
    down = [f"{letter}2:{letter}3" for letter in letters[: len(own)]] if merged else []
    return check(workbook(cells, merges=[*down, *_across(groups, letters[len(own) :])]))


def _across(groups: list[str], letters: list[str]) -> list[str]:
    spans = {group: (groups.index(group), len(groups) - 1 - groups[::-1].index(group)) for group in groups}
    return [f"{letters[first]}2:{letters[last]}2" for first, last in spans.values() if first < last]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "leaves"),
    [
        ("技术人员复核", "销号后复核", ("复核日期", "复核结论", "复核人")),
        ("复核", "销号后复核", ("日期", "结论", "人")),
        ("复核情况", "销号后复核情况", ("日期", "结论", "复核人")),
        ("复核信息", "销号后", ("复核日期", "复核结论", "复核人")),
    ],
)
def test_a_review_and_the_one_after_closure_have_columns_of_one_name(
    first: str, second: str, leaves: tuple[str, ...], *, merged: bool
) -> None:
    said = ("2023-01-05", "有隐患", "何工")
    checked = grouped(
        *((first, leaf, "") for leaf in leaves),
        *((second, leaf, text) for leaf, text in zip(leaves, said, strict=True)),
        merged=merged,
        lacking="复核结论、销号后复核日期、销号后复核结论",
    )
    assert {code for code, _ in found_in(checked)} == {"L213"}
    assert column(checked, "review_result") == column(checked, "reviewed_on") == [None, None]
    assert column(checked, "post_review_on") == [DAY, None]
    assert column(checked, "post_review_result") == ["有隐患", None]
    assert column(checked, "post_reviewer") == ["何工", None]


def test_a_group_of_the_second_review_alone_is_not_read_as_the_first() -> None:
    checked = grouped(
        ("销号后复核", "复核日期", "2023-01-05"),
        ("销号后复核", "复核结论", "无隐患"),
        lacking="复核结论、销号后复核日期、销号后复核结论",
    )
    assert "review_result" not in checked.tables[0].columns
    assert column(checked, "post_review_on") == [DAY, None]
    assert [(problem.code, problem.heading) for problem in checked.problems] == [
        ("F005", "复核结论"),
        ("L201", "销号后复核人"),
    ]


@pytest.mark.parametrize(
    ("group", "heading", "field"),
    [
        ("鉴定情况", "日期", "appraised_on"),
        ("安全鉴定", "鉴定机构", "appraiser"),
        ("鉴定信息", "报告编号", "report_no"),
        ("整治阶段", "责任人", "responsible"),
        ("整治情况", "期限", "due_on"),
        ("验收环节", "日期", "accepted_on"),
        ("再次销号", "销号日期", "reclosed_on"),
        ("销号后复核", "再次销号日期", "reclosed_on"),
        ("产权人信息", "身份证号", "owner_id"),
        ("使用人信息", "姓名", "user_name"),
        ("改扩建信息", "审批", "alteration_approved"),
    ],
)
def test_a_heading_goes_on_from_its_group(group: str, heading: str, field: str) -> None:
    checked = grouped((group, heading, ""), (group, "责任领导", ""))
    unknown = [problem.heading for problem in checked.problems if problem.code == "F006"]
    assert (field in checked.tables[0].columns, unknown) == (True, ["责任领导"])


@pytest.mark.parametrize(
    ("group", "heading", "field"),
    [
        ("使用人信息", "联系电话", "owner_phone"),
        ("回头看情况", "复核日期", "reviewed_on"),
        ("第二次鉴定", "鉴定日期", "appraised_on"),
        ("重新排查", "初判日期", "judged_on"),
    ],
)
def test_a_group_of_another_time_or_person_takes_a_heading_along(
    group: str, heading: str, field: str
) -> None:
    checked = grouped((group, heading, ""), (group, "责任领导", ""))
    unknown = [problem.heading for problem in checked.problems if problem.code == "F006"]
    assert (field in checked.tables[0].columns, unknown) == (False, [heading, "责任领导"])


@pytest.mark.parametrize(
    ("heading", "says_so"),
    [
        ("地上层数（不含地下室）", False),
        ("地上层数（地下室不计）", False),
        ("地上层数（地下、半地下除外）", False),
        ("产权人（非使用人）", False),
        ("建筑面积（不包括占地面积）", False),
        ("整治完成日期（不填计划日期）", False),
        ("地上层数（含地下室）", True),
        ("地上层数（含地下室，不含夹层）", True),
        ("产权人（使用人）", True),
        ("整治完成日期（计划）", True),
    ],
)
def test_what_a_heading_leaves_out_is_not_what_it_means(heading: str, *, says_so: bool) -> None:
    name = heading.partition("（")[0]
    headings = [heading if own == name else own for own in (*A_PLAIN_HOUSE, "建筑面积")]
    house = [*(text.format(number=1) for text in A_PLAIN_HOUSE.values()), "120"]
    checked = check(workbook([["填报单位：城关街道"], headings, house]))
    assert bool({code for code, _ in found_in(checked)} & {"F006"}) is says_so


@pytest.mark.parametrize("digits", ["1234567", "①②③④⑤⑥⑦", "１２３４５６７"])
def test_a_digit_is_written_for_a_circled_one(digits: str) -> None:
    form = FORMS["attachment-2"]
    fields = [field for field in form.fields if not field.roll_up_only]
    as_typed = str.maketrans("①②③④⑤⑥⑦", digits)
    groups = [field.heading.groups[0] if field.heading.groups else "" for field in fields]
    headings = [field.heading.text.translate(as_typed) for field in fields]
    checked = check(workbook([["填报单位：城关街道"], groups, headings, ["=0"] * len(fields)]))
    assert set(checked.tables[0].columns) == {field.name for field in fields}
