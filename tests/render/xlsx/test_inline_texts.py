"""Texts in the XML of a workbook: whatever a cell held is read again as it was."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from zjf.render.xlsx.inline_texts import escaped, text_cells

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("_x0041F<&>|\n\r\x0b\ufffe \ud83d")), max_size=30)


def as_excel_reads(xml: str) -> str:
    (element,) = ElementTree.fromstring(f"<is>{xml}</is>")
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), element.text or "")


@given(TEXTS)
def test_any_text_is_read_as_it_was_written(words: str) -> None:
    assert as_excel_reads(f"<t>{escaped(words)}</t>") == words
    (cell,) = text_cells([words])
    assert as_excel_reads(cell.removeprefix(' t="inlineStr"><is>').removesuffix("</is></c>")) == words


def test_texts_that_look_like_escapes_one_after_the_other() -> None:
    assert as_excel_reads(f"<t>{escaped('_x0041_x0042_')}</t>") == "_x0041_x0042_"
