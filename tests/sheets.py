r"""Whole sheets as Markdown tables inside the tests, with the findings written where they belong.

    | 房屋编号 | 销号方式 | 验收日期   |
    | YS01     | 工程措施 | [L209]     |

A cell is text as a clerk typed it; `=12` is a number, `=2024-03-05` a real date, `=TRUE` a truth value,
`\n` a line break.
`[C104]` behind (or instead of) a cell's text says that this code is found there, and nothing else is.
"""

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from zjf.checking.alone import check_bytes
from zjf.checking.one_return import CheckedReturn, CheckSettings
from zjf.intake.a1 import a1
from zjf.intake.limits import Limits
from zjf.intake.settings import Intake
from zjf.period import Period
from zjf.rules.registry import Judgement
from zjf.schemas import FORMS
from zjf.unit_names import Roster

CLOSING_DAY = date(2024, 6, 7)
COUNTY = Roster(
    (
        ("城关街道", ("城关街道办", "城关街道办事处")),
        ("青石镇", ()),
        ("石岭矿区管理处", ("石岭矿区",)),
    ),
    "云水县",
)
TOWNSHIPS = Roster(tuple((f"{name}镇", ()) for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"), "云水县")
"""Many townships: a roll-up of an attachment has one row for each."""
_FINDING = re.compile(r"\s*\[((?:[A-Z]\d{3}[ ,]*)+)\]\s*$")

A_PLAIN_HOUSE = {
    "房屋编号": "YS{number:04}",
    "村（社区）": "东村",
    "房屋地址": "东村{number}号",
    "产权人": "赵{number}",
    "是否经营性": "否",
    "地上层数": "2",
    "结构类型": "砖混结构",
    "初判结论": "",
    "复核结论": "",
    "鉴定等级": "",
    "整治措施": "",
    "整治完成日期": "",
    "销号日期": "",
    "销号方式": "",
    "销号后复核日期": "",
    "销号后复核结论": "",
}
"""A house of which nothing is to be said: the columns that every ledger must have."""

Cells = list[list[str]]
Finding = tuple[str, str]


def parse(markdown: str) -> tuple[Cells, set[Finding]]:
    """The cells of a Markdown table, and the findings written in it as (code, A1 address)."""
    lines = [line.strip() for line in markdown.strip().splitlines()]
    rows = [
        [cell.strip().replace("\\n", "\n") for cell in line.strip("|").split("|")]
        for line in lines
        if line and not re.fullmatch(r"[|\s:-]*-{3}[|\s:-]*", line)
    ]
    expected: set[Finding] = set()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if found := _FINDING.search(cell):
                cells[column] = cell[: found.start()].strip()
                expected |= {(code, a1(row, column)) for code in re.findall(r"[A-Z]\d{3}", found.group(1))}
    return rows, expected


def workbook(
    *sheets: Cells, names: Iterable[str] = (), merges: Iterable[str] = (), hidden: Iterable[str] = ()
) -> bytes:
    """An .xlsx of the given sheets; `merges` are ranges (`A1:C1`) of the first."""
    buffer = BytesIO()
    names = [*names, *(f"Sheet{place}" for place in range(1, 20))]
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, cells in zip(names, sheets, strict=False):
            sheet = book.add_worksheet(name)
            for row, line in enumerate(cells):
                for column, cell in enumerate(line):
                    _write(sheet, row, column, cell, day)
            if name in hidden:
                sheet.hide()
            if cells is sheets[0]:
                for merged in merges:
                    sheet.merge_range(merged, "")
                    row, column = xl_cell_to_rowcol(merged.split(":")[0])
                    _write(sheet, row, column, cells[row][column], day)
    return buffer.getvalue()


def _write(sheet: object, row: int, column: int, cell: str, day: object) -> None:
    if re.fullmatch(r"=\d{4}-\d\d-\d\d", cell):
        sheet.write_datetime(row, column, date.fromisoformat(cell[1:]), day)  # type: ignore[attr-defined]
    elif cell in ("=TRUE", "=FALSE"):
        sheet.write_boolean(row, column, cell == "=TRUE")  # type: ignore[attr-defined]
    elif re.fullmatch(r"=-?[\d.]+", cell):
        sheet.write_number(row, column, float(cell[1:]))  # type: ignore[attr-defined]
    elif cell:
        sheet.write_string(row, column, cell)  # type: ignore[attr-defined]


def check(
    data: bytes,
    name: str = "城关街道.xlsx",
    *,
    roster: Roster = COUNTY,
    demands: frozenset[str] | None = None,
    closing_day: date = CLOSING_DAY,
    period: Period | None = None,
    forms: Iterable[str] = FORMS,
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    show_personal: bool = False,
    judgement: Judgement | None = None,
) -> CheckedReturn:
    """Checks one return as `zjf validate` does, in this process."""
    intake = Intake(roster, closing_day, period, tuple(forms), limits, show_personal)
    settings = CheckSettings(intake, judgement or Judgement(closing_day=closing_day, demands=demands))
    checked = check_bytes(Path(name), data, settings, keep_rows=True)
    for table in checked.tables:  # what is kept of a column as it was read is what the rows hold
        for column, typed in table.typed.items():
            assert typed.by_row().tolist() == table.frame[column].tolist()
    return checked


def found_in(checked: CheckedReturn, *, infos: bool = False) -> set[Finding]:
    """Every finding as (code, address); those of a file or sheet have an empty address."""
    return {
        (problem.code, problem.cell or "")
        for problem in checked.problems
        if infos or problem.severity.value != "info"
    }


def add_plain_columns(cells: Cells) -> None:
    """Adds the columns that a house ledger leaves out, filled in with houses of which nothing is to be said."""
    lacking = {heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in cells[0]}
    cells[0] += lacking
    for number, row in enumerate(cells[1:], 1):
        row += [text.format(number=number) for text in lacking.values()]


def assert_findings(
    markdown: str,
    *,
    form: str = "house-ledger",
    closing_day: date = CLOSING_DAY,
    judgement: Judgement | None = None,
) -> CheckedReturn:
    """Checks a table in which every finding is written at its cell, and nothing else is found.

    A house ledger may leave out the columns that the test is not about: they are filled in with a
    house of which nothing is to be said. `judgement` is what a notice makes of it, when the test is about one.
    """
    cells, expected = parse(markdown)
    if form == "house-ledger":
        add_plain_columns(cells)
    checked = check(
        workbook([*cells, [], ["填报单位：城关街道"]]), closing_day=closing_day, judgement=judgement
    )
    assert sorted(found_in(checked)) == sorted(expected)
    return checked
