"""The weekly summary and the monthly circular as prose.

Every figure in them is one of the briefing's; empty sections are left out.
"""

from collections.abc import Iterable, Iterator, Sequence

from zjf.briefings import deadline_words, progress_words, prose, tables
from zjf.briefings.annexes import annexes
from zjf.briefings.briefing import Briefing
from zjf.briefings.progress_words import earlier_word
from zjf.briefings.ranking import RankedFigure, Ranking
from zjf.documents.sections import Letter, LetterTable, Paragraph, Section
from zjf.figures.partial_returns import COUNTED_BEFORE, but_in_part
from zjf.figures.summary import incomplete_in_words
from zjf.monitoring.standings import Standing
from zjf.problems import CATALOGUE
from zjf.public_json.briefings import Conduct
from zjf.schemas.masked_rows import mask_house_id

_MOST_COMMON = 5
_STANDINGS = {
    Standing.REPORTED: "按时报送",
    Standing.LATE: "迟报",
    Standing.NIL: "零报",
    Standing.SENT_BACK: "退回",
    Standing.MISSING: "未报",
}
_UNJUDGED = "不评迟报、未报"

_FIGURES_OF = {
    "all": "鉴定、整治、销号情况",
    "commercial": "经营性自建房进展和排名",
    "households": "困难群众住房进展和排名",
}
"""The heading of the section of ranked figures, by the notice's scope."""
_SUMMARIES = {"day": "日报", "week": "周报", "month": "月报", "quarter": "季报"}
"""What a summary is called, by the kind of its period."""

UnnumberedSection = tuple[str, Iterable[Paragraph], LetterTable | None]
"""A section before it has its number: its heading, paragraphs and table."""


def letter(briefing: Briefing) -> Letter:
    """Returns a briefing as a paper of prose."""
    monthly = briefing.kind == "monthly"
    parts: list[UnnumberedSection] = [
        (
            "报送情况",
            _reporting(briefing),
            tables.conduct(briefing) if monthly and briefing.conduct else tables.standings(briefing),
        ),
        ("总体进展", progress_words.progress(briefing), tables.sweep_or_households(briefing)),
        (_FIGURES_OF[briefing.notice.scope], _rates(briefing), tables.ranking(briefing)),
        ("工程措施与管理措施", progress_words.measures(briefing), None),
        ("目标完成情况", deadline_words.goals(briefing), None),
        ("逾期、临近期限和未落实事项", _overdue_and_unmet(briefing), tables.overdue_and_due(briefing)),
        ("抽查情况", deadline_words.spot_checks(briefing), None),
        ("报表中的常见问题", _problems(briefing), None),
        ("近期时限", deadline_words.deadlines(briefing), None),
        ("豁免事项", _waivers(briefing), None),
        *((note["heading"], map(Paragraph, note["paragraphs"]), None) for note in briefing.notes),
    ]
    filled = [
        (heading, paragraphs, table)
        for heading, sentences, table in parts
        if (paragraphs := tuple(sentences)) or table is not None
    ]
    return Letter(
        title=f"{briefing.county}{briefing.notice.work}工作{'情况通报' if monthly else _SUMMARIES[briefing.period.kind]}",
        subtitle=briefing.period.label,
        addressee="各填报单位" if monthly else "",
        sections=tuple(
            Section(f"{prose.numeral(number)}、{heading}", paragraphs, table)
            for number, (heading, paragraphs, table) in enumerate(filled, 1)
        ),
        closing="特此通报。" if monthly else "",
        office=briefing.office,
        day=prose.day(briefing.day),
        annexes=annexes(briefing),
    )


