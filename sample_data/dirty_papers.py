"""Attachments and sweep tables with planted faults: identities (A), the pair (C113), blanks."""

from collections.abc import Iterator
from datetime import date

from sample_data import papers
from sample_data.batches import attachment, figures_of, heads, sweep
from sample_data.drafts import Draft
from sample_data.habits import PROGRESS, REVIEWED

_NOTHING_SUSPECTED = dict.fromkeys(
    ("suspected", "cleared", "direct_works", "appraised", "grade_cd", "cd_works", "closed"), 0
)
_WORKED = {
    "noncommercial": 150,
    "suspected": 100,
    "cleared": 20,
    "direct_works": 10,
    "appraised": 63,
    "grade_cd": 30,
    "cd_works": 24,
}
"""The figures of facts.md#formulas: here the bound on ⑦ is 87."""

_REVIEWED = {
    "total": 8,
    "commercial_closed": 3,
    "commercial_reviewed": 3,
    "commercial_hazard": 1,
    "commercial_works": 1,
    "noncommercial_closed": 5,
    "noncommercial_reviewed": 5,
    "noncommercial_hazard": 2,
    "noncommercial_works": 0,
}


def attachments() -> Iterator[Draft]:
    yield from _progress()
    yield from _reviews()
    yield from _sweeps()
    yield _roll_up()
    yield from _sent_twice()


def _progress() -> Iterator[Draft]:
    whole = figures_of("城关街道", PROGRESS)["surveyed"]
    draft = attachment("城关街道", PROGRESS, "城关街道附件2.xlsx", {"surveyed": whole + 1})
    draft.note("A301", "surveyed", 0)
    draft.spoil("A303", 0, "closure_rate", "12.34%")
    yield draft
    shops = figures_of("青石镇", PROGRESS)["commercial_suspected"]
    closed_too_many = {"commercial_closed": shops + 1}
    draft = attachment("青石镇", PROGRESS, "青石镇附件2.xls", closed_too_many, rates="fraction")
    draft.note("A302", "commercial_closed", 0)
    draft.spoil("A303", 0, "appraisal_rate", 0.5)
    yield draft
    draft = attachment("柳溪镇", PROGRESS, "柳溪镇附件2.xlsx", _NOTHING_SUSPECTED)
    draft.spoil("A304", 0, "closure_rate", "100%")
    yield draft
    shops = figures_of("白鹭镇", PROGRESS)["commercial"]
    homes = _WORKED | {"surveyed": _WORKED["noncommercial"] + shops, "closed": 90}
    draft = attachment("白鹭镇", PROGRESS, "白鹭镇附件2.ods", homes)
    draft.note("A305", "closed", 0)
    yield draft
    draft = attachment("双桥镇", PROGRESS, "双桥镇附件2.xlsx")
    draft.spoil("C113", 0, "online", date(2024, 3, 5))
    yield draft
    draft = attachment("大坪乡", PROGRESS, "大坪乡附件2.xlsx")
    draft.spoil("C101", 0, "commercial_suspected", None)
    draft.spoil("C102", 0, "surveyed", "约30")
    yield draft


def _reviews() -> Iterator[Draft]:
    draft = attachment("城关街道", REVIEWED, "城关街道附件1.xlsx", _REVIEWED | {"total": 9})
    draft.note("A301", "total", 0)
    yield draft
    draft = attachment("青石镇", REVIEWED, "青石镇附件1.xls", _REVIEWED | {"noncommercial_hazard": 6})
    draft.note("A302", "noncommercial_hazard", 0)
    yield draft


def _sweeps() -> Iterator[Draft]:
    draft = sweep("城关街道", "城关街道摸排情况表.xlsx")
    draft.put_total("key_checked", 99)
    yield draft
    draft = sweep("白鹭镇", "白鹭镇摸排情况表.ods", wl_checked=4, wl_wrong=5)
    draft.note("A302", "wl_wrong", 0)
    yield draft


def _roll_up() -> Draft:
    """The county's shape: a row for each of three units, and a wrong 合计."""
    units = ("东湖街道", "黄土岭乡", "竹溪乡")
    placed = papers.roll_up(PROGRESS, heads(units[0]), {unit: figures_of(unit, PROGRESS) for unit in units})
    draft = Draft("三个乡镇附件2汇总.xlsx", "xlsx", [placed])
    draft.put_total("noncommercial", 1)
    return draft


def _sent_twice() -> Iterator[Draft]:
    """The same bytes under two names: only the later is spoken of."""
    yield attachment("望江镇", PROGRESS, "望江镇附件2.xlsx")
    copy = attachment("望江镇", PROGRESS, "望江镇附件2（副本）.xlsx")
    copy.note_file("D404")
    yield copy
