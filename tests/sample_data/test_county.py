"""The sample county end to end: what `zjf` makes of its returns is what the generator knows of its houses."""

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import sample_data
from sample_data.record import totals
from zjf import cli

SAMPLE = Path(sample_data.__file__).parent
RECORD = json.loads((SAMPLE / "record.json").read_bytes())["periods"]
DIRTY = json.loads((SAMPLE / "dirty" / "answers.json").read_bytes())
ATTACHMENTS = ("attachment-1", "attachment-2")

Document = dict[str, Any]


def said(*arguments: str | Path) -> tuple[int, Document]:
    """The exit code of a command, and the document that it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = cli.run([*map(str, arguments), "--format", "json"])
    return code, json.loads(out.getvalue())


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, Document]]:
    """Every week aggregated, one after another."""
    folder = tmp_path_factory.mktemp("云水县")
    (folder / "zjf.toml").write_bytes((SAMPLE / "county" / "zjf.toml").read_bytes())
    returns = SAMPLE / "county" / "returns"
    return {
        period: said("aggregate", returns / period, "--period", period, "--county", folder)
        for period in RECORD
    }


@pytest.mark.parametrize("period", RECORD)
def test_the_clean_returns_have_nothing_but_unusual_spellings(period: str) -> None:
    folder = SAMPLE / "county"
    code, document = said("validate", folder / "returns" / period, "--period", period, "--county", folder)
    assert code == 0
    assert {found["code"] for file in document["files"] for found in file["problems"]} == {"C111"}


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
        (Path(file["path"]).name, each["sheet"], each["cell"], each["code"], each["field"])
        for file in document["files"]
        for each in file["problems"]
        if each["severity"] != "info"
    )
    planted = Counter(
        (each["file"], each["sheet"], each["cell"], each["code"], each["field"]) for each in DIRTY["answers"]
    )
    assert code == 1
    assert found == planted
