"""Whether an attachment adds up: sums, parts of wholes, printed rates, total rows (A301–A306)."""

from collections.abc import Mapping

import pytest

from tests.intake.messy import assert_sheet
from tests.sheets import TOWNSHIPS, Finding, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn

FACT_1 = {
    "总量": ("已排查自建房总量", "=130"),
    "经营性": ("经营性自建房已排查经营性自建房数量", "=30"),
    "经营性初判": ("经营性自建房整治销号初判隐患数量", "=6"),
    "经营性销号": ("经营性自建房整治销号动态销号数量", "=4"),
    "问题": ("问题确认/问题", ""),
    "确认率": ("问题确认率", ""),
    "非经营性": ("已排查非经营性自建房数量", "=100"),
    "①": ("非经营性自建房初判隐患数量①", "=100"),
    "②": ("经技术人员鉴定复核无隐患数量②", "=20"),
    "③": ("未鉴定直接工程措施数量③", "=10"),
    "④": ("已鉴定数量④", "=63"),
    "⑤": ("C、D级房屋数量⑤", "=30"),
    "鉴定率": ("鉴定率（④/①-②-③）", ""),
    "⑥": ("鉴定为C、D级房屋采取工程措施整治数量⑥", "=24"),
    "整治率": ("整治率（⑥+③/⑤+③）", ""),
    "⑦": ("已销号数量⑦", "=87"),
    "销号率": ("销号率（⑦/①）", ""),
}
"""The columns of 附件2, by what the tests call them, with the figures of facts.md#formulas."""

REVIEWS = {
    "总量": ("总量", "=10"),
    "经营": ("经营性自建房数量", "=4"),
    "经营复核": ("经营性自建房经专业技术人员现场复核数量", "=3"),
    "经营隐患": ("经营性自建房存在安全隐患数量", "=2"),
    "经营工程": ("经营性自建房工程措施整治数量", "=1"),
    "非经营": ("非经营性自建房数量", "=6"),
    "非经营复核": ("非经营性自建房经专业技术人员现场复核数量", "=5"),
    "非经营隐患": ("非经营性自建房存在安全隐患数量", "=4"),
    "非经营工程": ("非经营性自建房工程措施整治数量", "=3"),
}
SWEEP, _ = parse("""
    | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
    | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
    |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
""")


def assert_figures(markdown: str, columns: Mapping[str, tuple[str, str]] = FACT_1) -> CheckedReturn:
    """Checks a roll-up of an attachment of which only the columns that a test is about are given."""
    cells, expected = parse(markdown)
    lacking = {name: column for name, column in columns.items() if name not in cells[0]}
    header = [columns[name][0] for name in cells[0]] + [heading for heading, _ in lacking.values()]
    figures = [figure for _, figure in lacking.values()]
    rows = [[*row, *figures, unit] for row, unit in zip(cells[1:], TOWNSHIPS.names, strict=False)]
    assert len(rows) == len(cells) - 1
    checked = check(workbook([[*header, "乡镇（街道）"], *rows]), "汇总.xlsx", roster=TOWNSHIPS)
    assert found_in(checked) == expected
    return checked


def sweep(markdown: str) -> set[Finding]:
    """What is found in a sweep-table of the given rows, the first of which is row 4."""
    return found_in(check(workbook([*SWEEP, *parse(markdown)[0]])))


def test_the_worked_figures_of_the_notice_add_up() -> None:
    """facts.md#formulas: the headings are printed without parentheses, and mean ④/(①−②−③) and (⑥+③)/(⑤+③)."""
    assert_figures("| 鉴定率 | 整治率 | 销号率 |\n| 90.00% | 85.00% | 87.00% |\n| =0.9 | =0.85 | =0.87 |")
    assert_figures("| 鉴定率 | 整治率 |\n| 33% [A303] | 25.13% [A303] |")


def test_a_total_that_is_not_the_sum_of_its_parts() -> None:
    checked = assert_figures("| 总量 |\n| =130 |\n| =131 [A301] |\n| =129 [A301] |")
    first = checked.problems[0]
    assert "131" in first.message
    assert "130" in first.message
    assert len(first.cells) == 3
    assert_figures("| 总量 |\n| =10 |\n| =11 [A301] |", REVIEWS)


