"""Old workbooks: .xls files as Excel 95 and the export of older programs write them, and formulas that nobody computed."""

import io
import struct
from collections.abc import Iterator

import pytest
import xlwt
from xlwt import CompoundDoc

from tests.intake.typed_files import codes_of, counted, house, ledger
from tests.sheets import Cells, check

HOUSES = [house(number, 备注=f"备注{number}") for number in range(1, 4)]
WESTERN, CHINESE = 1252, 936


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def as_excel_95(cells: Cells, name: str, code_page: int | None) -> bytes:
    """The bytes of a workbook of one sheet; its letters are written as China does, whatever code page it names."""
    begin = struct.pack("<2H", 0x0500, 0x0005)
    page = record(0x0042, struct.pack("<H", code_page)) if code_page else b""
    head = record(0x0809, begin + bytes(4)) + page + record(0x00E0, bytes(16))
    named = bytes([len(name.encode("gb18030"))]) + name.encode("gb18030")
    start = len(head) + 4 + 6 + len(named) + 4
    book = head + record(0x0085, struct.pack("<IH", start, 0) + named) + record(0x000A)
    sheet = b"".join(records_of(cells))
    stream = book + record(0x0809, struct.pack("<2H", 0x0500, 0x0010) + bytes(4)) + sheet + record(0x000A)
    buffer = io.BytesIO()
    CompoundDoc.XlsDoc().save(buffer, stream.ljust(4096, b"\0"))
    return buffer.getvalue()


def records_of(cells: Cells) -> Iterator[bytes]:
    yield record(0x0200, struct.pack("<5H", 0, len(cells), 0, max(map(len, cells)), 0))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            letters = text.encode("gb18030")
            if text.isdecimal():
                yield record(0x0203, struct.pack("<3Hd", row, column, 0, int(text)))
            elif text:
                yield record(0x0204, struct.pack("<4H", row, column, 0, len(letters)) + letters)


@pytest.mark.parametrize("code_page", [CHINESE, WESTERN, None])
@pytest.mark.parametrize("suffix", ["xls", "et"])
def test_letters_of_two_bytes_are_read(code_page: int | None, suffix: str) -> None:
    checked = check(as_excel_95(ledger(HOUSES), "台账", code_page), f"城关街道.{suffix}")
    (table,) = checked.tables
    assert (table.sheet, table.unit, codes_of(checked)) == ("台账", "城关街道", [])
    assert table.frame["house_id"].tolist() == ["YS0001", "YS0002", "YS0003"]
    assert table.frame["remarks"].tolist() == ["备注1", "备注2", "备注3"]


BLANK_TEXT, ZERO = b"\x03\0\0\0\0\0\xff\xff", bytes(8)
COMPUTED, TO_BE_COMPUTED = b"\0\0", b"\x02\0"


@pytest.mark.parametrize(
    ("result", "codes"),
    [
        (BLANK_TEXT + TO_BE_COMPUTED, ["C109"]),
        (ZERO + TO_BE_COMPUTED, ["C109"]),
        (BLANK_TEXT + COMPUTED, ["C101"]),
        (ZERO + COMPUTED, ["C103"]),
    ],
)
def test_a_formula_that_was_never_computed_is_told(result: bytes, codes: list[str]) -> None:
    """Programs that write .xls leave the result to who opens it; a formula may also come to nothing."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row, texts in enumerate(ledger(HOUSES)):
        for column, text in enumerate(texts):
            sheet.write(row, column, xlwt.Formula("1-1") if (row, text) == (3, "2") else text)
    buffer = io.BytesIO()
    book.save(buffer)
    checked = check(buffer.getvalue().replace(BLANK_TEXT + COMPUTED, result), "城关街道.xls")
    assert (counted(checked), codes_of(checked)) == ([3], codes)
