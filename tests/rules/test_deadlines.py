"""期限: what should have been done by a day (L212)."""

from datetime import date

from tests.rules.houses import assert_houses


def test_a_hazard_outlives_its_deadline() -> None:
    assert_houses("""
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 整治期限          | 整治措施 | 整治完成日期 |
        | 昨天到期 | 存在一定安全隐患 | C        | 观察使用 | 2024-06-06 [L212] |          |              |
        | 正在修   | 存在一定安全隐患 | C        | 观察使用 | 2024-06-06 [L212] | 维修加固 |              |
        | 今天到期 | 存在一定安全隐患 | C        | 观察使用 | 2024-06-07        |          |              |
        | 明天到期 | 存在一定安全隐患 | C        | 观察使用 | 2024-06-08        |          |              |
        | 迟修好   | 存在一定安全隐患 | C        |          | 2024-05-01        | 维修加固 | 2024-05-20   |
        | 期限空   | 存在一定安全隐患 | C        | 观察使用 | [L201]            |          |              |
        | 期限乱   | 存在一定安全隐患 | C        | 观察使用 | 尽快 [C105]       |          |              |
        | 完成乱   | 存在一定安全隐患 | C        | 观察使用 | 2024-05-01        | 维修加固 | 快了 [C105]  |
    """)


def test_the_closing_day_decides() -> None:
    assert_houses(
        """
        | 房屋编号 | 初判结论         | 鉴定等级 | 管控措施 | 整治期限          |
        | 到期     | 存在一定安全隐患 | C        | 观察使用 | 2024-06-07 [L212] |
        """,
        closing_day=date(2024, 6, 14),
    )
