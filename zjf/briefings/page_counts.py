"""The counts of the page, by the notice's scope; each with its population."""

from collections.abc import Iterator, Mapping

from zjf.briefings.briefing import Amount, Briefing
from zjf.briefings.deadline_words import nothing_overdue, nothing_unmet
from zjf.briefings.progress_words import count
from zjf.documents.briefing_page import Funnel, FunnelStage
from zjf.figures.units import UnitFigures
from zjf.rules.reporting import AHEAD_DAYS
from zjf.schemas.form_ids import PROGRESS

_OF_ATTACHMENT = {
    "全部自建房已排查": "surveyed",
    "经营性初判隐患": "commercial_suspected",
    "经营性已销号": "commercial_closed",
    "非经营性初判隐患": "suspected",
    "非经营性C、D级": "grade_cd",
    "非经营性已销号": "closed",
}
_OF_COMMERCIAL = {
    "经营性已排查": ("commercial/judged", "denominator"),
    "经营性已初判": ("commercial/judged", "numerator"),
    "经营性初判有隐患": ("commercial/closed", "denominator"),
    "经营性应管控": ("commercial/controlled", "denominator"),
    "经营性隐患已消除": ("commercial/resolved", "numerator"),
    "经营性已销号": ("commercial/closed", "numerator"),
}
_OF_HOUSEHOLDS = {
    "困难群众住房": ("households/appraised", "denominator"),
    "困难户已鉴定": ("households/appraised", "numerator"),
    "困难户C、D级": ("households/resolved", "denominator"),
    "困难户C、D级已改造": ("households/resolved", "numerator"),
    "困难户已挂牌": ("households/plated", "numerator"),
    "困难户本季已回访": ("households/visited", "numerator"),
}
_OF_PROGRESS = {"commercial": _OF_COMMERCIAL, "households": _OF_HOUSEHOLDS}
_ATTACHMENT_COLUMNS = {
    "全部已排查": "surveyed",
    "非经营性初判隐患①": "suspected",
    "非经营性已销号⑦": "closed",
}

_ATTACHMENT_STAGES = (
    ("初判隐患", ("suspected",), ()),
    ("复核、鉴定", ("cleared", "direct_works", "appraised"), ()),
    ("整治", ("cleared", "direct_works", "appraised", "cd_works"), ("grade_cd",)),
    ("销号", ("closed",), ()),
)
"""The stages from judgement to closure: the counts that are added, and those that are subtracted.

In consistent figures no stage exceeds the one before.
"""


def headline_amounts(briefing: Briefing) -> Iterator[tuple[str, Amount, str]]:
    """Yields the figures in large type at the top: label with population, amount, measure."""
    if briefing.notice.scope == "all":
        for label, name in _OF_ATTACHMENT.items():
            yield label, briefing.amount(PROGRESS, name), "栋"
        return
    measure = briefing.notice.population.measure
    for label, (figure, side) in _OF_PROGRESS[briefing.notice.scope].items():
        yield label, count(briefing, figure, side), measure


def counted_columns(briefing: Briefing) -> tuple[str, ...]:
    """Returns the headings of the three counts of a unit's row."""
    if briefing.notice.scope == "all":
        return tuple(_ATTACHMENT_COLUMNS)
    labels = list(_OF_PROGRESS[briefing.notice.scope])
    return (labels[0], labels[2], labels[-1] if briefing.notice.scope == "commercial" else labels[3])


def unit_counts(briefing: Briefing, figures: UnitFigures | None) -> tuple[int | None, ...]:
    """Returns a unit's counts in the order of `counted_columns`; None where its returns do not have them."""
    if briefing.notice.scope == "all":
        attachment = figures.figures.get(PROGRESS) if figures else None
        return tuple(
            attachment.counts.get(name) if attachment else None for name in _ATTACHMENT_COLUMNS.values()
        )
    terms_by_label = _OF_PROGRESS[briefing.notice.scope]
    columns = [terms_by_label[label] for label in counted_columns(briefing)]
    rates = [(figures.progress.get(figure) if figures else None, side) for figure, side in columns]
    return tuple(getattr(rate, side) if rate else None for rate, side in rates)


def stages(briefing: Briefing) -> Funnel | None:
    """Returns the funnel from judgement to closure; None where a figure that it needs was not reported."""
    if briefing.notice.scope == "commercial":
        return _commercial_stages(briefing)
    counts = briefing.totals[PROGRESS].counts if PROGRESS in briefing.totals else {}
    needed_counts = {name for _, added, subtracted in _ATTACHMENT_STAGES for name in (*added, *subtracted)}
    if briefing.notice.counts_households or not needed_counts <= counts.keys():
        return None
    return Funnel(
        "从初判到销号（非经营性自建房）",
        "复核、鉴定：②+③+④。整治：②+（④-⑤）+③+⑥，含复核无隐患和鉴定为A、B级而不须整治的。百分比以初判隐患①为100%。",
        tuple(
            FunnelStage(label, sum(counts[name] for name in added) - sum(counts[name] for name in subtracted))
            for label, added, subtracted in _ATTACHMENT_STAGES
        ),
    )


def _commercial_stages(briefing: Briefing) -> Funnel | None:
    """Returns the funnel of the units with a house ledger, so that each stage counts the same houses."""
    rates = {step: briefing.progress.get(f"commercial/{step}") for step in ("verdict", "resolved")}
    verdict, resolved = rates["verdict"], rates["resolved"]
    if verdict is None or resolved is None:
        return None
    closed = sum(
        unit.progress["commercial/closed"].numerator
        for unit in briefing.figures
        if "commercial/verdict" in unit.progress
    )
    return Funnel(
        "从初判到销号（经营性自建房）",
        "只计报了自建房台账的单位。百分比以初判有隐患的经营性自建房为100%。",
        (
            FunnelStage("初判有隐患", verdict.denominator),
            FunnelStage("已有结论", verdict.numerator),
            FunnelStage("隐患已消除", resolved.numerator),
            FunnelStage("已销号", closed),
        ),
    )


def nothing_found(briefing: Briefing) -> Mapping[str, str]:
    """Returns the sentences for empty lists: what was checked, and the units of which nothing is known."""
    return {
        "overdue": nothing_overdue(briefing),
        "unmet": nothing_unmet(briefing),
        "problems": "已汇总的报表中，因数据错误退回的为0份。",
        "deadlines": f"通知写明日期的任务中，今后{AHEAD_DAYS}天内到期的为0项。",
        "reporting": _all_reported(briefing),
    }


def _all_reported(briefing: Briefing) -> str:
    """Returns the sentence for no unit missing, sent back or late; a nil return may still have come late."""
    if not briefing.board.judged:
        return f"应报的单位都已报送；这一期{briefing.board.why_not_judged}，不评迟报。"
    if late := [line.unit for line in briefing.board.lines if line.late]:
        return f"应报的单位都已报送，其中{'、'.join(late)}的零报在截止时间以后才收到。"
    return "本期应报的单位都已按时报送。"
