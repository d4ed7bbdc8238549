"""The short code of a printed table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.documents.seal import Seal

FIGURES = st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), min_size=1, max_size=5)


def seal(figures: object, *submissions: str, unit: str = "青石镇", period: str = "2024-W23") -> Seal:
    return Seal.of("attachment-2", period, unit, figures, submissions)


@given(FIGURES, st.data())
def test_no_figure_changes_without_the_code(figures: list[list[int]], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(figures) - 1))
    column = data.draw(st.integers(0, len(figures[row]) - 1))
    altered = [list(line) for line in figures]
    altered[row][column] += data.draw(st.integers(1, 9))
    assert seal(figures).code != seal(altered).code


def test_the_code_is_of_the_unit_the_period_and_the_returns() -> None:
    said = [["青石镇", 100, 87]]
    codes = {
        seal(said, "一", "二").code,
        seal(said, "一").code,
        seal(said, "一", "二", unit="白鹭镇").code,
        seal(said, "一", "二", period="2024-W24").code,
    }
    assert len(codes) == 4


def test_the_order_of_the_returns_says_nothing() -> None:
    assert seal([[1]], "一", "二", "一") == seal([[1]], "二", "一")


@given(FIGURES)
def test_the_code_is_easy_to_read_out(figures: list[list[int]]) -> None:
    code = seal(figures).code
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{3}-[0-9A-Z]{3}", code)
    assert not set(code) & set("ILOU")


@given(FIGURES)
def test_what_a_seal_writes_it_reads(figures: list[list[int]]) -> None:
    one = seal(figures)
    assert Seal.read(str(one)) == one
    assert Seal.read(f'="{one}"') == one


@pytest.mark.parametrize("text", ["", "附件2", "zjf1|attachment-2|2024-W23|青石镇|短"])
def test_other_texts_hold_none(text: str) -> None:
    assert Seal.read(text) is None
