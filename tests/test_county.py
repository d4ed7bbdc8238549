"""zjf.toml and the roster: names are resolved by what is written there, never guessed."""

import pickle
from datetime import time
from pathlib import Path

import pytest

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.period import Calendar, Period
from zjf.unit_names import Roster

ROSTER = Roster(
    (
        ("城关街道", ("城关街道办", "城关街道办事处")),
        ("青石镇", ("青石镇人民政府",)),
        ("石镇", ()),
        ("云水经济开发区（筹）", ("开发区",)),
    ),
    county_name="云水县",
)
NO_ROSTER = Roster()

SETTINGS = """
[county]
name = "云水县"
notice = "jiafeng-2024"
[[units]]
name = "城关街道"
aliases = ["城关街道办"]
[[units]]
name = "青石镇"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zjf.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


def error_of(folder: Path, settings: str) -> str:
    (folder / "zjf.toml").write_text(settings, "utf-8")
    with pytest.raises(CannotDoError) as caught:
        County.load(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("城关街道", "城关街道"),
        ("城关街道办", "城关街道"),
        (" 城 关 街道\n办事处 ", "城关街道"),
        ("云水县城关街道", "城关街道"),
        ("云水经济开发区(筹)", "云水经济开发区（筹）"),
        ("城官街道", None),
        ("城关", None),
        ("青石镇政府", None),
        ("", None),
    ],
)
def test_a_name_is_resolved_by_the_roster_and_never_guessed(written: str, unit: str | None) -> None:
    assert ROSTER.resolve(written) == unit


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("城官街道", "城关街道"),
        ("云水县青石真", "青石镇"),
        ("城关街道办公室", "城关街道"),
        ("东风路小学", None),
    ],
)
def test_a_name_that_is_near_is_suggested(written: str, unit: str | None) -> None:
    assert ROSTER.nearest(written) == unit


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("云水县城关街道办事处自建房台账.xlsx", "城关街道"),
        ("青石镇2024年第23周", "青石镇"),
        ("石镇台账", "石镇"),
        ("城关街道、城关街道办", "城关街道"),
        ("城关街道与青石镇合表", None),
        ("自建房台账", None),
    ],
)
def test_a_title_names_a_unit_only_when_it_names_just_one(title: str, unit: str | None) -> None:
    assert ROSTER.mentioned_in(title) == unit


def test_without_a_roster_names_are_taken_as_written() -> None:
    assert not NO_ROSTER.known
    assert NO_ROSTER.resolve(" 某 镇 ") == "某 镇"
    assert NO_ROSTER.resolve(" ") is None
    assert NO_ROSTER.nearest("某镇") is None
    assert NO_ROSTER.mentioned_in("某镇台账") is None


def test_a_roster_travels_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(ROSTER)).resolve("开发区") == "云水经济开发区（筹）"


def test_only_names_and_the_notice_are_required(folder: Path) -> None:
    county = County.load(folder)
    assert county.name == "云水县"
    assert county.notice == "jiafeng-2024"
    assert county.roster.names == ("城关街道", "青石镇")
    assert county.roster.resolve("云水县城关街道办") == "城关街道"


def test_returns_and_results_lie_in_the_county_folder(folder: Path) -> None:
    county, week = County.load(folder), Period.parse("2024-W23")
    assert county.returns(week) == folder.resolve() / "returns" / "2024-W23"
    assert county.out(week) == folder.resolve() / "out" / "2024-W23"


def test_the_county_is_found_from_a_folder_inside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = folder / "returns" / "2024-W23"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    assert County.find().folder == folder.resolve()


def test_the_folder_named_must_itself_have_settings(folder: Path) -> None:
    (folder / "returns").mkdir()
    with pytest.raises(CannotDoError, match="请先运行 zjf init"):
        County.find(folder / "returns")


def test_outside_any_county_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert County.around(tmp_path) is None
    with pytest.raises(CannotDoError, match="--county"):
        County.find()


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://office@server/ledger", "sqlite://", "sqlite:///:memory:"]
)
def test_a_ledger_elsewhere_is_left_as_it_is(folder: Path, url: str) -> None:
    (folder / "zjf.toml").write_text(f'{SETTINGS}[ledger]\nurl = "{url}"', "utf-8")
    assert County.load(folder).ledger_url == url


def test_the_ledger_lies_in_the_county_folder_wherever_the_command_runs(folder: Path) -> None:
    assert County.load(folder).ledger_url == f"sqlite:///{folder.resolve().as_posix()}/ledger.db"


def test_the_county_overrules_the_notice_only_where_it_says_so(folder: Path) -> None:
    (folder / "zjf.toml").write_text(f'{SETTINGS}[reporting]\nweekday = "周四"', "utf-8")
    of_notice = Calendar(weekday="周五", by=time(12), month_day=22)
    assert County.load(folder).calendar(of_notice) == Calendar(weekday="周四", by=time(12), month_day=22)


def test_a_department_may_be_one_or_several(folder: Path) -> None:
    departments = (
        '[departments]\n"民宿" = ["县公安局", "县文旅局"]\n"影院" = "县委宣传部"\ncrowded = "县消防队"'
    )
    (folder / "zjf.toml").write_text(SETTINGS + departments, "utf-8")
    assert County.load(folder).departments == {
        "民宿": ("县公安局", "县文旅局"),
        "影院": ("县委宣传部",),
        "crowded": ("县消防队",),
    }


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('[reporting]\nweekdays = "周五"', "reporting 的 weekdays 这个设置项，最接近的是 weekday"),
        ('[reporting]\nweekday = "星期五"', "'周五'"),
        ('[reporting]\nforms = ["house-leger"]', "没有 house-leger 这种表"),
        ('[departments]\n"明宿" = "县公安局"', "最接近的是 民宿"),
        ('[[units]]\nname = "城关街道"', "名称或别名「城关街道」重复"),
        ('[[units]]\nname = "城南街道"\naliases = ["城关 街道办"]', "重复：城关街道、城南街道"),
        ('[[units]]\nname = "城关/城南"', "含有不能使用的符号"),
    ],
)
def test_settings_that_cannot_be_used_say_what_is_wrong(folder: Path, wrong: str, message: str) -> None:
    assert message in error_of(folder, SETTINGS + wrong)


def test_a_misspelt_key_is_named_with_the_key_it_should_be(folder: Path) -> None:
    assert "最接近的是 notice" in error_of(folder, SETTINGS.replace("notice", "notce"))


def test_a_county_has_at_least_one_unit(folder: Path) -> None:
    assert "units 没有填写" in error_of(folder, SETTINGS.partition("[[units]]")[0])
