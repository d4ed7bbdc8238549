"""The five notices: their dates, what they demand, and what a county may change in them."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.notices.own_notices import own_notice
from zjf.county import County, CountySettings
from zjf.notices.lines import NoticeDifference, diff, lines
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice, missing_forms
from zjf.period import OFFICE_TIME, Calendar, Period
from zjf.problems import CATALOGUE
from zjf.rules.phases import dated_steps

FIVE = ("jiafeng-2024", "jiaxiang-2024", "rongan-2022", "yunxiao-2020", "yunyang-2022")

PUBLISHED_DAYS = {
    "yunyang-2022": ["2022-07-15", "2022-09-10", "2023-05-31"],
    "rongan-2022": ["2022-06-30", "2022-07-31", "2022-08-31", "2022-09-30", "2023-06-30", "2025-06-30"],
    "jiaxiang-2024": ["2024-04-30", "2024-06-05", "2024-06-15", "2024-06-30"],
    "jiafeng-2024": ["2024-04-25", "2024-06-25", "2024-06-30"],
    "yunxiao-2020": ["2020-06-20", "2020-06-30", "2020-10-31", "2020-11-12", "2020-11-30"],
}
"""The days by which each notice wants something done."""


def test_the_five_notices_are_known() -> None:
    assert set(FIVE) <= set(known_notices())
    assert known_notices() == tuple(sorted(known_notices()))


@pytest.mark.parametrize("notice", FIVE)
def test_its_days_are_those_of_the_source(notice: str) -> None:
    days = {phase.until for phase in Notice.load(notice).phases if phase.until}
    assert days == {date.fromisoformat(day) for day in PUBLISHED_DAYS[notice]}


@pytest.mark.parametrize("notice", FIVE)
def test_everything_it_says_names_its_clause(notice: str) -> None:
    said = Notice.load(notice)
    parts = (said.units, *said.phases, *said.cadences, *said.papers, *said.goals, *said.signatures)
    assert all(part.clause for part in parts)
    assert all(said.demands.values())


@pytest.mark.parametrize(
    ("code", "demanded_by"),
    [
        ("L204", {"yunyang-2022"}),
        ("L205", {"yunyang-2022", "rongan-2022", "jiafeng-2024"}),
        ("L206", {"yunyang-2022", "rongan-2022"}),
        ("L208", {"jiaxiang-2024"}),
        ("L209", {"rongan-2022", "jiafeng-2024"}),
        ("L210", {"yunyang-2022", "rongan-2022", "jiafeng-2024"}),
        ("L211", {"yunyang-2022", "rongan-2022", "jiafeng-2024"}),
        ("L215", {"jiaxiang-2024", "jiafeng-2024"}),
        ("L217", {"yunyang-2022", "rongan-2022"}),
        ("L218", {"yunyang-2022", "jiafeng-2024"}),
        ("L219", {"yunyang-2022"}),
        ("L220", {"yunyang-2022", "rongan-2022"}),
        ("R609", {"yunyang-2022"}),
    ],
)
def test_a_duty_is_demanded_by_the_notices_whose_text_demands_it(code: str, demanded_by: set[str]) -> None:
    assert {notice for notice in FIVE if code in Notice.load(notice).demands} == demanded_by


def test_weekly_reports_are_due_on_friday_at_noon() -> None:
    calendar = Notice.load("jiafeng-2024").calendar
    assert calendar == Calendar(weekday="周五", by=time(12))
    assert Period.parse("2024-W13").deadline(calendar) == datetime(2024, 3, 29, 12, tzinfo=OFFICE_TIME)


def test_monthly_progress_is_due_by_the_22nd() -> None:
    calendar = Notice.load("yunxiao-2020").calendar
    assert Period.parse("2020-07").closing_day(calendar) == date(2020, 7, 22)


def test_a_notice_without_a_rhythm_leaves_a_period_its_last_day() -> None:
    assert Period.parse("2024-W23").closing_day(Notice.load("jiaxiang-2024").calendar) == date(2024, 6, 9)


def test_units_that_are_no_townships_report_too() -> None:
    assert Notice.load("rongan-2022").units.also == ("泗顶矿区管理处",)
    assert Notice.load("yunxiao-2020").units.also == ("云霄县经济开发区管委会",)
    assert Notice.load("jiafeng-2024").units.kind == "village"


def test_thresholds() -> None:
    yunyang, rongan = Notice.load("yunyang-2022").thresholds, Notice.load("rongan-2022").thresholds
    assert yunyang.floors.value == rongan.floors.value == 3
    assert rongan.people.value == 10
    assert yunyang.sample_share.value == Decimal("0.10")
    assert yunyang.pass_rate.value == Decimal("0.90")
    assert yunyang.whole_defect_hours.value == 24


def test_a_threshold_that_the_notice_does_not_give_has_no_clause() -> None:
    people = Notice.load("yunyang-2022").thresholds.people
    assert (people.value, people.clause) == (10, "")


def test_the_three_kinds_differ() -> None:
    """facts.md#three-kinds."""
    rongan, jiafeng = Notice.load("rongan-2022").three_kinds, Notice.load("jiafeng-2024").three_kinds
    assert rongan
    assert jiafeng
    assert set(rongan.any_of) == {"crowded", "three-storeys", "unpermitted-extension"}
    assert set(jiafeng.any_of) == {"altered", "three-storeys", "steel"}


