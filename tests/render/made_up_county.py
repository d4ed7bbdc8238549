"""Figures and houses of the made-up county 云水县, large enough to fill a page."""

from datetime import date
from decimal import Decimal

import pandas as pd
from stdnum.cn import ric

from zjf.counting.tally import Figures
from zjf.documents.attachment import AttachmentLine
from zjf.render.xlsx.rollup import RollupLine
from zjf.schemas import FORMS

UNITS = (
    "城关街道",
    "望江街道",
    "青石镇",
    "柳溪镇",
    "白鹭镇",
    "双桥镇",
    "石门镇",
    "龙泉镇",
    "竹园乡",
    "枫林乡",
    "云岭乡",
    "大坪乡",
    "红岩矿区管理处",
    "云水经济开发区",
)
VILLAGES = (
    "上坪村",
    "下坪村",
    "河口社区",
    "新庄村",
    "老营村",
    "桥头社区",
    "东沟村",
    "西岭村",
    "青龙村",
    "石碾村",
    "梨树湾村",
    "柳林集社区",
)


def progress(place: int) -> dict[str, int]:
    """A consistent row of attachment-2, larger for a later unit."""
    n = place + 1
    return {
        "surveyed": 430 * n,
        "commercial": 40 * n,
        "commercial_suspected": 6 * n,
        "commercial_closed": 5 * n,
        "noncommercial": 390 * n,
        "suspected": 37 * n,
        "cleared": 7 * n,
        "direct_works": 3 * n,
        "appraised": 23 * n,
        "grade_cd": 12 * n,
        "cd_works": 10 * n,
        "closed": 29 * n + place % 3,
    }


def review(place: int) -> dict[str, int]:
    """A consistent row of attachment-1."""
    n = place + 1
    one_kind = {"closed": 9 * n, "reviewed": 8 * n, "hazard": 2 * n, "works": n}
    kinds = {
        f"{kind}_{name}": value
        for kind in ("commercial", "noncommercial")
        for name, value in one_kind.items()
    }
    return {"total": 18 * n} | kinds


def sweep(place: int) -> dict[str, int]:
    """A consistent row of the sweep table."""
    n = place + 1
    return {
        "wl_checked": 31 * n,
        "wl_wrong": n,
        "wl_missed": place % 3,
        "key_checked": 12 * n,
        "key_hazard": 4 * n,
        "key_rectified": 3 * n,
        "audit_checked": 5 * n,
        "audit_failed": place % 2,
    }


PROGRESS, REVIEW, SWEEP = FORMS["attachment-2"], FORMS["attachment-1"], FORMS["sweep-table"]
PROGRESS_LINES = [AttachmentLine((unit,), progress(place)) for place, unit in enumerate(UNITS)]
REVIEW_LINES = [AttachmentLine((unit,), review(place)) for place, unit in enumerate(UNITS)]
VILLAGE_LINES = [AttachmentLine((village,), sweep(place)) for place, village in enumerate(VILLAGES)]
SWEEP_LINES = [AttachmentLine((unit, *line.names), line.counts) for unit in UNITS for line in VILLAGE_LINES]


def houses(number: int) -> pd.DataFrame:
    """A house ledger with every kind of cell; the identity numbers have an area code nobody was given."""
    form = FORMS["house-ledger"]
    rows = []
    for place in range(number):
        row: dict[str, object] = dict.fromkeys(form.by_name)
        stem = f"990000{1950 + place % 50}0101{place % 1000:03d}"
        row |= {
            "house_id": f"YS{place:012d}",
            "township": UNITS[place % len(UNITS)],
            "village": VILLAGES[place % len(VILLAGES)],
            "address": f"{UNITS[place % len(UNITS)]}{VILLAGES[place % len(VILLAGES)]}{place + 1}号",
            "owner_name": "赵钱孙李周吴郑王"[place % 8] + "小满",
            "owner_id": stem + ric.calc_check_digit(f"{stem}0"),
            "owner_phone": f"1390000{place % 10000:04d}",
            "is_commercial": "是" if place % 5 == 0 else "否",
            "business": ("餐饮饭店", "民宿") if place % 5 == 0 else None,
            "floors": 1 + place % 5,
            "area_m2": Decimal(f"{100 + place}.5"),
            "structure": "砖混结构",
            "alterations": () if place % 2 else ("加层", "增设夹层"),
            "initial_judgement": "存在一定安全隐患",
            "judged_on": date(2024, 3, 1 + place % 28),
            "closure_basis": "管理措施" if place % 3 == 0 else None,
            "post_review_on": date(2024, 5, 6) if place % 3 == 0 else None,
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(form.by_name), dtype=object)


def unit_lines() -> list[RollupLine]:
    """The county of a usual week: two units sent attachments only, one was sent back, one is missing."""
    lines = []
    for place, unit in enumerate(UNITS):
        figures = {
            "attachment-1": Figures("attachment-1", review(place)),
            "attachment-2": Figures("attachment-2", progress(place)),
        }
        if place == 3:
            lines.append(RollupLine(unit, "退回", "", {}))
        elif place == 9:
            lines.append(RollupLine(unit, "未报", "", {}))
        elif place == 6:
            figures.pop("attachment-1")
            lines.append(RollupLine(unit, "部分接收", "附件2", figures))
        else:
            lines.append(RollupLine(unit, "已接收", "自建房台账", figures))
    return lines
