"""城乡自建房安全专项整治信息归集表: all that the ledger says of a house, in parts, to be checked and signed (融安 附件2)."""

from collections.abc import Iterator, Sequence

from zjf.documents.papers.blocks import Block, Entry, Grid, Head, Signatures
from zjf.documents.papers.case import HouseCase
from zjf.documents.papers.paper import declare_paper
from zjf.documents.sections import BLANK_DAY
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.house_facts import surveyed

_PARTS = {
    "house_id": "一、房屋、建设和经营",
    "initial_judgement": "二、排查、复核和鉴定",
    "controls": "三、管控、整治和销号",
    "department": "四、告知、移送、方案和验收",
}
"""A part's first column: its heading. It goes on to the first column of the next."""
_WIDE = ("address", "remarks")
"""The columns that take a whole line. The sheet is one page: it goes on file, house by house."""


def _compose(case: HouseCase) -> Sequence[Block]:
    return (
        *_parts(case),
        Signatures(("填表人签字：", "审核人签字：", f"填表日期：{BLANK_DAY}", "填报单位（盖章）：")),
    )


def _parts(case: HouseCase) -> Iterator[Block]:
    parts: dict[str, list[Entry]] = {}
    heading = ""
    for field in FORMS[HOUSES].fields:
        heading = _PARTS.get(field.name, heading)
        entry = case.entry(field.name, wide=field.name in _WIDE)
        # Columns that returns may lack would be an empty page on most sheets.
        if entry.value or not field.on_demand:
            parts.setdefault(heading, []).append(entry)
    for heading, entries in parts.items():
        yield Head(heading)
        yield Grid(tuple(entries))


declare_paper(
    id="information-sheet",
    title="城乡自建房安全专项整治信息归集表",
    names=("信息归集表", "归集表"),
    clause="融安 二(一)2、二(二)3(3)、附件2",
    reader="乡镇（街道）存档",
    compose=_compose,
    meant_for=surveyed,
    need="台账中的自建房",
)
