"""Files damaged on their way: cut short, bytes changed, parts missing. Reading them never raises.

A return that carries checksums is read as it was written, or not at all; of the others whatever can be
read is, and every row is counted or rejected.
"""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import xlwt
from xlrd.compdoc import CompDoc
from xlwt.CompoundDoc import XlsDoc

from sample_data.files import Sheet, as_bytes
from tests.intake.test_file_types import FIXTURES, a_sheet
from tests.sheets import check, found_in
from zjf.checking.one_return import CheckedReturn

GOOD = {extension: as_bytes([a_sheet()], extension) for extension in ("xlsx", "xls", "ods", "csv")} | {
    "xlsb": (FIXTURES / "ledger.xlsb").read_bytes()
}
WITH_CHECKSUMS = ("xlsx", "ods", "xlsb")
Damage = Callable[[random.Random, bytes], bytes]


def cut_short(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data))]


def bytes_changed(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 5, 50))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def stretch_zeroed(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.randrange(1, 2000))
    return data[:start] + bytes(end - start) + data[end:]


def stretch_lost(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(1, 2000) :]


def read(data: bytes, extension: str) -> CheckedReturn:
    checked = check(data, f"城关街道.{extension}")
    for table in checked.tables:
        rejected = checked.rejected_rows(table)
        assert rejected <= {row + 1 for row in table.rows}
        assert len(table.frame) == len(table.rows)
    return checked


@pytest.mark.parametrize("damage", [cut_short, bytes_changed, stretch_zeroed, stretch_lost])
@pytest.mark.parametrize("extension", GOOD)
def test_damaged_at_random(extension: str, damage: Damage) -> None:
    rng = random.Random(f"{extension} {damage.__name__}")
    whole = read(GOOD[extension], extension)
    for _ in range(20):
        checked = read(damage(rng, GOOD[extension]), extension)
        if extension in WITH_CHECKSUMS and checked.status != "unreadable":
            assert found_in(checked) == found_in(whole)
            assert checked.tables[0].frame.equals(whole.tables[0].frame)


