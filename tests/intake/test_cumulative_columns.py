"""Several columns under one heading: figures of a week beside those in all, what was so beside what is."""

import pytest

from tests.intake.messy import column
from tests.sheets import A_PLAIN_HOUSE, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn

GROUPED = """
    | 填报单位：青石镇 |                |      |          |      |          |      |                    |      |              |      |          |      |                  |      |                      |      |
    | 行政村           | 错漏排专项核查 |      |          |      |          |      | “三类重点”全面复核 |      |              |      |          |      | 安全鉴定专项抽查 |      |                      |      |
    |                  | 共核查房屋     |      | 错排房屋 |      | 漏排房屋 |      | 共核查房屋         |      | 发现隐患房屋 |      | 整改完成 |      | 共核查           |      | 发现安全鉴定不合格   |      |
    |                  | {0}            | {1}  | {0}      | {1}  | {0}      | {1}  | {0}                | {1}  | {0}          | {1}  | {0}      | {1}  | {0}              | {1}  | {0}                  | {1}  |
    | 东村             | =2             | =9   | =0       | =1   | =1       | =3   | =1                 | =5   | =0           | =2   | =0       | =1   | =0               | =4   | =0                   | =0   |
    | 总计             | =2             | =9   | =0       | =1   | =1       | =3   | =1                 | =5   | =0           | =2   | =0       | =1   | =0               | =4   | =0                   | =0   |
"""
FIGURES = (
    "wl_checked",
    "wl_wrong",
    "wl_missed",
    "key_checked",
    "key_hazard",
    "key_rectified",
    "audit_checked",
)
MERGED = [f"{left}3:{right}3" for left, right in ("BC", "DE", "FG", "HI", "JK", "LM", "NO", "PQ")]


@pytest.mark.parametrize("of_the_week", ["本周", "本周新增", "新增数"])
@pytest.mark.parametrize("in_all", ["累计", "累计数", "本年累计", "总数"])
def test_what_there_is_in_all_is_read(of_the_week: str, in_all: str) -> None:
    cells, _ = parse(GROUPED.format(of_the_week, in_all))
    checked = check(workbook(cells, merges=["B2:G2", "H2:M2", "N2:Q2", *MERGED]), "青石镇.xlsx")
    assert found_in(checked, infos=True) == {("C111", f"{at}4") for at in "BDFHJLNP"}
    assert [column(checked, name)[0] for name in FIGURES] == [9, 1, 3, 5, 2, 1, 4]


@pytest.mark.parametrize("pair", [("上周", "本周"), ("累计", "总数")])
def test_columns_of_which_none_or_both_may_be_meant_are_there_twice(pair: tuple[str, str]) -> None:
    cells, _ = parse(GROUPED.format(*pair))
    checked = check(workbook(cells, merges=["B2:G2", "H2:M2", "N2:Q2", *MERGED]), "青石镇.xlsx")
    assert {("F007", "C3"), ("F007", "Q3")} <= found_in(checked)


def a_house_before_and_now(words: tuple[str, str], *values: tuple[str, str]) -> CheckedReturn:
    """Checks a house of which 初判结论 and 地上层数 are printed twice."""
    others = {name: text for name, text in A_PLAIN_HOUSE.items() if name not in ("初判结论", "地上层数")}
    headings = ["初判结论", "", "地上层数", "", "初判日期", *others]
    house = [*values[0], *values[1], "2024-03-01", *(text.format(number=1) for text in others.values())]
    cells = [headings, [*words, *words], house, ["填报单位：城关街道"]]
    return check(workbook(cells, merges=["A1:B1", "C1:D1"]))


@pytest.mark.parametrize(
    ("before", "now"),
    [("上周", "本周"), ("上期", "本期"), ("原", "现"), ("变更前", "变更后"), ("核实前", "核实后")],
)
@pytest.mark.parametrize("step", [1, -1], ids=["now last", "now first"])
def test_of_a_house_what_is_so_now_is_read(before: str, now: str, step: int) -> None:
    pairs = [(before, now), ("", "一定隐患"), ("=1", "=2")]
    checked = a_house_before_and_now(*(pair[::step] for pair in pairs))
    assert found_in(checked) == set()
    assert (column(checked, "initial_judgement"), column(checked, "floors")) == (["存在一定安全隐患"], [2])
    assert sum(f"写着「{now}」的" in problem.message for problem in checked.problems) == 2


@pytest.mark.parametrize("words", [("本周", "下周"), ("原", "拟"), ("上周", "上期"), ("本周", "本期")])
def test_of_a_house_it_must_be_plain_which_is_now(words: tuple[str, str]) -> None:
    checked = a_house_before_and_now(words, ("无隐患", "一定隐患"), ("=1", "=2"))
    assert {("F007", "B1"), ("F007", "D1")} <= found_in(checked)
