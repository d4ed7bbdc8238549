"""总体进展 in words, by the notice's scope; every figure names its population."""

from collections.abc import Iterator, Sequence

from zjf.briefings import prose
from zjf.briefings.briefing import REVIEWS, Amount, Briefing, sum_of
from zjf.briefings.prose import amount
from zjf.briefings.sweep_and_households import TROUBLES, Households, SweepLine
from zjf.counting.populations import HOUSEHOLDS
from zjf.documents.sections import Paragraph
from zjf.figures.changes import Shift
from zjf.figures.in_part import but_in_part
from zjf.figures.units import HOUSES, PROGRESS, UnitFigures

_COMMERCIAL = "经营性自建房"


def last(briefing: Briefing) -> str:
    """Returns what the earlier period is called (上期, 上月)."""
    return "上月" if briefing.kind == "monthly" else "上期"


def progress(briefing: Briefing) -> Iterator[Paragraph]:
    """Returns the sentences about the county's progress, then the one that says with what it is compared."""
    writer_of = {"all": _all_houses, "commercial": _commercial_houses, "households": _households}
    paragraphs = list(writer_of[briefing.notice.scope](briefing))
    yield from paragraphs
    if paragraphs:
        yield Paragraph(_compared(briefing))


def whose(briefing: Briefing, told: str) -> str:
    """Returns whose figures the county's are, in words: 全县 only where every unit reported them, and all of them.

    Args:
        briefing: The briefing.
        told: A form, or a progress figure.
    """
    units = sum(told in unit.figures or told in unit.progress for unit in briefing.figures)
    who = "全县" if units == len(briefing.board.lines) else f"全县有数据的{units}个单位"
    return f"{who}{but_in_part(briefing.in_part(told))}"


def count(briefing: Briefing, figure: str, side: str) -> Amount:
    """A progress figure's numerator or denominator (`side`), with its change."""
    now, shift = briefing.progress.get(figure), briefing.rate_shift(figure)
    if now is None:
        return Amount(None)
    return Amount(
        getattr(now, side),
        Shift(getattr(shift.before, side), getattr(shift.after, side)) if shift else None,
    )


def _all_houses(briefing: Briefing) -> Iterator[Paragraph]:
    if PROGRESS not in briefing.totals:
        return
    before = last(briefing)

    def said(label: str, name: str) -> str:
        return amount(label, briefing.amount(PROGRESS, name), before)

    yield Paragraph(
        f"截至{prose.day(briefing.as_of)}，{whose(briefing, PROGRESS)}累计{said('排查自建房', 'surveyed')}，"
        f"其中{said('经营性', 'commercial')}、{said('非经营性', 'noncommercial')}。"
    )
    yield Paragraph(
        f"经营性自建房中，{said('初判隐患', 'commercial_suspected')}，{said('已销号', 'commercial_closed')}。"
        f"非经营性自建房中，{said('初判隐患', 'suspected')}，{said('经技术人员复核无隐患', 'cleared')}，"
        f"{said('已鉴定', 'appraised')}，其中{said('C、D级', 'grade_cd')}；{said('已销号', 'closed')}。"
    )


def _commercial_houses(briefing: Briefing) -> Iterator[Paragraph]:
    before = last(briefing)
    with_ledger = [unit for unit in briefing.figures if unit.source == HOUSES]

    def said(label: str, step: str, side: str = "numerator") -> str:
        return amount(label, count(briefing, f"commercial/{step}", side), before)

    if with_ledger:
        who = _of_units(briefing, with_ledger, "报了自建房台账的")
        yield Paragraph(
            f"截至{prose.day(briefing.as_of)}，{who}{said('经营性自建房共排查', 'judged', 'denominator')}，"
            f"{said('其中已初判', 'judged')}。在经营性自建房中，初判有隐患的{said('已有结论', 'verdict')}，"
            f"{said('隐患已消除', 'resolved')}；应管控{_bare(briefing, 'commercial/controlled')}，{said('在管控中', 'controlled')}。"
        )
    suspected, closed = said("初判有隐患", "closed", "denominator"), said("已销号", "closed")
    if "commercial/closed" in briefing.progress:
        who = whose(briefing, "commercial/closed")
        yield Paragraph(f"{who}经营性自建房{suspected}，{closed}。")
    yield from _reported_only(briefing.figures, _COMMERCIAL)
    yield from _post_reviews(briefing)
    yield from _sweep(briefing)


