"""A cell that cannot be read makes every rule that depends on it unknown."""

import pandas as pd
import pytest

from tests.rules.houses import assert_houses
from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, check, workbook
from zjf.rules.registry import RULES, Judgement
from zjf.schemas import FORMS
from zjf.schemas.kinds import Kind

HOUSES = FORMS["house-ledger"]
_PLAIN = HOUSES.fields
UNREADABLE = {
    Kind.CODE: "看不清",
    Kind.CODES: "看不清",
    Kind.DATE: "去年冬天",
    Kind.INTEGER: "若干",
    Kind.DECIMAL: "若干",
    Kind.YEAR: "很早",
}


class _Watched(pd.DataFrame):
    """A frame that remembers which of its columns were asked for."""

    _metadata = ["asked"]

    def __getitem__(self, key: object) -> object:
        if isinstance(key, str):
            self.asked.add(key)
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> object:
        if name in HOUSES.by_name:
            return self[name]
        return super().__getattr__(name)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.form == "house-ledger"])
def test_a_rule_needs_every_column_that_it_reads(code: str) -> None:
    houses = _Watched({field.name: pd.Series([None, None], dtype=object) for field in HOUSES.fields})
    houses.asked = set()
    RULES[code].holds(houses, Judgement(closing_day=CLOSING_DAY))
    assert houses.asked <= set(RULES[code].needs)


BREACHES = {
    "closed on management": {"销号方式": "管理措施", "销号日期": "2023-06-01"},
    "graded and free": {
        "鉴定等级": "D",
        "鉴定日期": "2023-05-01",
        "鉴定机构": "某所",
        "整治责任人": "王",
        "整治期限": "2024-12-01",
    },
    "severe": {"初判结论": "存在严重安全隐患", "初判日期": "2023-05-01"},
    "closed for works": {
        "销号方式": "工程措施",
        "销号日期": "2023-06-01",
        "整治措施": "维修加固",
        "整治完成日期": "2023-05-01",
    },
}


@pytest.mark.parametrize("house", BREACHES.values(), ids=BREACHES)
@pytest.mark.parametrize(
    "field", [field for field in HOUSES.fields if field.kind in UNREADABLE], ids=lambda field: field.name
)
def test_no_rule_that_needs_an_unreadable_cell_fires(house: dict[str, str], field: object) -> None:
    heading = field.heading.text
    plain = {name: text.format(number=1) for name, text in A_PLAIN_HOUSE.items()} | house
    plain[heading] = UNREADABLE[field.kind]
    checked = check(workbook([["填报单位：城关街道"], list(plain), list(plain.values())]))
    assert any(problem.field == field.name and problem.code.startswith("C") for problem in checked.problems)
    for problem in checked.problems:
        if rule := RULES.get(problem.code):
            assert field.name not in rule.needs, problem.message


def test_a_post_review_whose_result_cannot_be_read_may_have_been_made() -> None:
    assert_houses(
        """
        | 销号方式 | 销号日期   | 销号后复核日期 | 销号后复核结论 |
        | -------- | ---------- | -------------- | -------------- |
        | 管理措施 | 2023-06-01 |                | 看不清 [C104]  |
        | 管理措施 [L208] | 2023-06-01 |         |                |
        """
    )
