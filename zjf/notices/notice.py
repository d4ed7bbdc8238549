"""A notice: its demands, whom they bind, their days, and their clauses.

The five notices are in `zjf/notices/`; a county may add its own in `notices/` of its folder.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from zjf.counting.populations import POPULATIONS, Population, Scope
from zjf.county import County, FormId
from zjf.notices.loading import content_of
from zjf.notices.provisions import (
    USUAL_CROWDED,
    Cadence,
    CrowdedBusinesses,
    Every,
    Goal,
    InCharge,
    Phase,
    ReportingUnits,
    RequiredPackage,
    RequiredPaper,
    RequiredSignature,
    Switches,
    ThreeKinds,
    Thresholds,
)
from zjf.notices.vocabulary import Duty
from zjf.period import Calendar
from zjf.schemas.form_ids import HOUSES, PROGRESS
from zjf.settings_files import Settings


class Notice(Settings):
    """One notice.

    Attributes:
        id: Its name in zjf.toml (`jiaxiang-2024`).
        title: Its Chinese title.
        document: Its document number; empty if it has none.
        county: The county in which it was issued.
        issuer: The authority that issued it.
        issued: The day of issue; None where the text does not give it.
        office: The county's office that leads the work, without the county's name (`office_of`).
        scope: The population that its figures and rankings count: commercial houses, all houses, or
            households in hardship.
        scope_clause: The clause that sets the scope.
        confirmation: What 问题确认率 counts: problems confirmed to exist, or all that were answered either way.
        inherits: The notice that it changes.
        drops: In its file: demands of the inherited notice that no longer hold. Empty once loaded.
        demands: Rule code: the clause. Unmet, such a rule is a breach; under other notices it is a warning.
        expects: The forms that a unit's return must hold to be accepted (`missing_forms`).
        crowded_businesses: The businesses that gather people; the usual ones unless the notice names its own.
        departments: The departments in charge; a county's settings go before them.
    """

    id: str
    title: str
    document: str = ""
    county: str
    issuer: str
    issued: date | None = None
    office: str = "自建房安全专项整治工作领导小组办公室"
    scope: Scope = "all"
    scope_clause: str = ""
    confirmation: Literal["confirmed", "answered"] = "confirmed"
    inherits: str | None = None
    drops: tuple[Duty, ...] = ()
    units: ReportingUnits
    phases: tuple[Phase, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    papers: tuple[RequiredPaper, ...] = ()
    package: RequiredPackage | None = None
    expects: tuple[FormId, ...] = ()
    demands: dict[Duty, str] = {}
    three_kinds: ThreeKinds | None = None
    crowded_businesses: CrowdedBusinesses = USUAL_CROWDED
    thresholds: Thresholds = Thresholds()
    switches: Switches = Switches()
    goals: tuple[Goal, ...] = ()
    signatures: tuple[RequiredSignature, ...] = ()
    departments: InCharge = InCharge()

    @classmethod
    @lru_cache(maxsize=32)
    def load(cls, notice: str, folder: Path | None = None) -> Self:
        """Returns a notice by its id.

        Raises:
            CannotDoError: There is no such notice, or its file cannot be used.
        """
        return cls.model_validate(content_of(notice, folder, cls))

    @classmethod
    def in_force(cls, home: County) -> Self:
        """Returns the notice by which a county works.

        Raises:
            CannotDoError: As `load`.
        """
        return cls.load(home.notice, home.folder)

    @property
    def population(self) -> Population:
        """The population that its figures and rankings count."""
        return POPULATIONS[self.scope]

    @property
    def counts_households(self) -> bool:
        """Whether its figures count households in hardship, and not houses."""
        return self.scope == "households"

    @property
    def work(self) -> str:
        """The name of the work, as papers have it."""
        return "困难群众住房安全专项整治" if self.counts_households else "自建房安全专项整治"

    def office_of(self, home: County) -> str:
        """Returns the office that signs a county's papers: the one of its settings, else the notice's."""
        return home.about.office or f"{home.name}{self.office}"

    @property
    def stock_before(self) -> date | None:
        """The day before which a hazard found belongs to the old stock (静态), and not to what came since (动态).

        It is the one that the notice gives; else the day on which its work begins.
        """
        given = (step.judged_before for phase in self.phases for step in phase.asked if step.judged_before)
        begins = (day for day in (self.issued, *(phase.since for phase in self.phases)) if day)
        return min(given, default=None) or min(begins, default=None)

    @property
    def judging_day(self) -> date | None:
        """The day by which commercial houses are to be judged; None where the notice gives none."""
        days = (
            phase.until
            for phase in self.phases
            for step in phase.asked
            if step.step == "judged" and step.population == "commercial" and phase.until
        )
        return min(days, default=None)

    @property
    def visits_since(self) -> date | None:
        """The day from which recurring visits are due; None where the notice has no such visits."""
        visits = [cadence for cadence in self.cadences if cadence.kind == "visit"]
        return (visits[0].since or self.issued) if visits else None

    @property
    def rhythms(self) -> Mapping[Every, Cadence]:
        """Kind of period: the cadence in which units report for it."""
        return {cadence.every: cadence for cadence in self.cadences if cadence.kind == "return"}

    @property
    def calendar(self) -> Calendar:
        """When the units' returns are due."""
        weekly, monthly = self.rhythms.get("week"), self.rhythms.get("month")
        default = Calendar()
        return Calendar(
            weekday=weekly.weekday if weekly else None,
            by=(weekly and weekly.by) or default.by,
            month_day=monthly.month_day if monthly else None,
        )


def missing_forms(expected: tuple[str, ...], received: Collection[str]) -> tuple[str, ...]:
    """Returns the forms that a unit still has to send.

    Args:
        expected: The forms that the county, or else its notice, expects. Empty: a house ledger, or at least
            the attachment that can be counted from it.
        received: The forms that the unit sent.
    """
    if expected:
        return tuple(form for form in expected if form not in received)
    return () if {HOUSES, PROGRESS} & set(received) else (HOUSES,)
