"""Closures by the platform's list, and houses that may be one under two numbers (嘉峰 三(一)、三(二))."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from zjf.analysis.recheck_lists import why_not_closed
from zjf.analysis.reconciliation import plain_address, village_of
from zjf.counting.sweep import UnitVillage
from zjf.schemas.house_facts import closed

Houses = pd.DataFrame

Door = tuple[str, str, str]
"""A unit, one of its villages, and an address there."""

_CLOSED = "已销号"
_NOT_CLOSED = ("未销号", "待销号", "没有销号", "不予销号", "撤销销号", "取消销号")
_GROUP = re.compile(r"(第?\d+(村民小组|小组|组|社|队|屋))")
"""Parts of a village that an address may end in without naming a door."""


@dataclass(frozen=True)
class ClosureDoubt:
    """A house that is closed by one of platform and ledger, and not by the other.

    Args:
        place: Its unit and village, as the ledger says.
        house_id: The house.
        platform: The platform's status, as written.
        ledger: Whether it is closed by the ledger, in words; if not, why.
    """

    place: UnitVillage
    house_id: str
    platform: str
    ledger: str


@dataclass(frozen=True)
class LikelySame:
    """House numbers that stand at one address (疑似同一栋).

    Args:
        place: The unit and village.
        address: The address as one of them has it.
        house_ids: The numbers, each with where it stands: 台账, 平台 or both.
        why: Which other cells agree, and which do not.
    """

    place: UnitVillage
    address: str
    house_ids: tuple[tuple[str, str], ...]
    why: str


def closure_doubts(platform: pd.DataFrame, houses: Houses) -> tuple[list[ClosureDoubt], int]:
    """Houses closed on the platform and not in the ledger, or the other way about.

    A status that says neither 已销号 nor 未销号 says nothing, and so does a blank one.

    Args:
        platform: Rows of `platform-list`.
        houses: Rows of `house-ledger`, one period.

    Returns:
        The doubts, and how many of the ledger's houses have a status that says 已销号 or 未销号.
    """
    status_of = {row["house_id"]: row["status"] for row in platform.to_dict("records")}
    verdicts = zip(houses.to_dict("records"), closed(houses), why_not_closed(houses), strict=True)
    doubts, with_status = [], 0
    for house, is_closed, why in verdicts:
        status = status_of.get(house["house_id"])
        claims = claims_closure(status)
        if claims is None:
            continue
        with_status += 1
        if claims != is_closed:
            words = "已销号" if is_closed else f"没有销号（{why}）"
            doubts.append(ClosureDoubt(village_of(house), house["house_id"], str(status), words))
    return doubts, with_status


def claims_closure(status: str | None) -> bool | None:
    """Returns whether a platform's status means closed; None where it means neither."""
    text = "".join((status or "").split())
    if any(word in text for word in _NOT_CLOSED):
        return False
    return True if _CLOSED in text or text == "销号" else None


def likely_same(platform: pd.DataFrame, houses: Houses) -> tuple[list[LikelySame], int]:
    """Numbers at one address of one village: twice on the platform, twice in the ledger, or one in each.

    Only addresses that are the same to the last letter are taken for one: flats of one building have their
    own doors. An address that names no door (东村3组) fits many houses and is not compared.

    Args:
        platform: Rows of `platform-list`.
        houses: Rows of `house-ledger`, one period.

    Returns:
        The likely ones, and how many houses have no address that could be compared.
    """
    ours = {row["house_id"]: row for row in houses.to_dict("records")}
    theirs = {row["house_id"]: row for row in platform.to_dict("records")}
    doors: dict[Door, dict[str, Mapping[Any, Any]]] = {}
    nowhere = 0
    for house_id in sorted({*ours, *theirs}):
        rows = [row for row in (ours.get(house_id), theirs.get(house_id)) if row]
        own = {door: row for row in reversed(rows) if (door := _door(row, rows[0]))}
        nowhere += not own
        for door, row in own.items():
            doors.setdefault(door, {})[house_id] = row
    likely = []
    for door, standing in sorted(doors.items()):
        if len(standing) > 1:
            ids = tuple((house_id, _stands(house_id, ours, theirs)) for house_id in standing)
            address = str(next(iter(standing.values()))["address"])
            likely.append(LikelySame(door[:2], address, ids, _why(list(standing.values()))))
    return likely, nowhere


def _door(row: Mapping[Any, Any], place: Mapping[Any, Any]) -> Door | None:
    """Unit, village and address of a row; None where the address names no door.

    Args:
        row: The row.
        place: The row that says where the house lies: the ledger's, where it has one.
    """
    unit, village = village_of(place)
    address = plain_address(row["address"] or "", unit, village)
    return (unit, village, address) if any(map(str.isdigit, _GROUP.sub("", address))) else None


def _stands(house_id: str, ours: Mapping[str, object], theirs: Mapping[str, object]) -> str:
    if house_id in ours and house_id in theirs:
        return "台账和平台"
    return "台账" if house_id in ours else "平台"


def _why(rows: Sequence[Mapping[Any, Any]]) -> str:
    """Which cells of the houses agree beside the address, and which do not; blank cells are not compared."""
    parts = ["地址相同"]
    for heading, tell in _ALSO.items():
        values = [value for value in map(tell, rows) if value is not None]
        if len(values) > 1:
            parts.append(f"{heading}{'相同' if len(set(values)) == 1 else '不同'}")
    return "，".join(parts)


_ALSO: dict[str, Callable[[Mapping[Any, Any]], object]] = {
    "层数": lambda row: row.get("floors"),
    "结构": lambda row: row.get("structure"),
    "产权人": lambda row: row.get("owner_name"),
}
