"""A date printed over two or three columns (年 | 月 | 日), which are read as one column."""

import re
from collections.abc import Collection, Iterator, Sequence

from zjf.intake.rows.sheet_values import Value
from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.joined_columns import (
    all_columns,
    headings_under_fields,
    texts_below,
    with_columns_joined,
)
from zjf.intake.values.readings import NOTHING, tidy
from zjf.intake.workbook import Sheet
from zjf.schemas.kinds import Kind

_PARTS = ("年", "月", "日")
_FITS = (
    re.compile(r"(?:19|20)\d\d年?"),
    re.compile(r"(?:0?[1-9]|1[0-2])月?"),
    re.compile(r"(?:0?[1-9]|[12]\d|3[01])[日号]?"),
)
_LOOKED_AT = 200


def with_dates_read(sheet: Sheet, header: Header) -> tuple[Sheet, Header]:
    """Returns the sheet and header with such columns joined into one each; as they are where there are none."""
    if not header.is_on_the_sheet:
        return sheet, header
    headed, below = dict(_in_the_header(header)), dict(_below(sheet, header))
    parts = below | headed | dict(_by_content(sheet, header, below.keys() | headed.keys()))
    if not parts:
        return sheet, header
    return with_columns_joined(
        sheet, header, parts, header.bottom + bool(below), lambda _, texts: _joined_day(texts)
    )


def _in_the_header(header: Header) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yields dates with 年, 月, 日 in the header's last row, under the heading of a date."""
    for name, headings in headings_under_fields(header).items():
        texts = {column: "".join(text.split()) for column, text in headings.items()}
        for column in texts if header.form.by_name[name].kind is Kind.DATE else ():
            if columns := _run(texts, column):
                yield name, columns


def _below(sheet: Sheet, header: Header) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yields dates with 年, 月, 日 in the row right below the header, which holds nothing else."""
    texts = texts_below(sheet, header)
    columns_by_field = {
        name: columns
        for name, column in header.columns.items()
        if header.form.by_name[name].kind is Kind.DATE and (columns := _run(texts, column))
    }
    if texts.keys() == all_columns(columns_by_field):
        yield from columns_by_field.items()


def _run(texts: dict[int, str], first: int) -> tuple[int, ...]:
    """Returns the columns from `first` on that are headed 年, 月 and perhaps 日; none where they are not."""
    headings = [texts.get(first + place, "") for place in range(len(_PARTS))]
    count = next((place for place, part in enumerate(_PARTS) if headings[place] != part), len(_PARTS))
    return tuple(range(first, first + count)) if count > 1 else ()


def _by_content(
    sheet: Sheet, header: Header, known: Collection[str]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yields dates whose heading is merged over three columns, which hold years, months and days."""
    for name, column in header.columns.items():
        further_columns = [place for spanned, place in header.spanned if spanned == name]
        columns = (column, column + 1, column + 2)
        if (
            name in known
            or header.form.by_name[name].kind is not Kind.DATE
            or further_columns != [*columns[1:]]
        ):
            continue
        rows = sheet.rows[header.bottom + 1 : header.bottom + 1 + _LOOKED_AT]
        texts_of_rows = [[tidy(row[place]) for place in columns] for row in rows]
        filled = [texts for texts in texts_of_rows if all(texts)]
        if filled and all(
            pattern.fullmatch(text) for texts in filled for pattern, text in zip(_FITS, texts, strict=True)
        ):
            yield name, columns


def _joined_day(texts: Sequence[str]) -> Value:
    """Returns the day that the parts make; where one is missing, the parts as they are written."""
    if len(texts) == len(_PARTS) and all(
        pattern.fullmatch(text) for pattern, text in zip(_FITS, texts, strict=True)
    ):
        year, month, day = (int(text.rstrip("年月日号")) for text in texts)
        return f"{year}/{month}/{day}"
    written_parts = [(text, part) for text, part in zip(texts, _PARTS, strict=False) if text not in NOTHING]
    return "".join(text if text.endswith(part) else f"{text}{part}" for text, part in written_parts)