def test_a_part_that_exceeds_its_whole() -> None:
    assert_figures("""
        | 经营性初判   | 经营性销号  | 问题       | ①             | ②   | ③   | ④   | ⑤           | ⑥           | ⑦            |
        | =6           | =6          | 5/5        | =100          | =20 | =10 | =63 | =63         | =63         | =93          |
        | =31 [A302]   | =6          |            | =100          | =20 | =10 | =63 | =30         | =24         | =87          |
        | =6           | =7 [A302]   |            | =100          | =20 | =10 | =63 | =30         | =24         | =87          |
        | =6           | =4          | 6/5 [A302] | =100          | =20 | =10 | =63 | =30         | =24         | =87          |
        | =6           | =4          |            | =101 [A302]   | =20 | =10 | =63 | =30         | =24         | =87          |
        | =6           | =4          |            | =92 [A302]    | =20 | =10 | =63 | =30         | =24         | =87          |
        | =6           | =4          |            | =100          | =20 | =10 | =63 | =64 [A302]  | =24         | =50          |
        | =6           | =4          |            | =100          | =20 | =10 | =63 | =30         | =31 [A302]  | =87          |
        | =6           | =4          |            | =87           | =5  | =5  | =63 | =3          | =3          | =88 [A302, A305] |
    """)


def test_stages_of_a_review_never_grow() -> None:
    assert_figures(
        """
        | 经营 | 经营复核  | 经营隐患  | 经营工程  |
        | =4   | =4        | =4        | =4        |
        | =4   | =5 [A302] | =2        | =1        |
        | =4   | =3        | =4 [A302] | =1        |
        | =4   | =3        | =2        | =3 [A302] |
        """,
        REVIEWS,
    )


def test_closures_are_bounded_by_what_may_close_a_house() -> None:
    """facts.md#closed-bound: ⑦ ≤ ②+③+(④−⑤)+⑥ = 20+10+(63−30)+24 = 87."""
    checked = assert_figures("| ⑦ |\n| =87 |\n| =88 [A305] |")
    (fault,) = checked.problems
    assert "87" in fault.message
    assert len(fault.cells) == 6


def test_rates_at_their_own_decimals() -> None:
    """23 of 100−20−10 = 70 houses: 32.857… %."""
    assert_figures("""
        | ④   | ⑤  | ⑥  | ⑦   | 鉴定率                |
        | =23 | =3 | =3 | =50 | 32.86%                |
        | =23 | =3 | =3 | =50 | 32.857%               |
        | =23 | =3 | =3 | =50 | 32.9%                 |
        | =23 | =3 | =3 | =50 | 33%                   |
        | =23 | =3 | =3 | =50 | =0.328571428571       |
        | =23 | =3 | =3 | =50 | =0.3286               |
        | =23 | =3 | =3 | =50 | 0.3286                |
        | =23 | =3 | =3 | =50 |                       |
        | =23 | =3 | =3 | =50 | 32.85% [A303]         |
        | =23 | =3 | =3 | =50 | 32.8% [A303]          |
        | =23 | =3 | =3 | =50 | 32% [A303]            |
        | =23 | =3 | =3 | =50 | =0.33 [A303]          |
        | =23 | =3 | =3 | =50 | =32.86 [A303]         |
        | =23 | =3 | =3 | =50 | 32.86 [A303]          |
        | =23 | =3 | =3 | =50 | > 32.86% [A303]       |
    """)


def test_a_rate_is_never_rounded_up_to_all_or_down_to_none() -> None:
    """facts.md#exact-rates: 99,999 of 100,000 is printed > 99.99 %; a number in the cell may say it exactly."""
    whole = "| 总量 | 非经营性 | ① | ② | ③ | ④ | ⑤ | ⑥ | ⑦ | 鉴定率 |"
    row = "| =100030 | =100000 | =100000 | =0 | =0 | {} | =0 | =0 | =0 | {} |"
    almost = ["> 99.99%", ">99.99%", "＞99.99％", "=0.99999", "99.999%"]
    wrong = ["100% [A303]", "100.00% [A303]", "=1 [A303]", "99.99% [A303]", "< 0.01% [A303]"]
    assert_figures("\n".join([whole, *(row.format("=99999", said) for said in almost + wrong)]))
    hardly = ["< 0.01%", "<0.01%", "=0.00001", "0.001%"]
    wrong = ["0% [A303]", "0.00% [A303]", "=0 [A303]", "0.01% [A303]"]
    assert_figures("\n".join([whole, *(row.format("=1", said) for said in hardly + wrong)]))
    assert_figures(
        f"{whole}\n{row.format('=100000', '100%')}\n{row.format('=0', '0%')}\n{row.format('=0', '=0')}"
    )


