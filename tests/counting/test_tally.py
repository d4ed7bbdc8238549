"""House rows → the attachments' figures: sums and ratios of sums (docs/facts.md)."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import parse
from tests.typed_rows import table
from zjf.counting.tally import figures_from_houses, figures_reported, rates, total
from zjf.schemas import FORMS
from zjf.schemas.form import AtMost
from zjf.schemas.kinds import Kind

HOUSES = FORMS["house-ledger"]
REVIEW = FORMS["attachment-1"]
PROGRESS = FORMS["attachment-2"]


def houses(table: str) -> pd.DataFrame:
    """A typed house ledger from a Markdown table; columns left out are blank."""
    (header, *lines), _ = parse(table)
    by_heading = {field.heading.text: field for field in HOUSES.fields}

    def value(heading: str, text: str) -> object:
        kind = by_heading[heading].kind
        if not text:
            return None
        if kind is Kind.DATE:
            return date.fromisoformat(text)
        return tuple(text.split("、")) if kind is Kind.CODES else text

    rows = [
        {by_heading[heading].name: value(heading, text) for heading, text in zip(header, line, strict=True)}
        for line in lines
    ]
    return frame(rows)


def frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    return table(HOUSES, rows)


STREET = houses("""
    | 房屋编号 | 是否经营性 | 初判结论         | 复核结论 | 鉴定等级 | 整治措施 | 整治完成日期 | 销号日期   | 销号方式       | 销号后复核日期 | 销号后复核结论 | 再次销号日期 |
    | -------- | ---------- | ---------------- | -------- | -------- | -------- | ------------ | ---------- | -------------- | -------------- | -------------- | ------------ |
    | 商未判   | 是         |                  |          |          |          |              |            |                |                |                |              |
    | 商围挡   | 是         | 存在严重安全隐患 |          |          | 增加围挡 | 2023-05-01   | 2023-05-02 | 管理措施       | 2024-04-01     | 有隐患         |              |
    | 商加固   | 是         | 存在严重安全隐患 |          | D        | 维修加固 | 2024-05-01   | 2024-05-20 | 工程措施       |                |                |              |
    | 民无患   | 否         | 未发现安全隐患   |          |          |          |              |            |                |                |                |              |
    | 民复核   | 否         | 存在一定安全隐患 | 无隐患   |          |          |              | 2024-03-01 | 复核无隐患     |                |                |              |
    | 民管理   | 否         | 存在一定安全隐患 |          |          | 增加立柱 | 2023-06-01   | 2023-06-02 | 管理措施       | 2024-04-02     | 无隐患         |              |
    | 民再治   | 否         | 存在一定安全隐患 |          |          | 局部拆除 | 2024-05-06   | 2023-06-02 | 管理措施       | 2024-04-03     | 有隐患         | 2024-05-30   |
    | 民直接   | 否         | 存在严重安全隐患 |          |          | 整体拆除 | 2024-02-01   |            |                |                |                |              |
    | 民乙级   | 否         | 存在一定安全隐患 |          | B        |          |              | 2024-03-01 | 鉴定为A、B级   |                |                |              |
    | 民丙完   | 否         | 存在一定安全隐患 |          | C        | 维修加固 | 2024-04-01   | 2024-04-20 | 工程措施       |                |                |              |
    | 民丁未   | 否         | 存在严重安全隐患 |          | D        |          |              |            |                |                |                |              |
    | 民待定   | 否         | 存在一定安全隐患 |          |          |          |              |            |                |                |                |              |
