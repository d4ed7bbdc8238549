"""问题线索情况: clues found, settled, and handed over in both directions, by quarter (云霄 四(二))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd

from zjf.briefings import prose
from zjf.briefings.reports.report import Report, ReportMaterials, declare_report
from zjf.briefings.reports.report_figures import ReportFigure
from zjf.documents.sections import Paragraph, Section
from zjf.figures.partial_returns import PartTaken, parts_taken
from zjf.ledger import Ledger
from zjf.period import Period, in_order
from zjf.schemas import FORMS
from zjf.schemas.form_ids import ISSUES
from zjf.schemas.issue_facts import refuted
from zjf.schemas.masked_rows import mask_rows

_POPULATION = "问题线索"
_clue = partial(ReportFigure, population=_POPULATION, counted_in="件")


@dataclass(frozen=True, eq=False)
class Clues:
    """The clues that a report is about.

    Args:
        rows: Rows of `issue-ledger`, personal data masked: each unit's last ledger within the period.
        sent: Unit: the period of its last ledger.
        silent: The units that sent no ledger.
        in_part: The units of whose ledger only a part was accepted.
    """

    rows: pd.DataFrame
    sent: dict[str, str]
    silent: tuple[str, ...]
    in_part: tuple[PartTaken, ...]

    @classmethod
    def of(cls, materials: ReportMaterials, period: Period) -> "Clues":
        """Reads each unit's last ledger for the period itself, or for a week, month or day within it."""
        context = materials.context
        units = [materials.unit] if materials.unit else list(context.home.roster.names)
        periods_of: dict[str, set[str]] = {}
        for unit, form, ledger_period in context.ledger.accepted():
            if form == ISSUES and _lies_within(ledger_period, period):
                periods_of.setdefault(unit, set()).add(ledger_period)
        calendar = context.reckoning.calendar
        sent = {unit: str(in_order(periods_of[unit], calendar)[-1]) for unit in units if unit in periods_of}
        rows = [context.ledger.frame(ISSUES, ledger_period, [unit]) for unit, ledger_period in sent.items()]
        empty = context.ledger.frame(ISSUES, str(period), [])
        return cls(
            mask_rows(FORMS[ISSUES], pd.concat(rows) if rows else empty, people=context.ledger.people()),
            sent,
            tuple(unit for unit in units if unit not in sent),
            tuple(part for unit, of in sent.items() for part in _parts_of(context.ledger, unit, of)),
        )


def _parts_of(ledger: Ledger, unit: str, ledger_period: str) -> Iterable[PartTaken]:
    submissions = ledger.submissions(ledger_period, ISSUES)
    return parts_taken(submissions, [unit]).get(ISSUES, ())


def _lies_within(ledger_period: str, period: Period) -> bool:
    other_period = Period.parse(ledger_period)
    return period.first <= other_period.last <= period.last


def _compose(materials: ReportMaterials) -> Report:
    period = materials.context.period
    clues, quarterly = Clues.of(materials, period), period.kind == "quarter"
    figures = tuple(_in_quarter(clues.rows, period) if quarterly else _on_record(clues.rows))
    lost = tuple(_lost(clues, materials)) if quarterly else ()
    found = clues.rows[_within(clues.rows.found_on, period)] if quarterly else clues.rows
    sources = tuple(_shared(found, "source", "来源为"))
    departments = tuple(_shared(_handed_over(clues.rows, period), "department", "移送"))
    figures_text = "，".join(f"{figure.label}{figure.value}件" for figure in figures)
    summary = Paragraph(
        f"据{_sources_text(clues, period)}，{figures_text}。"
        if clues.sent
        else f"{period.label}没有收到问题整改台账，线索数不详。"
    )
    letter = materials.letter(
        f"{materials.who}贫困人口住房安全专项整治问题线索情况",
        Section(
            "一、问题线索",
            (
                summary,
                *_shares_sentence("本季度发现的，按来源" if quarterly else "按来源", sources),
                *_shares_sentence("上季度的台账中尚未整改、本季度的台账中没有的，结果不清楚，没有计入", lost),
                *_silent_units(clues, materials),
                *_partly_accepted(clues),
            ),
        ),
        Section(
            "二、双向移送情况",
            (
                *_shares_sentence("移送其他部门", departments),
                materials.note("双向移送", "收到其他部门移送的线索、移送纪检监察机关的线索"),
            ),
        ),
        Section("三、突出问题和处理", (materials.note("突出问题", "突出问题及处理情况"),)),
        subtitle=period.label,
    )
    return Report(letter, (*figures, *sources, *lost, *departments))


def _sources_text(clues: Clues, period: Period) -> str:
    """Returns the words for the ledgers that were read: the period's own, or each unit's last within it."""
    if set(clues.sent.values()) == {str(period)}:
        return f"{period.label}问题整改台账"
    return f"{period.label}内各单位最近一次报送的问题整改台账"


