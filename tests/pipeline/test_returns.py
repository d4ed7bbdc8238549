"""Many returns at once, in worker processes: whatever becomes of one file, all are reported."""

import os
import pickle
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sample_data.files import Sheet, as_bytes
from tests.permissions import as_an_ordinary_user, open_folder
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, check, found_in, workbook
from zjf.checking.alone import check_return
from zjf.checking.one_return import CheckedReturn, CheckSettings, exit_code, totals
from zjf.errors import CannotDoError
from zjf.intake.limits import Limits
from zjf.intake.settings import Intake
from zjf.pipeline.finding import find_returns
from zjf.pipeline.isolated_check import Check, check_apart
from zjf.pipeline.returns import check_returns
from zjf.rules.registry import Judgement
from zjf.unit_names import Roster

FIXTURES = Path(__file__).parents[1] / "fixtures"
MEBIBYTE = 1024 * 1024
UNITS = tuple(f"第{number}镇" for number in range(100))
SETTINGS = CheckSettings(
    Intake(Roster(tuple((unit, ()) for unit in UNITS)), CLOSING_DAY), Judgement(closing_day=CLOSING_DAY)
)


def settings(**limits: Any) -> CheckSettings:
    return replace(SETTINGS, intake=replace(SETTINGS.intake, limits=Limits(**limits)))


def ledger(unit: str, number: int) -> list[list[str]]:
    house = [text.format(number=number) for text in A_PLAIN_HOUSE.values()]
    return [[f"填报单位：{unit}"], list(A_PLAIN_HOUSE), house]


def a_file_that_swells() -> bytes:
    """A few kilobytes, within the limits, of which the reader makes 600 MB: one cell stands far away."""
    return as_bytes([Sheet("台账", {(0, 0): "填报单位：第0镇", (999_999, 18): "x"})], "xlsx")


