"""Every reporting unit's own way of sending its returns."""

from dataclasses import dataclass, field

from sample_data.wording import Wording

LEDGER, REVIEWED, PROGRESS, SWEEP = "house-ledger", "attachment-1", "attachment-2", "sweep-table"


@dataclass(frozen=True)
class Bundle:
    """A file that a unit sends.

    Args:
        name: Its name; `{unit}` and `{week}` are filled in.
        extension: What `files.as_bytes` takes.
        forms: The forms in it, a sheet or more each.
    """

    name: str
    extension: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Habit:
    """How a unit lays out its house ledger.

    Args:
        files: What it sends.
        wording: How it words its cells.
        corner: Empty rows above and empty columns left of everything.
        title: The line above the table; empty for none.
        notes: Where 填报单位 and the others stand: one cell, several cells, pairs of cells, or nowhere.
        numbered: Whether a 序号 column leads.
        aliases: Which alias serves as a heading; None for the official one.
        grouped: Whether the header has a row of groups above it.
        broken: Whether long headings are broken into two lines.
        omitted: The optional columns it leaves out.
        first: The columns that it moves to the front.
        merged: The columns whose equal cells it merges down.
        subtotals: Whether a 小计 row ends each village.
        total: What the last row is called; empty for none.
        gaps: Whether a blank row ends each village.
        footers: The lines below the table.
        parts: Over how many sheets the villages are spread.
        sheet: The name of the ledger's sheet.
        others: The other sheets of the workbook: empty, instructions, hidden.
    """

    files: tuple[Bundle, ...]
    wording: Wording = field(default_factory=Wording)
    corner: tuple[int, int] = (0, 0)
    title: str = ""
    notes: str = ""
    numbered: bool = False
    aliases: int | None = None
    grouped: bool = False
    broken: bool = False
    omitted: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    subtotals: bool = False
    total: str = ""
    gaps: bool = False
    footers: tuple[str, ...] = ()
    parts: int = 1
    sheet: str = "台账"
    others: tuple[str, ...] = ()


_UNIT = frozenset({"township"})
_PERMITS = frozenset({"land_permit", "planning_permit", "construction_permit", "safety_certificate"})
_SELDOM = frozenset({"group", "user_name", "planning_permit", "safety_certificate"})
_SIGNED = "主要负责同志签字：　　　　　　　　单位（盖章）："


def _one(name: str, extension: str, *forms: str) -> tuple[Bundle, ...]:
    return (Bundle(name, extension, forms),)


HABITS: dict[str, Habit] = {
    "城关街道": Habit(
        files=_one("{unit}", "xlsx", LEDGER, REVIEWED, PROGRESS),
        title="{unit}自建房台账",
        notes="cells",
        grouped=True,
        omitted=_SELDOM | _UNIT,
        merged=("village",),
        total="合计",
        parts=3,
        sheet="第{part}片区",
    ),
    "青石镇": Habit(
        files=_one("{unit}自建房台账（第{week}周）", "xlsx", LEDGER),
        wording=Wording(dates="dots", short=True),
        title="自建房台账",
        numbered=True,
        aliases=0,
        omitted=_SELDOM | _PERMITS,
        subtotals=True,
        total="合计",
    ),
    "柳溪镇": Habit(
        files=(
            Bundle("{unit}台账", "xlsx", (LEDGER,)),
            Bundle("{unit}附件2", "xlsx", (PROGRESS,)),
        ),
        wording=Wording(dates="chinese", joiner="，"),
        corner=(2, 1),
        title="{unit}自建房台账",
        omitted=_SELDOM | {"owner_phone", "geo_hazard"},
        first=("village", "address", "house_id", "initial_judgement", "judged_on"),
        footers=("审核人：章文远　　　填表人：沈小禾", "备注：1.本表每周更新一次。2.一栋一行，不得合并。"),
        others=("empty", "empty"),
    ),
    "白鹭镇": Habit(
        files=_one("{unit}{week}周报", "xlsx", LEDGER, SWEEP),
        wording=Wording(dates="iso", ticks=True, short=True),
        notes="one cell",
        title="自建房台账",
        numbered=True,
        broken=True,
        omitted=_SELDOM | _UNIT,
        others=("instructions", "hidden"),
    ),
    "双桥镇": Habit(
        files=(
            Bundle("{unit}自建房台账", "xlsx", (LEDGER,)),
            Bundle("{unit}附件1", "xlsx", (REVIEWED,)),
            Bundle("{unit}附件2", "xls", (PROGRESS,)),
        ),
        merged=("township", "village"),
        numbered=True,
        omitted=_SELDOM,
        gaps=True,
    ),
    "枫林镇": Habit(
        files=_one("{unit}", "xlsx", LEDGER),
        wording=Wording(dates="slashes", joiner="\n", blank="/"),
    ),
    "大坪乡": Habit(
        files=_one("{unit}（第{week}周）", "xlsx", LEDGER),
        wording=Wording(dates="compact", units=True, full_width=True),
        title="{unit}自建房台账",
        notes="one cell",
        omitted=_SELDOM | _PERMITS | _UNIT,
        footers=(_SIGNED,),
    ),
    "龙潭镇": Habit(
        files=_one("{unit}报表", "xlsx", LEDGER, REVIEWED, PROGRESS, SWEEP),
        wording=Wording(dates="serial", asu=True),
        corner=(1, 2),
        title="自建房台账",
        notes="pairs",
        numbered=True,
        aliases=1,
        omitted=_SELDOM | {"area_m2"},
        total="合 计",
    ),
    "东湖街道": Habit(
        files=(
            Bundle("{unit}自建房台账", "xlsx", (LEDGER,)),
            Bundle("{unit}摸排情况表", "ods", (SWEEP,)),
        ),
        wording=Wording(short=True, joiner="；"),
        title="{unit}自建房台账",
        notes="cells",
        grouped=True,
        broken=True,
        omitted=_SELDOM | _PERMITS,
        merged=("township", "village"),
        gaps=True,
        total="总计",
        footers=(_SIGNED,),
    ),
    "黄土岭乡": Habit(
        files=_one("{unit}", "ods", LEDGER, PROGRESS),
        title="{unit}自建房台账",
        notes="one cell",
        omitted=_SELDOM | _UNIT,
        merged=("village",),
        others=("empty",),
    ),
    "竹溪乡": Habit(
        files=_one("{unit}", "gb.csv", LEDGER),
        wording=Wording(dates="slashes", units=True, blank="—"),
        omitted=_SELDOM | _PERMITS,
    ),
    "马家坳乡": Habit(
        files=_one("{unit}台账", "csv", LEDGER),
        wording=Wording(dates="iso", ticks=True),
        title="{unit}自建房台账",
        notes="cells",
        numbered=True,
        omitted=_SELDOM | _UNIT | _PERMITS,
        total="合计",
        footers=("审核人：欧阳敬",),
    ),
    "望江镇": Habit(
        files=_one("{unit}", "xls", LEDGER, REVIEWED, PROGRESS),
        wording=Wording(joiner="、"),
        title="{unit}自建房台账",
        notes="one cell",
        aliases=0,
        omitted=_SELDOM | _UNIT | _PERMITS,
        merged=("village",),
        subtotals=True,
    ),
    "石岭矿区管理处": Habit(files=_one("{unit}", "et", PROGRESS, SWEEP)),
}
