"""The files that zjf has made: tables, weekly and monthly papers, the page, the folder itself."""

from collections.abc import Mapping
from pathlib import Path

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.naming.openable import Made
from zjf.period import Period

_STYLES = (".xlsx", ".pdf", ".docx", ".html", ".md")
"""The styles of a paper, in the order in which one is chosen to be opened."""


def made_file(home: County, name: str, period: Period | None, unit: str | None) -> Path:
    """Returns the file or folder of that name.

    Args:
        name: One of `Made`, or the name of a table's files (附件2).
        period: The period; None: the last one with results.
        unit: The unit whose table is meant; None: the county's.

    Raises:
        CannotDoError: There is none.
    """
    if name == Made.RETURNS:
        folder = home.returns(period) if period else home.folder / "returns"
        return _existing(folder, "请把各单位的报表放进去。")
    opened_period = period or next(iter(Period.of_folders(home.folder / "out")), None)
    folder = home.out(opened_period) if opened_period else home.folder
    if name == Made.FOLDER:
        return _existing(folder, "请先运行 zjf friday。")
    if name in _FOLDERS:
        subfolder, cure = _FOLDERS[name]
        return _existing(folder / subfolder, cure)
    pattern = _PATTERNS.get(name, f"{name}_{unit or home.name}.*")
    files = sorted(folder.rglob(pattern), key=_preference) if folder.is_dir() else []
    files = [path for path in files if path.suffix in _STYLES]
    if not files:
        period_in_words = f"{opened_period} 的" if opened_period else ""
        command = _COMMANDS.get(name, f"zjf report {name}")
        raise CannotDoError(
            f"{folder} 中没有{period_in_words}「{name}」",
            f"请先运行 {command} --period {opened_period or '期次'}。",
        )
    return files[0]


_FOLDERS: Mapping[str, tuple[str, str]] = {
    Made.MESSAGES: ("messages", "请先运行 zjf message。"),
    Made.MARKED: ("退回标注", "请先运行 zjf friday。"),
}
"""The subfolders of a period's folder, with the advice how to make each."""
_PATTERNS: Mapping[str, str] = {
    Made.PAGE: "*.html",
    **{
        made: f"{made}.*"
        for made in (Made.WEEKLY, Made.MONTHLY, Made.ROLLUP, Made.MERGED, Made.REJECTED, Made.FRIDAY)
    },
}
"""The patterns of their files' names."""

_COMMANDS: Mapping[str, str] = {
    Made.PAGE: "zjf weekly --as html",
    Made.WEEKLY: "zjf weekly",
    Made.MONTHLY: "zjf monthly",
    **dict.fromkeys((Made.ROLLUP, Made.MERGED, Made.REJECTED, Made.FRIDAY), "zjf friday"),
}
"""The commands that make them."""


def _preference(path: Path) -> tuple[int, int, str]:
    style = _STYLES.index(path.suffix) if path.suffix in _STYLES else len(_STYLES)
    return style, len(path.parts), path.name


def _existing(folder: Path, cure: str) -> Path:
    if not folder.is_dir():
        raise CannotDoError(f"还没有 {folder}", cure)
    return folder