def _of_units(briefing: Briefing, units: Sequence[UnitFigures], which: str) -> str:
    everybody = len(units) == len(briefing.board.lines)
    in_part = but_in_part(briefing.in_part(HOUSES))
    return f"全县{in_part}" if everybody else f"{which}{len(units)}个单位{in_part}的"


def _bare(briefing: Briefing, figure: str) -> str:
    rate = briefing.progress.get(figure)
    return f"{rate.denominator}栋" if rate else "未报"


def _reported_only(figures: Sequence[UnitFigures], population: str) -> Iterator[Paragraph]:
    """The units that sent attachment-2 without a ledger: of their houses only its figures are known."""
    units = [unit.unit for unit in figures if unit.source == PROGRESS]
    if units:
        yield Paragraph(
            f"{prose.listed(units)}只报了附件2，没有报自建房台账，"
            f"其{population}的初判进度、结论、管控情况不清楚。"
        )


def _post_reviews(briefing: Briefing) -> Iterator[Paragraph]:
    """Commercial houses that were closed by management measures: looked at again or not."""
    before = last(briefing)
    closed = briefing.amount(REVIEWS, "commercial_closed")
    if not closed.value:
        return

    def said(label: str, name: str) -> str:
        return amount(label, briefing.amount(REVIEWS, f"commercial_{name}"), before)

    yield Paragraph(
        f"{whose(briefing, REVIEWS)}前期按管理措施销号的经营性自建房{closed.value}栋，{said('已由技术人员现场复核', 'reviewed')}，"
        f"{said('其中仍有隐患', 'hazard')}，{said('已采取工程措施整治', 'works')}。",
        lead="复核情况",
    )


def _sweep(briefing: Briefing) -> Iterator[Paragraph]:
    lines = briefing.sweep
    if not lines:
        return
    units = len({line.unit for line in lines})
    before = last(briefing)

    def said(label: str, figure: str) -> str:
        return amount(label, briefing.swept(figure), before)

    yield Paragraph(
        f"{units}个单位报了集中摸排情况表，共{len(lines)}个村。经营性自建房错漏排专项核查{said('共核查', 'wl_checked')}，"
        f"{said('错排', 'wl_wrong')}，{said('漏排', 'wl_missed')}；“三类重点”经营性自建房全面复核{said('共核查', 'key_checked')}，"
        f"{said('发现隐患', 'key_hazard')}，{said('整改完成', 'key_rectified')}；"
        f"经营性自建房安全鉴定专项抽查{said('共核查', 'audit_checked')}，{said('鉴定不合格', 'audit_failed')}。{_not_compared(lines, before)}",
        lead="集中摸排情况",
    )


def _not_compared(lines: Sequence[SweepLine], last: str) -> str:
    new = [f"{line.unit}{line.village}" for line in lines if line.before is None]
    if not new or len(new) == len(lines):
        return ""
    return f"{prose.listed(new)}{last}未报，不作比较。"


