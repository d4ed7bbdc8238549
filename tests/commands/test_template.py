"""`zjf template`: a blank form where the clerk asked for it, and never over a filled one."""

import pytest

from tests.commands.office import Office
from tests.sheets import check


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
