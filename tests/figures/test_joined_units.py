"""Townships became one: whether two periods have returns of the same ones of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.typed_rows import frame_of
from zjf.county import Roster
from zjf.figures.joined_units import parts_told_once
from zjf.ledger import Acceptance, Ledger

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
                of_old.accept([_nothing_but_a_name(name, period)])
    roster = Roster(tuple((unit, story.aliases) for unit, story in STORIES.items()), "云水县")
    ledger = Ledger.open("sqlite:///ledger.db", folder=tmp_path, roster=roster)
    assert parts_told_once(roster, ledger, BEFORE, AFTER) == {
        unit: story.told_once for unit, story in STORIES.items() if story.told_once
    }


def _nothing_but_a_name(unit: str, period: str) -> Acceptance:
    return Acceptance(
        unit=unit,
        form=FORM,
        period=period,
        file_name=f"{unit}.xlsx",
        sha256=f"{unit} {period}",
        frame=frame_of([], FORM),
        rows_read=0,
        nil=True,
    )
