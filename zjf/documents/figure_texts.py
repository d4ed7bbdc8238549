"""A form's figures as a table prints them."""

from collections.abc import Mapping

from zjf.counting.tally import rates
from zjf.documents.layout import Column
from zjf.schemas import Field, Form
from zjf.schemas.headings import PairOf
from zjf.schemas.kinds import Kind

FIGURES = (Kind.COUNT, Kind.PAIR, Kind.RATE)
NOT_REPORTED = "未报"


def column_of(field: Field) -> Column:
    """The field's column as the official table prints it, its unit under the heading."""
    heading = field.heading
    unit = f"\n（{heading.unit}）" if heading.unit else ""
    return Column(heading.text + unit, heading.groups, heading.width)


def figure_fields(form: Form) -> list[Field]:
    """The columns of the form that hold its figures, in the official order."""
    return [field for field in form.fields if field.kind in FIGURES]


def figure_texts(form: Form, counts: Mapping[str, int]) -> tuple[str, ...]:
    """What the row's figures print, one text a figure; nothing for one that was not reported.

    Args:
        form: The form.
        counts: Figure: count, pairs split.
    """
    printed = rates(form, counts)
    return tuple(
        printed[field.name].display
        if field.kind is Kind.RATE
        else pair_text(field.pair, counts)
        if field.pair
        else str(counts.get(field.name, ""))
        for field in figure_fields(form)
    )


def pair_text(pair: PairOf, counts: Mapping[str, int]) -> str:
    """Two figures in one cell (facts.md#pairs)."""
    return f"{counts[pair.first]}/{counts[pair.second]}" if pair.first in counts else ""
