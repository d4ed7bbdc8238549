"""The findings of a check as a workbook: files on one sheet, problems on the other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zjf.documents.layout import Column
from zjf.problems import Problem, Severity
from zjf.render.xlsx.listing import ListSheet
from zjf.render.xlsx.sheets import write_sheets

_FILES = (
    Column("序号", width=7),
    Column("文件", width=40),
    Column("结果", width=12),
    Column("数据行", width=10),
    Column("合格行", width=10),
    Column("退回行", width=10),
    *(Column(severity.label, width=10) for severity in Severity),
    Column("已豁免", width=10),
)
_PROBLEMS = (
    Column("序号", width=7),
    Column("文件", width=28),
    Column("工作表", width=14),
    Column("单元格", width=9),
    Column("级别", width=11),
    Column("代码", width=8),
    Column("栏目", width=16),
    Column("填写内容", width=18),
    Column("问题说明", width=70),
)


@dataclass(frozen=True)
class FileProblems:
    """The result of checking one file.

    Args:
        path: The file, as the clerk named it.
        rows: Data rows read; `rows` = `rows_ok` + `rows_rejected`.
        rows_ok: Rows without an error.
    """

    path: str
    result: str
    rows: int
    rows_ok: int
    rows_rejected: int
    problems: Sequence[Problem]


def write_problems(path: Path, files: Sequence[FileProblems]) -> None:
    """Writes 汇总 (a row per file and their sum) and 问题清单 (a row per problem).

    Raises:
        CannotDoError: The file cannot be written, or the problems do not fit on a sheet.
    """
    summary = [_counts(file) for file in files]
    total = [sum(column) for column in zip(*summary, strict=True)]
    file_rows = [
        (number, file.path, file.result, *counts)
        for number, (file, counts) in enumerate(zip(files, summary, strict=True), 1)
    ]
    summary_rows = [*file_rows, (None, "合计", None, *total)] if files else []
    problems = ((file, problem) for file in files for problem in file.problems)
    problem_rows = [
        (number, *_problem_cells(file, problem)) for number, (file, problem) in enumerate(problems, 1)
    ]
    sheets = [
        ListSheet("汇总", _FILES, summary_rows, "校验结果汇总"),
        ListSheet("问题清单", _PROBLEMS, problem_rows, "校验问题清单"),
    ]
    write_sheets(path, "校验问题清单", sheets, own_list=True)


def _counts(file: FileProblems) -> tuple[int, ...]:
    unwaived = Counter(problem.severity for problem in file.problems if not problem.waived)
    waived = sum(problem.waived for problem in file.problems)
    by_severity = (unwaived[severity] for severity in Severity)
    return (file.rows, file.rows_ok, file.rows_rejected, *by_severity, waived)


def _problem_cells(file: FileProblems, problem: Problem) -> tuple[str | None, ...]:
    waived = "\n（已豁免）" if problem.waived else ""
    return (
        file.path,
        problem.sheet,
        problem.cell,
        problem.severity.label + waived,
        problem.code,
        problem.heading,
        problem.value,
        problem.message,
    )
