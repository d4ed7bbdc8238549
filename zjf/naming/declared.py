"""The names that declarations give: of forms, books, papers, reports, steps, codes, figures, columns."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zjf.naming.kinds import NameOf
from zjf.naming.names import Name
from zjf.naming.openable import Made

PACKAGE = "package"
"""The papers that a notice wants handed in together, as one folder and one bound paper."""

# Each function imports the declarations that it needs: all of them together are slow to load.


def forms() -> Iterator[Name]:
    """The forms that units send."""
    from zjf.schemas import FORMS

    for form in FORMS.values():
        info = form.info
        yield Name(
            info.id,
            info.short_title,
            _other_names(info.short_title, info.title, info.number),
            short=info.names,
        )


def tables() -> Iterator[Name]:
    """Yields what can be printed: the forms, the books made from them, and the papers handed in together."""
    import zjf.documents.books  # noqa: F401  # registers every kind of book
    from zjf.documents.books.book import BOOKS

    yield from forms()
    for kind in BOOKS.values():
        yield Name(kind.id, kind.names[0], _other_names(kind.names[0], kind.title, *kind.names))
    yield Name(PACKAGE, "成套材料", ("报送材料",))


def papers() -> Iterator[Name]:
    """The papers about houses, and the reports of a campaign."""
    import zjf.briefings.reports  # registers every kind of report
    import zjf.documents.papers  # noqa: F401  # registers every kind of paper
    from zjf.briefings.reports.report import REPORTS, ReportKind
    from zjf.documents.papers.paper import PAPERS, PaperKind

    kinds: tuple[PaperKind[Any] | ReportKind, ...] = (*PAPERS.values(), *REPORTS.values())
    for kind in kinds:
        yield Name(kind.id, kind.names[0], _other_names(kind.names[0], kind.title, *kind.names))


def steps() -> Iterator[Name]:
    """The next steps of a house."""
    from zjf.analysis.classification import Duty

    for duty in Duty:
        yield Name(duty.value, duty.value, tuple(duty.value.split("/")) if "/" in duty.value else ())


def topics() -> Iterator[Name]:
    """Yields what can be explained: codes, figures, columns. Several figures of the same name are one topic."""
    import zjf.rules  # noqa: F401  # declares every code
    from zjf.counting.issues import RECTIFIED_ISSUES
    from zjf.figures.progress import FIGURES
    from zjf.figures.provenance import figures
    from zjf.problems import CATALOGUE
    from zjf.schemas import FORMS

    for code in CATALOGUE.values():
        yield Name(code.code, code.title)
    seen: set[str] = set()
    form_figures = (
        (figure.field.heading.text, figure.name, figure.field.heading.of_whom) for figure in figures()
    )
    progress_figures = ((figure.label, figure.name, figure.label) for figure in FIGURES.values())
    issue_figures = ((RECTIFIED_ISSUES.label, RECTIFIED_ISSUES.name, RECTIFIED_ISSUES.label),)
    columns = (
        (field.heading.text, f"{form.id}/{field.name}", "")
        for form in FORMS.values()
        for field in form.fields
    )
    for heading, name, of_whom in (*form_figures, *progress_figures, *issue_figures, *columns):
        label = heading.split("（")[0]
        if label not in seen:
            seen.add(label)
            yield Name(name, label, _other_names(label, of_whom, of_whom.replace("自建房", "")))


def made() -> Iterator[Name]:
    """Yields what can be opened: the folders and papers of `_PLACES`, and the tables by the names of their files."""
    for target, *aliases in _PLACES:
        yield Name(target.value, target.value, tuple(aliases))
    for name in tables():
        yield Name(name.label, name.label, (name.id, *name.aliases), name.short)


_PLACES: tuple[tuple[Made, *tuple[str, ...]], ...] = (
    (Made.FOLDER, "folder", "结果", "out"),
    (Made.RETURNS, "returns", "收件", "报来的表"),
    (Made.MESSAGES, "messages"),
    (Made.MARKED, "标注件", "标注副本"),
    (Made.PAGE, "page", "html", "看板"),
    (Made.WEEKLY, "weekly"),
    (Made.MONTHLY, "monthly", "月报"),
    (Made.ROLLUP, "汇总"),
    (Made.MERGED, "全县台账"),
    (Made.REJECTED, "退回"),
    (Made.FRIDAY, "friday", "周五记录"),
)


def _other_names(label: str, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name and name != label))


DECLARED: Mapping[NameOf, Callable[[], Iterator[Name]]] = {
    NameOf.FORM: forms,
    NameOf.TABLE: tables,
    NameOf.PAPER: papers,
    NameOf.STEP: steps,
    NameOf.MADE: made,
    NameOf.TOPIC: topics,
}
"""The kinds whose names are the same in every county."""
