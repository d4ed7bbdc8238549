"""One sheet of a marked copy: faulty cells are coloured and commented, all else stays as it is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zjf.intake.a1 import place_of
from zjf.problems import Problem, Severity
from zjf.render.marked_copy.comments import COMMENT_MARK, add_comments
from zjf.render.marked_copy.looks import FILLS, CellStyles
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_frame import (
    Cell,
    anchors_of,
    column_styles,
    deselected,
    drawing_of_comments,
    with_drawing,
)
from zjf.render.marked_copy.sheet_rows import RowSource
from zjf.render.marked_copy.sheet_tree import SheetTree


@dataclass
class Faults:
    """The marks of a sheet.

    Attributes:
        cells: The cells that problems concern, each with the gravest severity of these.
    """

    cells: dict[Cell, Severity] = field(default_factory=dict)
    comments: dict[Cell, str] = field(default_factory=dict)


def faults_by_sheet(problems: Sequence[Problem]) -> dict[str, Faults]:
    """Returns the marks of each sheet: those of errors, breaches and warnings that are not waived."""
    faults: dict[str, Faults] = defaultdict(Faults)
    for problem in problems:
        if problem.sheet and problem.severity in FILLS and not problem.waived:
            sheet_faults = faults[problem.sheet]
            for address in problem.cells:
                cell = place_of(address)
                sheet_faults.cells[cell] = _worse(sheet_faults.cells.get(cell), problem.severity)
            if problem.cell:
                words = f"{COMMENT_MARK}{problem.severity.label} {problem.code}：{problem.message}"
                earlier_comment = sheet_faults.comments.get(place_of(problem.cell))
                sheet_faults.comments[place_of(problem.cell)] = (
                    f"{earlier_comment}\n{words}" if earlier_comment else words
                )
    return dict(faults)


def mark_sheet(
    package: Package, part: str, faults: Faults, styles: CellStyles, *, earlier: bool, parsed: bool
) -> None:
    """Marks a sheet; one without faults is only deselected, since the list of problems is selected.

    Args:
        earlier: Whether an earlier round's marks are removed.
        parsed: Whether its rows are parsed as XML, because they are not written as usual.

    Raises:
        UnusualXmlError: Its rows cannot be told apart; perhaps when the package is saved.
        UnusualPackageError: The parts around them are not put together as usual.
    """
    rows = SheetTree(package, part) if parsed else RowSource(package.zip, part)
    head, tail = rows.frame()
    unselected_head = deselected(head)
    if not faults.cells and not faults.comments and not earlier and unselected_head == head:
        return
    faults = _at_anchors(tail, faults)
    drawing = add_comments(package, part, drawing_of_comments(head, tail), faults.comments, earlier=earlier)
    new_tail = with_drawing(head, tail, drawing) if drawing else tail
    marks: dict[int, dict[int, Severity]] = defaultdict(dict)
    for (row, column), severity in faults.cells.items():
        marks[row][column] = severity

    def pieces() -> Iterator[bytes]:
        yield unselected_head
        yield from rows.dressed(marks, styles, column_styles(head))
        yield new_tail

    package.put(part, pieces)


def _at_anchors(tail: bytes, faults: Faults) -> Faults:
    """Returns the marks, those of merged cells moved to the first cell of the range, which is seen."""
    anchors = anchors_of(tail, {*faults.cells, *faults.comments})
    moved = Faults()
    for cell, severity in faults.cells.items():
        moved.cells[anchors[cell]] = _worse(moved.cells.get(anchors[cell]), severity)
    comments_by_anchor: dict[Cell, list[str]] = defaultdict(list)
    for cell, comment in faults.comments.items():
        comments_by_anchor[anchors[cell]].append(comment)
    moved.comments = {cell: "\n".join(comments) for cell, comments in comments_by_anchor.items()}
    return moved


def _worse(first: Severity | None, second: Severity) -> Severity:
    return next(severity for severity in FILLS if severity in (first, second))
