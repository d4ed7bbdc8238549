"""The sample county: made anew it is the same, its numbers are sound, its record adds up."""

import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import ric, uscc

from sample_data import people
from sample_data.clean import returns
from sample_data.dirty import dirty_set
from sample_data.places import PERIODS, PLACES
from sample_data.population import lives_of
from sample_data.record import totals
from zjf.schemas import FORMS
from zjf.schemas.form import AtMost, Sum

SAMPLE = Path(people.__file__).parent
RECORD = json.loads((SAMPLE / "record.json").read_bytes())
ANSWERS = json.loads((SAMPLE / "dirty" / "answers.json").read_bytes())
SMALL = tuple(place for place in PLACES if place.houses <= 250)
ATTACHMENTS = ("attachment-1", "attachment-2")


def contents(data: bytes) -> dict[str, bytes] | bytes:
    """What a file holds. Two builds of zlib may pack the same members into different bytes."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def recorded() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for period, record in RECORD["periods"].items():
        for unit, figures in record["units"].items():
            yield period, unit, figures


def holds(identity: Sum | AtMost, figures: dict[str, int]) -> bool:
    """Whether an identity of the forms holds; one about figures that were not reported does."""
    known = identity.left.known(figures) and identity.right.known(figures)
    return not known or identity.holds(figures)


def test_the_small_units_returns_are_made_anew_to_what_is_committed(tmp_path):
    for sent in returns(SMALL):
        for name, made in sent.files():
            (tmp_path / name).write_bytes(made)
            committed = SAMPLE / "county" / "returns" / sent.period / name
            assert contents((tmp_path / name).read_bytes()) == contents(committed.read_bytes()), name
        assert RECORD["periods"][sent.period]["units"][sent.place.name] == sent.figures()


def test_the_dirty_set_is_made_anew_to_what_is_committed():
    made = dict(dirty_set())
    for path, data in made.items():
        assert contents(data) == contents((SAMPLE / path).read_bytes()), path
    committed = {str(path.relative_to(SAMPLE)) for path in (SAMPLE / "dirty").rglob("*") if path.is_file()}
    assert committed == set(made)


def test_made_twice_a_file_has_the_same_bytes():
    first, second = (
        {name: data for sent in returns(SMALL[-1:]) for name, data in sent.files()} for _ in "12"
    )
    assert first == second


def test_the_county_has_fourteen_units_about_six_thousand_houses_and_three_weeks():
    assert len(PLACES) == 14
    assert [place.name for place in PLACES if place.name[-1] not in "镇乡道"] == ["石岭矿区管理处"]
    assert 5_500 <= sum(place.houses for place in PLACES) <= 6_500
    assert {period: record["closing_day"] for period, record in RECORD["periods"].items()} == {
        period: day.isoformat() for period, day in PERIODS.items()
    }


def test_what_is_committed_is_small():
    files = (path for path in SAMPLE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert sum(file.stat().st_size for file in files) <= 4 * 1024 * 1024


@pytest.mark.parametrize("place", PLACES[-4:], ids=lambda place: place.name)
def test_every_owners_number_has_a_valid_check_digit_and_no_real_area(place):
    numbers = [
        number
        for life in lives_of(place)
        for number in life.surveyed.get("owner_id", "").split("、")
        if number
    ]
    assert numbers
    for number in numbers:
        if number.startswith("9199"):
            assert uscc.is_valid(number)
        elif len(number) == 18:
            assert ric.calc_check_digit(number) == number[-1]
        assert "99" in (number[:2], number[2:4])


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_no_house_vanishes_and_nothing_done_is_undone(place):
    lives = lives_of(place)
    weeks = [
        {house["house_id"]: house for life in lives if (house := life.on(day))} for day in PERIODS.values()
    ]
    for before, after in itertools.pairwise(weeks):
        for house_id, house in before.items():
            assert house.keys() <= after[house_id].keys()
            kept = {name for name in house if name.endswith("_on") or name == "grade"}
            assert {name: house[name] for name in kept} == {name: after[house_id][name] for name in kept}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_return_shows_nothing_that_lies_after_its_closing_day(place):
    for day in PERIODS.values():
        houses = [house for life in lives_of(place) if (house := life.on(day))]
        assert len({house["house_id"] for house in houses}) == len(houses)
        assert len({(house["owner_name"], house["address"]) for house in houses}) == len(houses)
        for house in houses:
            past = (value for name, value in house.items() if name.endswith("_on") and name != "due_on")
            assert max(past, default=day) <= day


def test_the_record_adds_up():
    for period, unit, figures in recorded():
        for form in ATTACHMENTS:
            if figures[form] is not None:
                broken = [
                    identity for identity in FORMS[form].identities if not holds(identity, figures[form])
                ]
                assert not broken, (period, unit, form)


def test_the_record_has_every_figure_of_what_was_sent():
    for _, unit, figures in recorded():
        for form in figures["forms"]:
            if form != "house-ledger":
                assert set(figures[form]) == set(FORMS[form].counts), unit
        sent_ledger = "house-ledger" in figures["forms"]
        assert figures["source"] == ("house-ledger" if sent_ledger else "attachment-2")
        assert (figures["houses"] == figures["attachment-2"]["surveyed"]) is sent_ledger


def test_what_is_done_only_grows_from_week_to_week():
    weeks = [
        totals(figures["attachment-2"] for figures in record["units"].values())
        for record in RECORD["periods"].values()
    ]
    for before, after in itertools.pairwise(weeks):
        for figure in ("surveyed", "appraised", "closed", "commercial_closed"):
            assert before[figure] < after[figure]


def test_every_fault_that_validate_can_find_is_planted():
    codes = (
        {f"F{n:03}" for n in range(1, 14)}
        | {f"C{n}" for n in range(101, 116)}
        | {f"A{n}" for n in range(301, 308)}
    )
    codes |= (
        {f"D{n}" for n in range(401, 405)} | {f"L{n}" for n in range(201, 220)} | {"R604", "R605", "R608"}
    )
    assert {answer["code"] for answer in ANSWERS["answers"]} == codes - {
        "C111"
    }  # C111 is said of honest cells
