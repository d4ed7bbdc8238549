"""Villages of which several are named in one cell (D406)."""

import re
from collections.abc import Iterator, Sequence

from zjf.intake.table import Table
from zjf.problems import Problem

_A_VILLAGE = "[一-龥]{1,12}?(?:村民委员会|居民委员会|村委会|居委会|村委|居委|社区|村)"
_BETWEEN = r"\s*(?:[、，,;；/+＋]|[和与及])\s*"
_SO_MANY = r"[二两三四五六七八九十\d]+"
_SEVERAL = re.compile(
    f"{_A_VILLAGE}(?:{_BETWEEN}{_A_VILLAGE})+"
    r"|[一-龥]{1,12}(?:\s*[、，,;；/+＋]\s*[一-龥]{1,12})+"
    rf"|[一-龥、，,]+(?:等{_SO_MANY}|(?:村|社区)等(?:{_SO_MANY})?)个?(?:行政)?(?:村|社区)"
    rf"|[一-龥、，,]{{2,}}(?:{_SO_MANY}个(?:行政)?(?:村|社区)|两村)"
)
"""Villages parted by a sign, or counted: 东、西村, 东村等 3 个村, 东西两村."""


def check_several_villages(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D406 at the first cell of every text that names several villages."""
    for table in tables:
        if "village" not in table.columns or not table.rows:
            continue
        positions_of: dict[str, list[int]] = {}
        for position, village in enumerate(table.cells("village")):
            if village:
                positions_of.setdefault(village, []).append(position)
        for village, positions in positions_of.items():
            if _SEVERAL.fullmatch(village) and table.is_known_at(positions[0], "village"):
                yield _problem(table, village, positions)


def _problem(table: Table, village: str, positions: Sequence[int]) -> Problem:
    field = table.form.by_name["village"]
    rows = f"（{len(positions)} 行）" if len(positions) > 1 else ""
    message = f"{field.heading.text}「{village}」{rows}像是几个村写在一格里，现按一个村统计"
    return table.at_positions("D406", message, field, positions, value=village)
