"""Every sentence of the weekly and monthly papers is held against a recount, on counties large and tiny."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.recounts import (
    deadline_sentences,
    progress_sentences,
    ranking_sentences,
    reporting_sentences,
    sentences,
)
from tests.recounts.conftest import TINY
from tests.recounts.county import PERIODS, MadeUp
from tests.recounts.told import Told, month, week

pytestmark = pytest.mark.slow
assert all([deadline_sentences, progress_sentences, ranking_sentences, reporting_sentences])  # they register
POPULATIONS = ("经营性", "非经营性", "全部自建房", "困难群众住房", "检查发现的问题")


@pytest.fixture(scope="module", params=PERIODS)
def tiny(request: pytest.FixtureRequest, tiny_county: Callable[[str, int], MadeUp]) -> list[Told]:
    """Papers of counties with a house or two a unit, where most things come to nothing."""
    papers = []
    for size in TINY:
        county = tiny_county(request.param, size)
        papers += [*(week(county, place) for place in range(3)), month(county)]
    return papers


def test_every_sentence_of_a_large_county(paper: Told) -> None:
    holds_in_every_sentence(paper)


def test_every_sentence_of_a_tiny_county(tiny: list[Told]) -> None:
    for paper in tiny:
        holds_in_every_sentence(paper)


def holds_in_every_sentence(paper: Told) -> None:
    """Each sentence says what the recount does, names whom it counts, and its figures are in the document."""
    known = set(numbers(paper.said))
    for section in paper.letter.sections:
        for paragraph in section.paragraphs:
            sentences.hold(paper, paragraph.lead, paragraph.text)
            for count, _ in re.findall(r"(?<![\d.])(\d+)([栋户])", paragraph.text):
                named = any(name in paragraph.lead + paragraph.text for name in POPULATIONS)
                assert named, paragraph.text
                assert int(count) in known, (count, paragraph.text)
        if section.table:
            heads = section.table.caption + "".join(
                "".join((*column.groups, column.text)) for column in section.table.columns.values()
            )
            counted = re.search("[栋户率]", heads)
            assert not counted or any(name in heads for name in POPULATIONS), heads


def numbers(document: Any) -> Iterator[int]:
    """Every whole number that a document has, how many entries its lists have, and what they are short by."""
    if isinstance(document, dict):
        for value in document.values():
            yield from numbers(value)
    elif isinstance(document, list):
        yield len(document)
        for value in document:
            yield from numbers(value)
    elif isinstance(document, int):
        yield abs(document)
    elif isinstance(document, str) and re.fullmatch(r"\d+(\.\d+)?", document):
        yield int(document.partition(".")[2] or document)
