"""A field printed as several columns, one for each of its options, of which a row ticks one: 初判结论 / 严重 | 一定 | 未发现.

Questionnaires write both in one heading: 25、管控措施(停止使用).

They are read as one column with the ticked options.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from zjf.intake.sheets.headers import Header
from zjf.intake.sheets.joined_columns import (
    all_columns,
    headings_under_fields,
    texts_below,
    with_columns_joined,
)
from zjf.intake.sheets.named_fields import field_by_name
from zjf.intake.values.codes import known_code
from zjf.intake.values.proposals import probably_meant
from zjf.intake.values.readings import NOTHING, tidy
from zjf.intake.workbook import Sheet
from zjf.schemas import Field
from zjf.schemas.kinds import Kind

_WITH_OPTION = re.compile(r"(?:\d+[、.(（]\s*)?(.+?)\s*[:：\-—_/|(（\n]\s*(.+?)[)）]?", re.DOTALL)
_TICKS = frozenset("√✓✔☑✅■●★1是有YyVv")
_NO_TICKS = NOTHING | frozenset("×✗✘□☐0否NnXx")

Options = dict[int, str]
"""By column, from left to right, the official wording of the option that it stands for."""
_Texts = list[tuple[int, str]]
"""Columns with their headings."""


def with_options_read(sheet: Sheet, header: Header) -> tuple[Sheet, Header]:
    """Returns the sheet and header with such columns joined into one each; as they are where there are none."""
    in_header = dict(_in_the_header(sheet, header)) | dict(_in_one_heading(sheet, header))
    options = in_header | (below := dict(_below(sheet, header)))
    if not options:
        return sheet, header

    def ticked(name: str, marks: Sequence[str]) -> str:
        return _ticked_options(
            header.form.by_name[name], dict(zip(options[name].values(), marks, strict=True))
        )

    columns_by_field = {name: [*of_field] for name, of_field in options.items()}
    return with_columns_joined(sheet, header, columns_by_field, header.bottom + bool(below), ticked)


def _in_the_header(sheet: Sheet, header: Header) -> Iterator[tuple[str, Options]]:
    """Yields fields with options in the header itself, also 非经营性 beside 经营性, which is a heading and an option."""
    under: dict[str, _Texts] = {
        name: [*texts.items()] for name, texts in headings_under_fields(header).items()
    }
    for name, column in header.columns.items():
        own = str(sheet.rows[header.bottom][column]) if header.is_on_the_sheet else ""
        field = header.form.by_name[name]
        beside = [
            (place, text) for text, place in header.unknown if place == column + 1 and known_code(field, text)
        ]
        if beside and known_code(field, own):
            under[name] = [(column, own), *beside]
    for name, texts in under.items():
        if options := _options(header.form.by_name[name], texts):
            yield name, options


def _in_one_heading(sheet: Sheet, header: Header) -> Iterator[tuple[str, Options]]:
    """Yields fields of which each column is headed by the field's name and one option."""
    under: dict[str, _Texts] = {}
    for column in sorted(header.headed) if header.is_on_the_sheet else ():
        match = _WITH_OPTION.fullmatch(str(sheet.rows[header.bottom][column]).strip())
        field = field_by_name(header.form, (match[1],)) if match else None
        if match and field and known_code(field, match[2]):
            under.setdefault(field.name, []).append((column, match[2]))
    for name, texts in under.items():
        options = _options(header.form.by_name[name], texts)
        if options and header.columns.get(name, texts[0][0]) in options:
            yield name, options


def _below(sheet: Sheet, header: Header) -> Iterator[tuple[str, Options]]:
    """Yields fields with options in the row right below the header, which holds nothing else."""
    texts = texts_below(sheet, header)
    options_by_field: dict[str, Options] = {}
    for name, column in header.columns.items():
        more = {place for spanned, place in header.spanned if spanned == name}
        run = [column]
        while run[-1] + 1 in texts and (run[-1] + 1 in more or run[-1] + 1 not in header.headed):
            run.append(run[-1] + 1)
        if len(run) > 1 and column in texts and header.form.by_name[name].codes:
            options_by_field[name] = _options(
                header.form.by_name[name], [(place, texts[place]) for place in run]
            )
    if texts.keys() == all_columns({name: [*options] for name, options in options_by_field.items()}):
        yield from options_by_field.items()


def _options(field: Field, texts: _Texts) -> Options:
    """Returns the option of each column; none unless each column stands for another option of the field."""
    if field.codes is None:
        return {}
    codes = [known_code(field, text) or probably_meant(field.codes, tidy(text)) for _, text in texts]
    known = [code for code in codes if code is not None]
    if len(set(known)) < len(texts) or len(known) < 2:
        return {}
    return dict(sorted(zip((column for column, _ in texts), known, strict=True)))


def _ticked_options(field: Field, marks: Mapping[str, str]) -> str:
    """Returns the ticked options; where they are not clear, the marks as they are written."""
    chosen = [
        option
        for option, mark in marks.items()
        if mark and (mark in _TICKS or known_code(field, mark) == option)
    ]
    unclear = [mark for option, mark in marks.items() if option not in chosen and mark not in _NO_TICKS]
    crosses = [mark for mark in marks.values() if mark not in NOTHING]
    if field.kind is Kind.CODES and not (chosen or unclear) and len(crosses) == len(marks):
        return ""  # each of several options is denied
    return "、".join([*chosen, *unclear] or crosses)
