"""`zjf rules`: what the notices ask for, on the screen."""

from pathlib import Path

import pytest

from zjf import cli
from zjf.commands.rules import diff_rules, list_rules, show_rules
from zjf.notices.loading import known_notices
from zjf.problems import CATALOGUE


@pytest.fixture(autouse=True)
def wide_screen_outside_any_county(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)


def test_list_names_every_notice_and_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    list_rules()
    shown = capsys.readouterr().out
    assert all(notice in shown for notice in known_notices())
    assert all(code in shown for code in CATALOGUE)


def test_show_prints_dates_with_their_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    show_rules("jiafeng-2024")
    shown = [line.replace(" ", "") for line in capsys.readouterr().out.splitlines()]
    assert any("全面总结│2024-06-25至2024-06-30│四(三)" in line for line in shown)
    assert any("每周五12:00前，2024-03-25起│四(一)" in line for line in shown)


def test_diff_sets_two_notices_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    diff_rules("jiaxiang-2024", "rongan-2022")
    shown = [line.replace(" ", "") for line in capsys.readouterr().out.splitlines()]
    assert any("未落实│L208" in line and "│是│—" in line for line in shown)
    assert any("未落实│L211" in line and "│—│是" in line for line in shown)


def test_an_unknown_notice_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rules", "show", "jiaxing-2024"]) == 2
    assert "最接近的是 jiaxiang-2024" in capsys.readouterr().err
