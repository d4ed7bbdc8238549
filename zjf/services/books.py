"""Books of a period: which units and departments get one, and what they are made from."""

from collections.abc import Iterator, Sequence

import pandas as pd

from zjf.documents.books.book import Book, BookKind, Materials
from zjf.services.house_files import HouseFiles


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
    yield from kind.says(
        Materials(
            county=files.home.name,
            units=wanted,
            closing_day=files.judgement.closing_day,
            houses=pd.concat([houses, files.classes(houses)], axis=1),
            rows=lambda form: files.ledger.frame(form, str(files.period), wanted).reset_index(drop=True),
            whole=whole,
        )
    )