def test_the_design_clause_covers_both_by_default() -> None:
    """facts.md#without-professionals."""
    assert all(Notice.load(notice).switches.design_clause_covers_both.on for notice in FIVE)


def test_rates_are_to_reach_a_hundred_percent() -> None:
    goals = Notice.load("jiaxiang-2024").goals
    assert {goal.figure for goal in goals} >= {"rectification_rate", "confirmation_rate", "closure_rate"}
    assert {goal.target for goal in goals} == {100}


@pytest.mark.parametrize("notice", FIVE)
def test_a_notice_does_not_differ_from_itself(notice: str) -> None:
    assert diff(Notice.load(notice), Notice.load(notice)) == []


@pytest.mark.parametrize("notice", FIVE)
def test_no_two_lines_of_a_notice_are_about_the_same_thing(notice: str) -> None:
    said = [(line.section, line.item) for line in lines(Notice.load(notice))]
    assert len(said) == len(set(said))


def test_a_later_notice_says_only_what_differs(county: Path) -> None:
    later = own_notice(
        county,
        """
        inherits = "jiafeng-2024"
        drops = ["L210"]
        [demands]
        L208 = "三"
        [thresholds]
        people = { value = 20, clause = "二" }
        """,
    )
    assert diff(Notice.load("jiafeng-2024"), later) == [
        NoticeDifference("未落实", f"L210 {CATALOGUE['L210'].title}", "是", None),
        NoticeDifference("未落实", f"L208 {CATALOGUE['L208'].title}", None, "是"),
        NoticeDifference("尺度", "人员密集（人）", "10", "20"),
    ]


def test_a_house_ledger_or_attachment_2_makes_a_return() -> None:
    assert missing_forms((), {"house-ledger"}) == ()
    assert missing_forms((), {"attachment-1", "attachment-2"}) == ()
    assert missing_forms((), {"attachment-1"}) == ("house-ledger",)


def test_a_return_holds_every_form_that_is_expected() -> None:
    assert missing_forms(("house-ledger", "sweep-table"), {"house-ledger"}) == ("sweep-table",)


def test_what_is_held_against_houses_is_shown_and_told_apart(county: Path) -> None:
    later = own_notice(
        county,
        """
        inherits = "jiafeng-2024"
        goals = [{ figure = "commercial/closed", target = 90, until = 2024-12-31, clause = "一" }]
        [[phases]]
        name = "集中摸排"
        until = 2024-07-31
        population = "commercial"
        step = "judged"
        must = true
        due = "摸排"
        clause = "二"
        """,
    )
    changed = {difference.item: difference for difference in diff(Notice.load("jiafeng-2024"), later)}
    assert changed["经营性自建房销号率"].after == "90%（2024-12-31前）"
    phase = changed["集中摸排"]
    assert "经营性自建房，已初判（过期提醒）" in (phase.before or "")
    assert "经营性自建房，已初判（过期按未落实处理）" in (phase.after or "")


