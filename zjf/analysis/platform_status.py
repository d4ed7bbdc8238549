"""Compares closures with the platform's list, and finds houses that may have two numbers (嘉峰 三(一)、三(二))."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zjf.analysis.recheck_lists import why_not_closed
from zjf.analysis.reconciliation import plain_address, village_of
from zjf.counting.sweep import UnitVillage
from zjf.schemas.house_facts import closed
from zjf.schemas.shared_facts import Houses

Door = tuple[str, str, str]
"""A unit, one of its villages, and an address there."""

_CLOSED = "已销号"
_NOT_CLOSED = ("未销号", "待销号", "没有销号", "不予销号", "撤销销号", "取消销号")
_GROUP = re.compile(r"(第?\d+(村民小组|小组|组|社|队|屋))")
"""A group of a village, at which an address may end without naming a door."""


@dataclass(frozen=True)
class ClosureDoubt:
    """A house that is closed in only one of platform and ledger.

    The platform's status is told as written; whether the ledger has it as closed, and if not why, in Chinese.
    """

    place: UnitVillage
    house_id: str
    platform: str
    ledger: str


@dataclass(frozen=True)
class LikelySame:
    """House numbers with the same address (疑似同一栋), each with the list that has it: 台账, 平台 or both.

    `why` tells which other cells are equal, and which are not.
    """

    place: UnitVillage
    address: str
    house_ids: tuple[tuple[str, str], ...]
    why: str


def closure_doubts(platform: pd.DataFrame, houses: Houses) -> tuple[list[ClosureDoubt], int]:
    """Finds the houses closed on the platform and not in the ledger, or the other way round.

    A blank status, or one that means neither 已销号 nor 未销号, is not compared.

    Returns:
        The doubts, and how many of the ledger's houses have a status that means 已销号 or 未销号.
    """
    status_of = {row["house_id"]: row["status"] for row in platform.to_dict("records")}
    verdicts = zip(houses.to_dict("records"), closed(houses), why_not_closed(houses), strict=True)
    doubts, with_status = [], 0
    for house, is_closed, reason in verdicts:
        status = status_of.get(house["house_id"])
        claims = claims_closure(status)
        if claims is None:
            continue
        with_status += 1
        if claims != is_closed:
            ledger_state = "已销号" if is_closed else f"没有销号（{reason}）"
            doubts.append(ClosureDoubt(village_of(house), house["house_id"], str(status), ledger_state))
    return doubts, with_status


def claims_closure(status: str | None) -> bool | None:
    """Returns whether a platform's status means closed; None where it means neither."""
    text = "".join((status or "").split())
    if any(word in text for word in _NOT_CLOSED):
        return False
    return True if _CLOSED in text or text == "销号" else None


def likely_same(platform: pd.DataFrame, houses: Houses) -> tuple[list[LikelySame], int]:
    """Finds house numbers with one address: two on the platform, two in the ledger, or one in each.

    Addresses must be equal to the last letter, because flats of one building have their own doors. An address
    that names no door (东村3组) fits many houses and is not compared.

    Returns:
        The groups of numbers, and how many houses have no address that could be compared.
    """
    ledger_rows = {row["house_id"]: row for row in houses.to_dict("records")}
    platform_rows = {row["house_id"]: row for row in platform.to_dict("records")}
    doors: dict[Door, dict[str, Mapping[Any, Any]]] = {}
    without_door = 0
    for house_id in sorted({*ledger_rows, *platform_rows}):
        rows = [row for row in (ledger_rows.get(house_id), platform_rows.get(house_id)) if row]
        row_of_door = {door: row for row in reversed(rows) if (door := _door(row, rows[0]))}
        without_door += not row_of_door
        for door, row in row_of_door.items():
            doors.setdefault(door, {})[house_id] = row
    likely = []
    for door, house_rows in sorted(doors.items()):
        if len(house_rows) > 1:
            ids = tuple(
                (house_id, _lists_with(house_id, ledger_rows, platform_rows)) for house_id in house_rows
            )
            address = str(next(iter(house_rows.values()))["address"])
            likely.append(LikelySame(door[:2], address, ids, _comparison(list(house_rows.values()))))
    return likely, without_door


def _door(row: Mapping[Any, Any], located: Mapping[Any, Any]) -> Door | None:
    """Returns unit, village and address of a row; None where the address names no door.

    Unit and village are those of the row `located`: the ledger's, if the ledger has the house.
    """
    unit, village = village_of(located)
    address = plain_address(row["address"] or "", unit, village)
    return (unit, village, address) if any(map(str.isdigit, _GROUP.sub("", address))) else None


def _lists_with(house_id: str, ledger_rows: Mapping[str, object], platform_rows: Mapping[str, object]) -> str:
    if house_id in ledger_rows and house_id in platform_rows:
        return "台账和平台"
    return "台账" if house_id in ledger_rows else "平台"


def _comparison(rows: Sequence[Mapping[Any, Any]]) -> str:
    """Returns in Chinese which cells are equal besides the address, and which are not; blanks are not compared."""
    comparisons = ["地址相同"]
    for heading, value_of in _OTHER_CELLS.items():
        values = [value for value in map(value_of, rows) if value is not None]
        if len(values) > 1:
            comparisons.append(f"{heading}{'相同' if len(set(values)) == 1 else '不同'}")
    return "，".join(comparisons)


_OTHER_CELLS: dict[str, Callable[[Mapping[Any, Any]], object]] = {
    "层数": lambda row: row.get("floors"),
    "结构": lambda row: row.get("structure"),
    "产权人": lambda row: row.get("owner_name"),
}
