"""Reads notices from TOML files: the toolkit's are beside this module, a county's own in its `notices/`.

A notice may inherit another and hold only what differs: tables are merged key by key, lists are replaced.
"""

from pathlib import Path
from typing import Any

from zjf import settings_files
from zjf.errors import CannotDoError
from zjf.likeness import nearest_words
from zjf.settings_files import Settings

_TOOLKIT_NOTICES = Path(__file__).parent


def known_notices(folder: Path | None = None) -> tuple[str, ...]:
    """Returns the ids of all notices: the toolkit's, and those in a county's folder."""
    return tuple(sorted({path.stem for shelf in _shelves(folder) for path in shelf.glob("*.toml")}))


def no_such_notice(notice: str, folder: Path | None) -> tuple[str, str]:
    """Returns the message and the cure for an id that no notice has: it may be a title, which is no id."""
    ids = {path.stem: path for shelf in reversed(_shelves(folder)) for path in sorted(shelf.glob("*.toml"))}
    titles = {id_: str(settings_files.read(path).get("title", id_)) for id_, path in ids.items()}
    names = {name: id_ for id_, title in titles.items() for name in (title, id_)}
    near = nearest_words(notice, names)
    advice = f"最接近的是 {names[near[0]]}；" if near else ""
    available = "、".join(f"{id_}（{title}）" for id_, title in sorted(titles.items()))
    return f"没有「{notice}」这个通知", f"{advice}可用的有 {available}。"


def _shelves(folder: Path | None) -> tuple[Path, ...]:
    return (folder / "notices", _TOOLKIT_NOTICES) if folder else (_TOOLKIT_NOTICES,)


def content_of(
    notice: str, folder: Path | None, model: type[Settings], heirs: tuple[Path, ...] = ()
) -> dict[str, Any]:
    """Returns the whole content of a notice, with the inherited parts filled in; every file read is checked.

    Args:
        notice: The notice's id.
        folder: The county's folder, whose `notices/` goes before the toolkit's own.
        model: The model that each file's content must fit.
        heirs: The files that inherit this one; the first is the notice asked for.

    Raises:
        CannotDoError: There is no such notice, it inherits itself, or its file cannot be used.
    """
    files = (shelf / f"{notice}.toml" for shelf in _shelves(folder))
    path = next((file for file in files if file.is_file() and file not in heirs), None)
    if path is None and notice in {heir.stem for heir in heirs}:
        raise CannotDoError(f"通知 {notice} 继承了它自己", f"请更正 {heirs[-1]} 中的 inherits。")
    if path is None:
        raise CannotDoError(*no_such_notice(notice, folder))
    own = settings_files.read(path) | {"id": notice}
    inherited = content_of(own["inherits"], folder, model, (*heirs, path)) if "inherits" in own else {}
    content = _merged(inherited, own)
    settings_files.check(content, model, path)
    drops = content.get("drops", ())
    demands = {code: clause for code, clause in content.get("demands", {}).items() if code not in drops}
    return content | {"demands": demands, "drops": ()}


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Merges two tables key by key; values of the one above win."""
    merged_tables = {
        key: _merged(below[key], value)
        for key, value in above.items()
        if isinstance(value, dict) and isinstance(below.get(key), dict)
    }
    return below | above | merged_tables
