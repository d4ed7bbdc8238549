"""Pages of help in windows of every width: what a clerk would copy stands whole on its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zjf.commands.recorded.answers import answered
from zjf.commands.root import COMMANDS, SUBCOMMANDS, chinese_names
from zjf.commands.words.help_words import fitting_lines

PAGES = [[], *([name] for name in COMMANDS), *(["rules", name] for name in SUBCOMMANDS["rules"].values())]
TO_COPY = re.compile(r"[!-~]+")
ONE_PIECE = re.compile(r"[“（]*(?:[!-~]+|\S)[，。）”]*")


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


@given(st.text(alphabet="校验表，。（）“” \nzjf-1", max_size=60), st.integers(min_value=8, max_value=40))
def test_a_text_in_lines_is_the_same_text(text: str, width: int) -> None:
    lines = fitting_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width or ONE_PIECE.fullmatch(line) for line in lines)