def test_nothing_to_take_a_rate_of() -> None:
    """facts.md#no-rate: a zero denominator has no rate."""
    assert_figures("""
        | 总量 | 非经营性 | ①  | ②  | ③  | ④  | ⑤  | ⑥  | ⑦  | 鉴定率     | 销号率       |
        | =30  | =0       | =0 | =0 | =0 | =0 | =0 | =0 | =0 | —          | —            |
        | =30  | =0       | =0 | =0 | =0 | =0 | =0 | =0 | =0 | /          |              |
        | =30  | =0       | =0 | =0 | =0 | =0 | =0 | =0 | =0 | 0% [A304]  | 100% [A304]  |
        | =30  | =0       | =0 | =0 | =0 | =0 | =0 | =0 | =0 | =0 [A304]  | #DIV/0! [A304] |
    """)


def test_confirmed_issues_have_a_rate_too() -> None:
    assert_figures("| 问题 | 确认率 |\n| 3/5 | 60% |\n| 3/5 | 61% [A303] |\n| 0/0 | 0% [A304] |\n| | 60% |")


def test_what_is_not_known_accuses_no_other_figure() -> None:
    assert_figures("""
        | 总量      | ①         | ⑦            | 销号率 |
        | 多 [C102] | =100      | =87          | 1% [A303] |
        | =130      | 百 [C102] | =87          | 1%     |
        | =130      | =100      | [C101]       | 1%     |
        | =130      | =100      | #REF! [C109] | 1%     |
    """)


def test_a_missing_column_accuses_no_other_figure() -> None:
    header = [heading for name, (heading, _) in REVIEWS.items() if name != "非经营"]
    rows = [figure for name, (_, figure) in REVIEWS.items() if name != "非经营"]
    assert found_in(check(workbook([header, rows, ["填报单位：青石镇"]]))) == {("F005", "")}


VILLAGES = """
    | 东村 | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
    | 西村 | =2 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |
"""


