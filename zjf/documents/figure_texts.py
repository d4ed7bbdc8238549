"""A form's figures as texts in the cells of a printed table."""

from collections.abc import Mapping

from zjf.counting.tally import rates
from zjf.documents.layout import Column
from zjf.schemas import Field, Form
from zjf.schemas.headings import PairOf
from zjf.schemas.kinds import Kind

NOT_REPORTED = "未报"


def column_of(field: Field) -> Column:
    """Returns the field's column in the official table, with its unit under the heading."""
    heading = field.heading
    unit = f"\n（{heading.unit}）" if heading.unit else ""
    return Column(heading.text + unit, heading.groups, heading.width)


def figure_fields(form: Form) -> list[Field]:
    """Returns the columns of the form that hold its figures, in the official order."""
    return [field for field in form.fields if field.is_figure]


def figure_texts(form: Form, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Returns the texts of a row's figures; an empty text for a figure that was not reported."""
    rates_of_row = rates(form, counts)
    return tuple(
        rates_of_row[field.name].display
        if field.kind is Kind.RATE
        else pair_text(field.pair, counts)
        if field.pair
        else str(counts.get(field.name, ""))
        for field in figure_fields(form)
    )


def pair_text(pair: PairOf, counts: Mapping[str, int]) -> str:
    """Returns two figures as the text of one cell, x/y (facts.md#pairs); empty if they were not reported."""
    return f"{counts[pair.first]}/{counts[pair.second]}" if pair.first in counts else ""
