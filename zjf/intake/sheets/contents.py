"""What is read of a workbook: its sheets one after the other, and the tables on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zjf.intake.settings import Intake
from zjf.intake.sheets.beside_tables import chosen, passed_over, what_it_is, without_table
from zjf.intake.sheets.blocks import blocks_of
from zjf.intake.sheets.layout import TableArea, find_tables, going_on
from zjf.intake.workbook import Sheet
from zjf.problems import Problem
from zjf.schemas import FORMS


@dataclass(frozen=True)
class Content:
    """What stands on a sheet, or on a block of one: the tables that are read, and the problems of all else."""

    areas: list[TableArea]
    problems: list[Problem]


def contents_of(sheets: Sequence[Sheet], intake: Intake) -> Iterator[Content]:
    """Yields what stands on the sheets of a workbook, each block of a sheet by itself.

    A sheet without headings is read by those of the list before it, where its rows fit them.
    """
    forms = [FORMS[form] for form in intake.forms]
    others = [form for form in FORMS.values() if form not in forms]
    last_list: TableArea | None = None
    for sheet, why_not in chosen(sheets, intake.only_sheets, intake.ignore_sheets):
        if why_not:
            yield Content([], [passed_over(sheet, why_not)])
            continue
        for block in blocks_of(sheet, forms):
            areas = find_tables(block.sheet, forms)
            if last_list and not areas:
                areas = going_on(last_list.form, last_list.columns, block.sheet)
            kinds = [what_it_is(area.parts[0]) for area in areas]
            tops = [area.header.top for area in areas]
            is_alone = len({*tops}) == 1
            problems = [
                passed_over(block.sheet, kind, None if is_alone else top)
                for top, kind in dict.fromkeys(zip(tops, kinds, strict=True))
                if kind
            ]
            # A table of a form that was not asked for is no problem.
            if not areas and not (others and find_tables(block.sheet, others)):
                problems += without_table(block.sheet)
            read = [area for area, kind in zip(areas, kinds, strict=True) if not kind]
            for area in read:
                if not (area.goes_on_from or area.continues_a_sheet):
                    last_list = area
            yield Content(read, [*problems, *filter(None, [block.beside])])