@pytest.mark.parametrize("label", ["总计（栋）", "合计", "合 计", "总计", "全镇合计"])
def test_a_total_row_is_the_columns_sum(label: str) -> None:
    assert sweep(f"{VILLAGES}| {label} | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == set()
    assert sweep(f"{VILLAGES}| {label} | =4 | =2 | =2 | =2 | =2 | =2 | =2 | =1 |") == {
        ("A306", "B6"),
        ("A306", "I6"),
    }
    assert sweep(f"{VILLAGES}| {label} | =3 | =2 | — |  | =2 | =2 | =2 | =2 |") == {("A308", "E6")}


def test_a_sweep_table_without_a_total() -> None:
    assert sweep(VILLAGES) == {("A308", "")}
    assert sweep(VILLAGES.strip().splitlines()[0]) == set()


def test_a_total_row_may_stand_on_top() -> None:
    assert sweep(f"| 总计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |\n{VILLAGES}") == set()
    assert sweep(f"| 总计 | =5 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |\n{VILLAGES}") == {("A306", "B4")}


def test_totals_of_groups_and_of_all() -> None:
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    group = "| 东片合计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    small = "| 小计 | =1 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    other = "| 北片合计 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    all_of_them = "| 总计 | =7 | =3 | =3 | =3 | =3 | =3 | =3 | =3 |"
    east, west = VILLAGES.strip().splitlines()
    assert sweep("\n".join([east, small, west, group, north, other, all_of_them])) == set()
    wrong = group.replace("=3", "=9")
    assert sweep("\n".join([east, west, wrong, north, other, all_of_them])) == {("A306", "B6")}


@pytest.mark.parametrize("label", ["村合计", "本页合计", "本页 合计", "东门社区合计：", "第二组合计"])
def test_the_last_of_several_groups_has_a_total_of_its_own(label: str) -> None:
    """A total for each village or page, and none for all of them."""
    first = f"| {label} | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    second = f"| {label} | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    assert sweep("\n".join([VILLAGES.strip(), first, north, second])) == set()
    assert sweep("\n".join([VILLAGES.strip(), first, north, second.replace("=4", "=5")])) == {("A306", "B8")}
    assert sweep("\n".join([VILLAGES.strip(), first.replace("=3", "=5"), north, second])) == {("A306", "B6")}


@pytest.mark.parametrize("label", ["合计", "总计", "全镇合计", "全村合计"])
def test_the_total_of_all_is_not_that_of_the_last_group(label: str) -> None:
    group = "| 东片合计 | =3 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |"
    north = "| 北村 | =4 | =1 | =1 | =1 | =1 | =1 | =1 | =1 |"
    total = f"| {label} | =4 | =3 | =3 | =3 | =3 | =3 | =3 | =3 |"
    assert sweep("\n".join([VILLAGES.strip(), group, north, total])) == {("A306", "B8")}


def test_a_total_over_an_unreadable_figure_is_unknown() -> None:
    villages = VILLAGES.replace("| 西村 | =2", "| 西村 | 二")
    assert sweep(f"{villages}| 总计 | =9 | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == {("C102", "B5")}


def test_totals_of_a_house_ledger() -> None:
    """A total may be larger than any house could be."""
    houses = "\n".join(f"| YS{number} | =90000.5 | =3 |" for number in range(3))
    assert_sheet(
        f"| 房屋编号 | 建筑面积（㎡） | 使用人数 |\n{houses}\n| 合计 | =270001.5 | =9 |", ledger_header=1
    )
    assert_sheet(
        f"| 房屋编号 | 建筑面积（㎡） | 使用人数 |\n{houses}\n| 合计 | =270001.4 [A306] | 8 [A306] |",
        ledger_header=1,
    )


def test_a_total_beyond_all_counting_is_as_wrong_as_any() -> None:
    assert sweep(f"{VILLAGES}| 总计 | =1{'0' * 300} | =2 | =2 | =2 | =2 | =2 | =2 | =2 |") == {("A306", "B6")}


def test_a_wrong_total_rejects_no_row_and_stops_the_return() -> None:
    checked = check(workbook([*SWEEP, *parse(f"{VILLAGES}| 总计 | =4 |")[0]]))
    assert (checked.rejected_rows(checked.tables[0]), checked.blocked) == (set(), True)


def test_the_rate_of_a_total_row_is_the_ratio_of_the_sums() -> None:
    """facts.md#ratio-of-sums: (2/2, 3/100) is 5/102 = 4.90 %, and not the mean of the rates."""
    names = [
        "总量",
        "经营性",
        "经营性初判",
        "经营性销号",
        "非经营性",
        "①",
        "②",
        "③",
        "④",
        "⑤",
        "⑥",
        "⑦",
        "销号率",
    ]
    header = ["乡镇（街道）", *(FACT_1[name][0] for name in names)]
    rows = [
        ["城关街道", "=2", "=0", "=0", "=0", "=2", "=2", "=0", "=2", "=0", "=0", "=0", "=2", "100%"],
        ["青石镇", "=100", "=0", "=0", "=0", "=100", "=100", "=0", "=3", "=0", "=0", "=0", "=3", "3%"],
    ]
    total = ["合计", "=102", "=0", "=0", "=0", "=102", "=102", "=0", "=5", "=0", "=0", "=0", "=5"]
    assert found_in(check(workbook([header, *rows, [*total, "4.90%"]]), "汇总.xlsx")) == set()
    assert found_in(check(workbook([header, *rows, [*total, "51.50%"]]), "汇总.xlsx")) == {("A303", "N4")}


def test_villages_in_the_sweep() -> None:
    """漏排 may exceed 共核查: what was missed was not there to be checked."""
    assert sweep("| 东村 | =1 | =1 | =9 | =2 | =2 | =2 | =3 | =3 |") == set()
    assert sweep("| 东村 | =1 | =2 | =9 | =2 | =3 | =4 | =3 | =4 |") == {
        ("A302", "C4"),
        ("A302", "F4"),
        ("A302", "G4"),
        ("A302", "I4"),
    }


@pytest.mark.parametrize(
    ("text", "said"), [("二", "不是数字"), ("#REF!", "不是数字"), ("约2栋", "不是数字"), ("", "未填写")]
)
def test_a_total_that_is_no_number_is_a_finding(text: str, said: str) -> None:
    rows = f"{VILLAGES}| 汇总 | =3 | {text} | =2 | =2 | =2 | =2 | =2 | =2 |"
    checked = check(workbook([*SWEEP, *parse(rows)[0]]))
    (wrong,) = checked.problems
    assert (wrong.code, wrong.cell, said in wrong.message) == ("A308", "C6", True)
