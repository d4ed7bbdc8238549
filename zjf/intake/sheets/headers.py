"""Finding a table's header by its headings, over one to four rows with merged groups."""

import dataclasses
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from zjf.intake.formats.extras import Merge
from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.heading_paths import HeaderCell, HeadingPath, heading_paths
from zjf.intake.sheets.named_fields import (
    ROW_NUMBERS,
    field_by_name,
    field_named,
    first_field,
    is_heading,
    known_headings,
    spellings_among,
    spellings_of,
)
from zjf.intake.sheets.other_meanings import other_meaning
from zjf.intake.workbook import Sheet
from zjf.schemas import FORMS, Field, Form
from zjf.schemas.headings import plain_heading
from zjf.schemas.kinds import Kind

_DEEPEST = 4
_LOOKED_AT = 16
_NEAR_THE_TOP = 30
_A_FEW = 3
_OF_FIGURES = frozenset({Kind.INTEGER, Kind.COUNT})
_LETTER = re.compile("[\u3400-\u9fff]")
_ANSWERED = re.compile("[:：]")
"""A text with a colon above a header is a note (联系人：…), and no group of headings."""


@dataclass
class Header:
    """The header of one table.

    `top` and `bottom` are rows counted from 0; `columns` maps a field's name to its column; `twice`
    are further columns of a field already found; `spanned` are columns under a heading that is merged
    over several, beside its first; `unknown` are columns of no field; `numbers` are those of row numbers;
    `headed` are all columns under any heading; `groups` are the headings above those of no field. `span` are the columns that are the table's, where others
    stand beside it (`zjf.intake.sheets.side_by_side`). `otherwise` counts the columns that have a field's name and another
    meaning (`zjf.intake.sheets.other_meanings`). `options` are the columns of a field that has one for each option, for each part of a day, or for what is new and for what there is in all.
    """

    form: Form
    top: int
    bottom: int
    columns: dict[str, int]
    twice: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    spanned: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    unknown: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    numbers: set[int] = dataclasses.field(default_factory=set)
    headed: set[int] = dataclasses.field(default_factory=set)
    groups: dict[int, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    span: range | None = None
    otherwise: int = 0
    options: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)

    @property
    def is_on_the_sheet(self) -> bool:
        """Whether it stands on the sheet itself, and was not taken from an earlier sheet."""
        return self.bottom >= 0

    @property
    def fields(self) -> dict[int, Field]:
        """The field of each column found."""
        return {column: self.form.by_name[name] for name, column in self.columns.items()}

    def only(self, columns: Container[int]) -> "Header":
        """Returns the header with what it says besides `columns`, for some columns of the sheet."""
        return replace(
            self,
            twice=[each for each in self.twice if each[1] in columns],
            spanned=[each for each in self.spanned if each[1] in columns],
            unknown=[each for each in self.unknown if each[1] in columns],
            numbers={column for column in self.numbers if column in columns},
            headed={column for column in self.headed if column in columns},
        )

    @property
    def naming(self) -> list[int]:
        """The columns in which a row names what it is about, and people."""
        return [self.columns[field.name] for field in self.form.naming_fields if field.name in self.columns]

    @property
    def begins_with_its_first_field(self) -> bool:
        """Whether the leftmost column is of the field that is the form's first besides the unit's."""
        return min(self.columns, key=self.columns.__getitem__) == first_field(self.form).name

    @property
    def rank(self) -> tuple[int, float, int]:
        """More columns named is better, then a larger share of the form, then fewer rows."""
        columns_named = len(self.columns) + self.otherwise
        return columns_named, columns_named / len(self.form.standard_fields), self.top - self.bottom

    @property
    def convincing(self) -> bool:
        """Whether so many headings can hardly be chance."""
        key = self.form.info.key
        enough = 4 if not key else 3 if self.columns.keys() >= {*key} else 6
        return len(self.columns) >= enough


def find_headers(sheet: Sheet, forms: Sequence[Form]) -> list[Header]:
    """Returns every header on a sheet, from top to bottom.

    For a single form, two of its headings near the top are enough.
    """
    headers = list(_convincing(sheet, forms))
    if headers or len(forms) != 1 or len(FORMS) == 1:
        return headers
    candidates = (
        _best_header(sheet, row, 0, forms)
        for row in range(min(_NEAR_THE_TOP, len(sheet.rows)))
        if _may_be_header(sheet.rows[row], 2)
    )
    best = max(filter(None, candidates), key=lambda header: header.rank, default=None)
    return [best] if best else []


def _convincing(sheet: Sheet, forms: Sequence[Form]) -> Iterator[Header]:
    floor = 0
    last: Header | None = None
    looked_at = _rows_of_texts(sheet, [], 0)
    while (row := next(looked_at, None)) is not None:
        if _may_be_header(sheet.rows[row], 3):
            best = _repeated(sheet, last, row) or _best_header(sheet, row, floor, forms)
            if best and best.convincing:
                yield (last := best)
                floor = best.bottom + 1
                looked_at = _rows_of_texts(sheet, _columns_of_figures(best), floor)


def _rows_of_texts(sheet: Sheet, columns: Sequence[int], first: int) -> Iterator[int]:
    """Yields the rows from `first` on without a figure in some columns; a row with a figure there is data."""
    return sheet.rows.where(range(first, len(sheet.rows)), columns, lambda value: isinstance(value, str))


def _repeated(sheet: Sheet, last: Header | None, row: int) -> Header | None:
    """Returns the last header at a row that repeats it, as on every page of a long table; else None."""
    if last is None or last.top < last.bottom or last.spanned or sheet.rows[row] != sheet.rows[last.bottom]:
        return None
    return replace(last, top=row, bottom=row)


