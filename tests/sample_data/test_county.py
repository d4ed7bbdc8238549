"""The sample county end to end: what `zjf` makes of its returns is what the generator knows of its houses."""

import json
from collections import Counter
from pathlib import Path

import pytest

from sample_data.record import totals

from .office import RECORD, SAMPLE, Document, said

DIRTY = json.loads((SAMPLE / "dirty" / "answers.json").read_bytes())
ATTACHMENTS = ("attachment-1", "attachment-2")


@pytest.mark.parametrize("period", RECORD)
def test_the_clean_returns_have_nothing_but_unusual_spellings_and_a_hidden_sheet(period: str) -> None:
    folder = SAMPLE / "county"
    code, document = said("validate", folder / "returns" / period, "--period", period, "--county", folder)
    assert code == 0
    problems = [problem for file in document["files"] for problem in file["problems"]]
    assert {problem["code"] for problem in problems} == {"C111", "F015"}
    passed_over = [problem["sheet"] for problem in problems if problem["code"] == "F015"]
    assert passed_over == ["旧说明"]  # hidden, with something written on it, and no ledger: said in one line


@pytest.mark.parametrize("period", RECORD)
def test_every_unit_is_accepted_with_all_its_rows(
    period: str, weeks: dict[str, tuple[int, Document]]
) -> None:
    code, summary = weeks[period]
    units = list(RECORD[period]["units"])
    assert code == 0
    assert summary["coverage"] == {
        "expected": units,
        "accepted": units,
        "partial": [],
        "rejected": [],
        "missing": [],
    }
    assert summary["rows"]["rejected"] == 0
    assert summary["rows"]["accepted"] == summary["rows"]["read"] > 0


@pytest.mark.parametrize("period", RECORD)
def test_the_figures_are_the_generators_own_unit_by_unit(
    period: str, weeks: dict[str, tuple[int, Document]]
) -> None:
    summary = weeks[period][1]
    for unit in summary["units"]:
        recorded = RECORD[period]["units"][unit["unit"]]
        known = {form: recorded[form] for form in (*ATTACHMENTS, "sweep-table") if recorded[form]}
        assert unit["source"] == recorded["source"]
        assert unit["forms"] == known, unit["unit"]
        assert unit["counts"].items() <= recorded["attachment-2"].items()
    assert [unit["unit"] for unit in summary["units"]] == list(RECORD[period]["units"])


@pytest.mark.parametrize("period", RECORD)
def test_the_county_is_the_sum_of_its_units(period: str, weeks: dict[str, tuple[int, Document]]) -> None:
    county = weeks[period][1]["county"]
    for form in (*ATTACHMENTS, "sweep-table"):
        rows = [unit[form] for unit in RECORD[period]["units"].values() if unit[form]]
        assert county["forms"][form] == totals(rows)
    progress = county["counts"]
    closure = county["rates"]["closure_rate"]
    assert (closure["numerator"], closure["denominator"]) == (progress["closed"], progress["suspected"])


def test_every_planted_fault_is_found_at_its_cell_and_nothing_else() -> None:
    folder = SAMPLE / "dirty"
    code, document = said(
        "validate", folder / DIRTY["folder"], "--period", DIRTY["period"], "--county", folder
    )
    found = Counter(
        (Path(file["path"]).name, problem["sheet"], problem["cell"], problem["code"], problem["field"])
        for file in document["files"]
        for problem in file["problems"]
        if problem["severity"] != "info"
    )
    planted = Counter(
        (answer["file"], answer["sheet"], answer["cell"], answer["code"], answer["field"])
        for answer in DIRTY["answers"]
    )
    assert code == 1
    assert found == planted


@pytest.mark.usefixtures("weeks")
def test_the_smaller_ledgers_give_their_papers(county: Path) -> None:
    """Only in the last week were they sent."""
    papers = {"问题销号清单.xlsx", "鉴定报告抽查结果.xlsx", "困难群众住房安全情况.xlsx"}
    written = {period: {path.name for path in (county / "out" / period).iterdir()} for period in RECORD}
    first, *_, last = RECORD
    assert papers <= written[last]
    assert not papers & written[first]