def _reporting(briefing: Briefing) -> Iterator[Paragraph]:
    board = briefing.board
    labels = _STANDINGS if board.judged else _STANDINGS | {Standing.REPORTED: Standing.REPORTED.label}
    groups = [(label, board.units(standing)) for standing, label in labels.items()]
    sentences = [f"应报{len(board.lines)}个单位，{prose.standings(groups)}。"]
    if briefing.kind == "monthly":
        sentences = [
            f"本月{_periods_sentence(briefing)}。最后一期为{board.period.label}，{sentences[0]}",
            *_conduct(briefing),
        ]
    else:
        sentences[0] = f"本期{sentences[0]}"
    if not board.judged:
        whose = "最后一期" if briefing.kind == "monthly" else "本期"
        sentences.append(f"{whose}{board.why_not_judged}，{_UNJUDGED}。")
    yield Paragraph("".join((*sentences, *_remarks(briefing))))
    yield from deadline_words.papers(briefing)


def _remarks(briefing: Briefing) -> Iterator[str]:
    """Yields remarks on single returns, and on the units that the figures leave out."""
    board = briefing.board
    yield board.seen_by_another_notice
    yield from _about_units(
        (line.unit for line in board.lines if line.standing is Standing.NIL and line.late),
        "的零报在截止时间以后才收到。",
    )
    yield from incomplete_in_words(board.incomplete, named=prose.unit_list)
    for line in board.lines:
        yield from _about_units(
            line.left_out, f"的名义报的附件没有计入，请{line.unit}重报一份。", before=f"{line.unit}以"
        )
    yield from _about_units(
        (line.unit for line in board.lines if line.partial), "的报表部分接收，有错误的没有计入。"
    )
    yield from _about_units((line.unit for line in board.lines if line.waiting), "的报表已收到，尚未汇总。")
    yield from _about_units(
        (line.unit for line in board.lines if line.counts_as_before), f"的报表{COUNTED_BEFORE}。"
    )
    yield from _about_units(briefing.uncounted, "。", before="以下各数不含")
    yield from _about_units(
        board.strangers, "的报表，不在填报单位名单中，以下各数都没有计入。", before="台账中还有"
    )


def _about_units(units: Iterable[str], words: str, *, before: str = "") -> Iterator[str]:
    """Yields a sentence that names some units; nothing if there are none."""
    if names := prose.unit_list(tuple(units)):
        yield f"{before}{names}{words}"


def _periods_sentence(briefing: Briefing) -> str:
    """Returns how many periods there were, and in which of them no unit reported."""
    boards = briefing.boards
    silent = [
        board
        for board in boards
        if all(line.standing is Standing.MISSING and not line.forms for line in board.lines)
    ]
    if not silent:
        return f"共报{len(boards)}期"
    return f"应报{len(boards)}期，其中{prose.joined(board.period.label for board in silent)}没有单位报送"


def _conduct(briefing: Briefing) -> Iterator[str]:
    """Yields how the units kept the deadlines of the month; of a single period, the sentence before has said it."""
    periods, judged = len(briefing.boards), sum(board.counts_for_conduct for board in briefing.boards)
    if periods == 1:
        return
    if not judged:
        reasons = dict.fromkeys(filter(None, (board.why_no_conduct for board in briefing.boards)))
        yield f"本月各期{'，或'.join(('都未过截止时间', *reasons))}，{_UNJUDGED}。"
    elif judged < periods:
        yield f"本月已过截止时间、应评迟报未报的有{judged}期，以下按这{judged}期计。"
        yield from _punctuality(briefing.conduct, "这几期")
    else:
        yield from _punctuality(briefing.conduct, "每期")


def _punctuality(conduct: Sequence[Conduct], every_time: str) -> Iterator[str]:
    always_on_time = [times["unit"] for times in conduct if times["on_time"] == times["due"]]
    if len(always_on_time) == len(conduct):
        yield f"各单位{every_time}都按时报送。"
        return
    if always_on_time:
        yield f"{every_time}都按时报送的有{prose.unit_list(always_on_time)}。"
    late = {times["unit"]: times["late"] for times in conduct}
    sent_back = {times["unit"]: times["sent_back"] for times in conduct}
    missing = {times["unit"]: times["missing"] for times in conduct}
    for label, by_unit in (("迟报", late), ("退回后未重报", sent_back), ("未报", missing)):
        if counts := {unit: count for unit, count in by_unit.items() if count}:
            yield f"本月{label}：{prose.with_counts(counts, '次')}。"


