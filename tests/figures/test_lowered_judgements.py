"""Changes that make a house look better: each is named, the gravest first; changes for the worse are not."""

from tests.typed_rows import typed
from zjf.figures.house_changes import house_changes
from zjf.figures.lowered_judgements import gravest_first, lowering_of

WORSE = typed("""
    | 房屋编号 | 初判结论         | 复核结论 | 鉴定等级 | 是否经营性 | 地上层数 | 管控措施           |
    | YS0001   | 存在一定安全隐患 | 无隐患   |          | 否         | 3        | 停止使用           |
    | YS0002   | 存在一定安全隐患 | 无隐患   |          | 是         | 2        | 停止使用           |
    | YS0003   | 存在一定安全隐患 |          | D        | 是         | 2        | 停止使用、封控警示 |
    | YS0004   | 存在严重安全隐患 |          |          | 否         | 2        |                    |
    | YS0005   | 存在一定安全隐患 | 有隐患   |          | 否         | 2        |                    |
    | YS0006   | 存在一定安全隐患 |          |          | 是         | 2        |                    |
    | YS0007   | 存在一定安全隐患 |          | C        | 否         | 2        |                    |
""")
BETTER = typed("""
    | 房屋编号 | 初判结论         | 复核结论 | 鉴定等级 | 是否经营性 | 地上层数 | 管控措施           |
    | YS0001   | 存在一定安全隐患 | 无隐患   |          | 否         | 2        | 停止使用           |
    | YS0002   | 存在一定安全隐患 |          |          | 否         | 2        | 停止使用           |
    | YS0003   | 存在一定安全隐患 |          | D        | 是         | 2        | 停止使用           |
    | YS0004   | 存在一定安全隐患 |          |          | 否         | 2        |                    |
    | YS0005   | 存在一定安全隐患 | 无隐患   |          | 否         | 2        |                    |
    | YS0006   | 存在一定安全隐患 |          |          |            | 2        |                    |
    | YS0007   | 存在一定安全隐患 |          | B        | 否         | 2        |                    |
""")


def test_a_change_for_the_better_is_named_the_gravest_first() -> None:
    changed = gravest_first(house_changes(WORSE, BETTER).changed)
    told = [(house.house.house_id, [*filter(None, map(lowering_of, house.cells))]) for house in changed]
    assert told == [
        ("YS0004", ["判定降低"]),
        ("YS0005", ["复核结论改轻"]),
        ("YS0007", ["等级调低"]),
        ("YS0001", ["层数减少"]),
        ("YS0002", ["不再是经营性"]),
        ("YS0006", ["不再是经营性"]),
        ("YS0003", ["管控措施减少"]),
    ]


def test_a_change_for_the_worse_has_no_name() -> None:
    changed = house_changes(BETTER, WORSE).changed
    assert len(changed) == len(WORSE)
    assert not [lowering_of(cell) for house in changed for cell in house.cells if lowering_of(cell)]
