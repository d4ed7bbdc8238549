"""The part of `zjf report` that makes special ledgers from the house ledger: 隐患台账, 行业部门台账, 移送台账 …"""

from collections.abc import Sequence
from pathlib import Path

import zjf.documents.books  # noqa: F401  # registers every kind of book
from zjf import console
from zjf.county import County
from zjf.documents.books.book import BOOKS, BookKind
from zjf.errors import CannotDoError
from zjf.figures.units import HOUSES
from zjf.period import Period
from zjf.render.xlsx.book import write_book
from zjf.services.houses.house_files import HouseFiles
from zjf.services.periods.books import books

BOOK_NAMES = "、".join(f"{kind.names[0]}（{kind.id}）" for kind in BOOKS.values())


def report_books(
    kinds: Sequence[BookKind],
    home: County,
    period: Period,
    units: Sequence[str],
    out: Path | None,
    *,
    whole: bool,
) -> None:
    """Writes the books of a period: one for each unit or department, and the county's.

    Raises:
        CannotDoError: There is no ledger for the period, nothing in it for a book, or a file cannot be written.
    """
    sources = dict.fromkeys((HOUSES, *(form for kind in kinds for form in kind.sources)))
    files = HouseFiles.open(home, period, sources)
    files_written, without_data = [], []
    for kind in kinds:
        period_books = list(books(files, kind, units, whole=whole))
        if not period_books:
            without_data.append(f"《{kind.names[0]}》")
        for book in period_books:
            path = (out or home.out(period) / "台账") / f"{kind.names[0]}_{book.owner}.xlsx"
            write_book(path, book, footer=files.period.label)
            files_written.append(path)
    if files_written:
        console.show_written(files_written)
    if without_data:
        raise CannotDoError(
            f"{period} 的台账中没有可出{'、'.join(without_data)}的数据",
            "可能本来就没有这样的房屋、问题；也请核对期次和单位。",
        )
