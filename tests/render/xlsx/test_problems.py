"""The findings of `zjf validate --format xlsx`."""

from pathlib import Path

import openpyxl
import pandas as pd

from zjf.checking.one_return import CheckedReturn
from zjf.intake.table import Notes, Table
from zjf.problems import Problem, problem
from zjf.render.xlsx.problems import write_problems
from zjf.schemas import FORMS

WRONG = problem(
    "C104",
    "结构类型“砖昆”不在可选项中",
    table=0,
    sheet="台账",
    cell="P17",
    row=17,
    rows=(17,),
    heading="结构类型",
    value="砖昆",
)
WAIVED = problem(
    "C101", "村（社区）为空", table=0, sheet="台账", cell="C9", row=9, heading="村（社区）"
).waive("张主任核准")
SAID = problem("C111", "写法不规范", table=0, sheet="台账", cell="M7", heading="地上层数", value="３层")


def _return(name: str, rows: int, *problems: Problem) -> CheckedReturn:
    ledger = Table(0, "台账", FORMS["house-ledger"], range(1, rows + 1), {}, pd.DataFrame(), Notes())
    return CheckedReturn(Path(name), "", [ledger], list(problems))


def test_files_are_summed_and_problems_listed(tmp_path: Path) -> None:
    path = tmp_path / "问题清单.xlsx"
    write_problems(path, [_return("城关街道.xlsx", 400), _return("柳溪镇.xlsx", 500, WRONG, WAIVED, SAID)])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "问题清单"]
    summary = [[cell.value for cell in row] for row in book["汇总"].iter_rows(min_row=2)]
    assert summary == [
        [
            "序号",
            "文件",
            "结果",
            "数据行",
            "合格行",
            "退回行",
            "数据错误",
            "未落实",
            "提醒",
            "说明",
            "已豁免",
        ],
        [1, "城关街道.xlsx", "无问题", 400, 400, 0, 0, 0, 0, 0, 0],
        [2, "柳溪镇.xlsx", "有数据错误", 500, 499, 1, 1, 0, 0, 1, 1],
        [None, "合计", None, 900, 899, 1, 1, 0, 0, 1, 1],
    ]
    listed = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=3)]
    assert listed[0] == [
        1,
        "柳溪镇.xlsx",
        "台账",
        "P17",
        "数据错误",
        "C104",
        "结构类型",
        "砖昆",
        WRONG.message,
    ]
    assert [row[4] for row in listed] == ["数据错误", "数据错误\n（已豁免）", "说明"]


def test_nothing_found_is_said(tmp_path: Path) -> None:
    path = tmp_path / "问题清单.xlsx"
    write_problems(path, [_return("城关街道.xlsx", 400)])
    book = openpyxl.load_workbook(path)
    assert book["问题清单"]["A3"].value == "无"