@pytest.mark.parametrize(
    ("notice", "scope"),
    [
        ("yunyang-2022", "commercial"),
        ("rongan-2022", "commercial"),
        ("jiafeng-2024", "commercial"),
        ("jiaxiang-2024", "all"),
        ("yunxiao-2020", "households"),
    ],
)
def test_what_a_notice_is_about(notice: str, scope: str) -> None:
    said = Notice.load(notice)
    assert said.scope == scope
    assert said.scope_clause


@pytest.mark.parametrize(
    ("notice", "until", "population", "step"),
    [
        ("yunyang-2022", "2022-07-15", "commercial", "judged"),
        ("yunyang-2022", "2022-09-10", "commercial", "appraised"),
        ("yunyang-2022", "2022-09-10", "commercial", "controlled"),
        ("yunyang-2022", "2022-09-10", "commercial", "begun"),
        ("yunyang-2022", "2023-05-31", "all", "judged"),
        ("rongan-2022", "2022-06-30", "commercial", "reported"),
        ("rongan-2022", "2022-07-31", "commercial", "judged"),
        ("rongan-2022", "2022-08-31", "commercial", "appraised"),
        ("rongan-2022", "2022-09-30", "commercial", "stopped"),
        ("rongan-2022", "2022-09-30", "commercial", "resolved"),
        ("rongan-2022", "2023-06-30", "noncommercial", "judged"),
        ("rongan-2022", "2023-06-30", "noncommercial", "appraised"),
        ("rongan-2022", "2025-06-30", "all", "resolved"),
        ("jiaxiang-2024", "2024-04-30", "all", "reviewed"),
        ("jiaxiang-2024", "2024-06-05", "all", "reported"),
        ("jiaxiang-2024", "2024-06-15", "all", "verdict"),
        ("jiaxiang-2024", "2024-06-15", "all", "resolved"),
        ("jiaxiang-2024", "2024-06-15", "all", "closed"),
        ("jiaxiang-2024", "2024-06-30", "all", "resolved"),
        ("jiafeng-2024", "2024-04-25", "commercial", "judged"),
        ("jiafeng-2024", "2024-06-25", "commercial", "begun"),
        ("jiafeng-2024", "2024-06-30", "commercial", "resolved"),
        ("yunxiao-2020", "2020-06-30", "households", "appraised"),
        ("yunxiao-2020", "2020-06-30", "households", "resolved"),
        ("yunxiao-2020", "2020-06-30", "households", "plated"),
        ("yunxiao-2020", "2020-11-12", "households", "reported"),
    ],
)
def test_its_days_are_held_against_houses(notice: str, until: str, population: str, step: str) -> None:
    held = {
        (str(phase.until), asked.population, asked.step)
        for phase in Notice.load(notice).phases
        for asked in phase.asked
    }
    assert (until, population, step) in held
    of_houses = [place for place in held if place[2] != "reported"]
    assert {
        (str(dated.until), dated.population.id, dated.step.id)
        for dated in dated_steps(Notice.load(notice).phases)
    } == set(of_houses)


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        ("yunyang-2022", date(2022, 7, 1)),
        ("rongan-2022", date(2022, 6, 1)),
        ("jiaxiang-2024", date(2024, 3, 15)),
        ("jiafeng-2024", date(2024, 1, 1)),
    ],
)
def test_the_old_stock_of_hazards_is_what_was_found_before_the_notice_s_own_day(
    notice: str, day: date
) -> None:
    """嘉峰 四(二) gives one; under the others it is what was found before the work began."""
    assert Notice.load(notice).stock_before == day


@pytest.mark.parametrize(
    ("notice", "office"),
    [
        ("jiaxiang-2024", "云水县自建房安全专项整治工作领导小组办公室"),
        ("yunxiao-2020", "云水县住房和城乡建设局"),
    ],
)
def test_papers_are_signed_by_the_office_that_leads_the_work(notice: str, office: str) -> None:
    def home(**named: str) -> County:
        about = CountySettings(name="云水县", notice=notice, **named)
        return County.model_construct(about=about)

    assert Notice.load(notice).office_of(home()) == office
    assert Notice.load(notice).office_of(home(office="云水县住建局")) == "云水县住建局"
