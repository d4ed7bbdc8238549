"""Villages of one unit whose names look like two spellings of one (D405)."""

import pytest

from tests.sheets import assert_findings


@pytest.mark.parametrize(
    "other",
    ["东村村", "东村委会", "东村村委会", "东社区", "东 村民委员会", "城关街道东村", "云水县城关街道东村委会"],
)
def test_two_spellings_of_a_village_are_asked_about(other: str) -> None:
    checked = assert_findings(f"| 村（社区） |\n| 东村 |\n| 东村 |\n| {other} [D405] |\n| 西村 |")
    (said,) = [problem for problem in checked.problems if problem.code == "D405"]
    assert "是否为「东村」" in said.hint
    assert said.severity.value == "warning"


@pytest.mark.parametrize("other", ["西村", "东门村", "东一村", "上东村", "东村坝", ""])
def test_other_names_are_other_villages(other: str) -> None:
    cell = other or "[C101]"
    assert_findings(f"| 村（社区） |\n| 东村 |\n| 东村 |\n| {cell} |")


def test_the_name_written_most_is_the_likely_one() -> None:
    checked = assert_findings(
        "| 村（社区） |\n| 东村 [D405] |\n| 东村委会 |\n| 东村委会 |\n| 东村村 [D405] |"
    )
    assert {problem.hint[:8] for problem in checked.problems if problem.code == "D405"} == {
        "是否为「东村委会"
    }
