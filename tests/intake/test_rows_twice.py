"""Two rows of an .xlsx with one number: a reader would keep the later one, and a house would be gone without a word."""

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.intake.typed_files import HEADINGS, codes_of, counted, house, ledger
from tests.sheets import check, workbook

_SHEET = "xl/worksheets/sheet1.xml"


def rewritten(data: bytes, change: Callable[[str], str]) -> bytes:
    """An .xlsx with the XML of its sheet changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(buffer, "w") as copy:
        for name in package.namelist():
            text = package.read(name)
            copy.writestr(name, change(text.decode()).encode() if name == _SHEET else text)
    return buffer.getvalue()


def numbered_alike(xml: str) -> str:
    """Row 5 says that it is row 4."""
    xml = xml.replace('<row r="5"', '<row r="4"')
    for place in range(len(HEADINGS)):
        letters = chr(ord("A") + place)
        xml = xml.replace(f'r="{letters}5"', f'r="{letters}4"')
    return xml


HOUSES = ledger([house(number) for number in range(1, 5)])


@pytest.mark.parametrize(
    "change",
    [
        numbered_alike,
        lambda xml: numbered_alike(xml).replace('<c r="A6"', "<c  r='A6'").replace("<v>", "<f>1</f><v>", 1),
    ],
    ids=["as most programs write", "in another way"],
)
def test_neither_of_them_is_kept(change: Callable[[str], str]) -> None:
    checked = check(rewritten(workbook(HOUSES), change))
    assert (codes_of(checked), counted(checked)) == (["F001"], [])
    assert "有两行都写着是第 4 行" in checked.problems[0].message


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("</row>", '<c r="B4"><v>1</v></c></row>', 4),
        lambda xml: xml.replace("</sheetData>", '<row r="9"><c r="B4"><v>1</v></c></row></sheetData>'),
        lambda xml: xml.replace("</row>", '<c r="b4"><v>1</v></c></row>', 4),
        lambda xml: xml.replace('<c r="B4"', '<c><v>1</v></c><c r="B4"'),
    ],
    ids=["in its row", "in another row", "in small letters", "once without saying where"],
)
def test_a_cell_written_twice_is_not_guessed_between(change: Callable[[str], str]) -> None:
    checked = check(rewritten(workbook(HOUSES), change))
    assert (codes_of(checked), counted(checked)) == (["F001"], [])
    assert "B4 这一格写了两次" in checked.problems[0].message


def test_a_second_table_is_not_passed_over() -> None:
    """LibreOffice shows its rows below the others; the readers stop where the first one ends."""
    more = '</sheetData><sheetData><row r="9"><c r="B9"><v>1</v></c></row></sheetData>'
    checked = check(rewritten(workbook(HOUSES), lambda xml: xml.replace("</sheetData>", more)))
    assert (codes_of(checked), counted(checked)) == (["F001"], [])
    assert "工作表里有两份内容" in checked.problems[0].message


def test_cells_of_which_only_some_say_where_they_are() -> None:
    data = rewritten(workbook(HOUSES), lambda xml: xml.replace('<c r="B4"', "<c"))
    assert (codes_of(check(data)), counted(check(data))) == ([], [4])


def test_a_blank_one_beside_it_takes_nothing_away() -> None:
    checked = check(
        rewritten(workbook(HOUSES), lambda xml: xml.replace("</row>", '<c r="B4" s="0"/></row>', 4))
    )
    assert counted(checked) == [4]


def test_an_empty_one_takes_nothing_away() -> None:
    data = rewritten(
        workbook(HOUSES), lambda xml: xml.replace("</sheetData>", '<row r="4"/><row r="5"></row></sheetData>')
    )
    assert (codes_of(check(data)), counted(check(data))) == ([], [4])


def test_a_long_sheet_is_looked_at_in_pieces() -> None:
    """Each begins with the end of the one before: a row in both of them is there once."""
    long = ledger([house(number, 备注="长" * 400) for number in range(1, 2500)])
    inline = rewritten(workbook(long), lambda xml: xml.replace("<row ", f"<!--{'.' * 2000}--><row "))
    checked = check(inline)
    assert (codes_of(checked), counted(checked)) == ([], [2499])


def test_a_binary_tail_that_no_program_shows() -> None:
    place = HEADINGS.index("地上层数")
    rows = [house(1), house(2)]
    rows[0][place] = "=1.9999999999999998"
    rows[1][place] = "=2.0000000000000004"
    checked = check(workbook(ledger(rows)))
    assert (codes_of(checked), list(checked.tables[0].frame["floors"])) == ([], [2, 2])
