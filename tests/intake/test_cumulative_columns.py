"""Figures of a week beside those in all, under one heading."""

import pytest

from tests.intake.messy import column
from tests.sheets import check, found_in, parse, workbook

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
