"""Pages of help in windows of every width: what a clerk would copy stands whole on its line."""

import re

import pytest
from rich.cells import cell_len

from zjf.commands.recorded.answers import answered
from zjf.commands.root import COMMANDS, SUBCOMMANDS, chinese_names

PAGES = [[], *([name] for name in COMMANDS), *(["rules", name] for name in SUBCOMMANDS["rules"].values())]
TO_COPY = re.compile(r"[!-~]+")


def page(
    words: list[str], width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    assert answered([*words, "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_no_line_is_wider_than_the_window(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for width in (60, 80):
        text = page(words, width, monkeypatch, capsys)
        assert not [line for line in text.splitlines() if cell_len(line) > width]
        assert not re.search(r"^ *[，。、；：！？）”》]", text, re.MULTILINE)


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_no_option_code_or_date_is_cut(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = page(words, 80, monkeypatch, capsys)
    narrow = page(words, 60, monkeypatch, capsys)
    assert set(TO_COPY.findall(narrow)) == set(TO_COPY.findall(wide))


def test_every_command_stands_beside_what_clerks_call_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, group in (([], ""), (["rules"], "rules")):
        text = page(words, 80, monkeypatch, capsys)
        for name, chinese in chinese_names(group).items():
            assert re.search(rf"^  {name} +{chinese}  ", text, re.MULTILINE)
