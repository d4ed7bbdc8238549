"""The lines of a long title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zjf.documents.title_lines import office_lines, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云水县自建房安全专项整治工作周报", ["云水县自建房安全专项整治工作周报"]),
        (
            "云水县贫困人口住房安全专项整治问题线索情况",
            ["云水县贫困人口住房安全", "专项整治问题线索情况"],
        ),
        (
            "云水县经营性自建房问题整改“百日攻坚”行动总结报告",
            ["云水县经营性自建房问题整改", "“百日攻坚”行动总结报告"],
        ),
    ],
)
def test_a_long_title_is_parted_between_words_into_lines_of_like_length(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


def test_the_name_of_an_office_is_parted_only_where_it_is_too_long() -> None:
    office = "自建房安全专项整治工作领导小组办公室"
    assert office_lines(f"云水县{office}") == [f"云水县{office}"]
    assert office_lines(f"云水土家族苗族自治县{office}") == [
        "云水土家族苗族自治县自建房安全",
        "专项整治工作领导小组办公室",
    ]


@given(st.text(alphabet="自建房安全县报告2024", max_size=120))
def test_nothing_of_a_title_is_lost_and_no_line_is_too_long(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(len(line) <= 20 or line.isdigit() for line in lines)
