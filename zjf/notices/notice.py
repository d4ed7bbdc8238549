"""What a notice asks for: its dates, cadences, papers, demands and thresholds, read from TOML.

The five notices lie in `zjf/notices/`; a county may add its own in `notices/` of its folder.
A notice may inherit another and say only what differs: tables are merged key by key, lists replaced.
"""

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field
from rapidfuzz import fuzz, process

from zjf import settings_files
from zjf.county import Departments, FormId
from zjf.errors import CannotDoError
from zjf.period import Calendar, Weekday
from zjf.problems import CATALOGUE, Severity
from zjf.settings_files import Settings

_SHELF = Path(__file__).parent


def _duty(code: str) -> str:
    duties = sorted(each for each, entry in CATALOGUE.items() if entry.severity is Severity.BREACH)
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
    failed_report_counts_as_not_appraised: Switch = Field(
        Switch(on=False), title="鉴定报告抽查不合格的，重新上传前按未鉴定统计"
    )


class Notice(Settings):
    """One notice.

    Attributes:
        id: Its name in zjf.toml (`jiaxiang-2024`).
        title: What clerks call it.
        document: Its document number; empty where it has none.
        county: The county it was issued in.
        issuer: Who issued it.
        issued: When; None where the text does not say.
        inherits: The notice that it changes.
        drops: In its file: demands of the inherited notice that no longer hold. Empty once loaded.
        demands: Rule code → clause: unmet, it is a breach; under other notices a warning.
        expects: The forms a unit's return must hold to be accepted (`missing_forms`).
        departments: Who is in charge; a county that says otherwise goes before it.
    """

    id: str
    title: str
    document: str = ""
    county: str
    issuer: str
    issued: date | None = None
    inherits: str | None = None
    drops: tuple[Duty, ...] = ()
    units: ReportingUnits
    phases: tuple[Phase, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    papers: tuple[Paper, ...] = ()
    expects: tuple[FormId, ...] = ()
    demands: dict[Duty, str] = {}
    three_kinds: ThreeKinds | None = None
    thresholds: Thresholds = Thresholds()
    switches: Switches = Switches()
    goals: tuple[Goal, ...] = ()
    signatures: tuple[Signature, ...] = ()
    departments: InCharge = InCharge()

    @classmethod
    @lru_cache(maxsize=32)
    def load(cls, notice: str, folder: Path | None = None) -> Self:
        """A notice by its id.

        Args:
            notice: The id.
            folder: The county's folder, whose `notices/` goes before the toolkit's own.

        Raises:
            CannotDoError: There is no such notice, or its file cannot be used.
        """
        return cls.model_validate(_content(notice, folder, heirs=()))

    @property
    def calendar(self) -> Calendar:
        """When the units' returns are due."""
        returns = {each.every: each for each in self.cadences if each.kind == "return"}
        weekly, monthly = returns.get("week"), returns.get("month")
        default = Calendar()
        return Calendar(
            weekday=weekly.weekday if weekly else None,
            by=(weekly and weekly.by) or default.by,
            month_day=monthly.month_day if monthly else None,
        )


def known_notices(folder: Path | None = None) -> tuple[str, ...]:
    """The ids of the notices there are: the toolkit's, and those in a county's folder."""
    return tuple(sorted({path.stem for shelf in _shelves(folder) for path in shelf.glob("*.toml")}))


def missing_forms(expected: tuple[str, ...], received: Collection[str]) -> tuple[str, ...]:
    """The forms that a unit still owes.

    Args:
        expected: What the county, or else its notice, expects; empty: a house ledger, or at
            least the attachment that can be counted from it.
        received: The forms that the unit sent.
    """
    if expected:
        return tuple(form for form in expected if form not in received)
    return () if {"house-ledger", "attachment-2"} & set(received) else ("house-ledger",)


def no_such_notice(notice: str, known: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong and how to cure it, for an id that no notice has."""
    near = process.extractOne(notice, known, scorer=fuzz.ratio, score_cutoff=50)
    advice = f"最接近的是 {near[0]}；" if near else ""
    return f"没有「{notice}」这个通知", f"{advice}可用的有 {'、'.join(known)}。"


def _shelves(folder: Path | None) -> tuple[Path, ...]:
    return (folder / "notices", _SHELF) if folder else (_SHELF,)


def _content(notice: str, folder: Path | None, heirs: tuple[Path, ...]) -> dict[str, Any]:
    """The whole content of a notice, with what it inherits filled in, checked at each step."""
    places = (shelf / f"{notice}.toml" for shelf in _shelves(folder))
    path = next((each for each in places if each.is_file() and each not in heirs), None)
    if path is None and notice in {each.stem for each in heirs}:
        raise CannotDoError(f"通知 {notice} 继承了它自己", f"请更正 {heirs[-1]} 中的 inherits。")
    if path is None:
        raise CannotDoError(*no_such_notice(notice, known_notices(folder)))
    own = settings_files.read(path) | {"id": notice}
    inherited = _content(own["inherits"], folder, (*heirs, path)) if "inherits" in own else {}
    content = _merged(inherited, own)
    drops = settings_files.check(content, Notice, path).drops
    demands = {code: clause for code, clause in content.get("demands", {}).items() if code not in drops}
    return content | {"demands": demands, "drops": ()}


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Two tables as one: what lies above wins, key by key."""
    both_tables = {
        key: _merged(below[key], value)
        for key, value in above.items()
        if isinstance(value, dict) and isinstance(below.get(key), dict)
    }
    return below | above | both_tables
