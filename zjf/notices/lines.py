"""A notice line by line, for reading and for comparing two notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zjf.counting.populations import POPULATIONS
from zjf.counting.steps import step_of
from zjf.notices.notice import Notice
from zjf.notices.provisions import Cadence, PhaseStep, Share, Stretch
from zjf.notices.vocabulary import GOAL_FIGURES, REPORTED
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One provision of a notice, in Chinese; `clause` is empty where the toolkit's default holds."""

    section: str
    item: str
    value: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDifference:
    """A line on which two notices differ; None where one of them has no such line."""

    section: str
    item: str
    before: str | None
    after: str | None


def lines(notice: Notice) -> list[NoticeLine]:
    """Returns all provisions of a notice, in a fixed order of sections."""
    sections = (_head, _calendar, _papers, _demands, _definitions, _thresholds, _goals, _people)
    return [line for section in sections for line in section(notice)]


def diff(first: Notice, second: Notice) -> list[NoticeDifference]:
    """Returns the lines on which two notices differ; a line whose clause alone differs is left out."""
    first_values = {(line.section, line.item): line.value for line in lines(first)}
    second_values = {(line.section, line.item): line.value for line in lines(second)}
    items = sorted({**first_values, **second_values}, key=lambda item: _SECTIONS.index(item[0]))
    return [
        NoticeDifference(*item, first_values.get(item), second_values.get(item))
        for item in items
        if first_values.get(item) != second_values.get(item)
    ]


_SECTIONS = ("基本情况", "时间安排", "定期工作", "表册", "未落实", "尺度", "目标", "签字盖章", "归口部门")
_TAGS = {
    "commercial": "所有经营性房屋",
    "altered": "改扩建",
    "crowded": "人员密集",
    "slope": "有地质灾害隐患",
    "steel": "钢结构",
    "three-storeys": "三层及以上",
    "unpermitted-extension": "未经批准的改扩建",
}
_CADENCES = {"week": "每周", "month": "每月", "quarter": "每季度"}
_UNIT_KINDS = {"township": "乡镇（街道）", "village": "行政村"}


def _head(notice: Notice) -> Iterator[NoticeLine]:
    yield NoticeLine("基本情况", "名称", notice.title)
    yield NoticeLine("基本情况", "文号", notice.document or "无")
    yield NoticeLine("基本情况", "县", notice.county)
    yield NoticeLine("基本情况", "发文机关", notice.issuer)
    yield NoticeLine("基本情况", "印发日期", str(notice.issued or "未写明"))
    yield NoticeLine("基本情况", "牵头机构", f"县名＋{notice.office}")
    yield NoticeLine("基本情况", "统计和排名的对象", notice.population.label, notice.scope_clause)
    units = "、".join((_UNIT_KINDS[notice.units.kind], *notice.units.also))
    yield NoticeLine("基本情况", "填报单位", units, notice.units.clause)


def _calendar(notice: Notice) -> Iterator[NoticeLine]:
    for phase in notice.phases:
        text = "\n".join((_days(phase), phase.due, *map(_checked_step, phase.asked)))
        yield NoticeLine("时间安排", phase.name, text, phase.clause)
    for cadence in notice.cadences:
        yield NoticeLine("定期工作", cadence.name, _cadence_text(cadence), cadence.clause)


def _papers(notice: Notice) -> Iterator[NoticeLine]:
    for paper in notice.papers:
        hour = f"{paper.by:%H:%M}" if paper.by else ""
        due = f"{paper.due}{hour and f' {hour}'}前" if paper.due else ""
        form = f"表式 {paper.form}" if paper.form else ""
        rhythm = f"{_CADENCES[paper.period]}报" if paper.period else ""
        yield NoticeLine(
            "表册", paper.name, "，".join(filter(None, (rhythm, due, form))) or "未写日期", paper.clause
        )
    if notice.package:
        bound = "、".join(FORMS[form].info.short_title for form in notice.package.forms)
        package = f"报告和{bound}装订成一份，{notice.package.due}前"
        yield NoticeLine("表册", notice.package.name, package, notice.package.clause)
    expected = "、".join(notice.expects) or "house-ledger，没有的交 attachment-2"
    yield NoticeLine("表册", "必须报送的表", expected)


