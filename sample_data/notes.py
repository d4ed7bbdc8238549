"""What stands around a table: title, 填报单位 and the others, instructions."""

from dataclasses import dataclass
from datetime import date

from sample_data.files import Cell, Sheet

_INSTRUCTIONS = (
    "填表说明",
    "一、一栋房屋填一行，房屋编号全县唯一，不得更改。",
    "二、日期写年月日，尚未发生的留空。",
    "三、结构类型、初判结论、鉴定等级按规定选项填写。",
)


@dataclass(frozen=True)
class Heads:
    """Who reports, for which unit, when."""

    unit: str
    person: str
    phone: str
    day: date

    @property
    def day_in_words(self) -> str:
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


def write_notes(
    sheet: Sheet, top: int, left: int, width: int, heads: Heads, *, title: str, style: str
) -> int:
    """Writes the lines above a table; returns the row below them.

    Args:
        sheet: Where to write.
        top: The first row.
        left: The first column.
        width: The columns of the table, for the title's merge.
        heads: What to say.
        title: The title; `{unit}` is filled in; empty for none.
        style: `one cell`, `cells`, `pairs`, `paper` (the notice's own sheet: no 填报单位), or empty.
    """
    if title:
        sheet.write(top, left, title.format(unit=heads.unit))
        sheet.merge(top, left, top, left + width - 1)
        top += 1
    if not style:
        return top
    for column, value in _notes(heads, style, width):
        sheet.write(top, left + column, value)
    if style == "one cell":
        sheet.merge(top, left, top, left + width - 1)
    return top + 1


def _notes(heads: Heads, style: str, width: int) -> list[tuple[int, Cell]]:
    notes: dict[str, Cell] = {
        "填报单位": heads.unit,
        "填报人": heads.person,
        "联系方式": heads.phone,
        "填报时间": heads.day,
    }
    if style == "pairs":
        return [
            place
            for index, (label, value) in enumerate(notes.items())
            for place in ((index * 3, f"{label}："), (index * 3 + 1, value))
        ]
    notes["填报时间"] = heads.day_in_words
    if style == "paper":
        del notes["填报单位"]
    texts = [f"{label}：{value}" for label, value in notes.items()]
    texts.append("（单位：栋）" if style == "paper" else "单位：栋")
    if style == "one cell":
        return [(0, "　　".join(texts))]
    step = max(1, width // len(texts))
    return [(index * step, text) for index, text in enumerate(texts)]


def other_sheet(kind: str, number: int) -> Sheet:
    """A sheet without a table: `empty`, `instructions`, or instructions on a `hidden` sheet."""
    if kind == "empty":
        return Sheet(f"Sheet{number}")
    sheet = Sheet("填表说明" if kind == "instructions" else "旧说明", hidden=kind == "hidden")
    for row, line in enumerate(_INSTRUCTIONS):
        sheet.write(row, 0, line)
    return sheet