def folder_of_a_hundred(folder: Path) -> dict[str, str]:
    """A hundred files of a hundred units, some of them no returns; and what is found in each of those."""
    good = workbook(ledger(UNITS[0], 0))
    faulty = {
        "03破损.xlsx": (good[: len(good) // 2], "F001"),
        "17加密.xlsx": ((FIXTURES / "locked.xlsx").read_bytes(), "F002"),
        "29空白.xlsx": (b"", "F001"),
        "31扫描.pdf": (b"%PDF-1.7", "F011"),
        "47网页.xls": (b"<html><table></table></html>", "F011"),
        "53说明.xlsx": (workbook([["填表说明"]]), "F004"),
        "61膨胀.xlsx": (a_file_that_swells(), "F003"),
        "67坏账.xls": (as_bytes([Sheet("台账", {(0, 0): "x"})], "xls")[:3000], "F001"),
    }
    for name, (data, _) in faulty.items():
        (folder / name).write_bytes(data)
    for number in range(100 - len(faulty)):
        cells = ledger(UNITS[number], number)
        if number % 2:
            (folder / f"{number:02}镇.xlsx").write_bytes(workbook(cells))
        else:
            text = "\n".join(",".join(row) for row in cells)
            (folder / f"{number:02}镇.csv").write_text(text, encoding="gb18030")
    return {name: code for name, (_, code) in faulty.items()}


@pytest.mark.slow
def test_a_hundred_files_with_bad_ones_among_them(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    faulty = folder_of_a_hundred(tmp_path)
    paths = find_returns([tmp_path])
    steps: list[tuple[int, int]] = []
    checked = check_returns(
        paths, settings(memory=900 * MEBIBYTE), progress=lambda done, of: steps.append((done, of))
    )
    assert [checked_return.path for checked_return in checked] == paths
    assert steps == [(number, 100) for number in range(1, 101)]
    found = {
        checked_return.path.name: {code for code, _ in found_in(checked_return)} for checked_return in checked
    }
    assert {name: found[name] for name in faulty} == {name: {code} for name, code in faulty.items()}
    assert all(not codes for name, codes in found.items() if name not in faulty)
    assert all(
        checked_return.sha256 == sha256(checked_return.path.read_bytes()).hexdigest()
        for checked_return in checked
    )
    assert (totals(checked)["rows"], totals(checked)["rows_ok"]) == (92, 92)
    assert exit_code(checked, strict=False) == 1
    assert capfd.readouterr() == ("", "")


def test_workers_find_what_this_process_finds(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1), [["没有表"]]))
    (apart,) = check_returns([path], SETTINGS, keep_rows=True)
    here = check_return(path, SETTINGS, keep_rows=True)
    assert found_in(apart) == found_in(here)
    assert apart.tables[0].frame.equals(here.tables[0].frame)


def test_rows_travel_only_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger(UNITS[1], 1)))
    (checked,) = check_returns([path], SETTINGS)
    assert checked.tables[0].frame.empty
    assert totals([checked])["rows"] == 1


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    long, good = tmp_path / "第0镇.csv", tmp_path / "第1镇.xlsx"
    houses = [[text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in range(300_000)]
    rows = [*ledger(UNITS[0], 0)[:2], *houses]
    long.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    good.write_bytes(workbook(ledger(UNITS[1], 1)))
    hung, read = check_returns([long, good], settings(seconds=4.0), jobs=2)
    assert found_in(hung) == {("F003", "")}
    assert "超时" in hung.problems[0].message
    assert found_in(read) == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe that nobody writes to")
def test_a_pipe_costs_itself_alone_in_a_folder_and_by_its_name(tmp_path: Path) -> None:
    pipe, good = tmp_path / "第0镇.xlsx", tmp_path / "第1镇.xlsx"
    os.mkfifo(pipe)
    good.write_bytes(workbook(ledger(UNITS[1], 1)))
    for named in ([tmp_path], [pipe, good]):
        refused, read = check_returns(find_returns(named), SETTINGS)
        assert (found_in(refused), found_in(read)) == ({("F001", "")}, set())
        assert "管道" in refused.problems[0].message
        assert refused.sha256 == ""


def test_workers_that_cannot_even_start_cost_no_more_than_their_files(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(a_file_that_swells())  # more than what a worker has at hand when it is confined
    (checked,) = check_returns([path], settings(memory=MEBIBYTE))
    assert found_in(checked) == {("F003", "")}


def test_a_mistake_in_the_reader_costs_the_file_it_was_made_on(tmp_path: Path) -> None:
    """A form that does not exist makes reading stumble, once there is something to read."""
    good, empty = tmp_path / "第1镇.xlsx", tmp_path / "空白.xlsx"
    good.write_bytes(workbook(ledger(UNITS[1], 1)))
    empty.write_bytes(b"")
    broken = replace(SETTINGS, intake=replace(SETTINGS.intake, forms=("no-such-form",)))
    stumbled, unreadable = check_returns([good, empty], broken)
    assert found_in(stumbled) == found_in(unreadable) == {("F001", "")}
    assert "程序出错（KeyError）" in stumbled.problems[0].message
    assert "维护人员" in stumbled.problems[0].hint
    assert stumbled.status == "unreadable"


class Stubborn(str):
    """A name that does not let itself be sent to another process."""

    def __reduce__(self) -> Any:
        raise TypeError


def test_a_result_that_cannot_be_sent_back(tmp_path: Path) -> None:
    path = tmp_path / "第1镇.xlsx"
    path.write_bytes(workbook(ledger("青石镇", 1)))
    roster = Roster(((Stubborn("青石镇"), ()),))
    checked: CheckedReturn = pickle.loads(
        check_apart(path, Check(replace(SETTINGS, intake=replace(SETTINGS.intake, roster=roster))))
    )
    assert found_in(checked) == {("F001", "")}


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "录像.xlsx"
    with path.open("wb") as file:
        file.truncate(300 * MEBIBYTE)
    (checked,) = check_returns([path], settings(file_bytes=MEBIBYTE))
    assert found_in(checked) == {("F003", "")}
    assert "300 MB" in checked.problems[0].message
    assert checked.sha256


def test_a_file_that_is_gone_when_its_turn_comes(tmp_path: Path) -> None:
    (checked,) = check_returns([tmp_path / "第1镇.xlsx"], SETTINGS)
    assert found_in(checked) == {("F001", "")}
    assert (checked.sha256, checked.status) == ("", "unreadable")


def test_which_files_are_returns(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.csv", "sub/c.xls", "~$b.xlsx", ".~b.xlsx", "._b.xlsx", ".hidden", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [path.relative_to(tmp_path).as_posix() for path in find_returns([tmp_path, tmp_path / "a.csv"])]
    assert found == ["a.csv", "b.xlsx", "sub/c.xls"]


def test_links_are_followed_once(tmp_path: Path) -> None:
    inbox, desk = tmp_path / "inbox", tmp_path / "desk"
    for folder in (inbox, desk / "下乡"):
        folder.mkdir(parents=True)
    (desk / "下乡" / "a.xlsx").touch()
    (inbox / "b.xlsx").touch()
    (inbox / "linked").symlink_to(desk, target_is_directory=True)
    (inbox / "up").symlink_to(inbox, target_is_directory=True)
    (desk / "back").symlink_to(inbox, target_is_directory=True)
    (inbox / "c.xlsx").symlink_to(desk / "下乡" / "a.xlsx")
    found = [path.relative_to(inbox).as_posix() for path in find_returns([inbox])]
    assert found == ["b.xlsx", "c.xlsx", "linked/下乡/a.xlsx"]
    assert find_returns([inbox, desk]) == find_returns([inbox])


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "gone.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "b.xlsx")
    checked = [check_return(path, SETTINGS, keep_rows=False) for path in find_returns([tmp_path])]
    assert [found_in(checked_return) for checked_return in checked] == [{("F001", "")}] * 2
    assert "链接指向的文件不在了" in checked[0].problems[0].message
    assert "绕成了圈" in checked[1].problems[0].message


def test_what_may_not_be_read_is_told() -> None:
    with open_folder() as inbox:
        for name in ("a.xlsx", "b.xlsx", "listed/c.xlsx", "shut/d.xlsx", "lost+found/e.xlsx"):
            (inbox / name).parent.mkdir(exist_ok=True)
            (inbox / name).write_bytes(workbook(ledger(UNITS[0], 0)))
        (inbox / "b.xlsx").chmod(0o000)
        (inbox / "listed").chmod(0o444)
        (inbox / "shut").chmod(0o000)
        (inbox / "lost+found").chmod(0o000)
        with as_an_ordinary_user():
            paths = find_returns([inbox])
            assert [path.name for path in paths] == ["a.xlsx", "b.xlsx", "c.xlsx", "shut"]
            checked = [check_return(path, SETTINGS, keep_rows=False) for path in paths]
            assert [found_in(checked_return) for checked_return in checked] == [set(), *[{("F001", "")}] * 3]
            assert "文件夹打不开，里面的文件没有检查" in checked[3].problems[0].message
            (hidden,) = find_returns([inbox / "shut" / "d.xlsx"])
            assert found_in(check_return(hidden, SETTINGS, keep_rows=False)) == {("F001", "")}
            with pytest.raises(CannotDoError, match="文件夹打不开"):
                find_returns([inbox / "shut"])


def test_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="没有找到任何报送文件"):
        find_returns([tmp_path])
    with pytest.raises(CannotDoError, match="找不到"):
        find_returns([tmp_path / "nowhere"])
    with pytest.raises(CannotDoError, match="名称太长"):
        find_returns([tmp_path / ("长" * 300)])


def test_exit_codes() -> None:
    def returned(*codes: str) -> CheckedReturn:
        cells = ledger("城关街道", 1)
        for code in codes:
            cells[1].append({"error": "使用人数", "warning": "房屋层高"}[code])
            cells[2].append("多")
        return check(workbook(cells))

    assert exit_code([returned()], strict=True) == 0
    assert exit_code([returned("warning")], strict=False) == 0
    assert exit_code([returned("warning")], strict=True) == 1
    assert exit_code([returned(), returned("error")], strict=False) == 1
