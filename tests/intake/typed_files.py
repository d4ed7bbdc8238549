"""One table written to every type of file: what is right for it does not depend on the type."""

from sample_data.files import Sheet, as_bytes
from tests.sheets import A_PLAIN_HOUSE, Cells, check
from zjf.checking.one_return import CheckedReturn

TYPES = ("xlsx", "xls", "et", "ods", "csv", "gb.csv")
"""As `sample_data.files.as_bytes` names them."""

WORKBOOKS = ("xlsx", "xls", "et", "ods")
"""Those that may have several sheets."""

OPTIONAL = ("组", "产权人证件号码", "经营业态", "建成年份", "管控措施", "复核人", "备注")
HEADINGS = ["序号", *A_PLAIN_HOUSE, *OPTIONAL]


def house(number: int, **changed: str) -> list[str]:
    """A plain house, changed in the given columns."""
    plain = {name: text.format(number=number) for name, text in A_PLAIN_HOUSE.items()}
    return [str(number), *((plain | changed).get(name, "") for name in HEADINGS[1:])]


def ledger(rows: Cells, headings: list[str] = HEADINGS) -> Cells:
    """A house ledger with its title, its note, its header (in row 3) and the rows."""
    return [["自建房台账"], ["填报单位：城关街道"], headings, *rows]


def written(cells: Cells, extension: str, *others: Cells, hidden: bool = False) -> bytes:
    """The bytes of a file: a sheet 台账, and others behind it (辅助1, …), perhaps hidden."""
    sheets = [Sheet("台账"), *(Sheet(f"辅助{place + 1}", hidden=hidden) for place in range(len(others)))]
    for sheet, rows in zip(sheets, (cells, *others), strict=True):
        for row, line in enumerate(rows):
            for column, text in enumerate(line):
                sheet.write(row, column, text or None)
    return as_bytes(sheets, extension)


def checked_as(extension: str, cells: Cells, *others: Cells, hidden: bool = False) -> CheckedReturn:
    """Checks the file of a unit."""
    name = f"城关街道.{extension.rpartition('.')[2]}"
    return check(written(cells, extension, *others, hidden=hidden), name)


def counted(checked: CheckedReturn) -> list[int]:
    return [len(table.rows) for table in checked.tables]


def codes_of(checked: CheckedReturn) -> list[str]:
    """The codes of what was found, without what is only said of ways of writing."""
    return sorted(problem.code for problem in checked.problems if problem.code != "C111")
