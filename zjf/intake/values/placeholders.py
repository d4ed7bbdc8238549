"""Words in place of a name or a number: it is not known, or not given yet."""

from zjf.intake.rows.sheet_column import SheetColumn

UNKNOWN = frozenset({"不详", "不清", "不明", "未知", "不清楚"})
"""Nobody knows it."""

NOT_YET = frozenset(
    {
        *("待定", "待补", "待补充", "待补填", "待填", "待查", "待核", "待核实", "待确认", "待落实"),
        *("未定", "未确定", "未填", "未填写", "未录入", "空白", "略", "见附件", "见附表", "不适用", "不涉及"),
        *("N/A", "n/a", "NA", "#N/A", "none", "nil", "0", "undefined", "[object Object]"),
    }
)
"""It is given later, elsewhere or not at all, or a program wrote it for a blank (0 for a reference to a blank cell)."""


def holds_placeholders(column: SheetColumn) -> bool:
    """Whether a column holds such a word."""
    return any(word[0] in column.letters and column.holds(word) for word in NOT_YET | UNKNOWN)
