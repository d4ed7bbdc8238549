"""Grouped headings, widths and heights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.documents.figure_texts import column_of
from zjf.documents.layout import (
    Box,
    Column,
    fitting_width,
    header_boxes,
    join_neighbours,
    spans,
    text_height,
    widened,
)
from zjf.schemas import FORMS


def test_groups_are_merged_across_and_headings_down() -> None:
    columns = [
        Column("总量"),
        Column("数量", ("经营性",)),
        Column("已鉴定", ("非经营性", "安全鉴定")),
        Column("鉴定率", ("非经营性", "安全鉴定")),
    ]
    assert set(header_boxes(columns)) == {
        Box("总量", 0, 0, 2, 0),
        Box("经营性", 0, 1, 0, 1),
        Box("数量", 1, 1, 2, 1),
        Box("非经营性", 0, 2, 0, 3),
        Box("安全鉴定", 1, 2, 1, 3),
        Box("已鉴定", 2, 2, 2, 2),
        Box("鉴定率", 2, 3, 2, 3),
    }


def test_the_same_group_name_under_two_groups_stays_two() -> None:
    columns = [column_of(field) for field in FORMS["attachment-2"].fields]
    closures = [box for box in header_boxes(columns) if box.text == "整治销号"]
    assert [(box.left, box.right) for box in closures] == [(3, 4), (16, 17)]


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_a_header_covers_every_cell_once(form) -> None:  # type: ignore[no-untyped-def]
    columns = [column_of(field) for field in form.fields]
    boxes = list(header_boxes(columns))
    covered = [
        (row, column)
        for box in boxes
        for row in range(box.top, box.bottom + 1)
        for column in range(box.left, box.right + 1)
    ]
    height = 1 + max(box.bottom for box in boxes)
    assert sorted(covered) == [(row, column) for row in range(height) for column in range(len(columns))]


@given(
    st.lists(st.floats(1, 40), min_size=5, max_size=20), st.lists(st.floats(1, 40), min_size=1, max_size=5)
)
def test_spans_follow_one_another_over_all_columns(widths: list[float], shares: list[float]) -> None:
    found = spans(widths, shares)
    assert len(found) == len(shares)
    assert [column for first, last in found for column in range(first, last + 1)] == list(range(len(widths)))


def test_narrow_tables_are_widened_and_wide_ones_left() -> None:
    assert sum(widened([10, 10], 10)) > 100
    assert widened([100, 100], 10) == [100, 100]


def test_longer_text_needs_more_height() -> None:
    assert text_height("初判隐患数量①", 40, 11) == text_height("①", 40, 11)
    assert text_height("初判隐患数量①", 8, 11) > text_height("①", 8, 11)
    assert text_height("共核查\n（栋）", 40, 11) == 2 * text_height("共核查", 40, 11)


def test_a_name_column_fits_its_longest_name_within_reason() -> None:
    assert fitting_width(["上坪村"], 16, 12) == 16
    assert 16 < fitting_width(["云水经济开发区管理委员会"], 16, 12) < 40
    assert fitting_width(["很长的名字" * 20], 16, 12) == 40


@given(st.lists(st.text("甲乙丙", min_size=1), min_size=1, max_size=6), st.integers(1, 8))
def test_notes_of_a_table_of_few_columns_stand_together(texts: list[str], places: int) -> None:
    found = join_neighbours(texts, places)
    assert len(found) == min(places, len(texts))
    assert "　".join(found) == "　".join(texts)
