"""Where a command's list is written: not among the returns, and never over a file that is not zjf's own."""

from pathlib import Path

from zjf.commands.options import Format
from zjf.county import County
from zjf.errors import CannotDoError, UsageError
from zjf.intake.sheets.own_lists import is_own_list
from zjf.period import Period


def check_list_file(out: Path | None, fmt: Format) -> None:
    """Refuses `-o` without `--format xlsx`: only a workbook is written to a file.

    Raises:
        UsageError: A file (`-o`) is named for another format.
    """
    if out and fmt is not Format.XLSX:
        raise UsageError("-o 只用于 --format xlsx", "请加上 --format xlsx，或去掉 -o。")


def place_of_list(name: str, out: Path | None, home: County | None, period: Period | None = None) -> Path:
    """Returns the file that a list is written to.

    Args:
        name: Its name unless `out` is given.
        out: The file or folder asked for (`-o`).
        home: The county, in whose out/ it is written; without one, in the current folder.
        period: The period that it is about, if one was named.

    Raises:
        CannotDoError: Another file has that name already.
    """
    folder = Path() if home is None else home.out(period) if period else home.folder / "out"
    path = out or folder / name
    if path.suffix.lower() != Path(name).suffix:  # a name without .xlsx is a folder's
        path /= name
    if path.exists() and not is_own_list(path):
        raise CannotDoError(f"“{path}”已经存在，不是 zjf 写的清单，没有覆盖", "请用 -o 换一个文件名。")
    return path
