"""The provisions of a notice: its phases, cadences, papers, goals, thresholds and switches, as models."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from zjf.county import Departments, FormId
from zjf.period import Weekday
from zjf.problems import CATALOGUE, Severity
from zjf.schemas.conditions import Scale
from zjf.settings_files import Settings


def _duty(code: str) -> str:
    duties = sorted(code for code, entry in CATALOGUE.items() if entry.severity is Severity.BREACH)
    if code not in duties:
        raise ValueError(f"不是通知能够要求的事项，可用的有 {'、'.join(duties)}")
    return code


Duty = Annotated[str, AfterValidator(_duty)]
"""The code of a duty that a notice may demand: one whose neglect the catalogue calls a breach."""

KeyKind = Literal["altered", "crowded", "steel", "three-storeys", "unpermitted-extension"]
"""The tags of key houses that a notice's "three kinds" are made of."""


class Clausal(Settings):
    """Something a notice says, and the clause that says it; empty where the notice is silent."""

    clause: str = ""


class Phase(Clausal):
    """One step of the campaign. A day that the source leaves open is left out."""

    name: str
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    due: str


class Cadence(Clausal):
    """Something that recurs: a return due, a ranking, a circular, a visit.

    Only a `return` binds the reporting units; its day and hour make the calendar.
    """

    kind: Literal["return", "ranking", "assessment", "circular", "dispatch", "visit", "clues"]
    name: str
    every: Literal["week", "month", "quarter"]
    weekday: Weekday | None = None
    by: time | None = Field(default=None, alias="time")
    month_day: Annotated[int, Field(ge=1, le=31)] | None = None
    since: date | None = Field(default=None, alias="from")
    until: date | None = None


class ReportingUnits(Clausal):
    """Who reports: townships or villages, and units named beside them that are neither."""

    kind: Literal["township", "village"]
    also: tuple[str, ...] = ()


class Paper(Clausal):
    """A form, book or report that the notice asks for; `form` where the toolkit has one for it."""

    name: str
    form: FormId | None = None
    due: date | None = None


class Goal(Clausal):
    """A rate, in percent, to be reached by a day."""

    rate: Literal["closure_rate", "rectification_rate", "confirmation_rate", "issue_rectification_rate"]
    percent: int
    by: date | None = None


class Signature(Clausal):
    of: str
    by: str


class Limit(Clausal):
    value: int


class Share(Clausal):
    value: Annotated[Decimal, Field(ge=0, le=1)]


class Thresholds(Settings):
    """The figures that rules measure by. One that the notice does not give has no clause."""

    floors: Limit = Field(Limit(value=3), title="层数达到（层）")
    people: Limit = Field(Limit(value=10), title="人员密集（人）")
    sample_share: Share = Field(Share(value=Decimal("0.10")), title="抽查比例不少于")
    pass_rate: Share = Field(Share(value=Decimal("0.90")), title="抽查合格率不低于")
    verdict_days: Limit = Field(Limit(value=30), title="初判后应复核或鉴定（天）")
    appraisal_months: Limit = Field(Limit(value=1), title="新增困难户应鉴定（个月）")
    whole_defect_hours: Limit = Field(Limit(value=24), title="整体性隐患应报告（小时）")

    @property
    def scale(self) -> Scale:
        """The figures that decide which cells must be filled in."""
        return Scale(floors=self.floors.value)


class ThreeKinds(Clausal):
    """三类: commercial houses of any of these kinds."""

    any_of: Annotated[tuple[KeyKind, ...], Field(min_length=1)]


class InCharge(Clausal):
    """Which departments are in charge: of a business, or of houses with a tag, whatever their business."""

    of: Departments = {}


class Switch(Clausal):
    on: bool


class Switches(Settings):
    """Readings of a notice that a county may settle otherwise."""

    design_clause_covers_both: Switch = Field(
        Switch(on=True), title="“未经专业设计施工”既管经营性房屋也管3层及以上房屋"
    )
    severe_are_cleared: Switch = Field(
        Switch(on=False), title="存在严重安全隐患的，须人员撤离或停止使用，并封控警示"
    )
    look_again_at_grade_ab: Switch = Field(Switch(on=False), title="按鉴定为A、B级销号的，要逐栋复看")
    failed_report_counts_as_not_appraised: Switch = Field(
        Switch(on=False), title="鉴定报告抽查不合格的，重新上传前按未鉴定统计"
    )
