"""The official attachment tables, for one unit or for the county, made from the form's declaration.

This module decides about their content; `zjf.render` (`xlsx`, `pdf`, `docx`, `html`) writes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from zjf.counting.tally import total
from zjf.documents.figure_texts import NOT_REPORTED, column_of, figure_fields, figure_texts
from zjf.documents.layout import Column, fitting_width, join_neighbours
from zjf.documents.paper_sizes import BODY_POINTS, PaperSize, paper_for
from zjf.documents.seal import Seal, foot
from zjf.period import day_in_words
from zjf.schemas import Field, Form
from zjf.schemas.kinds import Kind

SIGNATURES = ("主要负责同志签字：", "单位（盖章）：")
DRAFT = "草稿"
SMALLEST_SCALE = 0.7
"""A table is shrunk to fit its paper, but not below this scale."""

_NIL = "零报"


@dataclass(frozen=True)
class AttachmentNotes:
    """The notes above an attachment; a blank one is left to be filled in by hand.

    Args:
        office: 填报单位, printed on the county's tables.
    """

    reporter: str = ""
    contact: str = ""
    filled_on: date | None = None
    office: str = ""


@dataclass(frozen=True)
class AttachmentLine:
    """A row of an attachment.

    Args:
        names: The row's name, one text for each of the table's label columns: none on a unit's own attachment,
            township and village where the form has them.
        counts: Figure: count; a pair is two figures. Empty if the unit did not report.
    """

    names: tuple[str, ...]
    counts: Mapping[str, int]


def figures_left_out(form: Form, lines: Sequence[AttachmentLine]) -> Iterator[str]:
    """Yields, for below a roll-up, whose reports lack a figure that others have: the 合计 is without them."""
    reported = [line for line in lines if line.counts]
    for field in figure_fields(form):
        lacking = [line for line in reported if not line.counts.keys() >= set(field.columns)]
        if field.kind is not Kind.RATE and 0 < len(lacking) < len(reported):
            units = "、".join(dict.fromkeys(line.names[0] for line in lacking))
            yield f"没有{field.heading.text}的数据、没有计入合计的单位：{units}。"


@dataclass(frozen=True, eq=False)
class Attachment:
    """An official table, ready to be printed, signed and stamped.

    Args:
        lines: Its rows. Without rows it is a nil return, which the table says in words.
        unit: The name in the title: the reporting unit's, or the county's on a roll-up.
        roll_up: Whether it is the county's table: a row for each unit (or village) and a 合计 row.
        period: The period as printed at the foot of the page.
        remarks: Notes below the table, one paragraph each.
        draft: Whether it is marked as a draft, because it may not be signed yet.
        seal: Its code on record; None for a table that was not made from a ledger.
    """

    form: Form
    lines: Sequence[AttachmentLine]
    _: KW_ONLY
    unit: str
    roll_up: bool = False
    period: str = ""
    notes: AttachmentNotes = AttachmentNotes()
    remarks: Sequence[str] = ()
    draft: bool = False
    seal: Seal | None = None

    @property
    def title(self) -> str:
        return f"{self.unit}{self.form.info.title}"

    @property
    def foot(self) -> str:
        """The text at the left of the foot of each page."""
        return foot(self.period, self.seal)

    @cached_property
    def labels(self) -> list[Field]:
        return label_fields(self.form, roll_up=self.roll_up)

    @cached_property
    def rows(self) -> list[AttachmentLine]:
        """The rows above the total; of a nil return one row of zeros, named 零报."""
        return list(self.lines) or [
            AttachmentLine((_NIL,) * len(self.labels), dict.fromkeys(self.form.counts, 0))
        ]

    @cached_property
    def total(self) -> AttachmentLine | None:
        """The sum of the rows, if the table has such a row; its name takes all label columns."""
        if not (self.roll_up or self.form.info.key):
            return None
        name = f"总计（{self.form.info.unit_of_count}）" if self.form.info.key else "合计"
        blank = ("",) * (len(self.labels) - 1)
        return AttachmentLine((name, *blank), total(line.counts for line in self.rows))

    @cached_property
    def grid(self) -> list[tuple[str, ...]]:
        """The texts of the table, row by row; the total is the last row."""
        lines = [*self.rows, *([self.total] if self.total else [])]
        blank = [""] * (len(figure_fields(self.form)) - 1)
        return [
            (*line.names, *(figure_texts(self.form, line.counts) if line.counts else (NOT_REPORTED, *blank)))
            for line in lines
        ]

    @property
    def shows_personal(self) -> bool:
        return False

    @property
    def key_columns(self) -> int:
        """How many columns at the left hold the row's name."""
        return len(self.labels)

    @cached_property
    def columns(self) -> list[Column]:
        """Its columns; the label columns are wide enough for the names in them."""
        fitted = (
            [
                replace(column_of(field), width=fitting_width(names, field.heading.width, BODY_POINTS))
                for field, names in zip(
                    self.labels, zip(*(line.names for line in self.rows), strict=True), strict=True
                )
            ]
            if self.labels
            else []
        )
        return fitted + [column_of(field) for field in figure_fields(self.form)]

    @cached_property
    def paper(self) -> PaperSize:
        """The paper that it is printed on."""
        return paper_for(self.columns, SMALLEST_SCALE)

    @property
    def above(self) -> list[str]:
        """The notes above the table, from left to right; neighbours are joined if there are fewer columns."""
        day = self.notes.filled_on
        filled_on = day_in_words(day) if day else ""
        texts = [
            f"填报人：{self.notes.reporter}",
            f"联系方式：{self.notes.contact}",
            f"填报时间：{filled_on}",
        ]
        if self.roll_up:
            texts.insert(0, f"填报单位：{self.notes.office}")
        unit = self.form.info.unit_of_count
        return join_neighbours([*texts, f"（单位：{unit}）"] if unit else texts, len(self.columns))


def label_fields(form: Form, *, roll_up: bool) -> list[Field]:
    """Returns the columns with the row's name; the township's is only on the county's roll-up."""
    return [field for field in form.fields if not field.is_figure and (roll_up or not field.roll_up_only)]


def lines_of(form: Form, rows: pd.DataFrame, *, roll_up: bool = False) -> list[AttachmentLine]:
    """Returns the lines of a table of the form from its typed rows (a sweep-table's villages).

    Args:
        rows: Its rows: typed columns, blanks as None.
        roll_up: Whether the lines are for the county's table, with the township in front.
    """
    labels = [field.name for field in label_fields(form, roll_up=roll_up)]
    return [
        AttachmentLine(
            tuple(str(row[name] or "") for name in labels),
            {name: int(row[name]) for name in form.counts if row[name] is not None},
        )
        for row in rows.to_dict("records")
    ]
