"""The sample county's weekly papers say what the generator knows, and nothing that is not in weekly.json."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sample_data.record import totals
from zjf import cli
from zjf.counting.rates import Rate
from zjf.period import Period

from .office import RECORD, Document

pytestmark = pytest.mark.slow

WEEKS = list(RECORD)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def papers(county: Path, weeks: dict[str, tuple[int, Document]]) -> Path:
    """The county's folder with every week aggregated, and the papers of each made."""
    for period in weeks:
        assert cli.run(["weekly", "--as", "md,xlsx", "--period", period, "--county", str(county)]) == 0
    assert cli.run(["monthly", "--period", "2024-06", "--as", "md", "--county", str(county)]) == 0
    return county


def text(county: Path, period: str) -> str:
    return (county / "out" / period / "周报.md").read_text("utf-8")


def figures(county: Path, period: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((county / "out" / period / "weekly.json").read_bytes())
    return made


def known(period: str) -> dict[str, int]:
    """What the generator counted in the county."""
    return totals(unit["attachment-2"] for unit in RECORD[period]["units"].values())


@pytest.mark.parametrize("period", WEEKS)
def test_the_counties_counts_are_the_generators(period: str, papers: Path) -> None:
    counts = figures(papers, period)["county"]["forms"]["attachment-2"]["counts"]
    assert {name: each["value"] for name, each in counts.items()} == known(period)


@pytest.mark.parametrize(("before", "period"), list(pairwise(WEEKS)))
def test_the_changes_are_the_generators(before: str, period: str, papers: Path) -> None:
    counts = figures(papers, period)["county"]["forms"]["attachment-2"]["counts"]
    then, now = known(before), known(period)
    assert {name: each["change"] for name, each in counts.items()} == {
        name: now[name] - then[name] for name in now
    }


@pytest.mark.parametrize(("before", "period"), list(pairwise(WEEKS)))
def test_the_rates_move_as_the_generators(before: str, period: str, papers: Path) -> None:
    rates = figures(papers, period)["county"]["forms"]["attachment-2"]["rates"]
    then, now = (closure_and_others(known(week)) for week in (before, period))
    for name, rate in now.items():
        before_percent, percent = then[name].percent(2), rate.percent(2)
        assert before_percent is not None
        assert percent is not None
        assert (rates[name]["display"], rates[name]["points"]) == (
            rate.display,
            str(percent - before_percent),
        )


def closure_and_others(counts: dict[str, int]) -> dict[str, Rate]:
    """The three rates, with the notice's missing parentheses (facts.md#formulas)."""
    return {
        "appraisal_rate": Rate(
            counts["appraised"], counts["suspected"] - counts["cleared"] - counts["direct_works"]
        ),
        "rectification_rate": Rate(
            counts["cd_works"] + counts["direct_works"], counts["grade_cd"] + counts["direct_works"]
        ),
        "closure_rate": Rate(counts["closed"], counts["suspected"]),
    }


@pytest.mark.parametrize("period", WEEKS)
def test_the_sentences_say_the_generators_figures(period: str, papers: Path) -> None:
    said, counts = text(papers, period), known(period)
    for label, name in (
        ("排查自建房", "surveyed"),
        ("非经营性", "noncommercial"),
        ("经技术人员复核无隐患", "cleared"),
        ("C、D级", "grade_cd"),
        ("C、D级房屋采取工程措施整治", "cd_works"),
        ("未经鉴定直接采取工程措施", "direct_works"),
    ):
        assert f"{label}{counts[name]}栋" in said, name
    for label, name in (("鉴定率", "appraisal_rate"), ("销号率", "closure_rate")):
        assert f"，{label}{closure_and_others(counts)[name].display}" in said


@pytest.mark.parametrize("period", WEEKS)
def test_management_measures_are_the_generators(period: str, papers: Path) -> None:
    reviews = totals(
        unit["attachment-1"] for unit in RECORD[period]["units"].values() if unit["attachment-1"]
    )
    measures = figures(papers, period)["county"]["measures"]["management"]
    assert measures["closed"]["value"] == reviews["total"]
    for name in ("reviewed", "hazard", "works"):
        assert measures[name]["value"] == reviews[f"commercial_{name}"] + reviews[f"noncommercial_{name}"]


@pytest.mark.parametrize("period", WEEKS)
def test_every_figure_of_every_sentence_is_in_the_document(period: str, papers: Path) -> None:
    document = figures(papers, period)
    labels = [
        Period.parse(briefing["period"]).label
        for briefing in (document, document["compared_with"] or document)
    ]
    allowed = set(numbers_of(document)) | {number for label in labels for number in NUMBER.findall(label)}
    sentences = text(papers, period).replace("14天", "")  # how far ahead deadlines are told
    said = set(NUMBER.findall(sentences))
    assert said <= allowed, said - allowed


def numbers_of(value: object) -> Iterator[str]:
    """Every number that a document holds, or that its lists count; a fall is said without its minus."""
    if isinstance(value, dict):
        for nested in value.values():
            yield from numbers_of(nested)
    elif isinstance(value, list):
        yield str(len(value))
        for nested in value:
            yield from numbers_of(nested)
    elif value is not None:
        yield from NUMBER.findall(re.sub(r"\b0(?=\d)", "", str(value)))
        yield from NUMBER.findall(str(value))


def test_the_months_circular_says_the_last_weeks_figures(papers: Path) -> None:
    said = (papers / "out" / "2024-06" / "通报.md").read_text("utf-8")
    last_of_may, last = (known(week) for week in (WEEKS[0], WEEKS[-1]))
    closed = last["closed"] - last_of_may["closed"]
    assert f"已销号{last['closed']}栋（较上月增加{closed}栋）" in said


def test_a_week_made_again_is_the_same(papers: Path) -> None:
    folder = papers / "out" / WEEKS[-1]
    names = ("周报.md", "周报.xlsx", "weekly.json")
    before = [(folder / name).read_bytes() for name in names]
    cli.run(["weekly", "--as", "md,xlsx", "--period", WEEKS[-1], "--county", str(papers)])
    assert [(folder / name).read_bytes() for name in names] == before
