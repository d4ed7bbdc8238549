"""Attachments of which a test gives only the columns that it is about."""

from collections.abc import Mapping

from tests.sheets import TOWNSHIPS, check, found_in, parse, workbook
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
