"""The life of one house: judged, reviewed or appraised, rectified, accepted, closed.

A life is told to its end, also beyond the last period; a return shows as much of it as had happened
by its closing day. That is why the weeks agree with each other and no cell ever goes back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

Cells = dict[str, Any]
"""The cells of a house by field name, typed as in the schema; a cell that is blank is absent."""

SEVERE, SOME, NONE = "存在严重安全隐患", "存在一定安全隐患", "未发现安全隐患"
CLEAR, HAZARD = "无隐患", "有隐患"
COSMETIC = ("增加立柱", "增加围挡", "刷墙勾缝", "其他管理措施")

_TECHNICIANS = ("程立群", "顾怀远", "阮青山", "丁一鸣", "卓文斌")
_OFFICIALS = ("贺建平", "石永昌", "田春雷", "洪学军", "白玉芳")
_APPRAISERS = ("云水县安居房屋安全鉴定所", "江岳建筑检测鉴定有限公司", "衡正工程质量检测有限公司")
_WORKS = {
    None: ("维修加固", "局部拆除", "避让搬迁"),
    "A": (),
    "B": (),
    "C": ("维修加固", "维修加固", "局部拆除"),
    "D": ("拆除重建", "整体拆除", "维修加固", "避让搬迁"),
}
_LOOKED_AT_AGAIN = (date(2024, 3, 18), date(2024, 4, 30))
"""When technicians looked again at what had been closed by management measures (嘉祥 四(一))."""


@dataclass(frozen=True)
class Event:
    """What became true of a house on a day: the cells it fills, or fills anew."""

    day: date
    cells: Cells


@dataclass(frozen=True)
class Life:
    """A house as first surveyed, and all that happened to it, in order."""

    listed_on: date
    surveyed: Cells
    events: tuple[Event, ...]

    def on(self, day: date) -> Cells | None:
        """The house as it stood at the end of a day; None before it was surveyed."""
        if self.listed_on > day:
            return None
        cells = dict(self.surveyed)
        for event in self.events:
            if event.day <= day:
                cells |= event.cells
        return cells


class Story:
    """Tells one life step by step, on a clock that only goes forward.

    Args:
        rng: The source of chance.
        house: The house as first surveyed.
        judged_on: The day of the first judgement.
        pace: How long works take here, against the county's usual.
    """

    def __init__(self, rng: Random, house: Cells, judged_on: date, pace: float) -> None:
        self._rng = rng
        self._house = house
        self._pace = pace
        self._day = _workday(judged_on)
        self._controls: tuple[str, ...] = ()
        self._below_a_slope: tuple[str, ...] = ()
        self._measures: tuple[str, ...] = ()
        self._grade: str | None = None
        self._events: list[Event] = []

    @property
    def commercial(self) -> bool:
        return bool(self._house["is_commercial"] == "是")

    def life(self, listed_on: date) -> Life:
        # Below a slope nobody waits for the judgement.
        house = self._house | ({"controls": self._below_a_slope} if self._below_a_slope else {})
        return Life(listed_on, house, tuple(sorted(self._events, key=lambda event: event.day)))

    def wait(self, least: int, most: int, pace: float = 1.0) -> None:
        self._day = _workday(self._day + timedelta(days=round(self._rng.randint(least, most) * pace)))

    def wait_until(self, first: date, last: date) -> None:
        self._day = _workday(first + timedelta(days=self._rng.randrange((last - first).days)))

    def judge(self, judgement: str) -> None:
        self._happens(initial_judgement=judgement, judged_on=self._day)
        if self._house.get("geo_hazard") == "是":
            self._below_a_slope = ("停止经营" if self.commercial else "人员撤离",)
        if self.commercial and self._house.get("alteration_approved") == "否":
            self.restrain("停止经营")
        if judgement == SEVERE:
            self.restrain(
                "停止经营" if self.commercial else "停止使用", self._rng.choice(("封控警示", "人员撤离"))
            )

    def review(self, result: str, **cells: Any) -> None:
        self._happens(
            review_result=result, reviewed_on=self._day, reviewer=self._rng.choice(_TECHNICIANS), **cells
        )

    def appraise(self, grade: str) -> None:
        self._grade = grade
        self._happens(
            appraised_on=self._day,
            appraiser=self._rng.choice(_APPRAISERS),
            appraisal_standard="GB50292" if self._rng.random() < 0.2 else "JGJ125",
            grade=grade,
            report_no=f"鉴{self._day:%Y}-{self._house['house_id'][2:]}",
        )
        if grade == "C":
            self.restrain(
                "停止经营" if self.commercial else self._rng.choice(("观察使用", "限制用途", "暂停使用"))
            )
        elif grade == "D":
            self.restrain("停止经营" if self.commercial else "停止使用", "人员撤离")

    def restrain(self, *controls: str) -> None:
        self._controls = tuple(dict.fromkeys((*self._controls, *controls)))
        self._happens(controls=tuple(dict.fromkeys((*self._below_a_slope, *self._controls))))

    def manage(self) -> None:
        """Paints and props: closes the house for the time being."""
        self._measures = (self._rng.choice(COSMETIC),)
        self._happens(measures=self._measures)

    def rectify(self, measure: str | None = None) -> None:
        """Engineering works: planned now, finished by their deadline, then accepted."""
        measure = measure or self._rng.choice(_WORKS[self._grade])
        self._measures = (*self._measures, measure)
        planned = self._day
        self.wait(15, 110, self._pace)
        if self._grade or self._rng.random() < 0.5:
            due = {"due_on": _end_of_month(self._day), "responsible": self._rng.choice(_OFFICIALS)}
            self._events.append(Event(planned, due))
        self._happens(rectified_on=self._day, measures=self._measures)
        self.wait(2, 16)
        self._happens(accepted_on=self._day)

    def close(self, basis: str) -> None:
        self.wait(0, 12)
        self._happens(closed_on=self._day, closure_basis=basis)

    def look_again(self, result: str) -> None:
        """A technician's review of a closure (销号后复核)."""
        self.wait_until(*_LOOKED_AT_AGAIN)
        self._happens(
            post_review_on=self._day,
            post_review_result=result,
            post_reviewer=self._rng.choice(_TECHNICIANS),
        )

    def close_again(self) -> None:
        self.wait(0, 8)
        self._happens(reclosed_on=self._day)

    def lift_controls(self) -> None:
        """Only after the hazard is gone; a business without its permits stays shut (云阳 附2三(三)), and one
        that was altered without leave, too (融安 二(四)3).
        """
        lacks_a_permit = "无" in (self._house.get("construction_permit"), self._house.get("business_permit"))
        if self._controls and not lacks_a_permit and self._rng.random() < 0.7:
            self.wait(0, 10)
            if not (self.commercial and self._house.get("alteration_approved") == "否"):
                self._happens(control_lifted_on=self._day)

    def remark(self, text: str) -> None:
        self._happens(remarks=text)

    def _happens(self, **cells: Any) -> None:
        self._events.append(Event(self._day, cells))


