"""Problems: what was found wrong in a return, where, and what to do about it.

The catalogue is code: one declaration a code. The codes of files, cells, tables and duplicates are
declared here; a rule declares its own beside its function (`zjf.rules`). Codes never change meaning.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """What a problem means for the row and the return (chapter 3)."""

    ERROR = "error"
    BREACH = "breach"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The name that clerks see."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: "数据错误",
    Severity.BREACH: "未落实",
    Severity.WARNING: "提醒",
    Severity.INFO: "说明",
}


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One entry of the catalogue.

    Args:
        code: The public code (C104).
        severity: What it means for the row and the return.
        title: The finding in a few words.
        why: Why it matters.
        remedy: What to do, as one sentence for the person who corrects it.
        example: A cell that fires it.
        clause: Number and section of the notice that demands it.
    """

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str
    example: str = ""
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, at one place.

    `cell` is the address a person sees (A1 style) and `cells` are all cells concerned; both are empty
    for a problem of the file. `row` is the row number on the sheet. `rows` are the data rows that an
    error rejects. `table` counts the tables of the file from 0.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    table: int | None = None
    sheet: str | None = None
    cell: str | None = None
    cells: tuple[str, ...] = ()
    row: int | None = None
    rows: tuple[int, ...] = ()
    field: str | None = None
    heading: str | None = None
    value: str | None = None
    clause: str | None = None
    waived: bool = False
    count: int = 1

    @property
    def blocks(self) -> bool:
        """Whether it keeps its rows from being counted."""
        return self.severity is Severity.ERROR and not self.waived

    @property
    def of_absent_house(self) -> bool:
        """Whether it is about a house that has no row: `value` is its house_id."""
        return self.field == "house_id" and self.row is None and self.value is not None

    def waive(self) -> "Problem":
        return replace(self, waived=True)

    def as_json(self) -> dict[str, Any]:
        """The public shape of `zjf.validation/1`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "table": self.table,
            "sheet": self.sheet,
            "cell": self.cell,
            "cells": list(self.cells),
            "row": self.row,
            "field": self.field,
            "heading": self.heading,
            "value": self.value,
            "message": self.message,
            "hint": self.hint,
            "clause": self.clause,
            "waived": self.waived,
        }


CATALOGUE: dict[str, ProblemCode] = {}
"""Every code that the program can emit."""


def declare(code: ProblemCode) -> ProblemCode:
    """Adds a code to the catalogue; a code is declared once."""
    if code.code in CATALOGUE:
        raise ValueError(f"{code.code} is declared twice")
    CATALOGUE[code.code] = code
    return code


def problem(code: str, what: str, hint: str = "", **place: Any) -> Problem:
    """A problem of a catalogued code.

    Args:
        code: The code.
        what: What is wrong, as one clause without its full stop (the place is put in front).
        hint: What to do; the catalogue's remedy when empty.
        **place: Where it is: the other attributes of `Problem`.
    """
    entry = CATALOGUE[code]
    hint = hint or entry.remedy
    where = f"{place['cell']} " if place.get("cell") else ""
    clause = place.pop("clause", entry.clause)
    severity = place.pop("severity", entry.severity)
    return Problem(code, severity, f"{where}{what}。{hint}", hint, clause=clause, **place)


_STRAY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])\d{6}[ \-]?(?:18|19|20)\d{6}[ \-]?\d{3}[\dXx](?![0-9A-Za-z])"  # identity number
    r"|(?<![0-9A-Za-z])\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"  # of 15 digits
    r"|\d\.\d{5,}[eE]\+?\d\d"  # either, as a spreadsheet shortens it
    r"|(?<!\d)(?:86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)"  # mobile
    r"|(?<!\d)0\d{2,3}[ \-]?[2-9]\d{6,7}(?!\d)"  # landline
)
_LONG_NUMBER = re.compile(r"\d{9,}")


def masked(text: str) -> str:
    """Personal data, masked: the first character of a name, two at each end of a number."""
    if len(text) <= 1:
        return "*" * len(text)
    if len(text) <= 4:
        return text[0] + "*" * (len(text) - 1)
    return (
        f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if text.isascii() else text[0] + "*" * (len(text) - 1)
    )


def without_stray_numbers(text: str, *, any_long: bool = False) -> str:
    """Text in which identity and telephone numbers that strayed into it are masked.

    Args:
        text: The text.
        any_long: Whether no long number is at home in it, so that any other is masked too.
    """
    text = _STRAY_NUMBER.sub(lambda found: masked(found.group()), text)
    return _LONG_NUMBER.sub(lambda found: masked(found.group()), text) if any_long else text


def _catalogue(severity: Severity, *entries: tuple[str, str, str, str, str]) -> None:
    for code, title, why, remedy, example in entries:
        declare(ProblemCode(code, severity, title, why, remedy, example))


_catalogue(
    Severity.ERROR,
    # 文件与表
    (
        "F001",
        "不是表格文件，或文件已损坏",
        "读不出内容的文件不能算作已报送",
        "请用 WPS 或 Excel 打开原文件，另存为 .xlsx 后重新报送。",
        "把 Word 文件改名为 .xlsx",
    ),
    (
        "F002",
        "文件设有打开密码",
        "设了密码就读不出内容",
        "请取消打开密码，另存后重新报送。",
        "另存时设了打开权限密码",
    ),
    (
        "F003",
        "文件超出可读取的大小",
        "过大的文件多半混入了无关内容，也会拖垮整批处理",
        "请删除无关的工作表和远处的零星单元格，或拆分后重新报送。",
        "在第 1048576 行误敲了一个空格",
    ),
    (
        "F004",
        "没有找到任何已知表式",
        "认不出表头就不知道各列是什么",
        "请使用下发的空白表填报，不要改动表头。",
        "只有一张“填表说明”",
    ),
    (
        "F005",
        "缺少必需的列",
        "少了这一列，整张表都无法统计",
        "请补上这一列后重新报送。",
        "自建房台账没有“鉴定等级”列",
    ),
    ("F007", "同一列出现两次", "不知道以哪一列为准", "请只保留一列。", "有两列“地上层数”"),
    (
        "F008",
        "填报单位不在本县名单中",
        "认不出单位，数字就不知道归谁",
        "请更正填报单位，或在 zjf.toml 中补充该单位或其别名。",
        "填报单位：城官街道",
    ),
    (
        "F009",
        "表中没有数据，也没有写明零报",
        "空表不等于零报告，不能算作已报送",
        "确实没有数据的，请在第一行写“零报”；否则请补填数据。",
        "表头以下全是空行",
    ),
    (
        "F011",
        "无法读取的文件类型",
        "只能读取表格文件",
        "请用 WPS 或 Excel 另存为 .xlsx 后重新报送。",
        "报送了 .pdf 扫描件",
    ),
    # 单元格
    ("C101", "必填项为空", "缺了这一项，这一行不能统计", "请补填。", "房屋编号空着"),
    (
        "C102",
        "不是数字，或应为整数而不是整数",
        "数字里带文字就无法计算，猜测会出错",
        "请只填数字，不带文字和单位。",
        "2000万；约3；2.5层",
    ),
    ("C103", "数值超出合理范围", "多半是多打或少打了一位", "请核对后更正。", "地上层数 120"),
    ("C104", "不在可选项中", "不在代码表里的写法无法归类统计", "请从下拉列表中选择。", "结构类型填“砖昆”"),
    (
        "C105",
        "不是日期",
        "日期读不出来就无法核对先后",
        "请按 2024-06-05 的样式填写。",
        "去年冬天；2024-02-30",
    ),
    (
        "C106",
        "日期晚于本期截止日",
        "还没有发生的事不能填成已经发生",
        "请核对日期；尚未发生的请留空。",
        "6 月报表里写 12 月验收",
    ),
    (
        "C107",
        "证件号码有误",
        "校验码、出生日期或位数不对，说明抄录有误",
        "请对照证件逐位核对。",
        "末位校验码与前 17 位不符",
    ),
    ("C109", "单元格是公式错误值", "公式引用已失效，原来的数字丢失了", "请改为填写实际数值或文字。", "#REF!"),
    (
        "C110",
        "长编号被存成了数字，末几位已丢失",
        "表格软件只保留 15 位有效数字，后面的变成了 0",
        "请把该列设为文本格式后重新录入完整编号。",
        "身份证号显示为 3.30E+17",
    ),
    (
        "C112",
        "文字过长，或含有不可见的控制字符",
        "多半是粘贴时带入了别的内容",
        "请删减或重新录入。",
        "地址栏粘进了一整段通知",
    ),
    (
        "C113",
        "“问题确认/问题”不是“x/y”的样式",
        "表格软件会把 3/5 变成 3月5日",
        "请把单元格设为文本格式，填成“已确认数/问题数”，如 3/5。",
        "3月5日",
    ),
    (
        "C114",
        "这一行属于别的填报单位",
        "别的单位的房屋混入会重复统计",
        "请删去这一行，或由所属单位报送。",
        "城关街道的表里有一行写着青石镇",
    ),
    # 汇总表
    (
        "A301",
        "合计不等于各分项之和",
        "总数与分项对不上，至少有一个是错的",
        "请核对总数与各分项。",
        "总量 100，经营性 30，非经营性 60",
    ),
    ("A302", "分项大于所属总数", "部分不可能多于全部", "请核对这几个数字。", "C、D级⑤ 12 大于已鉴定④ 10"),
    (
        "A303",
        "比率与重新计算的结果不符",
        "领导看的是比率，必须与数字一致",
        "请改为重新计算的数值，或核对各项数字。",
        "④/（①－②－③）应为 90.00%，表中为 89%",
    ),
    (
        "A305",
        "已销号数⑦超过②+③+（④－⑤）+⑥",
        "销号须有依据，超出的部分没有依据",
        "请逐栋核对销号依据。",
        "⑦填 90，上限为 87",
    ),
    (
        "A306",
        "合计行与本列各行之和不符",
        "多半是插行后公式没有改，或漏加了一行",
        "请核对合计，或补上漏填的行。",
        "合计 120，各行相加 118",
    ),
    # 重复
    (
        "D401",
        "房屋编号重复",
        "同一栋房屋不能统计两次",
        "请保留一行，或更正编号。",
        "YS0001 出现在第 8 行和第 20 行",
    ),
    (
        "D402",
        "同一房屋编号由两个单位上报",
        "不知道房屋归谁，两边都不能统计",
        "请两个单位核对归属，由一个单位上报。",
        "城关街道与青石镇都报了 YS0001",
    ),
    (
        "D404",
        "同一单位同一表式收到两份不同的文件",
        "不知道以哪一份为准",
        "请与该单位确认，只保留一份。",
        "台账.xlsx 与 台账(改).xlsx",
    ),
)
_catalogue(
    Severity.WARNING,
    ("F006", "表式中没有的列", "这一列不会被读取", "如是表头写错请更正；确属多余可不处理。", "房屋层高"),
    (
        "F010",
        "填报时间不在本期之内",
        "可能误报了上一期的表",
        "请确认报送的是本期数据。",
        "第 23 周的表写着填报时间 2024-03-01",
    ),
    (
        "F012",
        "隐藏的工作表中有数据",
        "隐藏的工作表已照常读取，请确认它应当报送",
        "如是旧表请删除后重新报送。",
        "隐藏的“旧台账”",
    ),
    (
        "F013",
        "表中没有写明填报单位，已按文件名认定",
        "文件名容易改错",
        "请在表上方填写“填报单位：”。",
        "只有文件名写着城关街道",
    ),
    ("C108", "不是电话号码", "联系不上人，通知就送不到", "请核对：手机 11 位，座机带区号。", "1380013800"),
    ("C115", "不是身份证号或统一社会信用代码", "护照等其他证件无法校验", "请核对一遍证件号码。", "E12345678"),
    ("A304", "分母为零却填了比率", "没有对象就没有比率", "请改填“—”。", "初判隐患为 0，销号率填 100%"),
    (
        "D403",
        "同一产权人同一地址有两个房屋编号",
        "可能把一栋房屋报成了两栋",
        "请核对是否为同一栋房屋。",
        "同一门牌两个编号",
    ),
)
_catalogue(
    Severity.INFO,
    (
        "C111",
        "写法不规范，已按规范写法读取",
        "含义没有改变，只作说明",
        "无需处理；下次可按规范写法填写。",
        "３层 读作 3",
    ),
)
