"""Whatever stands in a unit's file beside its cells comes back in the copy, member by member."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjf.intake.answers import LISTING

from .copies import copy_of, ledger, received
from .fully_furnished import ADDED, fully_furnished
from .test_own_file import TOUCHED, parts

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
WRONG = {"结构类型": "砖昆", "产权人": "", "地上层数": "一百二", "联系电话": "123", "是否经营性": "可能"}
FAULTS = st.lists(st.sets(st.sampled_from(sorted(WRONG)), max_size=4), min_size=1, max_size=4)


@settings(max_examples=10, deadline=None)
@given(FAULTS)
def test_every_member_comes_back_whatever_is_marked(
    tmp_path_factory: pytest.TempPathFactory, faults: list[set[str]]
) -> None:
    sent = fully_furnished(ledger(*({name: WRONG[name] for name in names} for names in faults)))
    made = copy_of(received(tmp_path_factory.mktemp("sent") / "城关街道.xlsx", sent))
    before, after = parts(sent), parts(made)
    assert {name for name in before if after.get(name) != before[name]} <= TOUCHED
    assert {name: after[name] for name in ADDED} == {name: text.encode() for name, text in ADDED.items()}
    sheet, leads = after["xl/worksheets/sheet1.xml"], after["xl/worksheets/_rels/sheet1.xml.rels"]
    for kept in (b"<x14:dataValidation ", b"<dataValidation ", b"<autoFilter", b"<drawing ", b"x14:dataBar"):
        assert sheet.count(kept) == before["xl/worksheets/sheet1.xml"].count(kept)
    assert b"threadedComment1.xml" in leads
    drawing = after["xl/drawings/drawing1.xml"]
    assert ("（公章）".encode() in drawing, b"<xdr:pic>" in drawing) == (True, True)


def test_a_cell_with_a_thread_keeps_it_and_is_named_in_the_list(tmp_path: Path) -> None:
    sent = fully_furnished(ledger({"产权人": ""}))  # D3, where people talk
    made = copy_of(received(tmp_path / "城关街道.xlsx", sent))
    assert (
        parts(made)["xl/threadedComments/threadedComment1.xml"]
        == ADDED["xl/threadedComments/threadedComment1.xml"].encode()
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert "【校验】" not in book["台账"]["D3"].comment.text
    assert book["台账"]["D3"].fill.fill_type == "solid"
    assert "D3" in [row[4].value for row in book[LISTING].iter_rows(min_row=5)]


def test_a_copy_of_a_copy_keeps_them_too(tmp_path: Path) -> None:
    sent = fully_furnished(ledger({"结构类型": "砖昆"}))
    once = copy_of(received(tmp_path / "一次.xlsx", sent))
    twice = copy_of(received(tmp_path / "二次.xlsx", once))
    kept = parts(sent).keys() - TOUCHED
    assert {name: parts(twice)[name] for name in kept} == {name: parts(sent)[name] for name in kept}
    first, second = (
        re.sub(rb' s="\d+"', b"", parts(copy)["xl/worksheets/sheet1.xml"]) for copy in (once, twice)
    )
    assert first == second  # but for the numbers of looks
