"""A PDF that other programs may show otherwise is not vouched for, although we read in it what was printed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from zjf.register.verdicts import Verdict

from .ambiguous_papers import AMBIGUOUS, parts_of, trailer_of, written
from .offices import PrintedCounty

COUNTY = "附件2_云水县.pdf"


def structure(county: PrintedCounty, path: Path, data: bytes) -> tuple[Verdict, list[str]]:
    path.write_bytes(data)
    found = county.judged(path)
    return found.verdict, [difference.heading for difference in found.differences]


@pytest.mark.parametrize("forge", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_paper_that_programs_read_differently(
    county: PrintedCounty, tmp_path: Path, forge: Callable[[bytes], bytes]
) -> None:
    verdict, headings = structure(county, tmp_path / "表.pdf", forge(county.file(COUNTY)))
    assert (verdict, headings) == (Verdict.ALTERED, ["文件结构"])


def test_a_paper_written_by_other_rules(county: PrintedCounty, tmp_path: Path) -> None:
    """Another program writes the parts anew and rounds the size of the paper: that is no change."""
    data = county.file(COUNTY)
    parts = {number: re.sub(rb"1190\.5511", b"1190.5512", part) for number, part in parts_of(data).items()}
    assert parts != parts_of(data)
    assert structure(county, tmp_path / "表.pdf", written(parts, trailer_of(data))) == (Verdict.CURRENT, [])
