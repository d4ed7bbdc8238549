"""Opening what was made: the folder, a table, the page; without a desktop it is said where they are."""

import pytest
import typer

from .office import PERIOD, Office
from .papers import take_in


@pytest.fixture
def here(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(office.folder)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return office


def test_without_a_desktop_it_says_where_it_is(here: Office) -> None:
    take_in(here, merged=True)
    here.run("出表", "附件2", "--期次", "2024年第23周")
    ran = here.run("打开", "附件2", "--单位", "青石")
    assert ran.code == 0
    assert "没有桌面" in ran.out
    assert str(here.out / "附件" / "附件2_青石镇.xlsx") in ran.out
    assert str(here.out / "附件" / "附件2_云水县.xlsx") in here.run("open", "附件二").out
    assert str(here.out) in here.run("open").out
    for name in ("汇总表", "合并台账", "退回清单"):
        assert str(here.out / f"{name}.xlsx") in here.run("open", name).out
    assert "请先运行 zjf message" in here.run("open", "消息").err


def test_what_is_not_made_yet_says_how_to_make_it(here: Office) -> None:
    take_in(here)
    here.run("出表", "附件2", "--期次", PERIOD)
    ran = here.run("open", "网页")
    assert (ran.code, f"请先运行 zjf weekly --as html --period {PERIOD}" in ran.err) == (3, True)
    assert "zjf report 集中摸排情况表" in here.run("open", "摸排表").err


def test_returns_are_opened_where_they_are_put(here: Office) -> None:
    assert "还没有" in here.run("open", "报表", "--period", "2024-W30").err
    (here.folder / "returns" / PERIOD).mkdir(parents=True)
    assert str(here.inbox) in here.run("open", "报表", "--期次", "2024年第23周").out


def test_on_a_desktop_it_is_opened(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(typer, "launch", lambda path: opened.append(path) or 0)
    (here.folder / "out" / PERIOD).mkdir(parents=True)
    assert here.run("open").code == 0
    assert opened == [str(here.out)]
