"""The books of a period: which units and departments get one, and from what they are made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from zjf.documents.books.book import Book, BookKind, BookMaterials
from zjf.figures.partial_returns import Parts, PartTaken, parts_taken
from zjf.ledger import Submission
from zjf.schemas import FORMS
from zjf.services.houses.house_files import HouseFiles


def books(files: HouseFiles, kind: BookKind, units: Sequence[str], *, whole: bool) -> Iterator[Book]:
    """Yields the books of a kind.

    Args:
        files: The period's houses.
        kind: The kind.
        units: The units asked for; empty: all of them.
        whole: Whether personal data is left unmasked.
    """
    chosen_units = tuple(units or files.home.roster.names)
    houses = files.houses[files.houses.township.isin(chosen_units)]
    submissions = [
        submission
        for submission in files.ledger.submissions(str(files.period))
        if submission.unit in chosen_units
    ]
    missing_remarks = tuple(_missing_in_words(kind, chosen_units, submissions))
    parts = parts_taken(submissions, chosen_units)
    for book in kind.compose(
        BookMaterials(
            county=files.home.name,
            units=chosen_units,
            closing_day=files.judgement.closing_day,
            houses=pd.concat([houses, files.classes(houses)], axis=1),
            rows=lambda form: files.ledger.frame(form, str(files.period), chosen_units).reset_index(
                drop=True
            ),
            whole=whole,
            forms=frozenset(submission.form for submission in submissions),
            people=files.ledger.people(),
        )
    ):
        is_of_unit = book.owner in chosen_units
        in_part_remarks = _in_part_in_words(
            kind,
            {
                form: _parts_of_unit(book.owner, units) if is_of_unit else units
                for form, units in parts.items()
            },
        )
        yield replace(book, remarks=(*(() if is_of_unit else missing_remarks), *in_part_remarks))


def _parts_of_unit(owner: str, units: Sequence[PartTaken]) -> tuple[PartTaken, ...]:
    return tuple(part for part in units if part.unit == owner)


def _in_part_in_words(kind: BookKind, parts: Parts) -> Iterator[str]:
    """Yields remarks that name the units of which only a part is counted in a book."""
    for form in kind.sources:
        if units_in_part := parts.get(form):
            yield f"{FORMS[form].info.title}只接收了一部分、其余没有计入的单位：{'、'.join(map(str, units_in_part))}。"


def _missing_in_words(
    kind: BookKind, units: Sequence[str], submissions: Sequence[Submission]
) -> Iterator[str]:
    """Yields remarks that name the units not counted in a book, because nothing was accepted from them."""
    for form in kind.sources:
        units_with_form = {submission.unit for submission in submissions if submission.form == form}
        if missing := [unit for unit in units if unit not in units_with_form]:
            yield f"没有报{FORMS[form].info.title}、没有计入的单位：{'、'.join(missing)}。"
