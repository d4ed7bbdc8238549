"""`zjf template`: a blank form where the clerk asked for it, and never over a filled one."""

from pathlib import Path

import pytest

from tests.commands.office import TOWN, Office, ledger
from tests.sheets import check
from zjf.intake.limits import Limits
from zjf.intake.workbook import open_sheets
from zjf.schemas import FORMS


def test_it_is_named_after_the_unit_and_the_form(office: Office) -> None:
    ran = office.run(
        "template", "issue-ledger", "--unit", "城关街道办", "-o", office.folder, "--county", office.folder
    )
    path = office.folder / "城关街道问题整改台账.xlsx"
    assert (ran.code, path.exists()) == (0, True)
    (table,) = check(path.read_bytes()).tables
    assert (table.form.id, table.unit) == ("issue-ledger", "城关街道")


def test_it_works_without_a_county(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = office.folder.parent / "桌面"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert office.run("template", "house-ledger").code == 0
    assert (elsewhere / "自建房台账.xlsx").exists()


def test_a_file_that_is_there_is_left_alone(office: Office) -> None:
    path = office.folder / "表.xlsx"
    path.write_bytes(b"filled in already")
    ran = office.run("template", "house-ledger", "-o", path, "--county", office.folder)
    assert ran.code == 2
    assert "已经有了" in ran.err
    assert path.read_bytes() == b"filled in already"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("house-leger",), "没有「house-leger」这种表"),
        (("house-ledger", "--unit", "城官街道"), "是否为「城关街道」"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(
    office: Office, wrong: tuple[str, ...], said: str
) -> None:
    ran = office.run("template", *wrong, "--county", office.folder)
    assert ran.code == 2
    assert said in ran.err


def headings(path: Path) -> list[str]:
    rows = open_sheets(path.name, path.read_bytes(), Limits())[0].rows
    return [str(cell).rstrip("*") for cell in rows[2] if cell]


def test_optional_columns_come_when_asked_for(office: Office) -> None:
    for columns in ("standard", "all"):
        made = office.run(
            "template", "house-ledger", "--columns", columns, "-o", office.folder / f"{columns}.xlsx"
        )
        assert made.code == 0
    standard, everything = (headings(office.folder / f"{name}.xlsx") for name in ("standard", "all"))
    assert standard == everything[: len(standard)]
    assert everything[len(standard) :] == [
        field.heading.text for field in FORMS["house-ledger"].fields if field.on_demand
    ]
    (table,) = check((office.folder / "all.xlsx").read_bytes()).tables
    assert table.form.id == "house-ledger"


def test_columns_are_standard_unless_told_otherwise(office: Office) -> None:
    assert office.run("template", "house-ledger", "-o", office.folder / "表.xlsx").code == 0
    assert "通知书编号" not in headings(office.folder / "表.xlsx")


def test_a_form_filled_in_from_the_ledger_is_accepted_again_as_it_is(office: Office) -> None:
    houses = (
        {"建筑面积（㎡）": "120.5", "产权人": "赵一鸣"},
        {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"},
    )
    office.receive("城关街道.xlsx", ledger(TOWN, *houses))
    office.aggregate()
    path = office.folder / "下期.xlsx"
    wanted = (
        "template",
        "house-ledger",
        "--unit",
        TOWN,
        "--from-ledger",
        "-o",
        path,
        "--county",
        office.folder,
    )
    assert office.run(*wanted).code == 0
    checked = check(path.read_bytes())
    (table,) = checked.tables
    assert list(table.frame.house_id) == ["YS0001", "YS0002"]
    assert str(table.frame.area_m2.iat[0]) == "120.5"
    assert [problem.code for problem in checked.problems] == []


def test_a_form_is_filled_in_only_for_a_unit_that_has_reported(office: Office) -> None:
    wanted = (
        "template",
        "house-ledger",
        "--from-ledger",
        "-o",
        office.folder / "下期.xlsx",
        "--county",
        office.folder,
    )
    assert office.run(*wanted).code == 2
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    office.aggregate()
    ran = office.run(*wanted, "--unit", "青石镇")
    assert (ran.code, "没有青石镇的自建房台账" in ran.err) == (3, True)


def test_a_name_without_a_suffix_is_a_folder_s(office: Office) -> None:
    assert office.run("template", "sweep-table", "-o", office.folder / "空白表").code == 0
    assert [path.suffix for path in (office.folder / "空白表").iterdir()] == [".xlsx"]
