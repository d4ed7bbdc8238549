"""Lines of text about houses that have no row in the table: 另有 2 栋见附页, or a house typed into one cell (F026)."""

import re
from collections.abc import Iterator
from functools import cached_property

from zjf.intake.sheets.layout import TableArea
from zjf.intake.sheets.remarks import names_a_row
from zjf.intake.sheets.surrounding_texts import A_FULL_ROW, rows_around, texts_around
from zjf.intake.table import Table, places_listed
from zjf.intake.values.readings import filled_cells
from zjf.problems import Problem

_SO_MANY = r"(?:\d+|[一二两三四五六七八九十]+)(?:多|余)?个?[栋户处座幢间]"
_LEFT_OUT = (
    r"另有|另外|还有|尚有|其余|剩余|漏[报登填]|遗漏|未列[入出]|未计入|未纳入|未录入|未[填上]报|未报|未排查|暂未|待[补上填]报|待录入|另[行附]报"
    r"|见附[页表件]|下[周月期]补?报"
)
_MORE = re.compile(rf"(?:{_LEFT_OUT})[^。；;]*?{_SO_MANY}|{_SO_MANY}[^。；;]*?(?:{_LEFT_OUT})")
_OF_THE_ROWS = re.compile(r"以下|以上|上述|下列|其中|本表|合计|共计|总计|填[写报表]|请|如有|若有|凡")
_BUILT = re.compile(r"砖混|砖木|砖石|土木|土坯|框架|钢混|混杂|(?:木|钢)结构")
_NUMBERED = re.compile(r"\d\s*[号层]|\b[A-Za-z]*\d{3,}\b")
_TOKEN = re.compile(r"(?<![\w-])(?:[A-Za-z][A-Za-z\d-]{2,39}|\d[A-Za-z\d-]{4,39})(?![\w-])", re.ASCII)
_DIGIT = re.compile(r"\d")
_A_DAY_OR_A_TELEPHONE = re.compile(r"(?:19|20)\d{6}|1\d{10}|\d{18}")


def problems_of_unlisted_houses(area: TableArea, table: Table) -> Iterator[Problem]:
    """Yields one F026 for the lines about houses that have no row.

    The lines are not quoted, as they may name people.
    """
    number_field = table.form.number_field
    if number_field is None or area.goes_on_from is not None:
        return
    told_apart = {row for row, _ in (*area.totals, *area.remarks)}.union(
        area.apart, (sample.row for sample in area.samples)
    )
    numbers = _Numbers(table, number_field.name)
    lines = [
        text
        for text in texts_around(area, between=True)
        if text.row not in told_apart and _speaks_of_a_house(text.text, numbers)
    ]
    places = [*((line.row, line.column) for line in lines), *_rows_beside(area)]
    if places:
        yield table.at_places("F026", f"这里写的没有列成一行，没有计入{places_listed(places)}", places)


def _rows_beside(area: TableArea) -> list[tuple[int, int]]:
    """Returns where rows as full as a house's begin that stand at the right of the table, beside none of its rows."""
    beyond = max(max(part.header.headed | set(part.columns.values())) for part in area.parts) + 1
    begun, rows = [], area.page.rows
    for row in rows_around(area) if rows and len(rows[0]) > beyond else ():
        cells = filled_cells(rows[row])
        if len(cells) >= A_FULL_ROW and cells[0][0] >= beyond and any(names_a_row(text) for _, text in cells):
            begun.append((row, cells[0][0]))
    return begun


def _speaks_of_a_house(line: str, numbers: "_Numbers") -> bool:
    if numbers.lack_one_in(line):
        return True
    if _OF_THE_ROWS.search(line):
        return False
    return bool(_MORE.search(line) or (_BUILT.search(line) and _NUMBERED.search(line)))


class _Numbers:
    """The numbers of a table's rows, and how they are written."""

    def __init__(self, table: Table, key: str) -> None:
        self._table, self._key = table, key

    @cached_property
    def _all(self) -> set[str]:
        return set(map(str, self._table.cells(self._key)))

    @cached_property
    def _shapes(self) -> set[str]:
        return {_DIGIT.sub("0", number) for number in self._all}

    def lack_one_in(self, line: str) -> bool:
        """Whether a line holds a number that is written like those of the rows and is none of them."""
        found = [
            token.upper() for token in _TOKEN.findall(line) if not _A_DAY_OR_A_TELEPHONE.fullmatch(token)
        ]
        return any(
            _DIGIT.search(token) and token not in self._all and _DIGIT.sub("0", token) in self._shapes
            for token in found
        )