def _households(briefing: Briefing) -> Iterator[Paragraph]:
    households = briefing.households
    if households is None:
        yield Paragraph("没有单位报困难群众住房安全台账，各户住房安全情况不清楚。")
        return
    before, figures = last(briefing), households.total.figures

    def said(label: str, figure: str, side: str) -> str:
        return amount(label, count(briefing, f"households/{figure}", side), before, "户")

    silent = [line.unit for line in briefing.board.lines if line.unit not in _units_of(briefing)]
    who = f"报了台账的{len(households.by_unit)}个单位" if silent else "全县"
    who += but_in_part(briefing.in_part(HOUSEHOLDS))
    left = prose.shares(
        {line.name: line.figures["unimproved"] for line in households.by_unit if line.figures["unimproved"]},
        "户",
    )
    yield Paragraph(
        f"截至{prose.day(briefing.as_of)}，{who}有困难群众住房{said('', 'appraised', 'denominator')}，"
        f"{said('已鉴定', 'appraised', 'numerator')}；{said('鉴定为C、D级', 'resolved', 'denominator')}，"
        f"{said('已改造', 'resolved', 'numerator')}，未改造{figures['unimproved']}户"
        + (f"（{left}）" if left else "")
        + f"；{said('已挂牌', 'plated', 'numerator')}；土坯、土木、砖木结构{said('应回访', 'visited', 'denominator')}，"
        f"{said('本季度已回访', 'visited', 'numerator')}。"
    )
    yield Paragraph(_troubles(households))
    if silent:
        yield Paragraph(f"{prose.named(silent)}没有报困难群众住房安全台账，情况不清楚，以上各数不含。")


def _troubles(households: Households) -> str:
    """Who still lives in a dangerous house or under a leaking roof, and of how many that is not known."""
    told = []
    for name, label in TROUBLES.items():
        units = {line.name: line.troubles[name] for line in households.by_unit if line.troubles[name]}
        shares = f"（{prose.shares(units, '户')}）" if units else ""
        told.append(f"{label}的{households.total.troubles[name]}户{shares}")
    return f"困难群众住房台账中，填写{'，'.join(told[:2])}；{told[2]}，不清楚。"


def _units_of(briefing: Briefing) -> set[str]:
    return {line.name for line in briefing.households.by_unit} if briefing.households else set()


def _compared(briefing: Briefing) -> str:
    before, since = last(briefing), briefing.since
    if since is None:
        return f"台账中没有可比的{before}数据，不作比较。"
    sentences = [f"与{before}比较的，{before}指{since.period.label}。"]
    if since.left_out:
        sentences.append(
            f"比较只计两期都有数据的{len(since.units)}个单位，不含{prose.listed(since.left_out)}。"
        )
    if since.in_part:
        sentences.append(f"{prose.listed(since.in_part)}两期报的表不同，只比较两期都报了的数。")
    if since.taken_in_part:
        sentences.append(f"{prose.listed(since.taken_in_part)}有一期只接收了一部分，增减可能由此而来。")
    return "".join(sentences)


def measures(briefing: Briefing) -> Iterator[Paragraph]:
    """Engineering works and management measures apart; under a notice about all houses only."""
    if briefing.notice.scope != "all":
        return
    before, done = last(briefing), briefing.measures
    works, managed = done["engineering"], done["management"]
    if works["cd_works"].value is not None:
        yield Paragraph(
            f"{whose(briefing, PROGRESS)}非经营性自建房中，{amount('C、D级房屋采取工程措施整治', works['cd_works'], before)}，"
            f"{amount('未经鉴定直接采取工程措施', works['direct_works'], before)}。",
            lead="（一）工程措施",
        )
    reviews = briefing.totals.get(REVIEWS)
    if managed["closed"].value is None or reviews is None:
        return
    parts = "、".join(
        f"{label}{sum_of(reviews.counts, [f'{name}_closed'])}栋"
        for name, label in (("commercial", "经营性"), ("noncommercial", "非经营性"))
    )
    if managed["closed"].value == 0:
        sentence = f"{whose(briefing, REVIEWS)}报来的数据中，以管理措施销号的全部自建房为0栋。"
    else:
        sentence = (
            f"{whose(briefing, REVIEWS)}前期{amount('以管理措施销号的全部自建房', managed['closed'], before)}，其中{parts}；"
            f"全部自建房中{amount('已经专业技术人员现场复核', managed['reviewed'], before)}，"
            f"其中{amount('仍有隐患', managed['hazard'], before)}，{amount('已改以工程措施整治', managed['works'], before)}。"
            "管理措施与工程措施分开统计，不计入整治率。"
        )
    yield Paragraph(sentence, lead="（二）管理措施")