def _columns_of_figures(header: Header) -> list[int]:
    """Returns a few columns that hold numbers in data rows and never in a header."""
    names = [field.name for field in header.form.fields if field.kind in _OF_FIGURES and field.required]
    return [header.columns[name] for name in names if name in header.columns][:_A_FEW]


@cache
def _first_letters() -> frozenset[str]:
    """Returns the Chinese letters that a heading may begin with: its own, a number's, those of 必填, 选填, 单选, 下拉 …."""
    letters = {letter for spelling in known_headings() if (letter := _first_letter(spelling))}
    return frozenset(letters | set("一二三四五六七八九十第请必选单多下文"))


def _first_letter(text: str) -> str:
    match = _LETTER.search(text)
    return match.group() if match else ""


def _may_be_header(row: Sequence[Value], enough: int) -> bool:
    """Whether several of a row's first texts are headings; quickly ruled out for most rows of a long table."""
    looked_at = known = 0
    for cell in row:
        if isinstance(cell, str) and cell:
            looked_at += 1
            known += _first_letter(cell) in _first_letters() and is_heading(cell)
            if known == enough:
                return True
            if looked_at == _LOOKED_AT and not known:
                return False
    return False


def _best_header(sheet: Sheet, row: int, floor: int, forms: Sequence[Form]) -> Header | None:
    # A long table may be merged down on thousands of its rows.
    merges = [merge for merge in sheet.merges if merge[2] > row - _DEEPEST and merge[0] < row + _DEEPEST]
    below = range(row + 1, min(row + _DEEPEST, len(sheet.rows)))
    end = next((at for at in below if _is_in_no_header(sheet.rows[at])), below.stop)
    candidates = [
        header
        for bottom in range(row, end)
        for top in range(max(floor, bottom - _DEEPEST + 1), row + 1)
        for paths in [heading_paths(sheet, merges, top, bottom)]
        for form in _naming_one_of(paths, forms)
        if (header := _header_of(form, paths, top, bottom)).columns
    ]
    best = max(candidates, key=lambda header: header.rank, default=None)
    if best:
        best = _under_groups_above(sheet, merges, best)
        _add_merged_down(sheet, merges, best)
    return best


def _naming_one_of(paths: Sequence[HeadingPath], forms: Sequence[Form]) -> list[Form]:
    """Returns the forms that may have one of some columns: below a header, rows of data name none."""
    spellings = {spelling for path in paths if path.cells for spelling in spellings_among(path.texts)}
    return [form for form in forms if not spellings.isdisjoint(spellings_of(form))]


def _is_in_no_header(row: Sequence[Value]) -> bool:
    """Whether a row is blank or holds figures: then what stands below is not the same header any more."""
    figures = sum(1 for value in row if isinstance(value, int | float) or (value and str(value).isdigit()))
    return figures >= _A_FEW or row.count("") == len(row)


def _under_groups_above(sheet: Sheet, merges: Sequence[Merge], header: Header) -> Header:
    """Returns the header with the groups right above it, where they matter to its columns.

    A group may give a column another meaning (下步计划 / 整治完成日期), or name the field of its options (鉴定等级 / A级).
    A header whose last row alone names the columns is found without the groups above it.
    """
    above = header.top - 1
    groups = {
        column: HeaderCell(text, (above, left))
        for top, left, bottom, right in merges
        if top == bottom == above and left < right and 2 * (right - left) < len(header.headed)
        for text in [str(sheet.rows[top][left]) if left < len(sheet.rows[top]) else ""]
        if text.strip() and not _ANSWERED.search(text)
        for column in range(left, right + 1)
    }
    form, fields = header.form, [*header.columns.items(), *header.twice]
    meanings = (
        other_meaning(form.by_name[name], (groups[at].text, "")) for name, at in fields if at in groups
    )
    named = (field_by_name(form, (groups[at].text,)) for _, at in header.unknown if at in groups)
    if not any(meanings) and not any(named):
        return header
    paths = heading_paths(sheet, merges, header.top, header.bottom)
    grouped = [
        HeadingPath.of([groups[column], *path.cells]) if column in groups and path.cells else path
        for column, path in enumerate(paths)
    ]
    return _header_of(header.form, grouped, header.top, header.bottom)


def _add_merged_down(sheet: Sheet, merges: Sequence[Merge], header: Header) -> None:
    """Notes the headings that begin above a header and are merged down into it (序号)."""
    for top, left, bottom, _ in merges:
        if not top < header.top <= bottom or left in header.headed or left >= len(sheet.rows[top]):
            continue
        if plain_heading(text := str(sheet.rows[top][left])):
            header.headed.add(left)
            if plain_heading(text) in ROW_NUMBERS:
                header.numbers.add(left)
            else:
                header.unknown.append((text, left))


def _header_of(form: Form, paths: Sequence[HeadingPath], top: int, bottom: int) -> Header:
    header = Header(form, top, bottom, {})
    taken: dict[str, tuple[int, int]] = {}
    strange: set[tuple[int, int]] = set()
    for column, path in enumerate(paths):
        if not path.cells:
            continue
        leaf = path.cells[-1]
        header.headed.add(column)
        known = field_named(form, path.texts)
        if known is None:
            header.otherwise += field_by_name(form, path.texts) is not None
            if plain_heading(leaf.text) in ROW_NUMBERS:
                header.numbers.add(column)
            elif leaf.at not in strange:
                strange.add(leaf.at)
                header.unknown.append((leaf.text, column))
                header.groups[column] = path.texts[:-1]
        elif known.name not in taken:
            header.columns[known.name] = column
            taken[known.name] = leaf.at
        elif taken[known.name] == leaf.at:
            header.spanned.append((known.name, column))
        else:
            header.twice.append((known.name, column))
    return header
