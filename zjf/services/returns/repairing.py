"""Repairs of certain slips in returns: every changed cell is recorded and can be put back."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from zjf.errors import CannotDoError, refused
from zjf.files import refuse_pipe, write_whole
from zjf.intake.formats.locked import as_package
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.repairs import Repair, Written, repairs_of
from zjf.intake.settings import Intake
from zjf.intake.workbook import Sheet, open_sheets
from zjf.pipeline.isolated_work import run_in_worker
from zjf.render.marked_copy.cell_values import with_values
from zjf.render.marked_copy.package import UnusualPackageError
from zjf.render.marked_copy.sheet_rows import UnusualXmlError

_SCHEMA = "zjf.repairs/1"
_SUFFIXES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Repaired:
    """The result of repairing a file.

    Attributes:
        left: The cells that were not repaired, as they hold a formula.
        record: The file that records what stood in each cell.
    """

    done: Sequence[Repair]
    left: Sequence[Repair]
    record: Path


@dataclass(frozen=True)
class PutBack:
    """The result of putting cells back.

    Attributes:
        left: The cells that were not, as they have been changed since.
    """

    done: Sequence[str]
    left: Sequence[str]


def record_of(fixed: Path) -> Path:
    """Returns the path of a repaired file's record: beside it."""
    return fixed.with_name(f"{fixed.stem}.修改记录.json")


def repair(source: Path, fixed: Path, intake: Intake) -> Repaired:
    """Writes a repaired copy of a return and its record; the return stays as it is.

    Raises:
        CannotDoError: The file cannot be read or repaired, or the copy cannot be written.
    """
    data = _read(source)
    repairs, copy, changed = run_in_worker(
        partial(_repair_bytes, intake=intake), (source, data), intake.limits
    )
    done = [repaired for repaired in repairs if (repaired.sheet, repaired.cell) in changed]
    record = record_of(fixed)
    entries = [
        {
            "sheet": repaired.sheet,
            "cell": repaired.cell,
            "heading": repaired.field.heading.text,
            "before": repaired.before,
            "after": repaired.after,
        }
        for repaired in done
    ]
    record_content = {
        "schema": _SCHEMA,
        "file": source.name,
        "sha256": _digest(data),
        "fixed_sha256": _digest(copy),
    }
    write_whole(fixed, copy)
    write_whole(record, json.dumps(record_content | {"cells": entries}, ensure_ascii=False, indent=1))
    return Repaired(done, [repaired for repaired in repairs if repaired not in done], record)


def _repair_bytes(
    file: tuple[Path, bytes], intake: Intake
) -> tuple[list[Repair], bytes, set[tuple[str, str]]]:
    """Returns, in a worker, all possible repairs, the copy, and the cells that were written."""
    source, data = file
    repairs = list(repairs_of(_sheets(source, data, intake.limits), intake))
    values: dict[str, dict[str, Written]] = defaultdict(dict)
    for repaired in repairs:
        values[repaired.sheet][repaired.cell] = repaired.after
    return repairs, *_with_cells_changed(source, data, values)


def put_back(fixed: Path, target: Path, limits: Limits) -> PutBack:
    """Writes a copy of a repaired file in which every repaired cell has its former content.

    Raises:
        CannotDoError: There is no record, or a file cannot be read or written.
    """
    cells = _record(record_of(fixed))
    data = _read(fixed)
    copy, result = run_in_worker(partial(_put_back, cells=cells, limits=limits), (fixed, data), limits)
    write_whole(target, copy)
    return result


def _put_back(file: tuple[Path, bytes], cells: list[dict[str, Any]], limits: Limits) -> tuple[bytes, PutBack]:
    """Returns, in a worker, the copy in which the cells have their former content."""
    fixed, data = file
    sheets = {sheet.name: sheet for sheet in _sheets(fixed, data, limits)}
    values: dict[str, dict[str, Written]] = defaultdict(dict)
    left = []
    for entry in cells:
        if _holds(sheets.get(entry["sheet"]), entry):
            values[entry["sheet"]][entry["cell"]] = entry["before"]
        else:
            left.append(f"{entry['sheet']} {entry['cell']}")
    copy, changed = _with_cells_changed(fixed, data, values)
    return copy, PutBack([f"{sheet} {cell}" for sheet, cell in sorted(changed)], left)


def _sheets(path: Path, data: bytes, limits: Limits) -> list[Sheet]:
    try:
        return open_sheets(path.name, data, limits)
    except UnreadableError as unreadable:
        raise CannotDoError(unreadable.problem.message.rstrip("。"), "请先让文件能打开。") from unreadable


def _holds(sheet: Sheet | None, entry: dict[str, Any]) -> bool:
    """Whether a cell still holds what the repair wrote into it."""
    row, column = xl_cell_to_rowcol(entry["cell"])
    if sheet is None or row >= len(sheet.rows) or column >= len(sheet.rows[row]):
        return False
    return bool(sheet.rows[row][column] == entry["after"])


def _with_cells_changed(
    path: Path, data: bytes, values: dict[str, dict[str, Written]]
) -> tuple[bytes, set[tuple[str, str]]]:
    cure = "请用 WPS 或 Excel 打开后另存为 .xlsx，再运行。"
    if path.suffix.lower() not in _SUFFIXES:
        raise CannotDoError(f"{path.name} 不是 .xlsx 文件", cure)
    try:
        return with_values(as_package(data), values)
    except (UnusualPackageError, UnusualXmlError) as unusual:
        raise CannotDoError(f"{path.name} 的内部写法少见，不能只改单元格", cure) from unusual


def _record(path: Path) -> list[dict[str, Any]]:
    try:
        record = json.loads(path.read_text("utf-8"))
        if record["schema"] != _SCHEMA:
            raise ValueError
        cells: list[dict[str, Any]] = record["cells"]
    except OSError as missing:
        raise CannotDoError(f"找不到修改记录 {path}", "它应与修改后的文件放在一起。") from missing
    except (ValueError, KeyError, TypeError) as wrong:
        raise CannotDoError(f"{path} 不是修改记录，或已损坏", "请用 zjf repair 重新修改原件。") from wrong
    return cells


def _read(path: Path) -> bytes:
    try:
        refuse_pipe(path)
        return path.read_bytes()
    except OSError as denied:
        raise refused(f"{path} 打不开", denied, "请核对路径和读取权限。") from denied


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
