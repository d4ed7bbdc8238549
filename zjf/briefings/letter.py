"""The weekly summary and the monthly circular in the words of an office.

Every figure in them is one of the briefing's; a section that has nothing to say is left out.
"""

from collections.abc import Iterable, Iterator, Mapping

from zjf.briefings import prose, tables
from zjf.briefings.briefing import Briefing
from zjf.briefings.prose import amount
from zjf.briefings.ranking import RankedFigure
from zjf.documents.sections import Letter, Paragraph, Section, Table
from zjf.figures.units import PROGRESS
from zjf.monitoring.standings import Standing
from zjf.problems import CATALOGUE

_WORK = "自建房安全专项整治工作"
_AHEAD_DAYS = 14
_MOST_COMMON = 5
RATE_NAMES = {"appraisal_rate": "鉴定率", "rectification_rate": "整治率", "closure_rate": "销号率"}
_STANDINGS = {
    Standing.REPORTED: "按时报送",
    Standing.LATE: "迟报",
    Standing.NIL: "零报",
    Standing.SENT_BACK: "退回",
    Standing.MISSING: "未报",
}

Part = tuple[str, Iterable[Paragraph], Table | None]
"""A section before it has its number: its heading, paragraphs and table."""


def letter(briefing: Briefing) -> Letter:
    """The paper that tells a briefing."""
    monthly = briefing.kind == "monthly"
    parts: list[Part] = [
        ("报送情况", _reporting(briefing), tables.conduct(briefing) if monthly else None),
        ("总体进展", _progress(briefing), None),
        ("鉴定、整治、销号情况", _rates(briefing), tables.ranking(briefing)),
        ("工程措施与管理措施", _measures(briefing), None),
        ("逾期和未落实事项", _unmet(briefing), None),
        ("报表中的常见问题", _problems(briefing), None),
        ("近期时限", _deadlines(briefing), None),
        ("豁免事项", _waivers(briefing), None),
    ]
    told = [
        (heading, paragraphs, table)
        for heading, said, table in parts
        if (paragraphs := tuple(said)) or table is not None
    ]
    return Letter(
        title=f"{briefing.county}{_WORK}{'情况通报' if monthly else '周报'}",
        subtitle=briefing.period.label,
        addressee="各填报单位" if monthly else "",
        sections=tuple(
            Section(f"{prose.numeral(number)}、{heading}", paragraphs, table)
            for number, (heading, paragraphs, table) in enumerate(told, 1)
        ),
        closing="特此通报。" if monthly else "",
        office=briefing.office,
        day=prose.day(briefing.as_of),
        annexes=tables.annexes(briefing),
    )


def last(briefing: Briefing) -> str:
    """What the time before is called."""
    return "上月" if briefing.kind == "monthly" else "上期"


def _reporting(briefing: Briefing) -> Iterator[Paragraph]:
    board = briefing.board
    groups = [
        (label, [line.unit for line in board.lines if line.standing is standing])
        for standing, label in _STANDINGS.items()
    ]
    sentences = [f"应报{len(board.lines)}个单位，{prose.standing(groups)}。"]
    if briefing.kind == "monthly":
        sentences = [
            f"本月{_periods_told(briefing)}。最后一期为{board.period.label}，{sentences[0]}",
            *_conduct(briefing),
        ]
    else:
        sentences[0] = f"本期{sentences[0]}"
    if partial := [line.unit for line in board.lines if line.partial]:
        sentences.append(f"{prose.listed(partial)}的报表部分接收，有错误的行未计入。")
    if waiting := [line.unit for line in board.lines if line.waiting]:
        sentences.append(f"{prose.listed(waiting)}的报表已收到，尚未汇总。")
    counted = {each.unit for each in briefing.figures}
    if stands := [
        line.unit for line in board.lines if line.standing is Standing.SENT_BACK and line.unit in counted
    ]:
        sentences.append(f"{prose.listed(stands)}的报表退回前已接收过一次，按那一次计入。")
    if briefing.uncounted:
        sentences.append(f"以下各数不含{prose.listed(briefing.uncounted)}。")
    if board.strangers:
        sentences.append(
            f"台账中还有{prose.listed(board.strangers)}的报表，不在填报单位名单中，以下各数都没有计入。"
        )
    yield Paragraph("".join(sentences))


