"""Lines of Chinese in a window: what a clerk reads as one word stays on one line."""

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zjf.terminal.fitting import FittingConsole
from zjf.terminal.line_breaks import fitting_lines

GOAL = "全县还差90栋（81.21%，四(二)）；城关街道还差9栋（85.94%），2024-06-15 前；附件1 未报 2（石岭矿区管理处、龙潭镇）。"
WHOLE = (
    "90栋",
    "（81.21%，",
    "四(二)）；",
    "9栋",
    "（85.94%），",
    "2024-06-15 前；",
    "附件1 ",
    "报 2",
    "龙潭镇）。"[-3:],
)


@pytest.mark.parametrize("width", range(20, 80))
def test_no_number_date_or_bracket_is_torn_from_what_it_belongs_to(width: int) -> None:
    lines = fitting_lines(GOAL, width)
    assert max(map(cell_len, lines)) <= width
    assert all(any(piece in line for line in lines) for piece in WHOLE)


def test_a_console_breaks_what_it_prints_there() -> None:
    out = StringIO()
    FittingConsole(file=out, width=40, highlight=False).print(f"[bold]目标[/]　{GOAL}")
    assert out.getvalue().splitlines() == fitting_lines(f"目标　{GOAL}", 40)


def test_what_is_indented_stays_so() -> None:
    out = StringIO()
    FittingConsole(file=out, width=40, highlight=False).print(f"    {GOAL}")
    assert out.getvalue().splitlines() == [f"    {line}" for line in fitting_lines(GOAL, 36)]


def test_text_that_is_piped_is_not_broken() -> None:
    out = StringIO()
    FittingConsole(file=out, width=40, highlight=False, soft_wrap=True).print(GOAL)
    assert out.getvalue() == f"{GOAL}\n"


@given(st.text(alphabet="校验表，。（）“” zjf-12.", max_size=60), st.integers(min_value=8, max_value=40))
def test_a_text_in_lines_is_the_same_text_and_no_line_could_be_shorter(text: str, width: int) -> None:
    lines = fitting_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [line for line in lines if cell_len(line) > width and len(fitting_lines(line, width)) > 1]
    assert not [line for line in lines[1:] if re.match("[，。）”]", line)]
