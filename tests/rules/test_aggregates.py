"""Whether an attachment adds up: sums, parts of wholes, printed rates, total rows (A301–A306)."""

from tests.rules.attachments import REVIEWS, assert_figures
from tests.sheets import check, found_in, workbook


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