def _periods_told(briefing: Briefing) -> str:
    """How many periods there were, and of which of them nobody reported."""
    boards = briefing.boards
    silent = [board for board in boards if all(line.standing is Standing.MISSING for line in board.lines)]
    if not silent:
        return f"共报{len(boards)}期"
    return f"应报{len(boards)}期，其中{prose.listed(board.period.label for board in silent)}没有单位报送"


def _conduct(briefing: Briefing) -> Iterator[str]:
    conduct = briefing.conduct
    if len(briefing.boards) == 1:
        return  # how the units stand has just been said
    faultless = [each.unit for each in conduct if each.on_time == each.due]
    if len(faultless) == len(conduct):
        yield "各单位每期都按时报送。"
        return
    if faultless:
        yield f"每期都按时报送的有{prose.listed(faultless)}。"
    for label, counts in (
        ("迟报", {each.unit: each.late for each in conduct if each.late}),
        ("退回后未重报", {each.unit: each.sent_back for each in conduct if each.sent_back}),
        ("未报", {each.unit: each.missing for each in conduct if each.missing}),
    ):
        if counts:
            yield f"本月{label}：{prose.shares(counts, '次')}。"


def _progress(briefing: Briefing) -> Iterator[Paragraph]:
    if PROGRESS not in briefing.totals:
        return
    before = last(briefing)

    def said(label: str, name: str) -> str:
        return amount(label, briefing.amount(PROGRESS, name), before)

    whose = f"全县有数据的{len(briefing.figures)}个单位" if briefing.uncounted else "全县"
    yield Paragraph(
        f"截至{prose.day(briefing.as_of)}，{whose}累计{said('排查自建房', 'surveyed')}，其中{said('经营性', 'commercial')}、"
        f"{said('非经营性', 'noncommercial')}。"
    )
    yield Paragraph(
        f"经营性自建房中，{said('初判隐患', 'commercial_suspected')}，{said('已销号', 'commercial_closed')}。"
        f"非经营性自建房中，{said('初判隐患', 'suspected')}，{said('经技术人员复核无隐患', 'cleared')}，"
        f"{said('已鉴定', 'appraised')}，其中{said('C、D级', 'grade_cd')}；{said('已销号', 'closed')}。"
    )
    since = briefing.since
    if since is None:
        yield Paragraph(f"没有可比的{before}数据，不作比较。")
        return
    sentences = [f"与{before}比较的，{before}指{since.period.label}。"]
    if since.left_out:
        sentences.append(
            f"比较只计两期都有数据的{len(since.units)}个单位，不含{prose.listed(since.left_out)}。"
        )
    yield Paragraph("".join(sentences))


def _rates(briefing: Briefing) -> Iterator[Paragraph]:
    if briefing.figures:
        for number, figure in enumerate(briefing.told_figures, 1):
            yield Paragraph(_of_rate(briefing, figure), lead=f"（{prose.numeral(number)}）{figure.label}")


def _of_rate(briefing: Briefing, figure: RankedFigure) -> str:
    rate, ranking = briefing.rate(figure.name), briefing.rankings[figure.name]
    if len(ranking.unknown) == len(briefing.figures):
        return f"各单位的报表都没有反映{figure.population}的{figure.rate}。"
    whose = (
        "报表反映了这一情况的单位" if ranking.unknown else "有数据的单位" if briefing.uncounted else "全县"
    )
    if not rate.exists and not rate.numerator:
        return f"{whose}的{figure.population}中没有{figure.due}的，不计{figure.rate}。"
    moved = prose.rate_movement(briefing.rate_shift(figure.name), last(briefing))
    sentences = [
        f"{whose}{figure.population}{figure.due}{rate.denominator}{figure.measure}，"
        f"{figure.done}{rate.numerator}{figure.measure}，{figure.rate}{rate.display}"
        f"{f'，{moved}' if moved else ''}。"
    ]
    if behind := ranking.behind():
        sentences.append(f"排名靠后的是{prose.places(behind)}。")
    elif len(ranking.places) > 1 and set(ranking.ranks.values()) == {1}:
        sentences.append(f"{len(ranking.places)}个单位并列第1。")
    if ranking.over:
        sentences.append(f"{prose.places(ranking.over)}超过100%，请核对原数。")
    if ranking.nothing_to_do:
        sentences.append(f"{prose.listed(ranking.nothing_to_do)}无任务，不参加排名。")
    if ranking.unknown:
        sentences.append(f"{prose.listed(ranking.unknown)}的报表没有反映这一情况，不参加排名。")
    return "".join(sentences)


