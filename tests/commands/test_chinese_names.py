"""Names as a clerk says them: forms, papers, commands, periods."""

import pytest

import zjf.documents.books  # registers every kind of book
import zjf.documents.papers  # noqa: F401  # registers every kind of paper
from zjf.cli import COMMANDS
from zjf.commands.paper import known_kind
from zjf.commands.report_books import known_book
from zjf.commands.root import CHINESE_NAMES
from zjf.documents.books.book import BOOKS
from zjf.documents.papers.paper import PAPERS
from zjf.schemas import FORMS
from zjf.schemas.names import form_named, nearest_form

from .office import PERIOD, Office
from .papers import take_in


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_goes_by_its_id_titles_and_number(form) -> None:  # type: ignore[no-untyped-def]
    for name in filter(None, (form.id, form.info.title, form.info.short_title, form.info.number)):
        assert form_named(name) is form
        near = nearest_form(name[:-1])
        assert near is not None


def test_no_name_means_two_things() -> None:
    names = [
        *(name for kind in PAPERS.values() for name in {kind.id, kind.title, *kind.names}),
        *(name for kind in BOOKS.values() for name in {kind.id, kind.title, *kind.names}),
    ]
    assert len(names) == len(set(names))
    for name in names:
        assert (name in PAPERS or known_book(name)) or known_kind(name)


def test_every_command_has_a_chinese_name() -> None:
    assert set(CHINESE_NAMES.values()) == set(COMMANDS)


def test_commands_forms_and_periods_in_chinese(office: Office) -> None:
    take_in(office)
    ran = office.run("出表", "附件2", "--period", "2024年第23周", "--county", office.folder)
    assert ran.code == 0, ran.err
    assert list(office.out.rglob("附件2_云水县.xlsx"))
    assert office.run("状态", "--period", PERIOD, "--county", office.folder).code in (0, 1)


def test_a_misspelt_form_is_told_the_right_word(office: Office) -> None:
    ran = office.run("report", "附件二表", "--period", PERIOD, "--county", office.folder)
    assert (ran.code, "是否为「" in ran.err) == (2, True)
