"""The story of one house, as `zjf house` shows it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from zjf.analysis.classification import LABELS, in_words
from zjf.analysis.row_changes import RowChange
from zjf.documents.ledger_table import text_of
from zjf.documents.papers.paper import PAPERS
from zjf.errors import UsageError
from zjf.ledger.papers import House
from zjf.problems import shown
from zjf.public_json import DocumentName
from zjf.public_json import papers as papers_json
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_house_id, mask_rows, may_name_people
from zjf.services.houses.house_files import HouseFiles
from zjf.services.houses.house_papers import number_of, signed_tables

_FORM = FORMS[HOUSES]


def story_of(files: HouseFiles, house_id: str, unit: str | None, *, whole: bool) -> papers_json.House:
    """Returns the story of a house, which is the document `zjf.house/1`; personal data is masked unless `whole`.

    Raises:
        UsageError: It is not in the ledger, or several units have one of this number.
    """
    houses = files.select([house_id], unit)
    if len(houses) > 1:
        units = "、".join(houses.township)
        raise UsageError(
            f"编号「{mask_house_id(house_id)}」在几个单位都有：{units}", "请用 --unit 指明单位。"
        )
    row = mask_rows(_FORM, houses, whole=whole, people=files.ledger.people()).iloc[0]
    house = (houses.township.iloc[0], house_id)
    classification = in_words(files.classes(houses)).iloc[0]
    changes = files.stories(houses)[house]
    return {
        "schema": DocumentName.HOUSE,
        "house_id": mask_house_id(house_id, whole=whole),
        "unit": house[0],
        "period": str(files.period),
        "now": {
            field.heading.text: text
            for field in _FORM.fields
            if field is not _FORM.unit_field and (text := text_of(row[field.name]))
        },
        "classes": {
            label: text_of(classification[label]) if classification[label] else ""
            for label in LABELS.values()
        },
        "reasons": list(files.reasons(houses)[0]),
        "changes": [_change_in_words(change, files, whole=whole) for change in changes],
        "problems": [{"code": code, "says": says} for code, says in files.problems(houses)[0]],
        "papers": list(_papers(files, house, changes)),
        "signatures": [
            {"on": record.day, "table": record.kind, "by": record.detail}
            for record in signed_tables(files, house[0])
        ],
        "photos": _photos(files, house_id, houses.rectified_on.iloc[0], whole=whole),
    }


def _change_in_words(change: RowChange, files: HouseFiles, *, whole: bool) -> papers_json.CellChange:
    return {
        "period": change.period,
        "heading": _FORM.by_name[change.field].heading.text if change.field else "整行",
        "before": _shown(files, change.field, change.before, whole=whole),
        "now": _shown(files, change.field, change.now, whole=whole),
        "source": change.source if whole else files.file_shown(change.source),
    }


def _papers(files: HouseFiles, house: House, changes: Sequence[RowChange]) -> Iterator[papers_json.MadePaper]:
    for issued in files.papers_of(house, changes):
        if kind := PAPERS.get(issued.kind):
            number = number_of(files.home.name, kind, issued)
            yield {"on": f"{issued.made_at:%Y-%m-%d}", "paper": kind.title, "number": number}


def _photos(
    files: HouseFiles, house_id: str, works: date | None, *, whole: bool
) -> list[papers_json.PhotoState] | None:
    if files.album is None:
        return None
    return [
        {
            "view": finding.view,
            "state": finding.state,
            "detail": finding.detail if whole else files.file_shown(finding.detail),
        }
        for finding in files.album.states(house_id, works)
    ]


def _shown(files: HouseFiles, name: str, value: Any, *, whole: bool) -> str:
    if whole or not name:
        return text_of(value)
    field = _FORM.by_name[name]
    text = shown(field, text_of(value))
    return files.ledger.people().masked_in(text) if may_name_people(field) else text
