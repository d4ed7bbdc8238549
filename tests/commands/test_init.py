"""`zjf init`: a county's folder from its roster, or from questions."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from zjf.commands.init import init, units_in
from zjf.county import County
from zjf.errors import CannotDoError, UsageError

RUN = "import typer; from zjf.commands.init import init; typer.run(init)"
LISTED = {"城关街道": ("城关街道办", "城关街道办事处"), "青石镇": ("青石镇人民政府",), "矿区管理处": ()}


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "名单.xlsx",
        ("城关街道", "城关街道办、城关街道办事处"),
        ("青石镇", "青石镇人民政府"),
        ("矿区管理处",),
    )


def test_a_roster_makes_a_county_folder(roster: Path, tmp_path: Path) -> None:
    init(tmp_path / "云水县", roster)
    county = County.load(tmp_path / "云水县")
    assert (county.name, county.notice) == ("云水县", "jiaxiang-2024")
    assert {unit.name: unit.aliases for unit in county.units} == LISTED
    assert sorted(path.name for path in county.folder.iterdir()) == [
        "out",
        "returns",
        "waivers.toml",
        "zjf.toml",
        "说明.txt",
    ]
    about = (tmp_path / "云水县" / "说明.txt").read_bytes()
    assert about.startswith(b"\xef\xbb\xbf\xe4\xba\x91")
    assert b"\r\n" in about
    assert "不要打开、改名、移动、删除的" in about.decode("utf-8-sig")


def test_name_and_notice_may_be_given(roster: Path, tmp_path: Path) -> None:
    init(tmp_path / "county", roster, name="云水县", notice="rongan-2022")
    assert County.load(tmp_path / "county").notice == "rongan-2022"
    assert County.load(tmp_path / "county").name == "云水县"


def test_every_setting_left_out_stands_there_as_a_comment_that_works(roster: Path, tmp_path: Path) -> None:
    init(tmp_path, roster)
    settings = tmp_path / "zjf.toml"
    text = settings.read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("# ") and " = " in line:
            text = text.replace(line, line.removeprefix("# "))
    settings.write_text(text, "utf-8")
    county = County.load(tmp_path)
    assert county.reporting.weekday == "周五"
    assert county.departments["民宿"] == ("县公安局", "县文化旅游委")
    assert county.ledger_url.startswith("postgresql")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("填报单位", "别名"),
            ("城关街道", "城关街道办，城关街道办事处"),
            ("青石镇", "青石镇人民政府"),
            ("矿区管理处",),
        ],
        [
            ("云水县填报单位名单",),
            (),
            ("序号", "乡镇（街道）", "简称", "", "联系电话"),
            (1, "城关街道", "城关街道办", "城关街道办事处", "13800001234"),
            (2, "青石镇", "青石镇人民政府", None, "13800001235"),
            (None,),
            (3, "矿区管理处", "矿区管理处", None, "13800001236"),
        ],
    ],
    ids=["headed", "with title, numbers, blank rows and telephones"],
)
def test_a_roster_may_be_headed(rows: list[tuple[object, ...]], tmp_path: Path) -> None:
    assert units_in(workbook(tmp_path / "名单.xlsx", *rows)) == LISTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_roster_may_be_csv(encoding: str, tmp_path: Path) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_text(
        "单位名称,别名\n城关街道,城关街道办、城关街道办事处\n青石镇,青石镇人民政府\n矿区管理处,\n", encoding
    )
    assert units_in(roster) == LISTED


def test_settings_that_are_there_are_never_overwritten(roster: Path, tmp_path: Path) -> None:
    init(tmp_path, roster)
    before = (tmp_path / "zjf.toml").read_bytes()
    with pytest.raises(UsageError, match="已经有了"):
        init(tmp_path, roster, name="别的县")
    assert (tmp_path / "zjf.toml").read_bytes() == before


def test_waivers_that_are_there_are_kept(roster: Path, tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text("# 原有的", "utf-8")
    init(tmp_path, roster)
    assert (tmp_path / "waivers.toml").read_text("utf-8") == "# 原有的"


def test_an_unknown_notice_names_the_nearest_and_makes_nothing(roster: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="最接近的是 rongan-2022"):
        init(tmp_path / "云水县", roster, notice="rongan-2023")
    assert not (tmp_path / "云水县").exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "没有单位"),
        ([("填报单位", "别名")], "没有单位"),
        ([("城关街道",), ("城关街道",)], "出现了两次"),
        ([("城关街道", "城关"), ("城南街道", "城关")], "名称或别名「城关」重复：城关街道、城南街道"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why_and_makes_nothing(
    rows: list[tuple[object, ...]], message: str, tmp_path: Path
) -> None:
    with pytest.raises(CannotDoError, match=message):
        init(tmp_path / "云水县", workbook(tmp_path / "名单.xlsx", *rows))
    assert not (tmp_path / "云水县").exists()


def test_a_folder_cannot_take_the_place_of_a_file(roster: Path) -> None:
    with pytest.raises(CannotDoError, match="写不出"):
        init(roster, roster)


def test_a_roster_that_is_no_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "名单.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(CannotDoError, match="已损坏"):
        units_in(tmp_path / "名单.xlsx")


def test_a_roster_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match="打不开"):
        units_in(tmp_path / "名单.xlsx")


def test_without_roster_and_terminal_there_is_nobody_to_ask(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "云水县")], stdin=subprocess.DEVNULL, capture_output=True
    )
    assert b"--from" in asked.stderr
    assert not (tmp_path / "云水县").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix thing")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    os.write(
        ours,
        "\nrongan-2022\n城关街道、城关街道办、城关街道办事处\n青石镇、青石镇人民政府\n矿区管理处\n\n".encode(),
    )
    command = [sys.executable, "-c", RUN, str(tmp_path / "云水县")]
    asked = subprocess.run(command, stdin=theirs, capture_output=True, timeout=60)
    os.close(ours)
    os.close(theirs)
    assert asked.returncode == 0, asked.stderr.decode()
    county = County.load(tmp_path / "云水县")
    assert (county.name, county.notice) == ("云水县", "rongan-2022")
    assert {unit.name: unit.aliases for unit in county.units} == LISTED
