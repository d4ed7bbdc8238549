"""Houses and households of chance that live from one period to the next: judged, upgraded, downgraded, closed,
opened again, gone. Rows are plain dictionaries; no clerk would send most of them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

_JUDGEMENTS = (None, "未发现安全隐患", "存在一定安全隐患", "存在一定安全隐患", "存在严重安全隐患")
_GRADES = (None, None, "A", "B", "C", "D")
_CONTROLS = (
    None,
    (),
    ("停止使用",),
    ("停止经营",),
    ("封控警示",),
    ("观察使用",),
    ("人员撤离", "封控警示"),
    ("停止使用", "封控警示"),
)
_MEASURES = (
    None,
    (),
    ("增加围挡",),
    ("维修加固",),
    ("整体拆除",),
    ("避让搬迁",),
    ("局部拆除", "其他管理措施"),
)
_ALTERATIONS = (None, None, (), ("加层",), ("建筑外扩",), ("地下开挖", "增加隔墙"), ("其他",))
_PERMITS = ("有", "有", "有", "有", "无", "不详", None)
_BASES = (None, "复核无隐患", "鉴定为A、B级", "工程措施", "管理措施")
_STRUCTURES = ("土坯结构", "土木结构", "砖木结构", "砖混结构", "钢结构")
_CATEGORIES = (
    "建档立卡贫困户",
    "低保户",
    "分散供养特困人员",
    "优抚对象和革命五老",
    "贫困残疾人家庭",
    "其他贫困户",
)


class Fate:
    """What chance has in store: everything that it decides by a day lies on that day or before it.

    Args:
        random: Chance.
        day: The day on which the return is written.
    """

    def __init__(self, random: Random, day: date) -> None:
        self.random, self.day = random, day

    def some_day(self, share: float = 0.5, *, back: int = 300) -> date | None:
        if self.random.random() >= share:
            return None
        return self.day - timedelta(days=self.random.randrange(back))

    def one(self, *of: Any) -> Any:
        return self.random.choice(of)

    def house(self, number: int, unit: str, *, shops: bool) -> Row:
        """A new house."""
        shop = shops and self.random.random() < 0.5
        row = {
            "house_id": f"YS{number:05}",
            "township": unit,
            "village": self.one("东村", "西村"),
            "is_commercial": "是" if shop else "否",
            "business": self.one(("超市",), ("民宿",), ("诊所", "商贸")) if shop else None,
            "occupants": self.one(None, 2, 9, 10, 30),
            "floors": self.random.randint(1, 5),
            "structure": self.one(*_STRUCTURES),
            "pro_design": self.one("是", "是", "否", "不详"),
            "pro_build": self.one("是", "是", "否"),
            "geo_hazard": self.one(None, "否", "否", "是"),
            **self._permits(),
        }
        return row | self._judged() | self._examined() | self._handled() | self._ended()

    def _permits(self) -> Row:
        names = ("land_permit", "planning_permit", "construction_permit", "business_permit")
        altered = self.one(*_ALTERATIONS)
        return {
            **{name: self.one(*_PERMITS) for name in (*names, "safety_certificate")},
            "alterations": altered,
            "alteration_approved": self.one("是", "否") if altered else None,
        }

    def _judged(self) -> Row:
        judgement = self.one(*_JUDGEMENTS)
        return {"initial_judgement": judgement, "judged_on": self.some_day(1) if judgement else None}

    def _examined(self) -> Row:
        review, grade = self.one(None, None, "无隐患", "有隐患"), self.one(*_GRADES)
        return {
            "review_result": review,
            "reviewed_on": self.some_day(1) if review else None,
            "grade": grade,
            "appraised_on": self.some_day(1, back=40) if grade else None,
            "report_no": f"鉴{self.random.randrange(100_000):05}" if grade else None,
            "whole_structure_defect": self.one(None, "否", "是") if grade else None,
            "report_sent_on": self.some_day(0.7, back=40) if grade else None,
        }

    def _handled(self) -> Row:
        controls = self.one(*_CONTROLS)
        return {
            "controls": controls,
            "control_lifted_on": self.some_day(0.2, back=60) if controls else None,
            "measures": self.one(*_MEASURES),
            "due_on": self.day + timedelta(days=self.random.randrange(-40, 40))
            if self.random.random() < 0.3
            else None,
            "rectified_on": self.some_day(),
            "accepted_on": self.some_day(),
            "acceptance_result": self.one(None, "合格", "不合格"),
        }

    def _ended(self) -> Row:
        basis, again = self.one(*_BASES), self.one(None, None, "无隐患", "有隐患")
        return {
            "closure_basis": basis,
            "closed_on": self.some_day(1) if basis else None,
            "post_review_result": again,
            "post_review_on": self.some_day(1) if again else None,
            "reclosed_on": self.some_day(0.3),
        }

    def later(self, row: Row) -> Row:
        """The same house in the next return: most stay as they were."""
        if self.random.random() < 0.6:
            return dict(row)
        change = self.one(
            self._judged,
            self._examined,
            self._handled,
            self._ended,
            lambda: {
                "initial_judgement": "存在严重安全隐患",
                "judged_on": row["judged_on"] or self.some_day(1),
            },
            lambda: {"grade": self.one("C", "D"), "appraised_on": self.some_day(1, back=7)},
            lambda: {"grade": "B", "appraised_on": self.some_day(1, back=7)},
            lambda: {
                "closed_on": None,
                "closure_basis": None,
                "post_review_result": None,
                "post_review_on": None,
            },
            lambda: {"is_commercial": "否", "business": None},
            lambda: {"measures": ("维修加固",), "rectified_on": self.some_day(1, back=7)},
            lambda: {"control_lifted_on": self.some_day(1, back=7) if row["controls"] else None},
        )
        changed: Row = row | change()
        return changed

    def household(self, number: int, unit: str) -> Row:
        grade = self.one(*_GRADES)
        return {
            "household_no": f"H{number:05}",
            "township": unit,
            "village": self.one("东村", "西村"),
            "category": self.one(*_CATEGORIES),
            "structure": self.one(*_STRUCTURES),
            "listed_on": self.some_day(0.5, back=200),
            "appraised_on": self.some_day(0.5) if grade else None,
            "appraisal_grade": grade,
            "improved_on": self.some_day(),
            "has_plate": self.one(None, "是", "是", "否"),
            "visited_on": self.some_day(0.8),
            "in_dangerous_house": self.one(None, "是", "否", "否"),
            "leaks": self.one(None, "是", "否", "否"),
        }

    def household_later(self, row: Row) -> Row:
        if self.random.random() < 0.6:
            return dict(row)
        change = self.one(
            lambda: {"appraisal_grade": self.one("B", "C", "D"), "appraised_on": self.some_day(1, back=7)},
            lambda: {"improved_on": self.some_day(1, back=7)},
            lambda: {"has_plate": self.one("是", "否")},
            lambda: {"visited_on": self.some_day(1, back=20)},
        )
        changed: Row = row | change()
        return changed

    def issue(self, number: int, unit: str, houses: list[Row]) -> Row:
        """A problem that an inspection found, on one of the unit's houses, or on one that nobody knows."""
        source = self.one("线上巡检", "线上巡检", "省级检查", "群众举报")
        said = self.one(None, "是", "是", "否")
        return {
            "issue_no": f"W{number:04}",
            "township": unit,
            "village": "东村",
            "house_id": self.one(*(house["house_id"] for house in houses), "YS99999")
            if houses
            else "YS99999",
            "source": source,
            "found_on": self.some_day(1),
            "description": "墙体开裂",
            "is_confirmed": said,
            "confirmation_result": self.one(None, None, "属实", "不属实"),
            "due_on": self.some_day(),
            "rectified_on": self.some_day(),
        }

    def sweep(self, unit: str) -> Iterator[Row]:
        """The sweep of the villages of a unit."""
        for village in self.random.sample(("东村", "西村", "南村", "北村"), 3):
            checked, key, audited = (self.random.randrange(4, 60) for _ in range(3))
            hazards = self.random.randrange(key)
            yield {
                "township": unit,
                "village": village,
                "wl_checked": checked,
                "wl_wrong": self.random.randrange(checked),
                "wl_missed": self.random.randrange(9),
                "key_checked": key,
                "key_hazard": hazards,
                "key_rectified": self.random.randint(0, hazards),
                "audit_checked": audited,
                "audit_failed": self.random.randrange(audited),
            }
