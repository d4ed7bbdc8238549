"""Returns to be sent back: what `validate --annotate` writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zjf.checking.one_return import CheckedReturn
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.intake.workbook import Limits
from zjf.pipeline.isolated_work import done_apart
from zjf.render.marked_copy.marked_copy import annotated, names_of_copies


@dataclass(frozen=True)
class Copies:
    """The annotated copies, and the returns of which there is none.

    Args:
        written: The copies, in the order of the returns.
        failed: What kept a return from being annotated.
    """

    written: Sequence[Path]
    failed: Mapping[Path, str]


def write_annotated(
    folder: Path,
    returns: Sequence[CheckedReturn],
    limits: Limits,
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Copies:
    """Writes an annotated copy of every return that can be read; the returns stay as they are.

    Each is made in a worker process: a workbook that swells costs its own copy, and no other.

    Args:
        folder: Where the copies go. It holds none of the returns.
        returns: The returns, checked.
        limits: Those that they were read with.
        jobs: Worker processes; None: one for each core.
        progress: Called with how many copies are done, of how many.

    Raises:
        CannotDoError: A copy cannot be written.
    """
    readable = [each for each in returns if each.readable]
    # Of what was read, only the problems travel: rows are many, and the copy is made from the file.
    asked = [CheckedReturn(each.path, each.sha256, problems=each.problems) for each in readable]
    written: list[Path] = []
    failed = {each.path: each.problems[0].message for each in returns if not each.readable}
    made = done_apart(partial(annotated, limits=limits), asked, limits, jobs=jobs)
    for done, (each, name, copy) in enumerate(zip(readable, names_of_copies(readable), made, strict=True), 1):
        if isinstance(copy, CannotDoError):
            failed[each.path] = str(copy)
        else:
            written.append(folder / name)
            with replacing(written[-1]) as temporary:
                temporary.write_bytes(copy)
        progress(done, len(readable))
    return Copies(written, failed)
