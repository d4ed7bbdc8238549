"""Marked copies (标注副本) of returns, to be sent back: what `validate --annotate` writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from zjf.checking.one_return import CheckedReturn
from zjf.checking.problem_keys import keys_of
from zjf.errors import CannotDoError
from zjf.files import write_whole
from zjf.intake.limits import Limits
from zjf.pipeline.isolated_work import map_in_workers
from zjf.render.marked_copy.marked_copy import MarkRequest, annotated, names_of_copies


@dataclass(frozen=True)
class Copies:
    """The marked copies, and the returns that have none.

    Args:
        of: Return: its copy.
        failed: The name of each return that has none, as it may be shown, and why.
        lacking: Copy: which parts of the return it lacks, in words.
    """

    of: Mapping[Path, Path]
    failed: Sequence[str]
    lacking: Mapping[Path, str] = field(default_factory=dict)

    @property
    def written(self) -> list[Path]:
        return list(self.of.values())


def write_annotated(
    folder: Path,
    returns: Sequence[CheckedReturn],
    limits: Limits,
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    name_of_copy: Callable[[CheckedReturn], str] | None = None,
) -> Copies:
    """Writes a marked copy of every return that can be read; the returns stay as they are.

    Each is made in a worker process, so that a workbook that swells costs its own copy alone.

    Args:
        folder: The folder for the copies; no return lies in it.
        limits: The limits that they were read with.
        jobs: Worker processes; None: one for each core.
        progress: Called with how many copies are done, of how many.
        name_of_copy: Gives the file name of a copy, without its suffix; that of the return, people masked, unless given.

    Raises:
        CannotDoError: A copy cannot be written.
    """
    readable = [checked_return for checked_return in returns if checked_return.readable]
    # Only the problems are sent to the workers: rows are many, and the copy is made from the file.
    requests = [
        MarkRequest(
            CheckedReturn(checked_return.path, checked_return.sha256, problems=checked_return.problems),
            keys_of(checked_return),
            checked_return.name,
        )
        for checked_return in readable
    ]
    written: dict[Path, Path] = {}
    lacking: dict[Path, str] = {}
    failed = [
        f"{checked_return.name}（{checked_return.problems[0].message}）"
        for checked_return in returns
        if not checked_return.readable
    ]
    copies = map_in_workers(partial(annotated, limits=limits), requests, limits, jobs=jobs)
    for done, (checked_return, name, copy) in enumerate(
        zip(readable, names_of_copies(readable, name_of_copy or _name_shown), copies, strict=True), 1
    ):
        if isinstance(copy, CannotDoError):
            failed.append(f"{checked_return.name}（{copy}）")
        else:
            written[checked_return.path] = folder / name
            write_whole(folder / name, copy.data)
            if copy.left_out:
                lacking[folder / name] = copy.left_out
        progress(done, len(readable))
    return Copies(written, failed, lacking)


def _name_shown(checked: CheckedReturn) -> str:
    """Returns the name of a return's file with people masked, as copies are handed on; no file name may hold `*`."""
    return Path(checked.name).stem.replace("*", "＊")
