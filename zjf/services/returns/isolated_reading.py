"""Files that are no returns, read in a worker process: one that swells or crashes costs that process alone."""

from functools import partial
from pathlib import Path

from zjf.county import County
from zjf.errors import CannotDoError, refused
from zjf.files import read_at_rest, refuse_pipe
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.workbook import Sheet, open_sheets
from zjf.pipeline.isolated_work import run_in_worker
from zjf.register.saved_files import is_marked_draft
from zjf.register.verification import Verification, verify


def read_sheets(path: Path, what: str, limits: Limits) -> list[Sheet]:
    """Returns the sheets of a workbook that is no return.

    Args:
        what: What a message calls it (名单).

    Raises:
        CannotDoError: It cannot be read.
    """
    return run_in_worker(partial(_sheets, what=what, name=str(path)), path.absolute(), limits)


def verify_saved(path: Path, home: County) -> Verification:
    """Compares a saved table with the ledger (`zjf.register.verification.verify`).

    Raises:
        CannotDoError: As there; or reading it takes too much time or memory.
    """
    _open(path)
    return run_in_worker(partial(_verified, home.folder), path.absolute(), Limits.under(home))


def is_draft(path: Path, home: County) -> bool:
    """Whether a saved table says that it is a draft.

    Raises:
        CannotDoError: It cannot be read.
    """
    _open(path)
    return run_in_worker(_is_draft, path.absolute(), Limits.under(home))


def _open(path: Path) -> None:
    try:
        refuse_pipe(path)
        path.open("rb").close()
    except OSError as gone:
        raise refused(f"{path} 打不开", gone, "请核对路径，关闭占用它的程序。") from gone


# These run in the worker.


def _sheets(path: Path, what: str, name: str) -> list[Sheet]:
    try:
        return open_sheets(path.name, read_at_rest(path), Limits())
    except OSError as error:
        raise refused(f"{what} {name} 打不开", error, "请核对路径。") from error
    except UnreadableError as error:
        raise CannotDoError(f"{what} {name}：{error.problem.message}") from error


def _verified(folder: Path, path: Path) -> Verification:
    return verify(path, County.load(folder))


def _is_draft(path: Path) -> bool:
    return is_marked_draft(path.read_bytes())
