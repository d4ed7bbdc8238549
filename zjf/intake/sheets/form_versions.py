"""Returns that were filled in on an earlier version of the blank form (F019)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zjf.intake.table import Table
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.schemas import FORMS
from zjf.schemas.form_version import form_version

_VERSION = re.compile(r"表样版本：([a-z0-9-]+) · (.+)")
_LINES = 20


def version_line(form_id: str, version: str) -> str:
    """Returns the line with which a blank form states its version."""
    return f"表样版本：{form_id} · {version}"


def of_old_forms(sheets: Iterable[Sheet], tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields F019 for every table filled in on another version of the form than the present one.

    A file that states no version may be the county's own form, and is no problem.
    """
    versions = _versions(sheets)
    for table in (table for table in tables if table.goes_on_from is None):
        version = versions.get(table.form.id)
        if version and version != form_version(table.form):
            yield table.at_table("F019", f"空白表是旧版（{version}）{_changed(table)}", rows=())


def _versions(sheets: Iterable[Sheet]) -> Mapping[str, str]:
    """Returns the version of each form that the file's guide states."""
    texts = (str(row[0]) for sheet in sheets for row in sheet.rows[:_LINES] if row)
    matches = (match for text in texts if (match := _VERSION.fullmatch(text.strip())))
    return {match[1]: match[2] for match in matches if match[1] in FORMS}


def _changed(table: Table) -> str:
    """Returns, in words, the standard columns that the table lacks."""
    official = bool(table.form.info.number)
    lacking = [
        field.heading.text
        for field in table.form.standard_fields
        if not (official and field.roll_up_only) and field.name not in table.columns
    ]
    if not lacking:
        return "，栏目与现行的相同，可选项或必填要求有变"
    return f"，没有现行表中的{'、'.join(f'“{heading}”' for heading in lacking)}"
