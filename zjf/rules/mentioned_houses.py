"""Ledgers that mention houses of the house ledger: inspection problems (L304), audited reports (L306)."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from zjf.intake.table import Table
from zjf.problems import Problem, Severity, declare_all
from zjf.rules.duplicates import houses_named
from zjf.rules.house_keys import HouseKeys, KeyRow
from zjf.schemas.form_ids import ISSUES, REPORT_AUDITS

declare_all(
    Severity.WARNING,
    (
        "L304",
        "问题的房屋不在本单位的自建房台账中",
        "对不上房屋，问题整改了没有就无法与台账核对；附件2的问题数仍计入这个问题",
        "请核对房屋编号；确有这栋房屋的请补入台账。",
        "问题整改台账填了 YS0099，自建房台账中没有",
        "嘉祥 四(一)",
    ),
    (
        "L306",
        "抽查鉴定报告的房屋不在本单位的自建房台账中",
        "对不上房屋，就不知道哪一栋要重新鉴定",
        "请核对房屋编号；确有这栋房屋的请补入台账。",
        "鉴定报告抽查台账填了 YS0099，自建房台账中没有",
        "嘉峰 五(二)",
    ),
)

_CODES = {ISSUES: "L304", REPORT_AUDITS: "L306"}
"""The forms whose rows may name a house of the unit's house ledger, and the codes."""


def mentioned_in(table: Table) -> HouseKeys | None:
    """Returns the houses that a table mentions; None for a table of houses, or without such a column."""
    return houses_named(table) if table.form.id in _CODES else None


def mentions_of_unlisted_houses(
    tables: Iterable[HouseKeys], ledgers: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yields L304 and L306 at the rows that mention a house which its unit's ledger does not have.

    Rows of a unit whose ledger is not there are not judged.
    """
    for keys in tables:
        for position, (house_id, unit) in enumerate(zip(keys.house_ids, keys.units, strict=True)):
            ledger_houses = ledgers.get(unit) if unit else None
            if ledger_houses is not None and house_id not in ledger_houses:
                row = KeyRow(keys, position, house_id, unit)
                yield row.problem(_CODES[keys.form], f"房屋「{row.shown}」不在{unit}的自建房台账中")
