"""The provisions of a notice: its phases, cadences, papers, goals, thresholds and switches, as models."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from zjf.counting.populations import POPULATIONS
from zjf.county import Departments, FormId
from zjf.notices.vocabulary import GROUPS, FigureName, GroupName, PopulationName, StepName, check_step
from zjf.period import Weekday
from zjf.schemas.conditions import TALL_FROM
from zjf.schemas.vocabulary import Business
from zjf.settings_files import Settings

Every = Literal["week", "month", "quarter"]

KeyKind = Literal["altered", "crowded", "steel", "three-storeys", "unpermitted-extension"]
"""The tags of key houses that a notice may name among its "three kinds"."""


class Clausal(Settings):
    """A provision with its clause; the clause is empty where the toolkit's default holds."""

    clause: str = ""


class Stretch(Clausal):
    """A provision that holds for a time, from its first day to its last; a day that the notice leaves open is left out."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"from（{self.since}）晚于 until（{self.until}），请把先后改对")
        return self


class PhaseStep(Settings):
    """A step that must be done for each house or household of a population by the end of a phase.

    Attributes:
        name: Its Chinese name; the phase's name unless given.
        population: The population that needs it.
        among: The group of the population that needs it; all of it unless given.
        judged_before: Only houses first judged before this day need it.
        step: The step to be done for each of them; `reported`: the unit must have sent the paper named.
        must: Whether the notice writes 必须 or 严禁: then a missed step is a breach.
    """

    name: str = ""
    population: PopulationName
    among: GroupName | None = None
    judged_before: date | None = None
    step: StepName
    must: bool = False

    @property
    def whom(self) -> str:
        """The houses or households that need it, in Chinese (经营性自建房中鉴定为C、D级的)."""
        group = GROUPS[self.among] if self.among else ""
        judged_text = f"{self.judged_before} 前初判的" if self.judged_before else ""
        restriction = f"中{judged_text}{group}" if judged_text or group else ""
        return f"{POPULATIONS[self.population].label}{restriction}"

    @model_validator(mode="after")
    def _has_that_step(self) -> Self:
        check_step(self.population, self.step)
        return self


class Phase(Stretch):
    """One stage of the campaign.

    With a population and a step, it is checked house by house (or household) from the day after `until` on.

    Attributes:
        name: Its Chinese name.
        due: The work to be done, in Chinese.
        population, among, judged_before, step, must: The step that is checked, as in `PhaseStep`.
        also: Further steps that are due by that day.
    """

    name: str
    due: str
    population: PopulationName | None = None
    among: GroupName | None = None
    judged_before: date | None = None
    step: StepName | None = None
    must: bool = False
    also: tuple[PhaseStep, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.population is None) != (self.step is None):
            raise ValueError("population（对谁）和 step（做什么）要一起写")
        if self.step is None and (self.among or self.judged_before or self.must):
            raise ValueError("among、judged_before、must 只能写在有 step 的阶段里")
        if self.population and self.step:
            check_step(self.population, self.step)
        if self.asked and self.until is None:
            raise ValueError("有 step 的阶段要写 until（到哪一天）")
        return self

    @property
    def asked(self) -> tuple[PhaseStep, ...]:
        """Every step due by its last day: of houses, households or units."""
        if self.population is None or self.step is None:
            return self.also
        own_step = PhaseStep(
            population=self.population,
            among=self.among,
            judged_before=self.judged_before,
            step=self.step,
            must=self.must,
        )
        return (own_step, *self.also)


class Cadence(Stretch):
    """Something that recurs: a return due, a ranking, a circular, a visit.

    Only a `return` binds the reporting units; its day and hour make the calendar.
    """

    kind: Literal["return", "ranking", "assessment", "circular", "dispatch", "visit", "clues"]
    name: str
    every: Every
    weekday: Weekday | None = None
    by: time | None = Field(default=None, alias="time")
    month_day: Annotated[int, Field(ge=1, le=31)] | None = None


class ReportingUnits(Clausal):
    """The reporting units: townships or villages, and named units that are neither."""

    kind: Literal["township", "village"]
    also: tuple[str, ...] = ()


class RequiredPaper(Clausal):
    """A form, book or report that the notice asks for; `form` where the toolkit has one for it.

    Attributes:
        name: Its Chinese name.
        form: The form in which a unit sends it.
        due: The day by which it is due, if it is due once.
        by: The hour on that day; the end of the day unless given.
        period: The kind of period that it reports on, if it recurs; the calendar then gives the day.
    """

    name: str
    form: FormId | None = None
    due: date | None = None
    by: time | None = Field(default=None, alias="time")
    period: Every | None = None

    @model_validator(mode="after")
    def _is_due_once_or_again(self) -> Self:
        if self.due and self.period:
            raise ValueError("due（只报一次）和 period（按期报）只能写一个")
        if self.by and not self.due:
            raise ValueError("time 要和 due 一起写；按期报的，钟点写在 cadences 里")
        return self


class RequiredPackage(Clausal):
    """The papers that each unit, and the county, hands in together by a day: a report with its tables.

    Attributes:
        name: Its Chinese name.
        report: The kind of report (`zjf paper`).
        forms: The tables, in the order in which they are bound.
        due: The day by which it is due.
    """

    name: str
    report: str
    forms: Annotated[tuple[FormId, ...], Field(min_length=1)]
    due: date


class Goal(Clausal):
    """A figure, in percent, to be reached by a day."""

    figure: FigureName
    target: Annotated[int, Field(ge=1, le=100)]
    until: date | None = None


class RequiredSignature(Clausal):
    of: str
    by: str


class Limit(Clausal):
    value: int


class Share(Clausal):
    value: Annotated[Decimal, Field(ge=0, le=1)]


class Thresholds(Settings):
    """The thresholds of the rules. A threshold that the notice does not set has no clause."""

    floors: Limit = Field(Limit(value=TALL_FROM), title="层数达到（层）")
    people: Limit = Field(Limit(value=10), title="人员密集（人）")
    sample_share: Share = Field(Share(value=Decimal("0.10")), title="抽查比例不少于")
    pass_rate: Share = Field(Share(value=Decimal("0.90")), title="抽查合格率不低于")
    verdict_days: Limit | None = Field(None, title="初判后应复核或鉴定（天）")
    appraisal_months: Limit = Field(Limit(value=1), title="新增困难户应鉴定（个月）")
    whole_defect_hours: Limit = Field(Limit(value=24), title="整体性隐患应报告（小时）")


class ThreeKinds(Clausal):
    """三类: commercial houses of any of these kinds."""

    any_of: Annotated[tuple[KeyKind, ...], Field(min_length=1)]


class InCharge(Clausal):
    """The departments in charge: of a business, or of all houses with a tag."""

    of: Departments = {}


class Switch(Clausal):
    on: bool


class Switches(Settings):
    """How a notice's ambiguous sentences are read; a county may decide otherwise."""

    design_clause_covers_both: Switch = Field(
        Switch(on=True), title="“未经专业设计施工”既管经营性房屋也管3层及以上房屋"
    )
    severe_are_cleared: Switch = Field(
        Switch(on=False), title="存在严重安全隐患的，须人员撤离或停止使用，并封控警示"
    )
    look_again_at_grade_ab: Switch = Field(Switch(on=False), title="按鉴定为A、B级销号的，要逐栋复看")


class CrowdedBusinesses(Clausal):
    """人员密集场所: the businesses that gather people, however many use the house."""

    of: Annotated[tuple[Business, ...], Field(min_length=1)]


USUAL_CROWDED = CrowdedBusinesses(
    clause="融安 二(二)2(2)",
    of=(
        Business.HOTEL,
        Business.CATERING,
        Business.HOMESTAY,
        Business.FARM_STAY,
        Business.TRAINING,
        Business.SCHOOL,
        Business.ELDERLY_CARE,
        Business.CHILD_WELFARE,
        Business.CINEMA,
        Business.BAR,
        Business.INTERNET_CAFE,
        Business.BATHHOUSE,
        Business.CHESS_ROOM,
        Business.ENTERTAINMENT,
        Business.CLINIC,
        Business.MEDICAL,
        Business.SPORTS,
        Business.RELIGIOUS,
    ),
)
"""The crowded businesses of every notice that names none of its own."""
