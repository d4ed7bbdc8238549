"""The books of a period: which units and departments get one, and from what they are made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from zjf.documents.books.book import Book, BookKind, BookMaterials
from zjf.figures.partial_returns import missing_units_in_words, partial_units_in_words, parts_taken
from zjf.services.houses.house_files import HouseFiles


def books(files: HouseFiles, kind: BookKind, units: Sequence[str], *, whole: bool) -> Iterator[Book]:
    """Yields the books of a kind."""
    chosen_units = tuple(units or files.home.roster.names)
    houses = files.houses[files.houses.township.isin(chosen_units)]
    submissions = [
        submission
        for submission in files.ledger.submissions(str(files.period))
        if submission.unit in chosen_units
    ]
    missing_remarks = tuple(missing_units_in_words(kind.sources, chosen_units, submissions))
    for book in kind.compose(
        BookMaterials(
            county=files.home.name,
            units=chosen_units,
            closing_day=files.judgement.closing_day,
            stock_before=files.notice.stock_before,
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
        parts = parts_taken(submissions, [book.owner] if is_of_unit else chosen_units)
        in_part_remarks = partial_units_in_words(kind.sources, parts)
        yield replace(book, remarks=(*(() if is_of_unit else missing_remarks), *in_part_remarks))
