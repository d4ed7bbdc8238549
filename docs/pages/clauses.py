"""Clause by clause: what the notices ask for, what of the program holds it, and what nothing holds."""

from collections.abc import Iterable, Mapping, Sequence

from docs import markdown
from docs.clauses import ListedClause, listed_clauses
from docs.holders import Holder, clause_of, every_holder, named
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.problems import CATALOGUE

_INTRO = (
    "五份通知里写了数、日子或“必须”一类要求的条款，由程序的什么管住。条款由人从通知里一条条列出，用自己的话写，没有列出的条款没有核对过；"
    "“由什么管”一栏从程序的声明生成，只有写“另有”的和“不管的部分”是人对应的。"
    "“判断”“到日核对”“算目标”“按期收报”“按期核对”会逐栋或逐个单位点出没做到的；“到日提示”只提醒日子，不核对做没做；"
    "“收表”“出文书”“出台账”“出报告”只是备有这份东西，“列清单”列出要再看的房屋；"
    "“贴标签”“定尺度”“定范围”“分部门”只定怎样分、怎样算。"
    "同一条款要求几件事的，管住其中一件就算有程序管，不管的写在最后一栏；那一栏空着，不等于每一件都已核对。"
)
_COUNTED = (
    "通知",
    "所列条款",
    "有程序管的",
    "其中会点出没做到的",
    "其中另有不管的部分",
    "没有由程序管的",
)
_BY_HAND = "另有"
_TELLING = frozenset({"判断", "到日核对", "算目标", "按期收报", "按期核对"})
"""What names those who have not done it."""
_NONE = "所列条款都至少有一样管着；其中不管的部分见上表。"
_CHAPTERS = "笼统引用整章的，不算作管住其中哪一条："


def page() -> str:
    """The text of the page."""
    holders = every_holder()
    titles = {title[:2]: title for title in (Notice.load(name).title for name in known_notices())}
    notices = {
        county: (titles[county], listed, [holder for holder in holders if holder.county == county])
        for county, listed in listed_clauses().items()
    }
    counts = [_counts(*notice) for notice in notices.values()]
    return markdown.page(
        "条款对照",
        _INTRO,
        markdown.table(_COUNTED, counts),
        *(_notice(*notice) for notice in notices.values()),
    )


def held_by(
    clause: ListedClause, listed: Sequence[ListedClause], holders: Iterable[Holder]
) -> dict[str, list[str]]:
    """What holds a clause, by what it does; empty where nothing does."""
    groups: dict[str, list[str]] = {}
    for holder in holders:
        if clause_of(holder.section, listed) == clause:
            groups.setdefault(holder.does, []).append(holder.what)
    for name in clause.by_hand:
        groups.setdefault(_BY_HAND, []).append(named(name))
    return groups


def _counts(title: str, listed: Sequence[ListedClause], holders: Sequence[Holder]) -> tuple[str, ...]:
    held = [clause for clause in listed if held_by(clause, listed, holders)]
    told = [clause for clause in held if _tells(clause, held_by(clause, listed, holders))]
    partly = [clause for clause in held if clause.left]
    return (
        title,
        *(str(number) for number in map(len, (listed, held, told, partly))),
        str(len(listed) - len(held)),
    )


def _tells(clause: ListedClause, groups: Iterable[str]) -> bool:
    """Whether somebody is told of who has not done it; a form, a paper or a label alone tells nobody."""
    return not _TELLING.isdisjoint(groups) or not CATALOGUE.keys().isdisjoint(clause.by_hand)


def _in_words(groups: Mapping[str, Iterable[str]]) -> str:
    return "\n".join(f"{does}：{'、'.join(dict.fromkeys(whats))}" for does, whats in groups.items())


def _notice(title: str, listed: Sequence[ListedClause], holders: Sequence[Holder]) -> str:
    rows = [(clause, held_by(clause, listed, holders)) for clause in listed]
    held = [
        (clause.clause, clause.asks, "、".join(clause.kinds), _in_words(by), clause.left)
        for clause, by in rows
        if by
    ]
    unheld = [(clause.clause, clause.asks, "、".join(clause.kinds)) for clause, by in rows if not by]
    chapters = dict.fromkeys(
        f"{holder.what}（{''.join(holder.section)}）"
        for holder in holders
        if clause_of(holder.section, listed) is None
    )
    return "\n\n".join(
        (
            f"## {title}",
            markdown.table(("条款", "要求", "给出", "由什么管", "不管的部分"), held),
            "### 没有由程序管的",
            markdown.table(("条款", "要求", "给出"), unheld) if unheld else _NONE,
            *([f"{_CHAPTERS}{'、'.join(chapters)}。"] if chapters else []),
        )
    )
