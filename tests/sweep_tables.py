"""Sweep tables (集中摸排情况表) of one unit, as Markdown."""

from collections.abc import Sequence
from typing import Any

from zjf.checking.one_return import CheckedReturn

from .sheets import check, parse, workbook

SWEEP_HEADINGS = """
    | 填报单位：青石镇 |                |          |          |                    |              |          |                  |                    |
    | 行政村           | 错漏排专项核查 |          |          | “三类重点”全面复核 |              |          | 安全鉴定专项抽查 |                    |
    |                  | 共核查房屋     | 错排房屋 | 漏排房屋 | 共核查房屋         | 发现隐患房屋 | 整改完成 | 共核查           | 发现安全鉴定不合格 |
"""
"""Above the villages: whose table it is, and two rows of headings."""
SWEEP_HEADER, _ = parse(SWEEP_HEADINGS)
"""Its cells."""


def swept(markdown: str, *, merges: Sequence[str] = (), **options: Any) -> CheckedReturn:
    """A sweep table of the given rows, the first of which is row 4, checked."""
    cells, _ = parse(markdown)
    return check(workbook([*SWEEP_HEADER, *cells], merges=merges), "青石镇.xlsx", **options)