def no_hazard(story: Story, rng: Random) -> None:
    """Judged sound, and that was that."""


def cleared_on_review(story: Story, rng: Random) -> None:
    story.wait(2, 12)
    story.review(CLEAR)
    story.close("复核无隐患")
    story.lift_controls()


def appraised_sound(story: Story, rng: Random) -> None:
    story.wait(2, 12)
    if rng.random() < 0.5:
        story.review(HAZARD)
        story.wait(10, 60)
    story.appraise(rng.choice("ABB"))
    story.close("鉴定为A、B级")
    story.lift_controls()


def appraised_dangerous(story: Story, rng: Random) -> None:
    story.wait(2, 12)
    if rng.random() < 0.6:
        story.review(HAZARD)
        story.wait(10, 75)
    story.appraise(rng.choice("CCD"))
    _works(story)


def worked_on_directly(story: Story, rng: Random) -> None:
    story.wait(2, 12)
    story.review(HAZARD)
    _works(story)


def demolished_at_once(story: Story, rng: Random) -> None:
    """Torn down after the review, before any appraisal."""
    story.wait(2, 12)
    story.review(HAZARD)
    story.rectify("整体拆除")
    story.remark("已拆除，场地已清理")
    story.close("工程措施")


def managed_and_found_sound(story: Story, rng: Random) -> None:
    _managed(story)
    story.look_again(CLEAR)
    story.lift_controls()


def managed_and_found_wanting(story: Story, rng: Random) -> None:
    """Closed by paint, found hazardous again, then really put right."""
    _managed(story)
    story.look_again(HAZARD)
    if rng.random() < 0.6:
        story.wait(5, 30)
        story.appraise(rng.choice("CCD"))
    story.rectify()
    story.close_again()
    story.lift_controls()


def judged_too_mildly(story: Story, rng: Random) -> None:
    """Judged sound at first; a technician found otherwise and the judgement was raised."""
    story.wait(60, 300)
    story.review(HAZARD, initial_judgement=SOME)
    story.wait(5, 30)
    story.appraise(rng.choice("CCD"))
    _works(story)


def _works(story: Story) -> None:
    story.rectify()
    story.close("工程措施")
    story.lift_controls()


def _managed(story: Story) -> None:
    story.wait(2, 12)
    story.review(HAZARD)
    story.wait(5, 30)
    story.manage()
    story.close("管理措施")


Plot = Callable[[Story, Random], None]

PLOTS: dict[Plot, int] = {
    cleared_on_review: 30,
    appraised_sound: 20,
    appraised_dangerous: 28,
    worked_on_directly: 8,
    demolished_at_once: 4,
    managed_and_found_sound: 5,
    managed_and_found_wanting: 5,
}
"""How suspected houses fare, in parts of a hundred."""


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
