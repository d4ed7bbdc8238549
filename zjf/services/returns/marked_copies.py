"""Returns to be sent back: what `validate --annotate` writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from zjf.checking.one_return import CheckedReturn
from zjf.checking.problem_keys import keys_of
from zjf.errors import CannotDoError
from zjf.files import replacing
from zjf.intake.limits import Limits
from zjf.pipeline.isolated_work import done_apart
from zjf.render.marked_copy.marked_copy import MarkRequest, annotated, names_of_copies


@dataclass(frozen=True)
class Copies:
    """The annotated copies, and the returns of which there is none.

    Args:
        of: The copies, by their returns, in the order of these.
        failed: Return: why it could not be annotated.
        lacking: Copy: the parts of its return that it lacks, in words.
    """

    of: Mapping[Path, Path]
    failed: Mapping[Path, str]
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
    called: Callable[[CheckedReturn], str] | None = None,
) -> Copies:
    """Writes an annotated copy of every return that can be read; the returns stay as they are.

    Each is made in a worker process: a workbook that swells costs its own copy, and no other.

    Args:
        folder: Where the copies go. It holds none of the returns.
        returns: The returns, checked.
        limits: Those that they were read with.
        jobs: Worker processes; None: one for each core.
        progress: Called with how many copies are done, of how many.
        called: What the copy of a return is called, without the ending; as its return, people masked, unless given.

    Raises:
        CannotDoError: A copy cannot be written.
    """
    readable = [checked_return for checked_return in returns if checked_return.readable]
    # Of what was read, only the problems travel: rows are many, and the copy is made from the file.
    asked = [
        MarkRequest(
            CheckedReturn(checked_return.path, checked_return.sha256, problems=checked_return.problems),
            keys_of(checked_return),
            checked_return.name,
        )
        for checked_return in readable
    ]
    written: dict[Path, Path] = {}
    lacking: dict[Path, str] = {}
    failed = {
        checked_return.path: checked_return.problems[0].message
        for checked_return in returns
        if not checked_return.readable
    }
    made = done_apart(partial(annotated, limits=limits), asked, limits, jobs=jobs)
    for done, (checked_return, name, copy) in enumerate(
        zip(readable, names_of_copies(readable, called or _name_shown), made, strict=True), 1
    ):
        if isinstance(copy, CannotDoError):
            failed[checked_return.path] = str(copy)
        else:
            written[checked_return.path] = folder / name
            with replacing(folder / name) as temporary:
                temporary.write_bytes(copy.data)
            if copy.left_out:
                lacking[folder / name] = copy.left_out
        progress(done, len(readable))
    return Copies(written, failed, lacking)


def _name_shown(checked: CheckedReturn) -> str:
    """Its file's name without people: a copy is handed on, and seen in lists; no file may have `*` in its name."""
    return Path(checked.name).stem.replace("*", "＊")
