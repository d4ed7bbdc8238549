"""`zjf validate`: what it writes, what it leaves alone, and what it shows of personal data."""

from pathlib import Path

import openpyxl
import pytest
from stdnum.cn import ric

from tests.sheets import workbook
from zjf.intake.sheets.own_lists import is_own_list
from zjf.problems import masked

from .office import WRONG, Office, ledger

NUMBER = "99000019800101123"
NUMBER += str((int(ric.calc_check_digit(f"{NUMBER}0").replace("X", "0")) + 1) % 10)
"""An identity number whose last digit is not its check digit."""
LACKING = ("初判结论", "复核结论", "鉴定等级", "销号日期")
TELEPHONE = "1390000123"
"""One digit short."""
PERSONAL = {"产权人": "欧阳小满", "产权人证件号码": NUMBER, "联系电话": TELEPHONE}


def loose_returns(folder: Path, name: str) -> Path:
    """A folder of returns that is no county's, with one wrong house in it."""
    returns = folder / "收到的报表"
    returns.mkdir()
    (returns / name).write_bytes(workbook(ledger("城关街道", WRONG)))
    return returns


def texts(path: Path) -> str:
    """Everything that is written in a workbook."""
    sheets = openpyxl.load_workbook(path).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_personal_data_is_masked_wherever_it_is_shown(office: Office, tmp_path: Path) -> None:
    house = PERSONAL | {"产权人": "欧阳小满" * 100}
    office.receive("城关街道.xlsx", ledger("城关街道", house, PERSONAL | WRONG))
    book = tmp_path / "清单.xlsx"
    shown = [
        office.validate().out,
        office.validate("--format", "json").out,
        office.validate("--format", "xlsx", "-o", book).out,
        texts(book),
        office.aggregate().out,
        office.aggregate("--format", "json").out,
        texts(office.out / "退回清单.xlsx"),
        (office.out / "summary.json").read_text(encoding="utf-8"),
    ]
    for output in shown:
        assert not [secret for secret in PERSONAL.values() if secret in output]
    values = {
        problem["field"]: problem["value"]
        for problem in office.validate("--format", "json").json["files"][0]["problems"]
    }
    assert values["owner_id"] == masked(NUMBER)
    assert values["owner_phone"] == masked(TELEPHONE)


def test_personal_data_is_shown_to_who_asks_for_it(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", PERSONAL))
    ran = office.validate("--format", "json", "--show-personal")
    values = {problem["field"]: problem["value"] for problem in ran.json["files"][0]["problems"]}
    assert values == {"owner_id": NUMBER, "owner_phone": TELEPHONE}


def test_the_problem_list_is_written_into_the_county_s_results(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    ran = office.validate("--format", "xlsx")
    path = office.out / "问题清单.xlsx"
    assert ran.code == 1
    assert str(path) in ran.out.splitlines()
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["汇总"][3]][2:6] == ["有数据错误", 2, 1, 1]
    assert [cell.value for cell in book["问题清单"][3]][3:6] == ["G4", "数据错误", "C104"]
    assert office.validate("--format", "xlsx").code == 1


def test_without_a_county_the_problem_list_is_written_where_one_stands(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    returns = loose_returns(tmp_path, "城关街道.xlsx")
    monkeypatch.chdir(tmp_path)
    for _ in "12":
        ran = office.run("validate", returns, "--format", "xlsx")
        assert ran.code == 1
        assert "问题清单.xlsx" in ran.out.splitlines()
    assert is_own_list(tmp_path / "问题清单.xlsx")


def test_the_problem_list_is_never_taken_for_a_return(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}))
    left_there = office.inbox / "问题清单（核对后）.xlsx"
    for _ in "12":
        ran = office.validate("--format", "xlsx", "-o", left_there)
        assert ran.code == 0
        assert "共 1 个文件" in ran.out
    assert office.summary()["rows"]["read"] == 1


