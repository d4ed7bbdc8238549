"""Townships became one: whether two periods have returns of the same ones of them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.typed_rows import frame_of
from zjf.figures.joined_units import parts_told_once
from zjf.ledger import Acceptance, Ledger
from zjf.unit_names import Roster

FORM, BEFORE, AFTER = "house-ledger", "2024-W22", "2024-W23"


class Story(NamedTuple):
    """A unit's other names, under which names it reported for two periods, and which of them only one has."""

    aliases: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    told_once: tuple[str, ...] = ()


STORIES: Mapping[str, Story] = {
    "青石镇": Story(("青石乡", "岭口乡"), ("青石乡",), ("青石镇",), ("岭口乡",)),
    "柳溪镇": Story(("上溪乡", "下溪乡"), ("上溪乡", "下溪乡"), ("柳溪镇",)),
    "城关街道": Story(("城关镇", "城关镇人民政府", "云水县城关镇"), ("城关镇",), ("城关街道",)),
    "白鹭镇": Story(("大湾乡", "小湾乡"), ("大湾乡",), ("大湾乡", "小湾乡"), ("小湾乡",)),
    "龙泉镇": Story(("龙尾乡", "泉口乡"), ("泉口乡", "龙尾乡"), ("龙尾乡",), ("泉口乡",)),
    "望江镇": Story(("望江镇政府",), ("望江镇",), ("望江镇",)),
    "石桥镇": Story(("石桥乡", "木桥乡"), (), ("石桥镇",)),
}


def test_the_former_units_of_which_only_one_period_tells_are_named(tmp_path: Path) -> None:
    of_old = Ledger.open("sqlite:///ledger.db", folder=tmp_path)
    for story in STORIES.values():
        for period, names in ((BEFORE, story.before), (AFTER, story.after)):
            for name in names:
                of_old.accept([_return(name, period)])
    roster = Roster(tuple((unit, story.aliases) for unit, story in STORIES.items()), "云水县")
    ledger = Ledger.open("sqlite:///ledger.db", folder=tmp_path, roster=roster)
    assert parts_told_once(roster, ledger, BEFORE, AFTER) == {
        unit: story.told_once for unit, story in STORIES.items() if story.told_once
    }


def test_a_merged_unit_that_kept_its_name_is_told_by_its_houses(tmp_path: Path) -> None:
    """岭口乡 became part of 青石镇 and reported itself once, in the first of five weeks; it was silent in the second."""
    of_old = Ledger.open("sqlite:///ledger.db", folder=tmp_path)
    own, others = ["YS1", "YS2"], ["YS3", "YS4"]
    for period, unit, houses in (
        ("2024-W20", "青石镇", own),
        ("2024-W20", "岭口乡", others),
        ("2024-W21", "青石镇", own),
        ("2024-W22", "青石镇", [*own, *others]),
        ("2024-W23", "青石镇", [*own, *others[:1]]),
    ):
        of_old.accept([_return(unit, period, houses)])
    roster = Roster((("青石镇", ("岭口乡", "青石镇人民政府")),), "云水县")
    ledger = Ledger.open("sqlite:///ledger.db", folder=tmp_path, roster=roster)
    weeks = [f"2024-W{number}" for number in (20, 21, 22, 23)]
    assert [parts_told_once(roster, ledger, *pair) for pair in pairwise(weeks)] == [
        {"青石镇": ("岭口乡",)},
        {"青石镇": ("岭口乡",)},
        {},
    ]
    assert parts_told_once(roster, ledger, "2024-W20", "2024-W22") == {}


def _return(unit: str, period: str, houses: Sequence[str] = ()) -> Acceptance:
    """A ledger of these houses; a nil return without any."""
    rows = [{"house_id": house, "township": unit, "village": "东村"} for house in houses]
    return Acceptance(
        unit=unit,
        form=FORM,
        period=period,
        file_name=f"{unit}.xlsx",
        sha256=f"{unit} {period}",
        frame=frame_of(rows, FORM),
        rows_read=len(rows),
        nil=not rows,
    )
