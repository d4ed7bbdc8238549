"""No problem shows anybody's name, identity number or telephone, wherever it was written by mistake."""

import json

import pytest

from tests.intake.messy import assert_sheet
from tests.intake.test_documents import OTHER, PERSON, WRONG
from tests.sheets import A_PLAIN_HOUSE, Cells, check, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.checking.validation_document import as_json
from zjf.schemas import FORMS, Form
from zjf.schemas.kinds import Kind

MOBILE, LANDLINE, OLD = "13500001234", "0571-88880000", "990101650412001"
STRAYS = {
    "identity": PERSON,
    "identity with a wrong digit": WRONG,
    "identity in groups": f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}",
    "identity as a number": f"={PERSON[:15]}000",
    "identity in a house's number": f"ZJF{PERSON}",
    "identity before a letter": f"{PERSON}A",
    "old identity": OLD,
    "old identity as a number": f"={OLD}",
    "mobile": MOBILE,
    "mobile as a number": f"={MOBILE}",
    "mobile in groups": "135 0000 1234",
    "mobile in full width": "１３５００００１２３４",
    "mobile with its country": "+8613500001234",
    "landline": LANDLINE,
    "in a sentence": f"户主电话{MOBILE}，身份证{PERSON}",
    "a list": f"{PERSON}、{OTHER}",
}


def said(checked: CheckedReturn) -> str:
    """Everything that the public document says of a return, without spaces and dashes."""
    document = as_json([checked], None, "0")
    problems = document["files"][0]["problems"]
    return json.dumps(problems, ensure_ascii=False).replace(" ", "").replace("-", "")


def assert_shows_nobody(checked: CheckedReturn) -> None:
    text = said(checked)
    for secret in (PERSON[6:], WRONG[6:], OTHER[6:], MOBILE[3:], OLD[6:], "88880000", "19650412"):
        assert secret not in text


def filled_with(form: Form, stray: str) -> Cells:
    """A table of which every cell but the key holds what does not belong there."""
    keys = {name for name in form.info.key if form.by_name[name].kind is Kind.IDENTIFIER}
    headings = [
        f"{field.heading.groups[0] if field.heading.groups else ''}{field.heading.text}"
        for field in form.fields
    ]
    first = ["甲一" if field.name in keys else stray for field in form.fields]
    return [headings, first, ["合计", *[stray] * (len(headings) - 1)]]


@pytest.mark.parametrize("stray", STRAYS.values(), ids=STRAYS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_numbers_in_every_wrong_column(form: Form, stray: str) -> None:
    cells = [[f"填报单位：{stray.lstrip('=')} 填报时间：{stray.lstrip('=')}"], *filled_with(form, stray)]
    assert_shows_nobody(check(workbook(cells), "报表.xlsx", forms=[form.id]))


@pytest.mark.parametrize("stray", STRAYS.values(), ids=STRAYS)
def test_numbers_used_as_house_numbers_twice(stray: str) -> None:
    plain = {**A_PLAIN_HOUSE, "房屋编号": stray}
    rows = [[text.format(number=number) for text in plain.values()] for number in (1, 1, 2)]
    checked = check(workbook([list(plain), *rows, ["填报单位：城关街道"]]))
    assert {problem.code for problem in checked.problems} & {"D401", "C110", "C120"}
    assert_shows_nobody(checked)


def test_numbers_in_headings() -> None:
    checked = assert_sheet(
        f"""
        | 房屋编号 | 产权人 | 联系{MOBILE} [F006] | {PERSON} [F006] |
        | YS1      | 赵一   | 1                   | 2               |
        """,
        ledger_header=1,
    )
    assert_shows_nobody(checked)


def test_a_name_that_is_wrong_shows_its_first_character() -> None:
    checked = assert_sheet(
        f"| 房屋编号 | 产权人 |\n| YS1 | {'欧阳' * 60} |", ledger_header=1, also=[("C112", "B2")]
    )
    assert "欧阳" not in said(checked)
    assert checked.problems[0].value == f"欧{'*' * 59}…"


def test_a_name_in_another_cell_is_masked_where_the_table_knows_it_for_one() -> None:
    checked = check(
        workbook(
            [
                ["填报单位：欧阳小山"],
                ["房屋编号", "产权人", "使用人", "结构类型", "鉴定等级", "欧阳小山"],
                ["YS1", "欧阳小山", "欧阳小山", "欧阳小山", "欧阳小山", "x"],
                ["YS2", "买买提·依明", "", "买买提·依明", "3", "y"],
                ["YS3", "3", "", "砖昆", "3", "y"],
            ]
        )
    )
    assert {"C104", "F006", "F008"} <= {problem.code for problem in checked.problems}
    for name in ("阳小山", "买提"):
        assert name not in said(checked)
    for kept in ("「欧***」", "「买*****」", "「砖昆」", "「3」"):
        assert kept in said(checked)


def test_two_houses_of_one_owner_at_one_address_are_told_by_their_numbers() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 产权人        | 房屋地址 |
        | YS1      | 赵大山        | 东村1号  |
        | YS2      | 赵大山 [D403] | 东村1号  |
        """,
        ledger_header=1,
    )
    assert "大山" not in said(checked)


def test_personal_data_is_shown_where_it_is_asked_for() -> None:
    checked = assert_sheet(
        f"| 房屋编号 | 产权人证件号码 |\n| YS1 | {WRONG} [C107] |", ledger_header=1, show_personal=True
    )
    assert WRONG in said(checked)


def test_house_numbers_are_no_personal_data() -> None:
    checked = assert_sheet(
        """
        | 房屋编号                   | 产权人 |
        | 331024001001000012         | 赵一   |
        | 331024001001000012 [D401]  | 钱二   |
        """,
        ledger_header=1,
    )
    assert "331024001001000012" in said(checked)


def test_an_error_value_names_nobody_and_is_quoted_whole() -> None:
    checked = assert_sheet("| 房屋编号 | 产权人 |\n| YS1 | #N/A [C109] |", ledger_header=1)
    assert "「#N/A」" in checked.problems[0].message
