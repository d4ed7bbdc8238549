"""Files that cannot be read, and tables that are not as a table must be (F)."""

from collections.abc import Iterator
from pathlib import Path

from sample_data.batches import attachment, figures_of, ledger, sweep
from sample_data.drafts import Draft
from sample_data.files import Sheet, as_bytes
from sample_data.habits import PROGRESS, REVIEWED
from sample_data.notes import other_sheet

_ENCRYPTED = Path(__file__).with_name("encrypted.xlsx")
"""A workbook with a password. Its salt is random, so it was made once, and is copied."""

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def unreadable_files() -> Iterator[tuple[str, bytes, str]]:
    """Files that no table can be got from: name, bytes, the problem they are reported with."""
    instructions = as_bytes([other_sheet("instructions", 1)], "xlsx")
    yield "不是表格.xlsx", "这是一份改了扩展名的文字材料。".encode(), "F001"
    yield "没有传完.xlsx", instructions[: len(instructions) // 2], "F001"
    yield "空文件.xlsx", b"", "F001"
    yield "设了密码.xlsx", _ENCRYPTED.read_bytes(), "F002"
    yield "误敲到最后一格.xlsx", as_bytes([_endless()], "xlsx"), "F003"
    yield "只有填表说明.xlsx", instructions, "F004"
    yield "扫描件.pdf", b"%PDF-1.4\n%%EOF\n", "F011"


def misshapen_tables() -> Iterator[Draft]:
    yield _missing_column()
    yield _unknown_and_double_columns()
    yield _unit_only_in_the_name()
    yield _no_rows()
    yield _last_seasons()
    yield _on_a_hidden_sheet()


def _endless() -> Sheet:
    """A workbook that says it has a million rows of sixteen thousand columns."""
    sheet = Sheet("台账")
    sheet.write(0, 0, "自建房台账")
    sheet.write(_LAST_ROW, _LAST_COLUMN, "误")
    return sheet


def _missing_column() -> Draft:
    draft = ledger("柳溪镇", "柳溪镇台账.xlsx", omitted=frozenset({"owner_phone", "grade"}))
    draft.note_table("F005", "grade")
    return draft


def _unknown_and_double_columns() -> Draft:
    draft = ledger("白鹭镇", "白鹭镇周报.xlsx", broken=False)
    placed = draft.tables[0]
    beyond = max(placed.columns.values()) + 1
    for column, heading in enumerate(("房屋层高", "房屋层数"), start=beyond):
        placed.sheet.write(placed.header_row, column, heading)
    for row in placed.rows:
        placed.sheet.write(row, beyond, 3)
        placed.sheet.write(row, beyond + 1, placed.sheet.cells[row, placed.columns["floors"]])
    draft.note_at("F006", placed.header_row, beyond)
    draft.note_at("F007", placed.header_row, beyond + 1, "floors")
    return draft


def _unit_only_in_the_name() -> Draft:
    draft = ledger("枫林镇", "枫林镇.xlsx", omitted=frozenset({"township"}))
    draft.note_table("F013")
    return draft


def _no_rows() -> Draft:
    draft = sweep("枫林镇", "枫林镇摸排情况表.xlsx")
    placed = draft.tables[0]
    placed.sheet.cells = {
        place: value for place, value in placed.sheet.cells.items() if place[0] <= placed.header_row
    }
    draft.note_table("F009")
    return draft


def _last_seasons() -> Draft:
    """Filled in for an earlier month, and a figure behind the unit's own ledger (A307)."""
    closed = figures_of("枫林镇", PROGRESS)["commercial_closed"] - 1
    draft = attachment("枫林镇", PROGRESS, "枫林镇附件2.xlsx", {"commercial_closed": closed})
    draft.note("A307", "commercial_closed", 0)
    sheet = draft.tables[0].sheet
    place = next(place for place, value in sheet.cells.items() if str(value).startswith("填报时间"))
    sheet.write(*place, "填报时间：2024年3月1日")
    draft.note_at("F010", *place)
    return draft


def _on_a_hidden_sheet() -> Draft:
    draft = attachment("龙潭镇", PROGRESS, "龙潭镇附件.xlsx")
    hidden = attachment("龙潭镇", REVIEWED, "").tables[0]
    hidden.sheet.hidden = True
    draft.tables.append(hidden)
    draft.note_table("F012", table=1)
    return draft