def _measures(briefing: Briefing) -> Iterator[Paragraph]:
    before, measures = last(briefing), briefing.measures
    works, managed = measures["engineering"], measures["management"]
    if works["cd_works"].value is not None:
        yield Paragraph(
            f"非经营性自建房中，{amount('C、D级房屋采取工程措施整治', works['cd_works'], before)}，"
            f"{amount('未经鉴定直接采取工程措施', works['direct_works'], before)}。",
            lead="（一）工程措施",
        )
    if managed["closed"].value == 0:
        yield Paragraph("没有以管理措施销号的房屋。", lead="（二）管理措施")
    elif managed["closed"].value is not None:
        yield Paragraph(
            f"前期{amount('以管理措施销号', managed['closed'], before)}，{amount('已经专业技术人员现场复核', managed['reviewed'], before)}，"
            f"其中{amount('仍有隐患', managed['hazard'], before)}，{amount('已改以工程措施整治', managed['works'], before)}。"
            "管理措施与工程措施分开统计，不计入整治率。",
            lead="（二）管理措施",
        )


def _unmet(briefing: Briefing) -> Iterator[Paragraph]:
    yield Paragraph(
        _by_code(briefing.overdue) or "没有超过整治期限或逾期未复核、鉴定的房屋。", lead="（一）逾期房屋"
    )
    yield Paragraph(_by_code(briefing.breaches) or "没有未落实的事项。", lead="（二）未落实事项")


def _by_code(found: Mapping[str, Mapping[str, int]]) -> str:
    return "".join(
        f"{CATALOGUE[code].title}（{code}）的{sum(units.values())}栋：{prose.shares(units)}。"
        for code, units in found.items()
    )


def _problems(briefing: Briefing) -> Iterator[Paragraph]:
    for_whom = "本月" if briefing.kind == "monthly" else "本期"
    if not briefing.problems:
        yield Paragraph(f"{for_whom}没有因数据错误退回的报表。")
        return
    most = briefing.problems[:_MOST_COMMON]
    said = "；".join(
        f"{CATALOGUE[each.code].title}（{each.code}）{each.count}处"
        + (f"，涉及{prose.listed(each.units)}" if each.units else "")
        for each in most
    )
    yield Paragraph(
        f"{for_whom}退回的报表中，问题{'较多的是' if len(most) < len(briefing.problems) else '有'}：{said}。"
    )


def _deadlines(briefing: Briefing) -> Iterator[Paragraph]:
    due = briefing.due
    for phase in due.soon:
        assert phase.until is not None  # only phases that end fall due
        left = (phase.until - due.day).days
        when = f"还有{left}天" if left else "今天到期"
        yield Paragraph(
            f"{phase.name}：{phase.due}。", lead=f"{prose.day(phase.until, year=False)}（{when}）"
        )
    if not due.soon:
        yield Paragraph(f"今后{_AHEAD_DAYS}天内没有到期的任务。")
    if due.past:
        said = prose.listed(f"{each.name}（{prose.day(each.until)}）" for each in due.past if each.until)
        yield Paragraph(f"已过期限的任务：{said}。")


def _waivers(briefing: Briefing) -> Iterator[Paragraph]:
    if briefing.waivers:
        yield Paragraph(f"经核准、仍在有效期内的豁免{len(briefing.waivers)}项：")
    for each in briefing.waivers:
        whose = each.unit or f"房屋{each.house}"
        yield Paragraph(
            f"{whose}，{CATALOGUE[each.code].title}（{each.code}）：{each.reason}。{each.by}核准，至{prose.day(each.until)}。"
        )
