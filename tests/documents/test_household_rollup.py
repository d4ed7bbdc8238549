"""汇总表 of households: a line a unit, the reason where there is nothing to count, and the sum of those that told."""

from zjf.counting.rates import Rate
from zjf.documents.household_rollup import household_rollup

GREENSTONE = {
    "households/appraised": Rate(3, 4),
    "households/resolved": Rate(1, 2),
    "households/plated": Rate(4, 4),
    "households/visited": Rate(0, 0),
}
NONE = dict.fromkeys(GREENSTONE, Rate(0, 0))


def test_each_unit_has_its_households_and_no_column_of_houses() -> None:
    statuses = {"青石镇": "已接收", "柳溪镇": "已接收", "白鹭镇": "退回", "龙泉镇": "未报"}
    book = household_rollup("云水县", statuses, {"青石镇": GREENSTONE, "柳溪镇": NONE}, ["注"])
    (page,) = book.pages
    assert book.owner + book.title == "云水县困难群众住房安全专项整治情况汇总表（户）"
    assert [column.text for column in page.columns if "率" in column.text] == [
        "鉴定率",
        "改造率",
        "挂牌率",
        "回访率",
    ]
    rows = [list(row) for row in page.rows]
    assert {len(row) for row in rows} == {len(page.columns)}
    assert rows[0][:8] == ["青石镇", "已接收", 4, 3, "75.00%", 2, 1, "50.00%"]
    assert rows[1][2:5] == [0, 0, "—"]
    assert [set(row[2:]) for row in rows[2:4]] == [{"退回"}, {"未报"}]
    assert rows[4][:5] == ["合计", "2个单位", 4, 3, "75.00%"]
