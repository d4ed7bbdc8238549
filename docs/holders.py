"""What holds a clause: everything in the program that says which clause it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from typer.main import get_command

import zjf.documents.books
import zjf.documents.papers
import zjf.monitoring.board  # registers the codes of due days and goals
import zjf.rules  # declares every code
import zjf.rules.spot_checks  # noqa: F401
from docs.clauses import ListedClause, Section, cited, listed_clauses
from zjf.analysis.key_houses import TAGS
from zjf.analysis.recheck_lists import LISTS
from zjf.briefings import reports  # noqa: F401  # registers every report
from zjf.briefings.reports.report import REPORTS
from zjf.cli import application
from zjf.documents.books.book import BOOKS
from zjf.documents.papers.paper import PAPERS
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.notices.provisions import Phase
from zjf.notices.vocabulary import GOAL_FIGURES, REPORTED
from zjf.problems import CATALOGUE
from zjf.schemas import FORMS

_COMMANDS = frozenset(get_command(application()).commands)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Holder:
    """Something of the program, and the clause that it cites.

    Args:
        county: The county of the notice.
        section: The clause.
        does: What it does about the clause (判断、到日核对、出文书 …).
        what: Its name, as the page prints it.
    """

    county: str
    section: Section
    does: str
    what: str


def every_holder() -> list[Holder]:
    """Everything that cites a clause, each once a clause, in the order of the declarations."""
    return list(dict.fromkeys(chain(_of_notices(), _of_the_program())))


def _holders(does: str, what: str, clause: str, county: str = "") -> Iterator[Holder]:
    for whose, section in cited(clause, county):
        yield Holder(whose, section, does, what)


def _of_the_program() -> Iterator[Holder]:
    for code in sorted(CATALOGUE):
        yield from _holders("判断", _link(code), CATALOGUE[code].clause or "")
    for form in FORMS.values():
        yield from _holders("收表", f"[{form.info.title}](fields.md#{form.info.id})", form.info.source)
    for tag in TAGS:
        yield from _holders("贴标签", tag.label, tag.clause)
    for house_list in LISTS:
        yield from _holders("列清单", house_list.title, house_list.clause)
    for does, kinds in (("出文书", PAPERS), ("出台账", BOOKS), ("出报告", REPORTS)):
        for kind in kinds.values():
            yield from _holders(does, kind.title, kind.clause)


def _of_notices() -> Iterator[Holder]:
    listed = listed_clauses()
    for name in known_notices():
        notice = Notice.load(name)
        county = notice.title[:2]
        if county not in listed:
            continue  # it says how it differs from a notice whose clauses are listed
        for does, what, clause in chain(_days(notice), _duties(notice), _measures(notice)):
            yield from _holders(does, what, clause, county)


def _days(notice: Notice) -> Iterator[tuple[str, str, str]]:
    for phase in notice.phases:
        if phase.until:
            yield "到日核对" if _is_checked(notice, phase) else "到日提示", phase.name, phase.clause
    for cadence in notice.cadences:
        if cadence.kind == "return":
            yield "按期收报", cadence.name, cadence.clause
        elif cadence.kind == "visit":
            yield "按期核对", cadence.name, cadence.clause
    for goal in notice.goals:
        yield "算目标", f"{GOAL_FIGURES[goal.figure]}{goal.target}%", goal.clause


def _is_checked(notice: Notice, phase: Phase) -> bool:
    """Whether somebody is named who has not done it; what is only to be sent needs a form that it is known by."""
    if any(asked.step != REPORTED for asked in phase.asked):
        return True
    papers = [paper for paper in notice.papers if paper.due == phase.until]
    return bool(phase.asked) and (any(paper.form for paper in papers) if papers else bool(notice.expects))


def _duties(notice: Notice) -> Iterator[tuple[str, str, str]]:
    """What units owe. Nobody can tell whether a paper without a form came; one without a day, too, is only named."""
    for code, clause in notice.demands.items():
        yield "判断", _link(code), clause
    for paper in notice.papers:
        if paper.due:
            yield "到日核对" if paper.form else "到日提示", paper.name, paper.clause
        if paper.form:
            yield "收表", f"[{FORMS[paper.form].info.title}](fields.md#{paper.form})", paper.clause


def _measures(notice: Notice) -> Iterator[tuple[str, str, str]]:
    yield "定范围", "统计和排名的对象", notice.scope_clause
    yield "定范围", "填报单位", notice.units.clause
    if notice.departments.of:
        yield "分部门", "归口部门", notice.departments.clause
    if notice.three_kinds:
        yield "定尺度", "三类房屋", notice.three_kinds.clause
    yield "定尺度", "人员密集的业态", notice.crowded_businesses.clause
    for models in (notice.thresholds, notice.switches):
        for name, field in type(models).model_fields.items():
            if said := getattr(models, name):
                yield "定尺度", str(field.title), said.clause


def named(name: str) -> str:
    """What the page prints for the public name of a command, a code, a paper, a book, a report or a tag.

    Raises:
        ValueError: Nothing has that name.
    """
    if name in CATALOGUE:
        return _link(name)
    titles = {kind.id: kind.title for kinds in (PAPERS, BOOKS, REPORTS) for kind in kinds.values()}
    titles |= {tag.id: f"“{tag.label}”标签" for tag in TAGS}
    titles |= {command: f"`zjf {command}`" for command in _COMMANDS}
    if name not in titles:
        raise ValueError(f"程序里没有 {name}")
    return titles[name]


def _link(code: str) -> str:
    return f"[{code}](problems.md#{code.lower()})"


def clause_of(section: Section, listed: Iterable[ListedClause]) -> ListedClause | None:
    """The listed clause that a citation belongs to: the closest one that it is, or lies under; None: it lies under none."""
    above = [clause for clause in listed if clause.section == section[: len(clause.section)]]
    return max(above, key=lambda clause: len(clause.section), default=None)


def is_chapter(section: Section, listed: Iterable[ListedClause]) -> bool:
    """Whether listed clauses lie under it: it names a whole chapter, and none of its clauses in particular."""
    return any(clause.section[: len(section)] == section for clause in listed)


def strays() -> list[Holder]:
    """The citations of clauses that are not listed, and of which no part is."""
    notices = listed_clauses()
    return [
        holder
        for holder in every_holder()
        if clause_of(holder.section, notices[holder.county]) is None
        and not is_chapter(holder.section, notices[holder.county])
    ]