def _on_record(rows: pd.DataFrame) -> Iterator[ReportFigure]:
    """Yields the figures of all clues in the ledgers."""
    handed_over = rows.department.notna() | rows.transferred_on.notna()
    rectified, unfounded = _rectified(rows), _unfounded(rows)
    for name, label, count in (
        ("clues", "发现问题线索", len(rows)),
        ("handed_over", "移送其他部门", handed_over.sum()),
        ("answered", "移送后有处理结果", (handed_over & rows.outcome.notna()).sum()),
        ("rectified", "已整改或销号", rectified.sum()),
        ("refuted", "确认不属实", unfounded.sum()),
        ("open", "尚未整改", (~rectified & ~unfounded).sum()),
    ):
        yield _clue(name, label=label, value=int(count))


def _in_quarter(rows: pd.DataFrame, period: Period) -> Iterator[ReportFigure]:
    """Yields the figures of a quarter: clues found in it, settled in it, and open at its end."""
    unfounded, settled_on = _unfounded(rows), _settled_on(rows)
    settled_before = _before(settled_on, period.first)
    found_before, found_in_quarter = _before(rows.found_on, period.first), _within(rows.found_on, period)
    carried_over = found_before & ~settled_before
    handed_over = _within(rows.transferred_on, period)
    settled = _within(settled_on, period)
    open_at_end = (found_in_quarter | carried_over) & ~_rectified(rows) & ~unfounded
    for name, label, count in (
        ("clues", "本季度发现问题线索", found_in_quarter.sum()),
        ("carried_over", "上季度末结转", carried_over.sum()),
        ("handed_over", "本季度移送其他部门", handed_over.sum()),
        ("answered", "其中已有处理结果", (handed_over & rows.outcome.notna()).sum()),
        ("rectified", "本季度已整改或销号", (settled & ~unfounded).sum()),
        ("refuted", "本季度确认不属实", (settled & unfounded).sum()),
        ("open", "季度末尚未整改", open_at_end.sum()),
    ):
        yield _clue(name, label=label, value=int(count))


def _lost(clues: Clues, materials: ReportMaterials) -> Iterator[ReportFigure]:
    """Yields by unit how many clues were open in its ledger of the quarter before and are in none of this quarter."""
    before = Clues.of(
        materials, Period.around(materials.context.period.first - timedelta(days=1), "quarter")
    ).rows
    still_there = set(zip(clues.rows.township, clues.rows.issue_no, strict=True))
    is_lost = [
        unit in clues.sent and (unit, number) not in still_there
        for unit, number in zip(before.township, before.issue_no, strict=True)
    ]
    lost = before[pd.Series(is_lost, index=before.index, dtype=bool)]
    return _shared(lost[~_rectified(lost) & ~_unfounded(lost)], "township", "去向不清楚，")


def _rectified(rows: pd.DataFrame) -> "pd.Series[bool]":
    return rows.rectified_on.notna() | rows.closed_on.notna()


def _unfounded(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Tells which clues were looked into and are not true: nothing is left to rectify."""
    return refuted(rows) & ~_rectified(rows)


def _settled_on(rows: pd.DataFrame) -> "pd.Series[date]":
    """Returns the days of rectification, or else of closure; of what is not true, the day when that was found.

    A ledger that does not give that day is taken to have found it when the problem was reported.
    """
    settled_on = rows.rectified_on.where(rows.rectified_on.notna(), rows.closed_on)
    refuted_on = rows.confirmed_on.where(rows.confirmed_on.notna(), rows.found_on)
    return settled_on.where(~_unfounded(rows), refuted_on)


def _before(days: "pd.Series[date]", first: date) -> "pd.Series[bool]":
    return pd.Series([isinstance(day, date) and day < first for day in days], index=days.index, dtype=bool)


def _within(days: "pd.Series[date]", period: Period) -> "pd.Series[bool]":
    is_within = [isinstance(day, date) and period.first <= day <= period.last for day in days]
    return pd.Series(is_within, index=days.index, dtype=bool)


def _handed_over(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return rows[_within(rows.transferred_on, period)] if period.kind == "quarter" else rows


def _shared(rows: pd.DataFrame, column: str, label: str) -> Iterator[ReportFigure]:
    """Yields how many clues there are for each value of a column, the most first."""
    for name, count in rows[column].value_counts().items():
        yield _clue(f"{column}/{name}", label=f"{label}{name}", value=int(count))


def _shares_sentence(lead: str, figures: tuple[ReportFigure, ...]) -> Iterator[Paragraph]:
    if figures:
        shares = prose.joined(f"{figure.name.partition('/')[2]}{figure.value}件" for figure in figures)
        yield Paragraph(f"{lead}：{shares}。")


def _silent_units(clues: Clues, materials: ReportMaterials) -> Iterator[Paragraph]:
    """Yields the sentence on units that sent no ledger while others did: their clues are unknown, not 0."""
    if clues.sent and clues.silent and not materials.unit:
        yield Paragraph(prose.not_sent(clues.silent, "问题整改台账", "线索数不详，没有计入"))


def _partly_accepted(clues: Clues) -> Iterator[Paragraph]:
    """Yields the sentence on units of whose ledger only a part was accepted: the other clues are unknown."""
    if clues.in_part:
        yield Paragraph(prose.taken_in_part(prose.unit_list(list(map(str, clues.in_part))), "问题整改台账"))


declare_report(
    id="clues",
    title="问题线索情况",
    names=("问题线索", "线索报告"),
    clause="云霄 四(二)",
    compose=_compose,
)
