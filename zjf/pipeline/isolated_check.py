"""The check of one return in a process where any error costs that file alone."""

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.errors import is_out_of_memory
from zjf.pipeline.confinement import MORE_MEMORY
from zjf.problems import problem


class WorkerLostError(Exception):
    """The process that was reading a return is gone."""


Afterwards = Callable[[CheckedReturn], CheckedReturn]
"""What else the worker does with a checked return. It is pickled and sent there."""


class Check(NamedTuple):
    """How returns are checked."""

    settings: CheckSettings
    keep_rows: bool = False
    afterwards: Afterwards | None = None


def check_apart(path: Path, check: Check, data: bytes | None = None) -> bytes:
    """Checks one return; returns the `CheckedReturn` pickled.

    An unforeseen error becomes a problem of the file, so that the run goes on.

    Args:
        data: The file's bytes, where the file is on another machine.
    """
    # The process that sends the job imports this module and never calls it, so the reader is imported here.
    from zjf.checking.alone import check_bytes, check_return

    try:
        if data is None:
            checked = check_return(path, check.settings, keep_rows=check.keep_rows)
        else:
            checked = check_bytes(path, data, check.settings, keep_rows=check.keep_rows)
        return pickle.dumps(check.afterwards(checked) if check.afterwards else checked)
    except Exception as unforeseen:
        if is_out_of_memory(unforeseen):
            fault = problem("F003", "读取所需内存过大，已放弃这个文件", MORE_MEMORY)
        else:
            hint = "请用 WPS 或 Excel 打开原文件，另存为 .xlsx 后重试；仍不行请把文件发给维护人员。"
            fault = problem("F001", f"读取这个文件时程序出错（{type(unforeseen).__name__}）", hint)
    digest = digest_of(path) if data is None else hashlib.sha256(data).hexdigest()
    return pickle.dumps(CheckedReturn(path, digest, problems=[fault]))
