"""The decision table: what it says, and that the guide shows the same."""

from itertools import product
from pathlib import Path

from zjf.register.verdicts import (
    CASES,
    CodeStanding,
    Evidence,
    FileReading,
    Now,
    Verdict,
    verdict_of,
)

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "signing.md"


def test_every_evidence_has_a_verdict() -> None:
    for evidence in product(CodeStanding, FileReading, Now):
        assert verdict_of(Evidence(*evidence)) in Verdict


def test_only_what_reads_the_same_and_is_the_same_now_is_current() -> None:
    current = [
        evidence
        for evidence in product(CodeStanding, FileReading, Now)
        if verdict_of(Evidence(*evidence)) is Verdict.CURRENT
    ]
    assert current == [(CodeStanding.ON_RECORD, FileReading.SAME, Now.SAME)]


def test_every_case_is_needed() -> None:
    """Each row decides something that no row above it does."""
    decided = {
        next(case for case in CASES if case.holds(Evidence(*evidence)))
        for evidence in product(CodeStanding, FileReading, Now)
    }
    assert decided == set(CASES)


def test_the_guide_shows_the_table() -> None:
    text = GUIDE.read_text("utf-8")
    for case in CASES:
        facts = (case.code or "—", case.reading or "—", case.now or "—")
        assert f"| {' | '.join((*facts, case.verdict, case.words))} |" in text