def _rates(briefing: Briefing) -> Iterator[Paragraph]:
    if not briefing.figures:
        return
    if not briefing.told_figures:
        labels = prose.joined(figure.label for figure in briefing.printed_figures)
        yield Paragraph(f"各单位的报表都没有反映{labels}，情况不清楚。")
        return
    for number, figure in enumerate(briefing.printed_figures, 1):
        yield Paragraph(_rate_sentences(briefing, figure), lead=f"（{prose.numeral(number)}）{figure.label}")


def _rate_sentences(briefing: Briefing, figure: RankedFigure) -> str:
    rate, ranking = briefing.rate(figure.name), briefing.rankings[figure.name]
    if figure not in briefing.told_figures:
        return f"各单位的报表都没有反映{figure.population}的{figure.rate}，情况不清楚。"
    units_text = (
        "报表反映了这一情况的单位" if ranking.unknown else "有数据的单位" if briefing.uncounted else "全县"
    ) + but_in_part(briefing.in_part(figure.name))
    if not rate.exists and not rate.numerator:
        return f"{units_text}的{figure.population}中，{figure.due}的为0{figure.measure}，不计{figure.rate}。"
    change = prose.rate_movement(briefing.rate_shift(figure.name), earlier_word(briefing))
    sentences = [
        f"{units_text}{figure.population}{figure.due}{rate.denominator}{figure.measure}，"
        f"{figure.done}{rate.numerator}{figure.measure}，{figure.rate}{rate.display}"
        f"{f'，{change}' if change else ''}。"
    ]
    if last_units := ranking.behind():
        sentences.append(f"排名靠后的是{prose.units_with_rates(last_units)}。")
    elif len(ranking.places) > 1:
        sentences.append(_tie(ranking))
    return "".join([*sentences, *prose.unranked(figure, ranking)])


def _tie(ranking: Ranking) -> str:
    """Returns the sentence on a tie so large that nobody in it is behind."""
    if ranking.none_begun:
        return f"{len(ranking.places)}个单位都为0.00%，不分先后。"
    last_units = ranking.last_tie
    rate = "" if last_units == ranking.places else f"（{last_units[0].rate.display}）"
    return f"{len(last_units)}个单位并列第{last_units[0].rank}{rate}。"


def _overdue_and_unmet(briefing: Briefing) -> Iterator[Paragraph]:
    yield from deadline_words.overdue(briefing)
    yield from deadline_words.unmet(briefing)


def _problems(briefing: Briefing) -> Iterator[Paragraph]:
    period_name = "本月" if briefing.kind == "monthly" else "本期"
    if not briefing.problems:
        yield Paragraph(f"{period_name}已汇总的报表中，因数据错误退回的为0份。")
        return
    most_common = briefing.problems[:_MOST_COMMON]
    or_partly = "和部分接收" if any(line.partial for board in briefing.boards for line in board.lines) else ""
    list_of_problems = "；".join(
        f"{CATALOGUE[common['code']].title}{common['count']}处"
        + (f"，涉及{prose.unit_list(common['units'])}" if common["units"] else "")
        for common in most_common
    )
    yield Paragraph(
        f"{period_name}退回{or_partly}的报表中，问题{'较多的是' if len(most_common) < len(briefing.problems) else '有'}：{list_of_problems}。"
    )


def _waivers(briefing: Briefing) -> Iterator[Paragraph]:
    if briefing.waivers:
        yield Paragraph(f"经核准、仍在有效期内的豁免{len(briefing.waivers)}项：")
    for waiver in briefing.waivers:
        subject = waiver.unit or f"编号{mask_house_id(waiver.house or '')}"  # of a house or a household
        yield Paragraph(
            f"{subject}，{CATALOGUE[waiver.code].title}：{waiver.reason}。{waiver.by}核准，至{prose.day(waiver.until)}。"
        )
