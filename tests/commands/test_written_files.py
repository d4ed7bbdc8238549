"""How the files that a command made are listed: a few with their paths, many below their folders."""

from pathlib import Path

import pytest

from zjf.console import show_written


def listed(capsys: pytest.CaptureFixture[str], *names: str) -> list[str]:
    show_written([Path("out") / name for name in names])
    return capsys.readouterr().out.splitlines()


def test_a_few_with_their_paths(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["附件/附件1_青石镇.xlsx", "附件/附件1_青石镇.pdf"]
    assert listed(capsys, *names) == [f"out/{name}" for name in names] + ["共 2 个文件。"]


def test_many_below_their_folders(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"附件/附件{number}_青石镇.{kind}" for number in range(1, 5) for kind in ("xlsx", "pdf", "docx")]
    lines = listed(capsys, *names, "随文函.docx")
    assert lines[:2] == ["out/附件", "  附件1_青石镇.xlsx、.pdf、.docx"]
    assert lines[-3:] == ["out", "  随文函.docx", "共 13 个文件。"]
    assert len(lines) == 1 + 4 + 3
