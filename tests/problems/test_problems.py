"""The catalogue, the shape of a problem, and what is masked in it."""

import re

import pytest

from zjf.problems import CATALOGUE, Severity, declare, masked, problem, without_stray_numbers


def test_every_code_says_what_why_and_what_to_do() -> None:
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"[A-Z]\d{3}", code)
        assert entry.code == code
        assert entry.title
        assert entry.why
        assert entry.remedy.endswith("。")


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        (Severity.ERROR, "F001 F002 F003 F004 F005 F007 F008 F009 F011"),
        (Severity.WARNING, "F006 F010 F012 F013 F014 F016 F017 F018 F020 F021 F022 F023"),
        (Severity.ERROR, "C101 C102 C103 C104 C105 C106 C107 C109 C110 C112 C113 C114 C117 C120"),
        (Severity.WARNING, "C108 C115 C116 C118"),
        (Severity.INFO, "C111 F015 F019"),
        (Severity.ERROR, "A301 A302 A303 A305 A306 A310 D401 D402 D404"),
        (Severity.WARNING, "A304 A308 D403 D405 D406"),
    ],
)
def test_severities(severity: Severity, codes: str) -> None:
    assert {CATALOGUE[code].severity for code in codes.split()} == {severity}


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="C101"):
        declare(CATALOGUE["C101"])


def test_a_message_says_where_what_and_what_to_do() -> None:
    found = problem(
        "C104", "结构类型「砖昆」不在可选项中", "是否为「砖混结构」？请从下拉列表中选择。", cell="P17", row=17
    )
    assert found.message == "P17 结构类型「砖昆」不在可选项中。是否为「砖混结构」？请从下拉列表中选择。"
    assert problem("C101", "房屋编号未填写").message == f"房屋编号未填写。{CATALOGUE['C101'].remedy}"


def test_the_public_shape() -> None:
    found = problem(
        "C104", "结构类型「砖昆」不在可选项中", table=0, sheet="台账", cell="P17", cells=("P17",), row=17
    )
    assert list(found.as_json()) == [
        *("code", "severity", "table", "sheet", "cell", "cells", "row", "field", "heading", "value"),
        *("message", "hint", "clause", "waived"),
    ]
    assert found.as_json()["severity"] == "error"


def test_an_error_blocks_unless_it_is_waived() -> None:
    assert problem("C101", "房屋编号未填写").blocks
    assert not problem("C101", "房屋编号未填写").waive("张主任核准").blocks
    assert not problem("C111", "写法不规范").blocks
    assert not problem("F012", "隐藏的工作表中有数据").blocks


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("赵", "*"),
        ("赵一", "赵*"),
        ("欧阳小山", "欧***"),
        ("云水县守田商贸有限公司", "云**********"),
        ("990101196504120012", "99**************12"),
        ("13500001234", "13*******34"),
        ("12", "1*"),
    ],
)
def test_personal_data_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "YS0001",
        "331024001001000012",
        "ZJF331024001001000012",
        "YS331024201001000012A",
        "2024-03-05",
        "20240305",
        "120.5",
        "45356",
        "2024/3/5",
        "0571",
        "=SUM(A1:A9)",
    ],
)
def test_what_names_no_person_stays(text: str) -> None:
    assert without_stray_numbers(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "990101196504120012",
        "99010119650412001X",
        "ZJF990101196504120012",
        "YS99010119650412001X-1",
        "990101650412001",
        "13500001234",
        "0571-88880000",
    ],
)
def test_stray_numbers_are_masked_inside_a_text(text: str) -> None:
    shown = without_stray_numbers(f"电话{text}，村东")
    assert text not in shown
    assert shown.startswith("电话")
    assert shown.endswith("，村东")


@pytest.mark.parametrize(
    "gap", [*" -－—–.·_", "\u00a0", "\u3000", "\u2011", "\u200b", "\u00ad", " - ", "\n", "）"]
)
@pytest.mark.parametrize(
    "groups",
    [
        ("990101", "19650412", "0012"),
        ("990101", "1965", "0412", "001X"),
        ("９９０１０１", "１９６５０４１２", "００１Ｘ"),
        ("135", "0000", "1234"),
        ("0086", "135", "00001234"),
        ("0571", "88880000"),
        ("6222", "0200", "0000", "0000", "123"),
    ],
    ids="".join,
)
def test_however_a_number_is_written_its_middle_is_masked(groups: tuple[str, ...], gap: str) -> None:
    text = f"电话{gap.join(groups)}，村东"
    shown = without_stray_numbers(text, any_long=True)
    assert groups[1] not in shown
    assert (shown[:2], shown[-3:], len(shown)) == ("电话", "，村东", len(text))


@pytest.mark.parametrize(
    "text",
    [
        "20240607-20241231",
        "2023 2024 2025",
        "１２栋",
        "东村1-2-301",
        "2024.06.07—2024.12.31",
        "城关_001_20240607",
    ],
)
def test_days_and_years_side_by_side_are_no_number_of_a_person(text: str) -> None:
    assert without_stray_numbers(text, any_long=True) == text


def test_where_no_long_number_is_at_home_every_long_number_is_masked() -> None:
    assert without_stray_numbers("331024001001000012", any_long=True) == "33**************12"
