"""The story of one house, as `zjf house` shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.masked_rows import mask_house_id, mask_rows, may_name_people
from zjf.services.houses.house_files import HouseFiles
from zjf.services.houses.house_papers import number_of, signed_tables

_FORM = FORMS[HOUSES]


@dataclass(frozen=True)
class HouseStory:
    """What is known of one house, personal data masked unless it was asked for unmasked.

    Args:
        period: The period whose ledger has it.
        now: The present contents of its columns, by heading, without blank ones.
        classes: Risk, next duty, tags and departments, in words.
        reasons: Why the initial-hazard rule lists it.
        changes: Period, column, before, now, and the file, sheet and cell of each change.
        problems: Code and text of each unmet duty and warning.
        papers: Day, title and number of each paper issued about it.
        signatures: Day, table and who signed, of the unit's tables in which it is counted.
        photos: View, state and file of each photo, and each view that is lacking; None where the county has no
            folder of photos: then nothing is known of them.
    """

    house_id: str
    unit: str
    period: str
    now: Mapping[str, str]
    classes: Mapping[str, str]
    reasons: tuple[str, ...]
    changes: list[tuple[str, ...]]
    problems: list[tuple[str, ...]]
    papers: list[tuple[str, ...]]
    signatures: list[tuple[str, ...]]
    photos: list[tuple[str, ...]] | None

    def as_json(self) -> dict[str, Any]:
        """Returns the document `zjf.house/1`."""
        keys = ("period", "heading", "before", "now", "source")
        return {
            "schema": DocumentName.HOUSE,
            "house_id": self.house_id,
            "unit": self.unit,
            "period": self.period,
            "now": dict(self.now),
            "classes": dict(self.classes),
            "reasons": list(self.reasons),
            "changes": [dict(zip(keys, change, strict=True)) for change in self.changes],
            "problems": [{"code": code, "says": says} for code, says in self.problems],
            "papers": [{"on": day, "paper": title, "number": number} for day, title, number in self.papers],
            "signatures": [{"on": day, "table": table, "by": by} for day, table, by in self.signatures],
            "photos": None
            if self.photos is None
            else [{"view": view, "state": state, "detail": file} for view, state, file in self.photos],
        }


def story_of(files: HouseFiles, house_id: str, unit: str | None, *, whole: bool) -> HouseStory:
    """Returns the story of a house.

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
    return HouseStory(
        house_id=mask_house_id(house_id, whole=whole),
        unit=house[0],
        period=str(files.period),
        now={
            field.heading.text: text
            for field in _FORM.fields
            if field is not _FORM.unit_field and (text := text_of(row[field.name]))
        },
        classes={
            label: text_of(classification[label]) if classification[label] else ""
            for label in LABELS.values()
        },
        reasons=files.reasons(houses)[0],
        changes=[_change_in_words(change, files, whole=whole) for change in changes],
        problems=[*files.problems(houses)[0]],
        papers=list(_papers(files, house, changes)),
        signatures=[(record.day, record.kind, record.detail) for record in signed_tables(files, house[0])],
        photos=_photos(files, house_id, houses.rectified_on.iloc[0], whole=whole),
    )


def _change_in_words(change: RowChange, files: HouseFiles, *, whole: bool) -> tuple[str, ...]:
    return (
        change.period,
        _FORM.by_name[change.field].heading.text if change.field else "整行",
        _shown(files, change.field, change.before, whole=whole),
        _shown(files, change.field, change.now, whole=whole),
        change.source if whole else files.file_shown(change.source),
    )


def _papers(files: HouseFiles, house: House, changes: Sequence[RowChange]) -> Iterator[tuple[str, ...]]:
    for issued in files.papers_of(house, changes):
        if kind := PAPERS.get(issued.kind):
            yield f"{issued.made_at:%Y-%m-%d}", kind.title, number_of(files.home.name, kind, issued)


def _photos(
    files: HouseFiles, house_id: str, works: date | None, *, whole: bool
) -> list[tuple[str, ...]] | None:
    if files.album is None:
        return None
    return [
        (finding.view, finding.state, finding.detail if whole else files.file_shown(finding.detail))
        for finding in files.album.states(house_id, works)
    ]


def _shown(files: HouseFiles, name: str, value: Any, *, whole: bool) -> str:
    if whole or not name:
        return text_of(value)
    field = _FORM.by_name[name]
    text = shown(field, text_of(value))
    return files.ledger.people().masked_in(text) if may_name_people(field) else text