""")


def test_progress_is_counted_house_by_house() -> None:
    figures = figures_from_houses(STREET)[PROGRESS.id]
    assert figures.counts == {
        "surveyed": 12,
        "commercial": 3,
        "commercial_suspected": 2,
        "commercial_closed": 1,  # 商加固; 商围挡 was overturned
        "noncommercial": 9,
        "suspected": 8,
        "cleared": 2,  # 民复核 民管理
        "direct_works": 2,  # 民再治 民直接
        "appraised": 3,  # 民乙级 民丙完 民丁未
        "grade_cd": 2,
        "cd_works": 1,
        "closed": 5,  # 民复核 民管理 民再治 民乙级 民丙完
    }
    assert {name: rate.display for name, rate in figures.rates.items()} == {
        "confirmation_rate": "—",
        "appraisal_rate": "75.00%",
        "rectification_rate": "75.00%",
        "closure_rate": "62.50%",
    }


def test_houses_closed_by_management_are_reviewed_again() -> None:
    assert figures_from_houses(STREET)[REVIEW.id].counts == {
        "total": 3,
        "commercial_closed": 1,
        "commercial_reviewed": 1,
        "commercial_hazard": 1,
        "commercial_works": 0,
        "noncommercial_closed": 2,
        "noncommercial_reviewed": 2,
        "noncommercial_hazard": 1,
        "noncommercial_works": 1,
    }


def test_every_form_counted_from_houses_is_counted_at_once() -> None:
    of_houses = {form.id for form in FORMS.values() if any(field.counted for field in form.fields)}
    assert {REVIEW.id, PROGRESS.id} <= of_houses == figures_from_houses(STREET).keys()


def test_an_empty_ledger_counts_zero_and_has_no_rates() -> None:
    figures = figures_from_houses(frame([]))["attachment-2"]
    assert set(figures.counts.values()) == {0}
    assert {rate.display for rate in figures.rates.values()} == {"—"}


def test_formulas_mean_what_the_parentheses_say() -> None:
    """facts.md#formulas: ④/(①−②−③), (⑥+③)/(⑤+③), and ⑦ is bounded."""
    figures = {
        "suspected": 100,
        "cleared": 20,
        "direct_works": 10,
        "appraised": 63,
        "grade_cd": 30,
        "cd_works": 24,
    }
    printed = rates(PROGRESS, figures)
    assert printed["appraisal_rate"].display == "90.00%"
    assert printed["rectification_rate"].display == "85.00%"
    (bound,) = (
        identity
        for identity in PROGRESS.identities
        if isinstance(identity, AtMost) and identity.code == "A305"
    )
    assert bound.right.value(figures) == 87


def test_the_county_rate_is_a_ratio_of_sums() -> None:
    """facts.md#ratio-of-sums: (2/2, 3/100) is 5/102."""
    county = total([{"closed": 2, "suspected": 2}, {"closed": 3, "suspected": 100}])
    assert rates(PROGRESS, county)["closure_rate"].display == "4.90%"


def test_what_nobody_reported_has_no_sum_and_no_rate() -> None:
    town, street = {"suspected": 4, "online_confirmed": 3, "online_issues": 5}, {"suspected": 6}
    assert total([town, street]) == {"suspected": 10, "online_confirmed": 3, "online_issues": 5}
    assert rates(PROGRESS, street)["confirmation_rate"].display == "—"
    assert rates(PROGRESS, town)["confirmation_rate"].display == "60.00%"


def test_a_reported_attachment_gives_its_own_figures() -> None:
    row = dict.fromkeys(PROGRESS.counts, 7) | {"online_confirmed": None, "online_issues": None}
    sheet = pd.DataFrame([row], dtype=object)
    figures = figures_reported(PROGRESS, sheet)
    assert figures.counts == {name: value for name, value in row.items() if value is not None}
    assert figures.rates["confirmation_rate"].display == "—"


def test_a_village_table_gives_the_sum_of_its_rows() -> None:
    sweep = FORMS["sweep-table"]
    villages = pd.DataFrame(
        [dict.fromkeys(sweep.counts, 2), dict.fromkeys(sweep.counts, 3)],
        columns=list(sweep.counts),
        dtype=object,
    )
    assert set(figures_reported(sweep, villages).counts.values()) == {5}
    assert figures_reported(sweep, villages.iloc[:0]).counts == {}


def _codes(field: str) -> st.SearchStrategy[str | None]:
    codes = HOUSES.by_name[field].codes
    assert codes is not None
    return st.none() | st.sampled_from([code.value for code in codes])


DAYS = st.none() | st.dates(date(2023, 1, 1), date(2024, 12, 31))
HOUSE = st.fixed_dictionaries(
    {
        "is_commercial": st.sampled_from(["是", "否"]),
        "measures": _codes("measures").map(lambda code: code and (code,)),
    }
    | {
        name: _codes(name)
        for name in ("initial_judgement", "review_result", "grade", "closure_basis", "post_review_result")
    }
    | dict.fromkeys(("rectified_on", "closed_on", "post_review_on", "reclosed_on"), DAYS)
)
LEDGER = st.lists(HOUSE, max_size=12).map(frame)


@given(LEDGER, LEDGER)
def test_two_ledgers_together_count_as_their_sum(one: pd.DataFrame, other: pd.DataFrame) -> None:
    together = figures_from_houses(pd.concat([one, other], ignore_index=True))
    apart = [figures_from_houses(one), figures_from_houses(other)]
    for form_id, figures in together.items():
        assert figures.counts == total(part[form_id].counts for part in apart)
