"""The findings of a check as a workbook: files on one sheet, problems on the other."""

from collections.abc import Sequence
from pathlib import Path

from zjf.checking.one_return import CheckedReturn, totals
from zjf.documents.layout import NUMBER, Column
from zjf.documents.list_sheet import ListSheet
from zjf.problems import Problem, Severity
from zjf.render.xlsx.sheets import write_sheets

_FILES = (
    NUMBER,
    Column("文件", width=40),
    Column("结果", width=12),
    Column("数据行", width=10),
    Column("合格行", width=10),
    Column("退回行", width=10),
    *(Column(severity.label, width=10) for severity in Severity),
    Column("已豁免", width=10),
)
_PROBLEMS = (
    Column("文件", width=28),
    Column("工作表", width=14),
    Column("单元格", width=9),
    Column("级别", width=11),
    Column("代码", width=8),
    Column("栏目", width=16),
    Column("填写内容", width=18),
    Column("问题说明", width=70),
)


def write_problems(path: Path, checked: Sequence[CheckedReturn]) -> None:
    """Writes 汇总 (a row per file and their sum) and 问题清单 (a row per problem).

    Raises:
        CannotDoError: The file cannot be written, or the problems do not fit on a sheet.
    """
    file_rows = [
        (number, _path(checked_return), checked_return.status_in_words, *_counts([checked_return]))
        for number, checked_return in enumerate(checked, 1)
    ]
    total_rows = [(None, "合计", None, *_counts(checked))] if checked else []
    problem_rows = (
        _problem_cells(checked_return, problem)
        for checked_return in checked
        for problem in checked_return.problems
    )
    sheets = [
        ListSheet("汇总", _FILES, [*file_rows, *total_rows], "校验结果汇总"),
        ListSheet.numbered("问题清单", _PROBLEMS, problem_rows, "校验问题清单"),
    ]
    write_sheets(path, "校验问题清单", sheets, own_list=True)


def _path(checked: CheckedReturn) -> str:
    """Returns a file's path, as the clerk named it, people masked."""
    return checked.without_people(str(checked.path))


def _counts(checked: Sequence[CheckedReturn]) -> list[int]:
    """Returns rows, and problems by severity, in the order of the columns."""
    counts = totals(checked)
    rows = [counts["rows"], counts["rows_ok"], counts["rows_rejected"]]
    return [*rows, *(counts[name] for name in ("errors", "breaches", "warnings", "infos", "waived"))]


def _problem_cells(checked: CheckedReturn, problem: Problem) -> tuple[str | None, ...]:
    waived = "\n（已豁免）" if problem.waived else ""
    return (
        _path(checked),
        problem.sheet and checked.without_people(problem.sheet),
        problem.cell,
        problem.severity.label + waived,
        problem.code,
        problem.heading,
        problem.value,
        problem.message,
    )
