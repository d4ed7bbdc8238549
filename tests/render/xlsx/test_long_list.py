"""A list written part by part says and looks the same as one that is written at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.errors import CannotDoError
from zjf.render.xlsx import long_list
from zjf.render.xlsx.deflated import Deflated
from zjf.render.xlsx.list_rows import RowsXml
from zjf.render.xlsx.listing import Fit, write_list
from zjf.render.xlsx.long_list import LongList, write_long_list
from zjf.render.xlsx.workbook import new_workbook

COLUMNS = (
    Column("填报单位", width=12),
    Column("说明", width=30),
    Column("数", width=8),
    Column("日期", width=12),
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40)
"""Without \\r, which Excel's own files write otherwise, too."""
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["城关街道", "青石镇", " 空格 ", "_x0041_"]),
        st.none() | TEXTS | st.tuples(TEXTS, TEXTS) | st.just(()),
        st.none() | st.integers(-(10**15), 10**15) | st.decimals(-1000, 1000, places=2),
        st.none() | st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    ),
    max_size=12,
)


def at_once(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with new_workbook(path, "一览") as (book, styles):
        content = ListSheet("一览表", COLUMNS, rows, "一览", frozen=1)
        write_list(book.add_worksheet("一览表"), styles, content, "2024年第23周")
    return path


def by_parts(path: Path, *parts: Sequence[Sequence[object]]) -> Path:
    columns = [[[row[at] for row in part] for at in range(len(COLUMNS))] for part in parts]

    def pieces(rows: RowsXml, firsts: Sequence[int]) -> list[Deflated]:
        return list(map(rows.piece, firsts, columns))

    sizes = [len(part) for part in parts]
    write_long_list(path, LongList("一览", "一览表", COLUMNS, sizes, pieces, 1, "2024年第23周"))
    return path


def said(value: object) -> object:
    """A cell's value as Excel reads it: openpyxl leaves the escape of an underscore in texts that stand in their cells."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def seen(path: Path, number: int = 0) -> Any:
    """What stands on a sheet, how it looks, and its page."""
    sheet = openpyxl.load_workbook(path).worksheets[number]
    cells = [
        [
            (
                said(cell.value),
                cell.number_format,
                cell.alignment.horizontal,
                cell.font.sz,
                cell.border.left.style,
            )
            for cell in row
        ]
        for row in sheet
    ]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    page = (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.oddFooter.left.text)
    return sheet.title, sheet.dimensions, cells, heights, page


@given(rows=ROWS, cut=st.integers(0, 12))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_it_is_the_same_list(rows: list[tuple[Any, ...]], cut: int, tmp_path: Path) -> None:
    whole = at_once(tmp_path / "一次.xlsx", rows)
    parts = by_parts(tmp_path / "分批.xlsx", rows[:cut], rows[cut:])
    assert seen(parts) == seen(whole)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [("城关街道", "屋面渗漏", 3, date(2024, 6, 7)), ("青石镇", None, Decimal("1.50"), None)]
    first, second = (by_parts(tmp_path / name, rows) for name in ("一.xlsx", "二.xlsx"))
    assert first.read_bytes() == second.read_bytes()


def test_what_one_sheet_does_not_hold_goes_on_the_next_unit_by_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_list, "ROWS_A_SHEET", 5)
    towns = [
        [(name, "x", number, None) for number in range(size)]
        for name, size in (("甲镇", 3), ("乙镇", 2), ("丙镇", 4))
    ]
    book = openpyxl.load_workbook(by_parts(tmp_path / "分页.xlsx", *towns))
    assert book.sheetnames == ["一览表", "一览表（2）"]
    assert [[row[0].value for row in sheet.iter_rows(min_row=3)] for sheet in book.worksheets] == [
        ["甲镇"] * 3 + ["乙镇"] * 2,
        ["丙镇"] * 4,
    ]
    assert [sheet.auto_filter.ref for sheet in book.worksheets] == ["A2:D7", "A2:D6"]
    with pytest.raises(CannotDoError, match="一个单位有 6 行，一张工作表放不下"):
        by_parts(tmp_path / "太长.xlsx", [("甲镇", "x", 1, None)] * 6)


@given(st.floats(4, 20), st.lists(st.text("村1a·×²\n𠮷", max_size=24), max_size=6))
def test_heights_of_many_texts_are_those_of_each(width: float, texts: list[str]) -> None:
    fit = Fit(width)
    assert fit.heights(texts) == [fit.height(text) for text in texts]
