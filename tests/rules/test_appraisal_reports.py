"""鉴定报告: one that concerns the whole structure is sent by the day after the appraisal (R609)."""

from datetime import date

import pandas as pd

from tests.rules.houses import assert_houses
from zjf.ledger.rows.row_digests import Record
from zjf.rules.registry import Judgement, Noted, duties_not_judged, unmet_duties
from zjf.schemas import FORMS


def test_a_report_on_the_whole_structure_is_sent_by_the_day_after() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 鉴定日期    | 管控措施 | 整体性缺陷 | 鉴定报告报送日期   |
        | 没报     | 存在严重安全隐患 | D        | 2024-06-05  | 停止使用 |            | [R609]             |
        | 报晚了   | 存在严重安全隐患 | D        | 2024-06-04  | 停止使用 |            | 2024-06-06 [R609]  |
        | 次日报   | 存在严重安全隐患 | D        | 2024-06-04  | 停止使用 |            | 2024-06-05         |
        | 还有一天 | 存在严重安全隐患 | D        | 2024-06-06  | 停止使用 |            |                    |
        | 丙级整体 | 存在一定安全隐患 | C        | 2024-06-04  | 观察使用 | 是         | [R609]             |
        | 丙级局部 | 存在一定安全隐患 | C        | 2024-06-04  | 观察使用 | 否         |                    |
        | 日期缺   | 存在严重安全隐患 | D        | [L203]      | 停止使用 |            |                    |
        | 报送乱   | 存在严重安全隐患 | D        | 2024-06-04  | 停止使用 |            | 上周 [C105]        |
    """)


def test_a_ledger_that_does_not_keep_the_day_is_not_judged_by_it() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 鉴定日期   | 管控措施 |
        | 没这一列 | 存在严重安全隐患 | D        | 2024-03-05 | 停止使用 |
    """)


def test_in_the_county_a_unit_is_judged_if_its_ledger_has_the_column_or_a_day_in_it() -> None:
    house: Record = dict.fromkeys(FORMS["house-ledger"].by_name)
    house |= {"grade": "D", "appraised_on": date(2024, 3, 5), "initial_judgement": "存在严重安全隐患"}
    without = pd.DataFrame([house | {"township": "青石镇", "house_id": "甲"}], dtype=object)
    another = house | {"township": "青石镇", "house_id": "乙", "report_sent_on": date(2024, 3, 6)}
    demanded = Judgement(date(2024, 6, 7), demands=frozenset({"R609"}))

    def judged(
        houses: pd.DataFrame, kept: tuple[str, ...] = ()
    ) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        return unmet_duties(houses, demanded, Noted(columns=kept)), duties_not_judged(houses, demanded, kept)

    assert judged(without) == ({}, ("R609",))
    assert judged(without, ("report_sent_on",)) == ({"R609": ("甲",)}, ())
    assert judged(pd.concat([without, pd.DataFrame([another], dtype=object)])) == ({"R609": ("甲",)}, ())