def repacked(data: bytes, edit: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same package with its parts edited, and right checksums."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(written, "w") as copy:
        for name in package.namelist():
            part = edit(name, package.read(name))
            if part is not None:
                copy.writestr(name, part)
    return written.getvalue()


def parts() -> Iterator[tuple[str, str]]:
    for extension in WITH_CHECKSUMS:
        with zipfile.ZipFile(io.BytesIO(GOOD[extension])) as package:
            yield from ((extension, name) for name in package.namelist())


@pytest.mark.parametrize(("extension", "part"), list(parts()))
def test_a_part_that_is_missing_or_cut(extension: str, part: str) -> None:
    """Without its strings or its sheet a workbook is no return; without its theme it is."""
    whole = read(GOOD[extension], extension)
    for edit in (
        lambda name, data: None if name == part else data,
        lambda name, data: data[: len(data) // 2] if name == part else data,
        lambda name, data: b"" if name == part else data,
        lambda name, data: data[::-1] if name == part else data,
    ):
        checked = read(repacked(GOOD[extension], edit), extension)
        if checked.tables:
            assert list(checked.tables[0].frame.house_id) == list(whole.tables[0].frame.house_id)


def test_a_sheet_that_ends_after_a_row() -> None:
    def cut(name: str, data: bytes) -> bytes:
        return data[: data.rindex(b"<row")] if name.endswith("sheet1.xml") else data

    assert found_in(check(repacked(GOOD["xlsx"], cut))) == {("F001", "")}


def test_one_digit_changed_inside_the_package() -> None:
    """python-calamine would read the wrong digit: it does not look at checksums."""
    stored = repacked(GOOD["xlsx"], lambda name, data: data)
    changed = stored.replace("东村0号".encode(), "东村9号".encode())
    assert changed != stored
    assert found_in(check(changed)) == {("F001", "")}


@pytest.mark.parametrize("number", [" 2 ", "-1", "1.0", "NaN", "0x2", "9" * 20])
@pytest.mark.parametrize(
    "written", ['t="s"><v>{}<', "t='s'><v>{}<", 't="s"><f>A1</f><v>{}<', 't="s"><v xml:space="preserve">{}<']
)
def test_a_cell_that_does_not_say_which_of_the_texts_it_has(number: str, written: str) -> None:
    """python-calamine would take the first text of the workbook for it."""

    def misnumbered(name: str, data: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return data
        return re.sub(rb't="s"><v>\d+<(?!.*t="s")', written.format(number).encode(), data, flags=re.DOTALL)

    changed = repacked(GOOD["xlsx"], misnumbered)
    checked = check(changed)
    assert found_in(checked) == {("F001", "")}
    assert "没有写清是什么内容" in checked.problems[0].message


@pytest.mark.parametrize("value", ["<!-- 3 -->{}", "{}<!-- -->0", "<![CDATA[{}]]>"])
def test_a_value_in_pieces(value: str) -> None:
    """python-calamine would take one of them."""

    def in_pieces(name: str, data: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return data
        return re.sub(rb"<v>(\d+)<", lambda found: b"<v>%s<" % value.format(int(found[1])).encode(), data)

    checked = check(repacked(GOOD["xlsx"], in_pieces))
    assert found_in(checked) == {("F001", "")}
    assert "没有写清是什么内容" in checked.problems[0].message


@pytest.mark.parametrize("kind", ["float", "percentage", "date"])
def test_a_cell_that_shows_a_number_and_does_not_hold_it(kind: str) -> None:
    """python-calamine would take it for blank."""

    def without_value(name: str, data: bytes) -> bytes:
        return re.sub(rb'="float" office:value="[^"]*"', b'="%s"' % kind.encode(), data)

    changed = repacked(GOOD["ods"], without_value)
    assert found_in(check(changed, "城关街道.ods")) == {("F001", "")}


def test_a_row_that_is_there_no_times() -> None:
    """Readers drop it without a word."""

    def never(name: str, data: bytes) -> bytes:
        return re.sub(rb"<table:table-row\b(?!.*<table:table-row\b)", rb'\g<0> table:number-rows-repeated="0"', data, flags=re.DOTALL)  # fmt: skip

    assert found_in(check(repacked(GOOD["ods"], never), "台账.ods")) == {("F001", "")}


def test_an_old_workbook_whose_sectors_run_in_a_circle() -> None:
    """Its reader would fill the memory going round."""
    data = GOOD["xls"]
    checked = check(data[: len(data) // 2] + bytes(len(data) - len(data) // 2), "城关街道.xls")
    assert found_in(checked) == {("F001", "")}


def test_a_cell_of_an_old_workbook_that_is_written_twice() -> None:
    """A reader keeps the later one without a word."""
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, 1 / 3)
    saved = io.BytesIO()
    book.save(saved)
    cell = struct.pack("<HH3Hd", 0x0203, 14, 0, 0, 17, 1 / 3)
    stream = CompDoc(saved.getvalue()).get_named_stream("Workbook")
    assert cell in stream
    twice = io.BytesIO()
    XlsDoc().save(twice, stream.replace(cell, cell + cell))
    checked = check(twice.getvalue(), "城关街道.xls")
    assert found_in(checked) == {("F001", "")}
    assert "A1 这一格写了两次" in checked.problems[0].message


STRANGE = [
    *(
        "无",
        "合计",
        "小计",
        "零报",
        "备注：",
        "#REF!",
        "x" * 2000,
        "13500001234",
        "房屋编号",
        "数量",
        "经营性",
        "管理措施",
    ),
    *(
        "填报单位：",
        "①",
        "1",
        "。",
        " ",
        "\n",
        "（公式未计算）",
        1e300,
        -1.0,
        0,
        True,
        date(2024, 3, 5),
        None,
    ),
]


def mangled(rng: random.Random, sheet: Sheet) -> Sheet:
    """The sheet with strange cells, and with rows and columns that came, went or were copied."""
    cells = dict(sheet.cells)
    rows, columns = sheet.size
    for _ in range(rng.choice((1, 3, 10, 40))):
        cells[rng.randrange(rows), rng.randrange(columns)] = rng.choice(STRANGE)
    row, column, shift = rng.randrange(rows), rng.randrange(columns), rng.choice((-1, 0, 1))
    moved = {(r + shift * (r >= row), c + shift * (c >= column)): value for (r, c), value in cells.items()}
    moved |= {(rows + 2, c): value for (r, c), value in cells.items() if r == row}
    merged = [(row, column, row + rng.randrange(1, 4), column + rng.randrange(3))]
    return Sheet(sheet.name, {place: value for place, value in moved.items() if min(place) >= 0}, merged)


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_a_sheet_with_strange_cells_rows_and_columns(extension: str) -> None:
    rng = random.Random(extension)
    for _ in range(15):
        read(as_bytes([mangled(rng, a_sheet())], extension), extension)
