"""Papers about houses and households: which of them get one, its number, and its contents."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from zjf.analysis.classification import LABELS, in_words
from zjf.analysis.photos import PhotoFolder
from zjf.analysis.row_changes import RowChange
from zjf.documents.ledger_table import text_of
from zjf.documents.papers.blocks import Photo
from zjf.documents.papers.case import HistoryEntry, HouseCase, HouseholdCase, RecordEntry
from zjf.documents.papers.paper import PAPERS, Paper, PaperKind, paper_of
from zjf.errors import CannotDoError, UsageError
from zjf.intake.limits import Limits
from zjf.intake.workbook import Sheet
from zjf.ledger import IssuedPaper
from zjf.ledger.of_county import open_ledger
from zjf.ledger.papers import House, PaperRegister
from zjf.period import Period
from zjf.schemas import FORMS
from zjf.schemas.form import Field
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.headings import plain_heading
from zjf.services.houses.house_files import HouseFiles
from zjf.services.returns.isolated_reading import read_sheets

_LABELS = {field.name: field.heading.text for field in FORMS[HOUSES].fields}
BOOK = "book"


def numbers_in(path: Path, form: str) -> list[str]:
    """Returns the numbers of a form's rows in a list, each once, in its order.

    Raises:
        CannotDoError: The file cannot be read, or has no column of such numbers.
    """
    key = FORMS[form].by_name[FORMS[form].info.key[0]]
    sheets = read_sheets(path, "清单", Limits())
    numbers = dict.fromkeys(number for sheet in sheets for number in _numbers(sheet, key))
    if not numbers:
        heading = key.heading.text
        raise CannotDoError(f"清单 {path} 中没有{heading}", f"请留一栏，栏目名写“{heading}”，编号写在下面。")
    return list(numbers)


def _numbers(sheet: Sheet, key: Field) -> list[str]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and plain_heading(value) in key.plain_headings:
                cells_below = (
                    str(line[column]).strip() for line in sheet.rows[row + 1 :] if column < len(line)
                )
                return [number for number in cells_below if number]
    return []


def rows_for(
    files: HouseFiles,
    kind: PaperKind[Any],
    numbers: Sequence[str] = (),
    unit: str | None = None,
    duty: str | None = None,
) -> pd.DataFrame:
    """Returns the houses or households that get a paper: those named; else those of the unit and duty that need one.

    Raises:
        UsageError: One of the numbers or the duty is not known, or a duty is asked of households.
    """
    if duty and kind.form != HouseCase.form:
        raise UsageError(f"《{kind.title}》不按下一步出", "请去掉 --duty。")
    rows = files.select(numbers, unit, duty, kind.form)
    return rows if numbers or rows.empty else rows[kind.meant_for(rows).to_numpy(dtype=bool)]


def named_beside_need(kind: PaperKind[Any], rows: pd.DataFrame) -> tuple[str, ...]:
    """Returns the numbers of those that a numbered paper was made for because they were named: by the ledger, it is not
    theirs.

    A paper without a number stays with the office, which may want it of any house.
    """
    if not kind.numbered:
        return ()
    return tuple(rows[kind.key][~kind.meant_for(rows).to_numpy(dtype=bool)])


def issue(
    files: HouseFiles,
    kind: PaperKind[Any],
    rows: pd.DataFrame,
    photos: PhotoFolder | None,
    *,
    anew: bool = False,
) -> list[Paper]:
    """Puts papers on record and returns their contents, in the rows' order.

    Args:
        anew: Whether those that have such a paper get a new number.

    Raises:
        CannotDoError: The ledger cannot be written to; then no paper is made.
    """
    issued_papers = PaperRegister(open_ledger(files.home)).issue(
        kind.id,
        list(zip(rows.township, rows[kind.key], strict=True)),
        str(files.period),
        form=kind.form,
        numbered=bool(kind.numbered),
        anew=anew and bool(kind.numbered),
    )
    if kind.form != HouseCase.form:
        return [paper_of(kind, case) for case in household_cases(files, rows)]
    numbers = {house: number_of(files.home.name, kind, issued) for house, issued in issued_papers.items()}
    return [paper_of(kind, case) for case in cases(files, rows, numbers, photos, whole=kind.id == BOOK)]


def number_of(county: str, kind: PaperKind[Any], issued: IssuedPaper) -> str:
    """Returns a paper's number as it is printed: 云水隐患通〔2024〕12号; empty where the kind has none."""
    if issued.number is None:
        return ""
    county_name = county.removesuffix("县").removesuffix("市").removesuffix("区")
    return f"{county_name}{kind.numbered}〔{issued.year}〕{issued.number}号"


