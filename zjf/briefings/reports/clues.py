"""问题线索情况: what was found, dealt with at once, and handed over, both ways; by quarter (云霄 四(二))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportFigure, ReportKind, ReportMaterials, register
from zjf.documents.sections import Letter, Paragraph, Section
from zjf.period import Period, in_order
from zjf.schemas import FORMS
from zjf.schemas.masked_rows import mask_rows

_FORM, _POPULATION = "issue-ledger", "问题线索"
_clue = partial(ReportFigure, population=_POPULATION, counted_in="件")


@dataclass(frozen=True, eq=False)
class Clues:
    """The clues that a report is about.

    Args:
        rows: Rows of `issue-ledger`, personal data masked; of each unit what it last sent within the period.
        sent: Unit: the period of which its rows are.
        silent: The units that sent none.
    """

    rows: pd.DataFrame
    sent: dict[str, str]
    silent: tuple[str, ...]

    @classmethod
    def of(cls, about: ReportMaterials) -> "Clues":
        """Reads what each unit last sent for the period itself, or for a week, month or day within it."""
        context, period = about.context, about.context.period
        units = [about.unit] if about.unit else list(context.home.roster.names)
        told: dict[str, set[str]] = {}
        for unit, form, sent_for in context.ledger.accepted():
            if form == _FORM and _lies_within(sent_for, period):
                told.setdefault(unit, set()).add(sent_for)
        calendar = context.home.calendar(context.notice.calendar)
        sent = {unit: str(in_order(told[unit], calendar)[-1]) for unit in units if unit in told}
        rows = [context.ledger.frame(_FORM, sent_for, [unit]) for unit, sent_for in sent.items()]
        empty = context.ledger.frame(_FORM, str(period), [])
        return cls(
            mask_rows(FORMS[_FORM], pd.concat(rows) if rows else empty, people=context.ledger.people()),
            sent,
            tuple(unit for unit in units if unit not in sent),
        )


def _lies_within(sent_for: str, period: Period) -> bool:
    other = Period.parse(sent_for)
    return period.first <= other.last <= period.last


def _compose(about: ReportMaterials) -> Report:
    clues, period = Clues.of(about), about.context.period
    quarterly = period.kind == "quarter"
    figures = tuple(_in_quarter(clues.rows, period) if quarterly else _on_record(clues.rows))
    sources = tuple(_shared(clues.rows, "source", "来源为"))
    departments = tuple(_shared(_handed_over(clues.rows, period), "department", "移送"))
    said = "，".join(f"{figure.label}{figure.value}件" for figure in figures)
    told = Paragraph(
        f"据{_where_from(clues, period)}，{said}。"
        if clues.sent
        else f"{period.label}没有收到问题整改台账，线索数不详。"
    )
    letter = Letter(
        title=f"{about.who}贫困人口住房安全专项整治问题线索情况",
        subtitle=f"（{period.label}）",
        addressee="",
        sections=(
            Section("一、问题线索", (told, *_listed("按来源", sources), *_lacking(clues, about))),
            Section(
                "二、双向移送情况",
                (
                    *_listed("移送其他部门", departments),
                    about.note("双向移送", "收到其他部门移送的线索、移送纪检监察机关的线索"),
                ),
            ),
            Section("三、突出问题和处理", (about.note("突出问题", "突出问题及处理情况"),)),
        ),
        closing="",
        office=about.office,
        day=prose.day(about.day),
    )
    return Report(letter, (*figures, *sources, *departments))


def _where_from(clues: Clues, period: Period) -> str:
    """The returns that were read: the period's own, or the last of each unit within it."""
    if set(clues.sent.values()) == {str(period)}:
        return f"{period.label}问题整改台账"
    return f"{period.label}内各单位最近一次报送的问题整改台账"


def _on_record(rows: pd.DataFrame) -> Iterator[ReportFigure]:
    """All that the ledgers hold."""
    handed_over, rectified = rows.department.notna() | rows.transferred_on.notna(), _rectified(rows)
    for name, label, count in (
        ("clues", "发现问题线索", len(rows)),
        ("handed_over", "移送其他部门", handed_over.sum()),
        ("answered", "移送后有处理结果", (handed_over & rows.outcome.notna()).sum()),
        ("rectified", "已整改或销号", rectified.sum()),
        ("open", "尚未整改", (~rectified).sum()),
    ):
        yield _clue(name, label=label, value=int(count))


def _in_quarter(rows: pd.DataFrame, period: Period) -> Iterator[ReportFigure]:
    """The clues found in the quarter, those settled in it, and those left open at its end."""
    settled_before = _before(_settled_on(rows), period.first)
    found_before, found = _before(rows.found_on, period.first), _within(rows.found_on, period)
    carried_over = found_before & ~settled_before
    handed_over = _within(rows.transferred_on, period)
    settled = _within(_settled_on(rows), period)
    for name, label, count in (
        ("clues", "本季度发现问题线索", found.sum()),
        ("carried_over", "上季度末结转", carried_over.sum()),
        ("handed_over", "本季度移送其他部门", handed_over.sum()),
        ("answered", "其中已有处理结果", (handed_over & rows.outcome.notna()).sum()),
        ("rectified", "本季度已整改或销号", settled.sum()),
        ("open", "季度末尚未整改", ((found | carried_over) & ~_rectified(rows)).sum()),
    ):
        yield _clue(name, label=label, value=int(count))


def _rectified(rows: pd.DataFrame) -> "pd.Series[bool]":
    return rows.rectified_on.notna() | rows.closed_on.notna()


def _settled_on(rows: pd.DataFrame) -> "pd.Series[date]":
    """The day of rectification, or else of closure."""
    return rows.rectified_on.where(rows.rectified_on.notna(), rows.closed_on)


def _before(days: "pd.Series[date]", first: date) -> "pd.Series[bool]":
    return pd.Series([isinstance(day, date) and day < first for day in days], index=days.index, dtype=bool)


def _within(days: "pd.Series[date]", period: Period) -> "pd.Series[bool]":
    inside = [isinstance(day, date) and period.first <= day <= period.last for day in days]
    return pd.Series(inside, index=days.index, dtype=bool)


def _handed_over(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return rows[_within(rows.transferred_on, period)] if period.kind == "quarter" else rows


def _shared(rows: pd.DataFrame, column: str, label: str) -> Iterator[ReportFigure]:
    """How many clues there are of each source, or for each department; the most first."""
    for name, count in rows[column].value_counts().items():
        yield _clue(f"{column}/{name}", label=f"{label}{name}", value=int(count))


def _listed(lead: str, figures: tuple[ReportFigure, ...]) -> Iterator[Paragraph]:
    if figures:
        said = prose.listed(f"{figure.name.partition('/')[2]}{figure.value}件" for figure in figures)
        yield Paragraph(f"{lead}：{said}。")


def _lacking(clues: Clues, about: ReportMaterials) -> Iterator[Paragraph]:
    """The units that sent no clues where others did: the number of their clues is unknown, not 0."""
    if clues.sent and clues.silent and not about.unit:
        yield Paragraph(f"{prose.listed(clues.silent)}没有报问题整改台账，线索数不详，没有计入。")


register(
    ReportKind(
        id="clues",
        title="问题线索情况",
        names=("问题线索", "线索报告"),
        clause="云霄 四(二)",
        compose=_compose,
    )
)
