"""What a paper prints about: a household (云霄), or a house with its classification and its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from zjf.documents.ledger_table import text_of
from zjf.documents.papers.blocks import Entry, Photo
from zjf.period import day_in_words
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES

_NO_NAME = frozenset({"不详", "不明", "未知", "不清楚", "待查", "待核实", "无", "无人", "空置"})
"""Words that clerks write in place of an owner's name that they do not know."""


@dataclass(frozen=True)
class HistoryEntry:
    """One cell of the house's history.

    Args:
        period: The period whose return changed it.
        before: The cell's text before the change; empty where it was blank.
        now: Its text after the change.
        source: The file, sheet and cell that it was read from, as far as they are recorded.
    """

    period: str
    heading: str
    before: str
    now: str
    source: str


@dataclass(frozen=True)
class RecordEntry:
    """Something on record about the house: a paper, a signature, a problem.

    Args:
        kind: Its kind, in Chinese.
        detail: Its number, the signatory, or the unmet duty.
    """

    day: str
    kind: str
    detail: str


@dataclass(frozen=True)
class RowCase:
    """A row of a ledger, and the office that makes papers about it.

    Args:
        row: The typed row, blanks as None.
        period: The period of the ledger, in Chinese.
        day: The day on which the period closes.
    """

    form: ClassVar[str]
    row: Mapping[str, Any]
    unit: str
    county: str
    office: str
    period: str
    day: date
    number: str = ""

    def text(self, name: str) -> str:
        """Returns the text of one of its cells; empty for a blank."""
        value = self.row.get(name)
        return day_in_words(value) if isinstance(value, date) else text_of(value)

    def says(self, name: str, *codes: str) -> bool:
        """Returns whether a cell holds one of the codes."""
        value = self.row.get(name)
        return bool(set(value) & set(codes)) if isinstance(value, tuple) else value in codes

    def entry(self, name: str, label: str = "", *, wide: bool = False) -> Entry:
        """Returns a column as a labelled cell of a grid."""
        heading = FORMS[self.form].by_name[name].heading
        value = self.text(name)
        unit = heading.unit if value and heading.unit and heading.unit not in heading.text else ""
        return Entry(label or heading.text, f"{value}{unit}", wide=wide)

    def choice(self, name: str, *options: tuple[str, str]) -> str:
        """Returns boxes to tick, with the box of the cell's code ticked; an option is a code and its words."""
        return "　".join(f"{'☑' if self.says(name, code) else '□'}{words}" for code, words in options)


@dataclass(frozen=True)
class HouseCase(RowCase):
    """A house with everything that its papers may print.

    Args:
        reasons: The reasons for which the initial-hazard rule lists it.
        classes: Its tags, risk, duty and departments, in Chinese.
        history: The changes of its row, period by period.
        records: Its papers, signatures and unmet duties.
    """

    form: ClassVar[str] = HOUSES
    reasons: tuple[str, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    history: Sequence[HistoryEntry] = ()
    records: Sequence[RecordEntry] = ()
    photos: Sequence[Photo] = ()

    @property
    def identity(self) -> tuple[Entry, ...]:
        """The entries that identify the house."""
        names = ("house_id", "is_commercial", "owner_name", "owner_phone")
        location = "".join(filter(None, (self.unit, self.text("village"), self.text("group"))))
        return (
            *(self.entry(name) for name in names),
            Entry("所在乡镇村组", location, wide=True),
            self.entry("address", wide=True),
        )

    @property
    def where(self) -> str:
        """Its number and its address, as far as they are known, in a sentence."""
        return "，位于".join(filter(None, (f"房屋编号 {self.text('house_id')}", self.text("address"))))

    @property
    def people(self) -> str:
        """The addressees of its papers: owner and user; empty where the ledger names neither."""
        names = (self.text("owner_name"), self.text("user_name"))
        return "、".join(dict.fromkeys(name for name in names if name and name not in _NO_NAME))

    @property
    def verdict(self) -> tuple[str, ...]:
        """The findings about the hazard, step by step, each with its day."""
        steps = (
            ("初步判定", "judged_on", self.text("initial_judgement")),
            ("技术人员复核", "reviewed_on", self.text("review_result")),
            ("房屋安全鉴定", "appraised_on", self._grade),
            ("销号后复核", "post_review_on", self.text("post_review_result")),
        )
        return tuple(
            f"{self.text(day) or '日期不详'}{step}：{finding}" for step, day, finding in steps if finding
        )

    @property
    def _grade(self) -> str:
        if not self.text("grade"):
            return ""
        standard, appraiser, report_no = map(self.text, ("appraisal_standard", "appraiser", "report_no"))
        details = "，".join(filter(None, (standard, appraiser, report_no and f"报告编号 {report_no}")))
        return f"{self.text('grade')}级" + (f"（{details}）" if details else "")

    @property
    def hazard(self) -> str:
        """The hazard in one line: the findings, and the reasons for which the house is listed."""
        evidence = "；".join(self.verdict)
        reasons = "；".join(self.reasons)
        return "。".join(filter(None, (evidence, reasons and f"列为隐患的情形：{reasons}")))

    @property
    def building(self) -> tuple[Entry, ...]:
        """The entries that describe the building."""
        names = ("structure", "floors", "area_m2", "build_year", "user_name", "occupants")
        return (*(self.entry(name) for name in names), self.entry("business", wide=True))


@dataclass(frozen=True)
class HouseholdCase(RowCase):
    """A household with its row in the ledger."""

    form: ClassVar[str] = HOUSEHOLDS

    @property
    def home(self) -> str:
        """The place where it lives, as far as the ledger knows it."""
        return "".join(filter(None, (self.unit, self.text("village"))))

    @property
    def identity(self) -> tuple[Entry, ...]:
        """The entries that identify the household."""
        names = ("household_no", "category", "head_name", "structure")
        return (*map(self.entry, names), Entry("所在乡镇村", self.home), self.entry("house_id"))