def cases(
    files: HouseFiles,
    houses: pd.DataFrame,
    numbers: Mapping[House, str],
    photos: PhotoFolder | None = None,
    *,
    whole: bool,
) -> Iterator[HouseCase]:
    """Yields what papers about the houses need; of a whole book (一栋一册) also history, records and photos."""
    classes = in_words(files.classes(houses)).to_dict("records")
    stories = files.stories(houses) if whole else {}
    unmet = files.problems(houses) if whole else [[] for _ in range(len(houses))]
    for row, classification, reasons, problems in zip(
        _records(houses), classes, files.reasons(houses), unmet, strict=True
    ):
        house = (row["township"], row["house_id"])
        yield HouseCase(
            **_common(files, row),
            number=numbers.get(house, ""),
            reasons=reasons,
            classes={name: _words(classification[label]) for name, label in LABELS.items()},
            history=[history_entry(change, files) for change in stories.get(house, ())],
            records=[
                *_papers(files, house, stories[house]),
                *signed_tables(files, house[0]),
                *_open(files, problems),
            ]
            if whole
            else (),
            photos=[
                Photo(photo.view, photo.picture.thumbnail)
                for photo in photos.of(row["house_id"])
                if photo.picture
            ]
            if photos and whole
            else (),
        )


def household_cases(files: HouseFiles, households: pd.DataFrame) -> Iterator[HouseholdCase]:
    """Yields what papers about the households need."""
    for row in _records(households):
        yield HouseholdCase(**_common(files, row))


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _common(files: HouseFiles, row: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a paper about any row says: whose row it is, of which period, and which office signs."""
    return {
        "row": row,
        "unit": row["township"],
        "county": files.home.name,
        "office": files.notice.office_of(files.home),
        "period": files.period.label,
        "day": files.judgement.closing_day,
    }


def history_entry(change: RowChange, files: HouseFiles) -> HistoryEntry:
    """Returns a change of a house's row, in words; people in its file's name are masked."""
    heading = _LABELS.get(change.field, "整行")
    source = files.file_shown(change.source)
    return HistoryEntry(change.period, heading, text_of(change.before), text_of(change.now), source)


def _papers(files: HouseFiles, house: House, changes: Sequence[RowChange]) -> Iterator[RecordEntry]:
    for issued in files.papers_of(house, changes):
        kind = PAPERS.get(issued.kind)
        title = kind.title if kind else issued.kind
        number = number_of(files.home.name, kind, issued) if kind else ""
        yield RecordEntry(f"{issued.made_at:%Y-%m-%d}", title, number or f"据 {issued.period} 台账")


def signed_tables(files: HouseFiles, unit: str) -> Iterator[RecordEntry]:
    """Yields the signed tables of a unit, in which its houses are counted."""
    for signature in files.signatures.get(unit, ()):
        title = f"{Period.parse(signature.period).label}{FORMS[signature.form].info.short_title}签字"
        yield RecordEntry(str(signature.signed_on), title, signature.signed_by)


def _open(files: HouseFiles, problems: Sequence[tuple[str, str]]) -> Iterator[RecordEntry]:
    for code, words in problems:
        yield RecordEntry(str(files.judgement.closing_day), code, words)


def _words(value: Any) -> str:
    return value if isinstance(value, str) else "、".join(value) if isinstance(value, tuple) else ""
