"""A unit that sends only figures after its ledger, or its ledger after figures, is held against what it sent last (T504)."""

import pytest

from .office import FACT_1, TOWN, Office, attachment, ledger

EVERY_FIGURE = FACT_1 | {"surveyed": 3, "noncommercial": 3, "suspected": 0} | dict.fromkeys(
    ("cleared", "direct_works", "appraised", "grade_cd", "cd_works", "closed", "online_confirmed", "online_issues"), 0
)  # fmt: skip


@pytest.mark.parametrize("surveyed", [2, 3])
def test_figures_are_held_against_the_ledger_that_came_before(office: Office, surveyed: int) -> None:
    figures = EVERY_FIGURE | {"surveyed": surveyed, "noncommercial": surveyed}
    more = EVERY_FIGURE | {"surveyed": 9, "noncommercial": 9}
    falls_told(office, "2024-W21", attachment("attachment-2", {TOWN: more}))
    falls_told(office, "2024-W22", ledger(TOWN, {}, {}, {}))
    assert falls_told(office, "2024-W23", attachment("attachment-2", {TOWN: figures})) == (surveyed < 3)


@pytest.mark.parametrize("houses", [3, 4])
def test_a_ledger_is_held_against_the_figures_that_came_before(office: Office, houses: int) -> None:
    reported = EVERY_FIGURE | {"surveyed": 4, "noncommercial": 4}
    falls_told(office, "2024-W21", ledger(TOWN, {}, {}, {}))
    falls_told(office, "2024-W22", attachment("attachment-2", {TOWN: reported}))
    assert falls_told(office, "2024-W23", ledger(TOWN, *[{}] * houses)) == (houses < 4)


def test_a_return_read_before_is_compared_anew_with_what_came_meanwhile(office: Office) -> None:
    figures = attachment("attachment-2", {TOWN: EVERY_FIGURE | {"surveyed": 2, "noncommercial": 2}})
    assert falls_told(office, "2024-W23", figures) == 0
    falls_told(office, "2024-W22", ledger(TOWN, {}, {}, {}))
    assert falls_told(office, "2024-W23", figures) > 0


def falls_told(office: Office, week: str, cells: list[list[str]]) -> int:
    """Takes the town's file of a week; returns how many figures are said to have fallen."""
    path = office.receive(f"../{week}/{TOWN}.xlsx", cells)
    ran = office.run("aggregate", path.parent, "--period", week, "--no-merged", "--county", office.folder)
    return ran.out.split().count("T504")
