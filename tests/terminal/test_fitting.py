"""Tables in a narrow window: nothing that is one word is broken; and for a screen reader."""

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from zjf.terminal.fitting import FittingConsole, PlainConsole

HOUSE = ("城关街道", "黄泥坡社区", "YS01050061", "临近", "复核或鉴定", "2024-06-15", "还有 6 天")
HEADINGS = ("填报单位", "村（社区）", "编号", "状态", "事项", "期限", "天数")


def table(headings: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    made = Table(title="清单")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def shown(made: Table, width: int) -> str:
    out = StringIO()
    FittingConsole(file=out, width=width, highlight=False).print(made)
    return out.getvalue()


def test_in_eighty_columns_no_number_date_or_name_is_broken() -> None:
    said = shown(table(HEADINGS, HOUSE), 80)
    assert all(word in said for word in HOUSE)
    assert "│" in said
    assert max(map(cell_len, said.splitlines())) <= 80


def test_long_texts_are_wrapped_and_short_ones_are_not() -> None:
    long = "一栋房屋的说明" * 12
    said = shown(table(("编号", "说明"), ("YS01050061", long)), 60)
    assert "YS01050061" in said
    assert said.count("│") > 6
    assert "".join(filter("一栋房屋的说明".__contains__, said.split("明", 1)[1])).endswith("明")


def test_what_fits_in_no_way_is_told_a_row_a_paragraph() -> None:
    said = shown(table(HEADINGS, HOUSE), 40)
    assert "│" not in said
    assert "编号：YS01050061；" in said.replace("\n", "")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.text("ab甲乙01-", min_size=1, max_size=30), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    ),
    st.integers(20, 120),
)
def test_no_table_is_wider_than_its_window_and_nothing_is_lost(rows: list[list[str]], width: int) -> None:
    said = shown(table(("甲", "乙", "丙"), *map(tuple, rows)), width)
    assert max(map(cell_len, said.splitlines())) <= width
    assert "…" not in said
    for row in rows:
        for sign in "".join(row):
            assert sign in said


def test_a_screen_reader_is_told_what_tells_a_row_from_the_others() -> None:
    out = StringIO()
    other = (*HOUSE[:2], "YS01050062", *HOUSE[3:])
    PlainConsole(out).print(table(HEADINGS[:1] + HEADINGS[2:], HOUSE[:1] + HOUSE[2:], other[:1] + other[2:]))
    assert out.getvalue().splitlines()[:3] == [
        "清单",
        "城关街道 YS01050061，状态：临近",
        "城关街道 YS01050061，事项：复核或鉴定",
    ]


@pytest.mark.parametrize("console", [FittingConsole, Console])
def test_a_wide_window_shows_a_table_as_ever(console: type[Console]) -> None:
    out = StringIO()
    console(file=out, width=160, highlight=False).print(table(HEADINGS, HOUSE))
    assert "│ 城关街道 │ 黄泥坡社区 │ YS01050061 │" in out.getvalue()
