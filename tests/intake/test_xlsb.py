"""What an .xlsb tells besides its values: comments, texts struck through, formats that write letters."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets import check
from zjf.checking.one_return import CheckedReturn
from zjf.intake.formats.xlsb import Record, encoded, records

FIXTURE = Path(__file__).parent.parent / "fixtures" / "ledger.xlsb"
SHEET, STYLES = "xl/worksheets/sheet1.bin", "xl/styles.bin"
COMMENTS = "xl/comments1.bin"
_FONT, _FORMAT, _STYLE, _STYLES_BEGIN, _ROW, _TEXT_CELLS = 43, 44, 47, 617, 0, (7, 18)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def rewritten(*changes: tuple[str, Callable[[list[Record]], list[Record]]], **added: bytes) -> CheckedReturn:
    """The fixture's return with the records of some parts changed, and some parts added."""
    copy = io.BytesIO()
    with zipfile.ZipFile(FIXTURE) as package, zipfile.ZipFile(copy, "w") as written:
        for name in package.namelist():
            data = package.read(name)
            for part, change in changes:
                if part == name:
                    data = b"".join(map(encoded, change(list(records(data)))))
            written.writestr(name, data)
        for name, data in added.items():
            written.writestr(name, data)
    return check(copy.getvalue(), "城关街道.xlsb")


def with_style(font: bytes = b"", number_format: str = "") -> Callable[[list[Record]], list[Record]]:
    """Styles with one more, number `len(styles)`, which has a font and a format of its own."""

    def change(parts: list[Record]) -> list[Record]:
        fonts = sum(kind == _FONT for kind, _ in parts)
        changed: list[Record] = []
        for place, (kind, body) in enumerate(parts):
            of_cells = _STYLES_BEGIN in [before for before, _ in parts[:place]]
            changed.append((kind, body))
            following = parts[place + 1][0] if place + 1 < len(parts) else None
            if kind == _FONT and following != _FONT and font:
                changed.append((_FONT, font))
            if kind == _STYLE and of_cells and following != _STYLE:
                shape = struct.pack("<3H", 0, 200 if number_format else 0, fonts if font else 0)
                changed.append((_STYLE, shape + body[6:]))
        return [(_FORMAT, struct.pack("<H", 200) + wide(number_format)), *changed]

    return change


def styled(cells: Callable[[int, int], bool]) -> Callable[[list[Record]], list[Record]]:
    """A sheet whose texts at some rows and places in the row bear the last style."""

    def change(parts: list[Record]) -> list[Record]:
        row = place = 0
        changed: list[Record] = []
        for kind, body in parts:
            if kind == _ROW:
                (row,), place = struct.unpack_from("<I", body), 0
            elif kind in _TEXT_CELLS:
                at = 4 if kind == min(_TEXT_CELLS) else 0
                if cells(row, place):
                    body = body[:at] + _last_style() + body[at + 3 :]
                place += 1
            changed.append((kind, body))
        return changed

    return change


def _last_style() -> bytes:
    kinds = [kind for kind, _ in records(zipfile.ZipFile(FIXTURE).read(STYLES))]
    of_cells = kinds[kinds.index(_STYLES_BEGIN) :]
    return of_cells.count(_STYLE).to_bytes(3, "little")


def font(*, struck: bool) -> bytes:
    return struct.pack("<4H", 220, 0x08 if struck else 0, 400, 0) + bytes(13) + wide("宋体")


def codes(checked: CheckedReturn) -> list[str]:
    return [problem.code for problem in checked.problems]


@pytest.mark.parametrize("struck", [True, False])
def test_a_row_struck_through_is_named(struck: bool) -> None:
    checked = rewritten(
        (STYLES, with_style(font=font(struck=struck))), (SHEET, styled(lambda row, _: row == 3))
    )
    said = [problem.message for problem in checked.problems if problem.code == "F017"]
    assert bool(said) is struck
    assert all("第 4 行划了删除线" in message for message in said)


def test_a_number_is_read_as_its_format_shows_it() -> None:
    plain, shown = (
        rewritten((STYLES, with_style(number_format=code)), (SHEET, styled(lambda _, place: place == 0)))
        for code in ("General", '"云"@')
    )
    assert [*plain.tables[0].frame["house_id"]] == ["YS1", "YS2", "YS3"]
    assert [*shown.tables[0].frame["house_id"]] == ["云YS1", "云YS2", "云YS3"]


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)


@pytest.mark.parametrize(("text", "told"), [("实际为3层", True), ("已核对", False)])
def test_a_comment_that_gives_another_value_is_told(text: str, told: bool) -> None:
    at_storeys = struct.pack("<5I", 0, 3, 3, 8, 8) + bytes(16)
    comment = encoded((635, at_storeys)) + encoded((637, b"\0" + wide(text)))
    relations = RELATIONS.format("comments", "../comments1.bin").encode()
    added = {COMMENTS: comment, "xl/worksheets/_rels/sheet1.bin.rels": relations}
    checked = rewritten(**added)
    assert [problem.cell for problem in checked.problems if problem.code == "F024"] == ["I4"] * told


def test_a_cell_written_twice_is_not_guessed_between() -> None:
    def doubled(parts: list[Record]) -> list[Record]:
        long = (6, struct.pack("<2I", 1, 0) + wide("YS9"))
        place = next(
            place for place, part in enumerate(parts) if part[0] == _ROW and part[1][:4] == b"\3\0\0\0"
        )
        return [*parts[: place + 1], long, long, *parts[place + 1 :]]

    assert codes(rewritten((SHEET, doubled))) == ["F001"]
