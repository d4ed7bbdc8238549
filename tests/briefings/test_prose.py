"""Phrases fit their figures: no rise of 0, no fall of −2."""

from datetime import date

import pytest

from zjf.briefings import prose
from zjf.briefings.briefing import Amount
from zjf.briefings.ranking import Ranking
from zjf.counting.rates import Rate
from zjf.figures.changes import RateShift, Shift


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (10, 12, "较上期增加2栋"),
        (12, 10, "较上期减少2栋"),
        (12, 12, "与上期持平"),
        (0, 0, "与上期持平"),
        (None, 12, ""),
        (12, None, ""),
    ],
)
def test_a_count_moves(before: int | None, after: int | None, said: str) -> None:
    assert prose.movement(Shift(before, after), "上期") == said


def test_in_the_first_period_nothing_is_compared() -> None:
    assert prose.amount("已鉴定", Amount(527), "上期") == "已鉴定527栋"
    assert prose.rate_movement(None, "上期") == ""


def test_a_count_with_its_movement() -> None:
    assert prose.amount("已鉴定", Amount(527, Shift(516, 527)), "上月") == "已鉴定527栋（较上月增加11栋）"


def test_what_nobody_reported_is_not_zero() -> None:
    assert prose.amount("已鉴定", Amount(None), "上期") == "已鉴定未报"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Rate(1, 2), Rate(3, 4), "较上期提高25.00个百分点"),
        (Rate(3, 4), Rate(1, 2), "较上期下降25.00个百分点"),
        (Rate(1, 2), Rate(2, 4), "与上期持平"),
        (Rate(100_000, 300_001), Rate(1, 3), "与上期基本持平"),
        (Rate(0, 0), Rate(1, 2), ""),
        (Rate(1, 2), Rate(0, 0), ""),
    ],
)
def test_a_rate_moves(before: Rate, after: Rate, said: str) -> None:
    assert prose.rate_movement(RateShift(before, after), "上期") == said


def test_a_rate_moves_by_what_a_reader_gets_who_subtracts() -> None:
    published = RateShift(Rate(6864, 12534), Rate(11362, 12534))
    assert prose.rate_movement(published, "上期") == "较上期提高35.89个百分点"  # 90.65 − 54.76


def test_a_rate_above_100_percent_is_marked_in_a_table() -> None:
    assert prose.rate_cell(Rate(21410, 20985)) == "102.03%※"


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"按时报送": "甲乙", "迟报": ""}, "全部按时报送"),
        ({"按时报送": "", "迟报": "甲乙"}, "全部迟报"),
        ({"按时报送": "甲", "迟报": "", "未报": "乙丙"}, "按时报送1个，未报2个（乙、丙）"),
        (
            {"按时报送": "", "迟报": "甲", "未报": "乙丙丁戊己庚辛壬癸"},
            "迟报1个（甲），未报9个（乙、丙、丁等）",
        ),
    ],
)
def test_who_stands_how(groups: dict[str, str], said: str) -> None:
    assert prose.standings(list(groups.items())) == said


def test_who_has_most_comes_first() -> None:
    assert prose.with_counts({"甲": 1, "乙": 3, "丙": 1}) == "乙3栋、甲1栋、丙1栋"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")]
)
def test_headings_are_numbered(number: int, said: str) -> None:
    assert prose.numeral(number) == said


def test_days() -> None:
    assert prose.day(date(2024, 6, 9)) == "2024年6月9日"
    assert prose.day(date(2024, 6, 9), year=False) == "6月9日"


def test_a_county_of_sixty_units_names_a_few_in_a_sentence_and_says_how_many() -> None:
    """The table below the sentence has a line for each."""
    rates = {f"第{number:02d}镇": Rate(0, 3) for number in range(60)} | {
        f"{number}村": Rate(3, 3) for number in range(60)
    }
    behind = Ranking.of(rates).behind()
    assert prose.units_with_rates(behind) == "第00镇（0.00%）、第01镇（0.00%）、第02镇（0.00%）等60个单位"
    assert prose.units_with_rates(behind[:10]).count("（0.00%）") == 10


def test_a_sentence_names_a_handful_of_many_units() -> None:
    assert prose.unit_list("甲乙丙丁戊己庚辛") == "甲、乙、丙、丁、戊、己、庚、辛"
    assert prose.unit_list("甲乙丙丁戊己庚辛壬") == "甲、乙、丙等9个单位"
    assert prose.with_counts(dict(zip("甲乙丙丁戊己庚辛壬", range(9), strict=True))) == (
        "壬8栋、辛7栋、庚6栋等9个单位"
    )
