"""What a period comes to: sums of units, ratios of sums, and every unit of the roster accounted for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.office import FACT_1, GREENSTONE, MINE, SETTINGS, TOWN, UNITS, WRONG, attachment, ledger
from tests.sheets import Cells, check, workbook
from zjf.acceptance import accept_decided, decide
from zjf.counting.tally import Figures
from zjf.county import County
from zjf.figures.summary import Coverage, Summary, coverage
from zjf.figures.units import UnitFigures
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.schemas import FORMS

PERIOD = "2024-W23"
COUNTS = tuple(FACT_1)
REVIEW = dict.fromkeys(FORMS["attachment-1"].counts, 0) | {"total": 1}
"""A total that is not the sum of its parts."""


@pytest.fixture
def county(tmp_path: Path) -> County:
    (tmp_path / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    return County.load(tmp_path)


def summary_of(*progress: dict[str, int]) -> Summary:
    """A period of which nothing but the attachments 2 of some units is known."""
    units = tuple(
        UnitFigures(str(number), "attachment-2", {"attachment-2": Figures("attachment-2", counts)})
        for number, counts in enumerate(progress)
    )
    return Summary(PERIOD, "jiaxiang-2024", units, Coverage((), (), (), (), ()))


def received(county: County, *returns: tuple[str, Cells | bytes], partial: bool = False) -> Coverage:
    """The coverage after a run that read these returns."""
    book = Ledger.open("sqlite:///ledger.db", folder=county.folder)
    checked = [
        check(sheet if isinstance(sheet, bytes) else workbook(sheet), name, roster=county.roster)
        for name, sheet in returns
    ]
    accept_decided(
        [decide(checked_return, PERIOD, county.roster, partial=partial) for checked_return in checked],
        book,
        PERIOD,
    )
    return coverage(county, Notice.load(county.notice), book, PERIOD)


def test_the_countys_rate_is_the_ratio_of_sums() -> None:
    """facts.md#ratio-of-sums: (2/2, 3/100) is 5/102, never the mean of the two."""
    nothing = dict.fromkeys(COUNTS, 0)
    few, many = (nothing | {"suspected": listed, "closed": closed} for listed, closed in ((2, 2), (100, 3)))
    rate = summary_of(few, many).as_json()["county"]["rates"]["closure_rate"]
    assert rate == {"numerator": 5, "denominator": 102, "value": "4.90", "display": "4.90%"}


@given(
    st.lists(st.fixed_dictionaries({name: st.integers(0, 10**6) for name in COUNTS}), min_size=1, max_size=5)
)
def test_the_county_is_the_sum_of_its_units(progress: list[dict[str, int]]) -> None:
    document = summary_of(*progress).as_json()
    assert document["county"]["counts"] == {name: sum(figure[name] for figure in progress) for name in COUNTS}
    assert [unit["counts"] for unit in document["units"]] == progress


def test_a_county_without_figures_has_no_rates() -> None:
    assert summary_of().as_json()["county"]["rates"] == {}


@pytest.mark.parametrize(
    ("returns", "partial", "expected"),
    [
        ([], False, {"missing": UNITS}),
        (
            [("城关.xlsx", ledger(TOWN, {})), ("石岭.xlsx", attachment("attachment-2", {MINE: FACT_1}))],
            False,
            {"accepted": (TOWN, MINE), "missing": (GREENSTONE,)},
        ),
        (
            [("城关.xlsx", ledger(TOWN, {}, WRONG)), ("青石镇.xlsx", b"")],
            False,
            {"rejected": (TOWN, GREENSTONE), "missing": (MINE,)},
        ),
        (
            [("城关.xlsx", ledger(TOWN, {}, WRONG))],
            True,
            {"accepted": (TOWN,), "partial": (TOWN,), "missing": (GREENSTONE, MINE)},
        ),
        (
            [
                ("城关.xlsx", ledger(TOWN, {})),
                ("城关附件1.xlsx", attachment("attachment-1", {TOWN: REVIEW})),
            ],
            False,
            {"accepted": (TOWN,), "missing": (GREENSTONE, MINE)},
        ),
    ],
    ids=["nobody", "two ways to report", "sent back", "in part", "what is not owed may be wrong"],
)
def test_every_unit_is_accepted_rejected_or_missing(
    returns: list[tuple[str, Cells | bytes]],
    partial: bool,
    expected: dict[str, tuple[str, ...]],
    county: County,
) -> None:
    found = received(county, *returns, partial=partial)
    nobody: tuple[str, ...] = ()
    assert found.as_json() == {
        "expected": list(UNITS),
        **{name: list(expected.get(name, nobody)) for name in ("accepted", "partial", "rejected", "missing")},
    }


def test_a_resend_that_is_sent_back_is_told_until_a_good_one_comes(county: County) -> None:
    assert received(county, ("城关.xlsx", ledger(TOWN, {}))).status(TOWN) == "已接收"
    assert received(county, ("城关.xlsx", ledger(TOWN, WRONG))).status(TOWN) == "退回"
    assert received(county, ("城关.xlsx", ledger(TOWN, {}, {}))).status(TOWN) == "已接收"


def test_a_status_is_in_the_words_of_a_clerk() -> None:
    found = Coverage(
        expected=UNITS, accepted=(TOWN,), partial=(TOWN,), rejected=(GREENSTONE,), missing=(MINE,)
    )
    assert [found.status(unit) for unit in UNITS] == ["部分接收", "退回", "未报"]
