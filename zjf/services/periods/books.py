"""Books of a period: which units and departments get one, and what they are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from zjf.documents.books.book import Book, BookKind, BookMaterials
from zjf.figures.in_part import Parts, PartTaken, parts_taken
from zjf.ledger import Submission
from zjf.schemas import FORMS
from zjf.services.houses.house_files import HouseFiles


def books(files: HouseFiles, kind: BookKind, units: Sequence[str], *, whole: bool) -> Iterator[Book]:
    """The books of a kind.

    Args:
        files: The period's houses.
        kind: The kind.
        units: The units asked for; all of them where it is empty.
        whole: Whether personal data stands whole.
    """
    wanted = tuple(units or files.home.roster.names)
    houses = files.houses[files.houses.township.isin(wanted)]
    sent = [
        submission for submission in files.ledger.submissions(str(files.period)) if submission.unit in wanted
    ]
    lacking = tuple(_lacking(kind, wanted, sent))
    parts = parts_taken(sent, wanted)
    for book in kind.compose(
        BookMaterials(
            county=files.home.name,
            units=wanted,
            closing_day=files.judgement.closing_day,
            houses=pd.concat([houses, files.classes(houses)], axis=1),
            rows=lambda form: files.ledger.frame(form, str(files.period), wanted).reset_index(drop=True),
            whole=whole,
            forms=frozenset(submission.form for submission in sent),
            people=files.ledger.people(),
        )
    ):
        own = book.owner in wanted
        in_part = _in_part(
            kind, {form: _of(book.owner, units) if own else units for form, units in parts.items()}
        )
        yield replace(book, remarks=(*(() if own else lacking), *in_part))


def _of(owner: str, units: Sequence[PartTaken]) -> tuple[PartTaken, ...]:
    return tuple(part for part in units if part.unit == owner)


def _in_part(kind: BookKind, parts: Parts) -> Iterator[str]:
    """Of whom only a part is counted in a book."""
    for form in kind.sources:
        if units := parts.get(form):
            yield f"{FORMS[form].info.title}只接收了一部分、其余没有计入的单位：{'、'.join(map(str, units))}。"


def _lacking(kind: BookKind, units: Sequence[str], sent: Sequence[Submission]) -> Iterator[str]:
    """Who is not counted in a book of several units, because nothing was accepted of it to count."""
    for form in kind.sources:
        telling = {submission.unit for submission in sent if submission.form == form}
        if lacking := [unit for unit in units if unit not in telling]:
            yield f"没有报{FORMS[form].info.title}、没有计入的单位：{'、'.join(lacking)}。"