def test_nothing_but_a_problem_list_is_no_return_at_all(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}))
    office.validate("--format", "xlsx", "-o", office.inbox / "清单.xlsx")
    path.unlink()
    for arguments in ([], ["--format", "xlsx"], ["--format", "xlsx", "-o", office.inbox / "清单.xlsx"]):
        ran = office.validate(*arguments)
        assert (ran.code, ran.out) == (3, "")
        assert "没有找到任何报送文件" in ran.err


@pytest.mark.parametrize(("command", "name"), [("validate", "问题清单.xlsx"), ("classify", "分类清单.xlsx")])
def test_a_return_that_is_called_like_a_list_is_read_and_kept(
    command: str, name: str, tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a county the list goes elsewhere; outside of one there is no place for it."""
    own = office.receive(name, ledger("城关街道", {}))
    loose = loose_returns(tmp_path, name) / name
    before = [own.read_bytes(), loose.read_bytes()]
    monkeypatch.chdir(own.parent)
    ran = office.run(command, ".", "--format", "xlsx")
    assert ran.code == 0
    assert (office.folder / "out" / name).exists()
    monkeypatch.chdir(loose.parent)
    options = ["--notice", "jiaxiang-2024"] if command == "classify" else []
    ran = office.run(command, ".", "--format", "xlsx", *options)
    assert ran.code == 3
    assert f"“{name}”已经存在，不是 zjf 写的清单，没有覆盖" in ran.err
    assert [own.read_bytes(), loose.read_bytes()] == before


def test_a_file_that_is_named_for_the_list_is_kept_unless_it_is_one(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}))
    kept = tmp_path / "清单.xlsx"
    kept.write_bytes(workbook([["县里自己的表"]]))
    before = kept.read_bytes()
    ran = office.validate("--format", "xlsx", "-o", kept)
    assert ran.code == 3
    assert "没有覆盖" in ran.err
    assert kept.read_bytes() == before


def test_a_list_that_cannot_be_written_says_so(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}))
    ran = office.validate("--format", "xlsx", "-o", path / "清单.xlsx")
    assert ran.code == 3
    assert "写不出" in ran.err


def test_returns_stay_as_they_are(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    office.receive("青石镇.csv", "填报单位：青石镇\n".encode("gb18030"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.folder.rglob("*.*")}
    office.validate("--annotate", tmp_path / "标注", "--format", "xlsx", "-o", tmp_path / "清单.xlsx")
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.folder.rglob("*.*")
    }


def test_annotated_copies_are_told_beside_the_result(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    office.receive("青石镇.xlsx", b"")
    copies = tmp_path / "标注"
    ran = office.validate("--annotate", copies, "--format", "json")
    assert ran.json["totals"]["files"] == 2
    assert f"已标注 1 份，在：{copies}" in ran.err
    assert "未能标注：青石镇.xlsx（文件是空的（0 字节）" in ran.err
    assert [path.name for path in copies.iterdir()] == ["城关街道.xlsx"]


def test_annotated_copies_are_kept_apart_from_the_returns(office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger("城关街道", {}, WRONG))
    before = path.read_bytes()
    for folder in (office.inbox, office.inbox / "标注"):
        ran = office.validate("--annotate", folder)
        assert ran.code == 2
        assert "在报送文件之中" in ran.err
    assert office.run("validate", path, "--annotate", office.inbox).code == 2
    assert path.read_bytes() == before


def test_of_several_sheets_it_is_said_which_and_lacking_columns_take_one_line(
    office: Office, tmp_path: Path
) -> None:
    """The villages of a township on a sheet each: F4 alone would send the clerk looking."""
    house = {"地上层数": "2.5层"}
    plain, others = ledger("城关街道", house), ledger("城关街道", house, number_from=2)
    lacking = [
        [cell for heading, cell in zip(others[1], row, strict=False) if heading not in LACKING]
        for row in others
    ]
    path = tmp_path / "城关街道.xlsx"
    path.write_bytes(workbook(plain, lacking, names=("清水村", "东村")))
    said = office.run("validate", path, "--county", office.folder).out
    assert "数据错误 C102 「清水村」" in said
    assert "数据错误 C102 「东村」" in said
    assert f"数据错误 F005 「东村」缺少必需的列：{'、'.join(LACKING)}。" in said
