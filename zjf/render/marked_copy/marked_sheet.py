"""One sheet of a marked copy: its faulty cells filled and commented, all else of it as it stands in the file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_cell_to_rowcol

from zjf.problems import Problem, Severity
from zjf.render.marked_copy.comments import SAID, Cell, comment
from zjf.render.marked_copy.looks import FILLS, CellStyles
from zjf.render.marked_copy.package import Package
from zjf.render.marked_copy.sheet_frame import (
    anchored,
    column_styles,
    drawing_of_comments,
    unselected,
    with_drawing,
)
from zjf.render.marked_copy.sheet_rows import RowSource
from zjf.render.marked_copy.sheet_tree import SheetTree


@dataclass
class Faults:
    """What is marked on a sheet.

    Attributes:
        cells: The cells that problems concern, each with how grave the worst of them is.
        said: What the comments say.
    """

    cells: dict[Cell, Severity] = field(default_factory=dict)
    said: dict[Cell, str] = field(default_factory=dict)


def faults_by_sheet(problems: Sequence[Problem]) -> dict[str, Faults]:
    """What is marked on which sheet: errors, breaches and warnings that no waiver holds."""
    faults: dict[str, Faults] = defaultdict(Faults)
    for problem in problems:
        if problem.sheet and problem.severity in FILLS and not problem.waived:
            own = faults[problem.sheet]
            for address in problem.cells:
                cell = _cell(address)
                own.cells[cell] = _worse(own.cells.get(cell), problem.severity)
            if problem.cell:
                words = f"{SAID}{problem.severity.label} {problem.code}：{problem.message}"
                before = own.said.get(_cell(problem.cell))
                own.said[_cell(problem.cell)] = f"{before}\n{words}" if before else words
    return dict(faults)


def mark_sheet(
    package: Package, part: str, faults: Faults, looks: CellStyles, *, earlier: bool, parsed: bool
) -> None:
    """Marks a sheet; one without faults is only said not to be the selected one.

    Args:
        package: The workbook.
        part: The sheet's part.
        faults: What is marked.
        looks: Where the looks of marked cells are numbered.
        earlier: Whether an earlier round's marks are taken back.
        parsed: Whether its rows are parsed, because they are not written as usual.

    Raises:
        UnusualXmlError: Its rows cannot be told apart; perhaps when the package is saved.
        UnusualPackageError: The parts around them are not put together as usual.
    """
    rows = SheetTree(package, part) if parsed else RowSource(package.zip, part)
    head, tail = rows.frame()
    quiet = unselected(head)
    if not faults.cells and not faults.said and not earlier and quiet == head:
        return
    faults = _at_anchors(tail, faults)
    drawing = comment(package, part, drawing_of_comments(head, tail), faults.said, earlier=earlier)
    behind = with_drawing(head, tail, drawing) if drawing else tail
    marks: dict[int, dict[int, Severity]] = defaultdict(dict)
    for (row, column), severity in faults.cells.items():
        marks[row][column] = severity

    def pieces() -> Iterator[bytes]:
        yield quiet
        yield from rows.dressed(marks, looks, column_styles(head))
        yield behind

    package.put(part, pieces)


def _at_anchors(tail: bytes, faults: Faults) -> Faults:
    """The same faults where they are seen: of merged cells at the first."""
    anchors = anchored(tail, {*faults.cells, *faults.said})
    moved = Faults()
    for cell, severity in faults.cells.items():
        moved.cells[anchors[cell]] = _worse(moved.cells.get(anchors[cell]), severity)
    words_of: dict[Cell, list[str]] = defaultdict(list)
    for cell, words in faults.said.items():
        words_of[anchors[cell]].append(words)
    moved.said = {cell: "\n".join(words) for cell, words in words_of.items()}
    return moved


def _worse(earlier: Severity | None, other: Severity) -> Severity:
    return next(severity for severity in FILLS if severity in (earlier, other))


def _cell(address: str) -> Cell:
    row, column = xl_cell_to_rowcol(address)
    return row, column
