"""Cells of an .xlsx that hold no value, however their XML is written: an error value or an uncomputed
formula is never a blank.
"""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from tests.intake.messy import column
from tests.sheets import A_PLAIN_HOUSE, Cells, check, found_in, workbook
from zjf.checking.one_return import CheckedReturn
from zjf.intake.formats import xlsx, xlsx_cells
from zjf.intake.formats.extras import DamagedError
from zjf.intake.formats.xlsx_looks import read_looks

SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = ["填报单位", *A_PLAIN_HOUSE, "使用人数", "备注"]
PERSONS, REMARKS = "R3", "S3"
"""Where the first house has 使用人数 and 备注; 鉴定等级 is in K3."""


def houses() -> Cells:
    rows = [[text.format(number=number) for text in A_PLAIN_HOUSE.values()] for number in (1, 2)]
    return [["填报单位：城关街道"], ["序号", *HEADINGS[1:]], *(["=1", *row, "=3", "有人"] for row in rows)]


def written(**cells: str) -> str:
    """The sheet's XML, with the given cells written as said."""
    with zipfile.ZipFile(io.BytesIO(workbook(houses()))) as package:
        xml = package.read(SHEET).decode()
    for place, cell in cells.items():
        column, row = place[0], place[1:]
        xml = re.sub(rf'<c r="{place}".*?</c>', "", xml)
        right = next(at for at in re.finditer(rf'<c r="([A-Z]){row}"|</row>', xml) if _ends(at, column, row))
        xml = xml[: right.start()] + cell + xml[right.start() :]
    return xml


def _ends(at: re.Match[str], column: str, row: str) -> bool:
    """Whether a cell is right of a column, or the row's end."""
    if at.group(1):
        return at.group(1) > column
    return f'r="{row}"' in at.string[at.string.rfind("<row ", 0, at.start()) : at.start()]


def read(xml: str) -> CheckedReturn:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(houses()))) as package,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in package.namelist():
            copy.writestr(name, xml if name == SHEET else package.read(name))
    return check(data.getvalue())


def in_every_place(xml: str) -> str:
    """The sheet as a program writes it that does not number its cells: blank ones are written as well."""

    def full(row: re.Match[str]) -> str:
        cells = dict(re.findall(r'<c r="([A-Z])\d+"(.*?(?:/>|</c>))', row.group()))
        return "<row>" + "".join(f"<c{cells.get(chr(65 + at), '/>')}" for at in range(19)) + "</row>"

    return re.sub(r"<row .*?</row>", full, xml)


def prefixed(xml: str) -> str:
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml.replace('xmlns="', 'xmlns:x="'))
    return xml.replace("<?x:xml", "<?xml")


WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda xml: xml,
    "single quotes": lambda xml: xml.replace('"', "'"),
    "white space": lambda xml: re.sub(r"(<c [^>]*>|</f>|</v>)(?=<)", "\\1\n  ", xml),
    "other order": lambda xml: re.sub(r'<c (r="\w+")( [^>/]*)>', r"<c\2 \1>", xml),
    "spaces in tags": lambda xml: xml.replace('t="e"', 't = "e"').replace("<c r=", "<c  r="),
    "no places": in_every_place,
    "prefix": prefixed,
    "sections": lambda xml: re.sub(r"<f>(.*?)</f>", r"<f><![CDATA[\1]]></f>", xml),
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_however_the_cells_are_written(writing: Callable[[str], str]) -> None:
    xml = written(
        K3='<c r="K3" t="e"><f>VLOOKUP(A3,B:C,2,0)</f><v>#N/A</v></c>',
        R3='<c r="R3"><f>1+2</f></c>',
        R4='<c r="R4"><f>1+2</f><v>3</v></c>',
        S4='<c r="S4" t="str"><f>A1</f><v></v></c>',
    )
    checked = read(writing(xml))
    assert found_in(checked) == {("C109", "K3"), ("C109", "R3")}
    assert column(checked, "occupants") == [None, 3]
    assert column(checked, "remarks") == ["有人", None]
    assert column(checked, "house_id") == ["YS0001", "YS0002"]


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="{PERSONS}"><f>SUM(A1:A2)</f></c>',
        f'<c r="{PERSONS}"><f>SUM(A1:A2)</f><v/></c>',
        f'<c r="{PERSONS}" s="0"><f>SUM(A1:A2)</f><v></v></c>',
        f'<c r="{PERSONS}"><f t="shared" si="0"/></c>',
        f'<c r="{PERSONS}" t="str"><f>A1&amp;A2</f></c>',
        f'<c r="{PERSONS}">\n  <f>SUM(A1:A2)</f>\n</c>',
        f'<c r="{PERSONS}"><f><![CDATA[IF(A1<2,1,2)]]></f><v></v></c>',
        f"<c r='{PERSONS}'><f>SUM(A1:A2)</f></c>",
    ],
)
def test_a_formula_without_its_value(cell: str) -> None:
    checked = read(written(**{PERSONS: cell}))
    (fault,) = checked.problems
    assert (fault.code, fault.cell) == ("C109", PERSONS)
    assert "没有计算结果" in fault.message


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (f'<c r="{PERSONS}" t="e"><v>#REF!</v></c>', "#REF!"),
        (f"<c r='{PERSONS}' t='e'><v>#REF!</v></c>", "#REF!"),
        (f'<c t="e" r="{PERSONS}" s="0"><f>A1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        (f'<c r="{PERSONS}" t="e"></c>', "#N/A"),
        (f'<c r="{PERSONS}" t="e"/>', "#N/A"),
    ],
)
def test_an_error_value(cell: str, said: str) -> None:
    (fault,) = read(written(**{PERSONS: cell})).problems
    assert (fault.code, fault.cell, fault.value) == ("C109", PERSONS, said)


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="{REMARKS}" t="str"><f>IF(A1="","",1)</f><v></v></c>',
        f'<c r="{REMARKS}" t="str"><f>IF(A1="","",1)</f><v/></c>',
        f"<c r='{REMARKS}' t='str'><f>A9</f><v></v></c>",
        f'<c r="{REMARKS}" t="inlineStr"><is><t>他说 t="e"</t></is></c>',
        f'<c r="{REMARKS}"/>',
    ],
)
def test_what_is_no_error(cell: str) -> None:
    """A formula may come to the empty text; and a text may look like XML."""
    assert not found_in(read(written(**{REMARKS: cell})))


@pytest.mark.parametrize(
    "cell", ['<c t="s"><v> 1 </v></c>', "<c><v>1<!-- --></v></c>", "<c><v><![CDATA[1]]></v></c>"]
)
def test_a_sheet_that_is_parsed_cell_by_cell_has_no_unclear_value_either(cell: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(houses()))) as package:
        looks = read_looks(package)
    sheet = "<worksheet><sheetData><row>{}</row></sheetData></worksheet>"
    xlsx_cells.parse(io.BytesIO(sheet.format("<c><!-- --><v>1</v></c>").encode()), looks)
    with pytest.raises(DamagedError):
        xlsx_cells.parse(io.BytesIO(sheet.format(cell).encode()), looks)


def test_a_cell_at_the_end_of_a_part_is_looked_at_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    xml = written(K3='<c r="K3" t="e"><v>#N/A</v></c>', R4='<c r="R4"><f>1+2</f></c>')
    monkeypatch.setattr(xlsx, "_LONGEST_CELL", 256)
    for size in range(260, 330):
        monkeypatch.setattr(xlsx, "_CHUNK", size)
        assert found_in(read(xml)) == {("C109", "K3"), ("C109", "R4")}


def test_a_sheet_that_declares_entities_comes_from_no_spreadsheet() -> None:
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    xml = written(**{PERSONS: f'<c r="{PERSONS}"><f>&b;</f></c>'}).replace("<worksheet", f"{bomb}<worksheet")
    assert found_in(read(xml)) == {("F001", "")}