def _demands(notice: Notice) -> Iterator[NoticeLine]:
    for code, clause in sorted(notice.demands.items()):
        title = CATALOGUE[code].title if code in CATALOGUE else ""
        yield NoticeLine("未落实", f"{code} {title}".strip(), "是", clause)


def _definitions(notice: Notice) -> Iterator[NoticeLine]:
    if notice.three_kinds:
        kinds = "、".join(_TAGS[kind] for kind in notice.three_kinds.any_of)
        yield NoticeLine("尺度", "三类房屋（经营性）", kinds, notice.three_kinds.clause)
    confirmed_as = "已确认为属实的和不属实的" if notice.confirmation == "answered" else "已确认为属实的"
    yield NoticeLine("尺度", "问题确认率的分子", confirmed_as)
    crowded = notice.crowded_businesses
    yield NoticeLine("尺度", "人员密集的业态（经营性）", "、".join(crowded.of), crowded.clause)


def _thresholds(notice: Notice) -> Iterator[NoticeLine]:
    for key, field in type(notice.thresholds).model_fields.items():
        threshold = getattr(notice.thresholds, key)
        if threshold is None:
            continue
        text = f"{threshold.value:.0%}" if isinstance(threshold, Share) else str(threshold.value)
        yield NoticeLine("尺度", str(field.title), text, threshold.clause)
    for key, field in type(notice.switches).model_fields.items():
        switch = getattr(notice.switches, key)
        yield NoticeLine("尺度", str(field.title), "是" if switch.on else "否", switch.clause)


def _goals(notice: Notice) -> Iterator[NoticeLine]:
    for goal in notice.goals:
        text = f"{goal.target}%" + (f"（{goal.until}前）" if goal.until else "")
        yield NoticeLine("目标", GOAL_FIGURES[goal.figure], text, goal.clause)


def _people(notice: Notice) -> Iterator[NoticeLine]:
    for signature in notice.signatures:
        yield NoticeLine("签字盖章", signature.of, signature.by, signature.clause)
    for charge, departments in notice.departments.of.items():
        label = _TAGS.get(charge, charge)
        yield NoticeLine("归口部门", label, "、".join(departments), notice.departments.clause)


def _checked_step(phase_step: PhaseStep) -> str:
    """Returns in Chinese how a step of a phase is checked."""
    checked_population = POPULATIONS[phase_step.population]
    if phase_step.step == REPORTED:
        return f"逐个单位核对：{checked_population.label}的台账或报告已报"
    step = step_of(phase_step.population, phase_step.step)
    consequence = "过期按未落实处理" if phase_step.must else "过期提醒"
    name = f"{phase_step.name}，" if phase_step.name else ""
    return f"逐{checked_population.measure}核对：{name}{phase_step.whom}，{step.done if step else ''}（{consequence}）"


def _days(stretch: Stretch) -> str:
    if stretch.since and stretch.until:
        return f"{stretch.since}至{stretch.until}"
    return _one_day(stretch.until, "前") or _one_day(stretch.since, "起") or "未写日期"


def _one_day(day: date | None, suffix: str) -> str:
    return f"{day}{suffix}" if day else ""


def _cadence_text(cadence: Cadence) -> str:
    weekday = (cadence.weekday or "").removeprefix("周")
    month_day = f"{cadence.month_day}日前" if cadence.month_day else ""
    hour = f"{cadence.by:%H:%M}前" if cadence.by else ""
    span = f"，{_days(cadence)}" if cadence.since or cadence.until else ""
    return f"{_CADENCES[cadence.every]}{weekday}{month_day}{hour}{span}"
