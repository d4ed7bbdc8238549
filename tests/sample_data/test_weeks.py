"""The sample county over three weeks: `diff` and `status` say what the generator knows of its houses."""

import itertools
import sqlite3
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from sample_data.habits import HABITS, LEDGER
from sample_data.places import PERIODS, PLACES
from sample_data.population import lives_of
from sample_data.record import is_rectified, is_suspected, totals
from sample_data.story import Cells

from .office import RECORD, SAMPLE, Document, said

pytestmark = pytest.mark.slow

PAIRS = list(itertools.pairwise(PERIODS))
COUNTED = (LEDGER, "attachment-1", "attachment-2", "sweep-table")
"""The forms of which the record has figures."""
WEEKS = dict[str, tuple[int, Document]]
RATES = {
    "appraisal_rate": (("appraised",), ("suspected", "-cleared", "-direct_works")),
    "rectification_rate": (("cd_works", "direct_works"), ("grade_cd", "direct_works")),
    "closure_rate": (("closed",), ("suspected",)),
}
"""The three rates as facts.md#formulas gives them."""


@pytest.fixture(scope="module", params=PAIRS, ids=" ".join)
def changed(request: pytest.FixtureRequest, weeks: WEEKS, county: Path) -> tuple[str, str, Document]:
    """Two weeks, and what changed between them."""
    before, after = request.param
    code, document = said("diff", before, after, "--county", county)
    assert code == 0
    return before, after, document


def test_the_counts_moved_as_the_record_says(changed: tuple[str, str, Document]) -> None:
    before, after, document = changed
    for unit in document["by_unit"]:
        then, now = (RECORD[period]["units"][unit["unit"]] for period in (before, after))
        for form in COUNTED[1:]:
            if now[form]:
                said_of = {name: tuple(each.values()) for name, each in unit[form]["counts"].items()}
                assert said_of == {
                    name: (then[form][name], value, value - then[form][name])
                    for name, value in now[form].items()
                }


def test_the_countys_rates_moved_by_the_points_that_the_record_gives(
    changed: tuple[str, str, Document],
) -> None:
    before, after, document = changed
    then, now = (county_totals(period) for period in (before, after))
    for name, found in document["county"]["attachment-2"]["rates"].items():
        if name in RATES:
            assert Decimal(found["points"]) == percent(name, now) - percent(name, then)


def test_the_houses_are_new_and_changed_as_their_lives_say(changed: tuple[str, str, Document]) -> None:
    before, after, document = changed
    then, now = (houses(PERIODS[period]) for period in (before, after))
    new = {house["house_id"] for house in document["houses"]["new"]}
    assert new == now.keys() - then.keys()
    assert new
    assert document["houses"]["gone"] == []
    lived = {house_id for house_id in then if then[house_id] != now[house_id]}
    assert {change["house_id"] for change in document["houses"]["changed"]} == lived
    for change in document["houses"]["changed"]:
        old, fresh = then[change["house_id"]], now[change["house_id"]]
        for cell in change["cells"]:
            assert old.get(cell["field"]) != fresh.get(cell["field"])


@pytest.mark.parametrize("period", RECORD)
def test_every_unit_stands_on_the_board_with_the_forms_that_it_sent(
    period: str, weeks: WEEKS, county: Path
) -> None:
    code, board = said("status", "--period", period, "--county", county)
    assert code == 0
    assert {unit["unit"]: [form for form in unit["forms"] if form in COUNTED] for unit in board["units"]} == {
        unit: sorted(figures["forms"]) for unit, figures in RECORD[period]["units"].items()
    }
    assert board["totals"]["sent_back"] == board["totals"]["missing"] == 0
    assert all(not unit["errors"] and not unit["breaches"] for unit in board["units"])


VERDICTS_BY = date(2024, 6, 15)
"""嘉祥 四(二)."""


@pytest.mark.parametrize("period", RECORD)
def test_the_board_counts_the_houses_that_wait_for_a_verdict(period: str, weeks: WEEKS, county: Path) -> None:
    _, board = said("status", "--period", period, "--county", county)
    day = PERIODS[period]
    waiting = sum(waits(house) for house in houses(day).values())
    looked_on = date.fromisoformat(board["due"]["day"])
    past = looked_on > VERDICTS_BY
    assert sum(unit["overdue"].get("R603", 0) for unit in board["units"]) == (waiting if past else 0)
    soon = {"due": 0} | {
        group["state"]: group["total"] for group in board["due"]["groups"] if group["code"] == "R603"
    }
    assert soon["due"] == (waiting if 0 <= (VERDICTS_BY - looked_on).days <= 14 else 0)


def test_running_a_week_again_changes_nothing(weeks: WEEKS, county: Path) -> None:
    before = content(county)
    for period, first in weeks.items():
        assert (
            said("aggregate", SAMPLE / "county" / "returns" / period, "--period", period, "--county", county)
            == first
        )
    assert content(county) == before


def test_the_weeks_held_against_each_other_have_nothing_but_new_houses(weeks: WEEKS, county: Path) -> None:
    period = list(RECORD)[-1]
    _, document = said(
        "validate", SAMPLE / "county" / "returns" / period, "--period", period, "--county", county
    )
    found = {problem["code"] for file in document["files"] for problem in file["problems"]}
    assert found <= {"C111", "F015", "T506"}  # F015: one unit's workbook hides an old sheet
    assert "T506" in found


def county_totals(period: str) -> dict[str, int]:
    return totals(unit["attachment-2"] for unit in RECORD[period]["units"].values())


def percent(rate: str, figures: dict[str, int]) -> Decimal:
    """The rate as a table prints it: half-up, two decimals."""
    over, under = (
        sum(-figures[term[1:]] if term[0] == "-" else figures[term] for term in terms)
        for terms in RATES[rate]
    )
    return (Decimal(100 * over) / under).quantize(Decimal("0.01"), ROUND_HALF_UP)


def houses(day: date) -> dict[str, Cells]:
    """The houses of the units that send a ledger, as they stood that day."""
    senders = [place for place in PLACES if any(LEDGER in file.forms for file in HABITS[place.name].files)]
    seen = (life.on(day) for place in senders for life in lives_of(place))
    return {house["house_id"]: house for house in seen if house}


def waits(house: Cells) -> bool:
    """Suspected, and without a verdict: no grade, no works done, and no review that found nothing."""
    overturned = house.get("post_review_result") == "有隐患"
    managed = house.get("closure_basis") == "管理措施" and house.get("post_review_result") == "无隐患"
    clear = not overturned and (house.get("review_result") == "无隐患" or managed)
    return is_suspected(house) and "grade" not in house and not clear and not is_rectified(house)


def content(county: Path) -> list[str]:
    """Everything in the ledger."""
    connection = sqlite3.connect(county / "ledger.db")
    dump = list(connection.iterdump())
    connection.close()
    return dump
