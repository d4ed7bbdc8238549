"""总体进展 in words, by the notice's scope; every figure names its population."""

from collections.abc import Iterator, Sequence

from zjf.briefings import prose
from zjf.briefings.briefing import Amount, Briefing, sum_of
from zjf.briefings.prose import amount
from zjf.briefings.sweep_and_households import TROUBLES, Households
from zjf.documents.sections import Paragraph
from zjf.figures.changes import Shift
from zjf.figures.partial_returns import but_in_part
from zjf.figures.units import UnitFigures
from zjf.public_json.briefing_parts import SweptVillage
from zjf.schemas.form_ids import HOUSEHOLDS, HOUSES, PROGRESS, REVIEWS, SWEEP


def earlier_word(briefing: Briefing) -> str:
    """Returns the word for the earlier period (上期, 上月)."""
    return "上月" if briefing.kind == "monthly" else "上期"


def progress(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the sentences about the county's progress, then the one about the period that it is compared with."""
    writer_of = {"all": _all_houses, "commercial": _commercial_houses, "households": _households}
    paragraphs = list(writer_of[briefing.notice.scope](briefing))
    yield from paragraphs
    if paragraphs:
        yield Paragraph(_compared(briefing))


def units_summed(briefing: Briefing, figure: str) -> str:
    """Returns the words for the units that a figure is summed over: 全县 only if every unit reported it.

    Units of whose return only a part was accepted are named behind.

    Args:
        figure: A form's id, or the name of a progress figure.
    """
    count_of_units = sum(figure in unit.figures or figure in unit.progress for unit in briefing.figures)
    is_complete = count_of_units == len(briefing.board.lines)
    units_text = "全县" if is_complete else f"全县有数据的{count_of_units}个单位"
    return f"{units_text}{but_in_part(briefing.in_part(figure))}"


def count(briefing: Briefing, figure: str, side: str) -> Amount:
    """Returns a progress figure's numerator or denominator (`side`), with its change."""
    rate, shift = briefing.progress.get(figure), briefing.rate_shift(figure)
    if rate is None:
        return Amount(None)
    return Amount(
        getattr(rate, side),
        Shift(getattr(shift.before, side), getattr(shift.after, side)) if shift else None,
    )


def _all_houses(briefing: Briefing) -> Iterator[Paragraph]:
    if PROGRESS not in briefing.totals:
        return
    earlier = earlier_word(briefing)

    def phrase(label: str, name: str) -> str:
        return amount(label, briefing.amount(PROGRESS, name), earlier)

    yield Paragraph(
        f"截至{prose.day(briefing.as_of)}，{units_summed(briefing, PROGRESS)}累计{phrase('排查自建房', 'surveyed')}，"
        f"其中{phrase('经营性', 'commercial')}、{phrase('非经营性', 'noncommercial')}。"
    )
    yield Paragraph(
        f"经营性自建房中，{phrase('初判隐患', 'commercial_suspected')}，{phrase('已销号', 'commercial_closed')}。"
        f"非经营性自建房中，{phrase('初判隐患', 'suspected')}，{phrase('经技术人员复核无隐患', 'cleared')}，"
        f"{phrase('已鉴定', 'appraised')}，其中{phrase('C、D级', 'grade_cd')}；{phrase('已销号', 'closed')}。"
    )


def _commercial_houses(briefing: Briefing) -> Iterator[Paragraph]:
    earlier = earlier_word(briefing)
    with_ledger = [unit for unit in briefing.figures if unit.source == HOUSES]

    def phrase(label: str, step: str, side: str = "numerator") -> str:
        return amount(label, count(briefing, f"commercial/{step}", side), earlier)

    if with_ledger:
        units_text = _units_with_ledger(briefing, with_ledger)
        yield Paragraph(
            f"截至{prose.day(briefing.as_of)}，{units_text}{phrase('经营性自建房共排查', 'judged', 'denominator')}，"
            f"{phrase('其中已初判', 'judged')}。在经营性自建房中，初判有隐患的{phrase('已有结论', 'verdict')}，"
            f"{phrase('隐患已消除', 'resolved')}；{phrase('应管控', 'controlled', 'denominator')}，{phrase('在管控中', 'controlled')}。"
        )
    suspected, closed = phrase("初判有隐患", "closed", "denominator"), phrase("已销号", "closed")
    if "commercial/closed" in briefing.progress:
        units_text = units_summed(briefing, "commercial/closed")
        yield Paragraph(f"{units_text}经营性自建房{suspected}，{closed}。")
    yield from _reported_only(briefing.figures)
    yield from _post_reviews(briefing)
    yield from _sweep(briefing)


def _units_with_ledger(briefing: Briefing, units: Sequence[UnitFigures]) -> str:
    is_complete = len(units) == len(briefing.board.lines)
    in_part = but_in_part(briefing.in_part(HOUSES))
    return f"全县{in_part}" if is_complete else f"报了自建房台账的{len(units)}个单位{in_part}的"


def _reported_only(figures: Sequence[UnitFigures]) -> Iterator[Paragraph]:
    """Yields the sentence on units that sent attachment-2 without a ledger: only its figures are known."""
    units = [unit.unit for unit in figures if unit.source == PROGRESS]
    if units:
        yield Paragraph(
            f"{prose.unit_list(units)}只报了附件2，没有报自建房台账，"
            "其经营性自建房的初判进度、结论、管控情况不清楚。"
        )


def _post_reviews(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields the sentence on commercial houses closed by management measures, and their reviews."""
    earlier = earlier_word(briefing)
    closed = briefing.amount(REVIEWS, "commercial_closed")
    if not closed.value:
        return

    def phrase(label: str, name: str) -> str:
        return amount(label, briefing.amount(REVIEWS, f"commercial_{name}"), earlier)

    yield Paragraph(
        f"{units_summed(briefing, REVIEWS)}前期按管理措施销号的经营性自建房{closed.value}栋，{phrase('已由技术人员现场复核', 'reviewed')}，"
        f"{phrase('其中仍有隐患', 'hazard')}，{phrase('已采取工程措施整治', 'works')}。",
        lead="复核情况",
    )


def _sweep(briefing: Briefing) -> Iterator[Paragraph]:
    lines = briefing.sweep
    reported = sum(SWEEP in line.forms for line in briefing.board.lines)
    if not reported:
        return
    nil = reported - len({line["unit"] for line in lines})
    who = f"{reported}个单位报了集中摸排情况表{f'（其中{nil}个为零报）' if nil else ''}"
    if not lines:
        yield Paragraph(f"{who}。", lead="集中摸排情况")
        return
    earlier = earlier_word(briefing)

    def phrase(label: str, figure: str) -> str:
        return amount(label, briefing.sweep_sum(figure), earlier)

    yield Paragraph(
        f"{who}，共{len(lines)}个村。经营性自建房错漏排专项核查{phrase('共核查', 'wl_checked')}，"
        f"{phrase('错排', 'wl_wrong')}，{phrase('漏排', 'wl_missed')}；“三类重点”经营性自建房全面复核{phrase('共核查', 'key_checked')}，"
        f"{phrase('发现隐患', 'key_hazard')}，{phrase('整改完成', 'key_rectified')}；"
        f"经营性自建房安全鉴定专项抽查{phrase('共核查', 'audit_checked')}，{phrase('鉴定不合格', 'audit_failed')}。{_not_compared(lines, earlier)}",
        lead="集中摸排情况",
    )


def _not_compared(lines: Sequence[SweptVillage], earlier: str) -> str:
    new_villages = [f"{line['unit']}{line['village']}" for line in lines if line["before"] is None]
    if not new_villages or len(new_villages) == len(lines):
        return ""
    villages = prose.unit_list(new_villages, "村")
    return f"{villages}{earlier}未报，不作比较。"


def _households(briefing: Briefing) -> Iterator[Paragraph]:
    households = briefing.households
    if households is None:
        yield Paragraph("没有单位报困难群众住房安全台账，各户住房安全情况不清楚。")
        return
    earlier, figures = earlier_word(briefing), households.total.figures

    def phrase(label: str, figure: str, side: str) -> str:
        return amount(label, count(briefing, f"households/{figure}", side), earlier, "户")

    with_ledger = {line.name for line in households.by_unit}
    without_ledger = [line.unit for line in briefing.board.lines if line.unit not in with_ledger]
    units_text = f"报了台账的{len(households.by_unit)}个单位" if without_ledger else "全县"
    units_text += but_in_part(briefing.in_part(HOUSEHOLDS))
    unimproved_by_unit = prose.with_counts(
        {line.name: line.figures["unimproved"] for line in households.by_unit if line.figures["unimproved"]},
        "户",
    )
    yield Paragraph(
        f"截至{prose.day(briefing.as_of)}，{units_text}有困难群众住房{phrase('', 'appraised', 'denominator')}，"
        f"{phrase('已鉴定', 'appraised', 'numerator')}；{phrase('鉴定为C、D级', 'resolved', 'denominator')}，"
        f"{phrase('已改造', 'resolved', 'numerator')}，未改造{figures['unimproved']}户"
        + (f"（{unimproved_by_unit}）" if unimproved_by_unit else "")
        + f"；{phrase('已挂牌', 'plated', 'numerator')}；土坯、土木、砖木结构{phrase('应回访', 'visited', 'denominator')}，"
        f"{phrase('本季度已回访', 'visited', 'numerator')}。"
    )
    yield Paragraph(_troubles(households))
    if without_ledger:
        unknown = prose.not_sent(without_ledger, "困难群众住房安全台账", "情况不清楚，以上各数不含")
        yield Paragraph(unknown)


def _troubles(households: Households) -> str:
    """Returns the sentence on households in dangerous or leaking homes, and on those of which that is unknown."""
    phrases = []
    for name, label in TROUBLES.items():
        units = {line.name: line.troubles[name] for line in households.by_unit if line.troubles[name]}
        shares = f"（{prose.with_counts(units, '户')}）" if units else ""
        phrases.append(f"{label}的{households.total.troubles[name]}户{shares}")
    unknown = (
        f"{phrases[2]}，不清楚" if households.total.troubles["living_not_told"] else "各户这两项都填写了"
    )
    return f"困难群众住房台账中，填写{'，'.join(phrases[:2])}；{unknown}。"


def _compared(briefing: Briefing) -> str:
    earlier, comparison = earlier_word(briefing), briefing.comparison
    if comparison is None:
        return f"台账中没有可比的{earlier}数据，不作比较。"
    sentences = [f"与{earlier}比较的，{earlier}指{comparison.period.label}。"]
    if comparison.left_out:
        sentences.append(
            f"比较只计两期都有数据的{len(comparison.units)}个单位，不含{prose.unit_list(comparison.left_out)}。"
        )
    for unit, names in comparison.parts_told_once.items():
        sentences.append(f"{unit}由几个单位合并而成，其中{prose.joined(names)}只有一期有数，不作比较。")
    if comparison.quarter_began and briefing.notice.counts_households:
        sentences.append(f"回访按季度计，{earlier}不在同一季度，不作比较。")
    if comparison.in_part:
        sentences.append(f"{prose.unit_list(comparison.in_part)}两期报的表不同，只比较两期都报了的数。")
    if comparison.taken_in_part:
        units = prose.unit_list(comparison.taken_in_part)
        sentences.append(f"{units}有一期只接收了一部分，增减可能由此而来。")
    return "".join(sentences)


def measures(briefing: Briefing) -> Iterator[Paragraph]:
    """Yields engineering works and management measures separately; only under a notice about all houses."""
    if briefing.notice.scope != "all":
        return
    earlier, amounts = earlier_word(briefing), briefing.measures
    works, managed = amounts["engineering"], amounts["management"]
    if works["cd_works"].value is not None:
        yield Paragraph(
            f"{units_summed(briefing, PROGRESS)}非经营性自建房中，{amount('C、D级房屋采取工程措施整治', works['cd_works'], earlier)}，"
            f"{amount('未经鉴定直接采取工程措施', works['direct_works'], earlier)}。",
            lead="（一）工程措施",
        )
    reviews = briefing.totals.get(REVIEWS)
    if managed["closed"].value is None or reviews is None:
        sentence = "各单位的报表都没有反映以管理措施销号的自建房，数量和复核情况不清楚。"
        yield Paragraph(sentence, lead="（二）管理措施")
        return
    by_population = "、".join(
        f"{label}{sum_of(reviews.counts, [f'{name}_closed'])}栋"
        for name, label in (("commercial", "经营性"), ("noncommercial", "非经营性"))
    )
    if managed["closed"].value == 0:
        sentence = f"{units_summed(briefing, REVIEWS)}报来的数据中，以管理措施销号的全部自建房为0栋。"
    else:
        sentence = (
            f"{units_summed(briefing, REVIEWS)}前期{amount('以管理措施销号的全部自建房', managed['closed'], earlier)}，其中{by_population}；"
            f"全部自建房中{amount('已经专业技术人员现场复核', managed['reviewed'], earlier)}，"
            f"其中{amount('仍有隐患', managed['hazard'], earlier)}，{amount('已改以工程措施整治', managed['works'], earlier)}。"
            "管理措施与工程措施分开统计，不计入整治率。"
        )
    yield Paragraph(sentence, lead="（二）管理措施")
