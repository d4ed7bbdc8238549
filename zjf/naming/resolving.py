"""Turns the names that a clerk types into the public names that a command takes."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zjf.errors import UsageError
from zjf.files import is_there
from zjf.naming.kinds import WHAT, NameOf
from zjf.naming.names import Name, Names, plain
from zjf.naming.of_county import county_itself, notices_in, units_of
from zjf.period import Period

if TYPE_CHECKING:
    from zjf.county import County

_STYLES: Mapping[str, tuple[str, ...]] = {
    "xlsx": ("表格", "excel", "电子表格", "xls"),
    "pdf": ("打印件", "打印"),
    "docx": ("word", "文档", "doc"),
    "html": ("网页",),
    "md": ("文本", "markdown"),
}

_COMMANDS = (
    (NameOf.TABLE, "zjf report {}"),
    (NameOf.PAPER, "zjf paper {}"),
    (NameOf.MADE, "zjf friday"),
)
"""Kind of name: the command that makes the thing named."""

_NAME_OF_A_FILE = re.compile(r"[/\\]|\.[A-Za-z]{2,4}$")
_PERIOD_OR_FILE = "请写两个期次（2024-W22 2024-W23），或两份文件的完整路径。"
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


class CommandCounty:
    """The county whose names a command takes; its settings are read when they are first needed.

    Args:
        county: The folder given with `--county`; None for the county around the current folder.
        made: The folder that the command turns into a county's (`zjf init DIR`).
    """

    def __init__(self, county: Path | None = None, made: Path | None = None) -> None:
        self._county, self._made = county, made
        self._home: County | None = None

    @property
    def home(self) -> "County | None":
        """The county.

        Raises:
            CannotDoError: The folder given is no county's, or its settings cannot be used.
        """
        if self._home is None:
            from zjf.county import County  # slow to load, and a period needs none

            self._home = County.if_any(self._county)
        return self._home

    @property
    def folder(self) -> Path | None:
        """The folder with the county's own notices."""
        home = None if self._made else self.home
        return home.folder if home else self._made


def public_name(kind: NameOf, text: str, county: CommandCounty) -> str:
    """Returns the public name that a text stands for.

    Raises:
        UsageError: The text is no name of this kind, or the name of several things.
        CannotDoError: The county's settings cannot be used.
    """
    resolve = _RESOLVE.get(kind)
    return resolve(text, county) if resolve else text


def _declared(kind: NameOf) -> Callable[[str, CommandCounty], str]:
    def resolve(text: str, county: CommandCounty) -> str:
        from zjf.naming.declared import DECLARED  # all that can be named: slow to load

        names = Names(tuple(DECLARED[kind]()))
        if name := names.find(text):
            return name.id
        raise UsageError(f"没有「{text}」{WHAT[kind]}", _maker_hint(text) or names.advice(text))

    return resolve


def _maker_hint(text: str) -> str:
    """Returns a hint for a text that names something else: the command that makes it; empty if none does."""
    from zjf.naming.declared import DECLARED

    for kind, command in _COMMANDS:
        if any(plain(text) in name.whole for name in DECLARED[kind]()):
            return f"它由 {command.format(text.strip())} 做。"
    return ""


def _unit(text: str, county: CommandCounty) -> str:
    return text if county.home is None else _unit_of(county.home, text, ())


def _unit_or_county(text: str, county: CommandCounty) -> str:
    home = county.home
    if home is None:
        return text
    return _unit_of(home, text, () if home.roster.resolve(text) else (county_itself(home.name),))


def _unit_of(home: "County", text: str, besides: tuple[Name, ...]) -> str:
    units = tuple(units_of(home.roster.units, home.name))
    names = Names((*units, *besides))
    if name := names.find(text):
        return name.id
    if not besides and plain(text) in county_itself(home.name).whole:
        raise UsageError(f"「{text}」不是填报单位", "要看全县的，请不写 --unit。")
    roster_hint = f"名单中有：{'、'.join(home.roster.names)}。"
    raise UsageError(f"「{text}」不在本县名单中", names.did_you_mean(text) or roster_hint)


def _notice(text: str, county: CommandCounty) -> str:
    names = Names(notices_in(county.folder))
    if found := names.find(text):
        return found.id
    near = "、".join(f"{name.id}（{name.label}）" for name in names.nearest(text))
    advice = f"最接近的是 {near}；" if near else ""
    available = "、".join(name.shown for name in names.entries)
    raise UsageError(f"没有「{text}」这个通知", f"{advice}可用的有 {available}。")


def _period(text: str, county: CommandCounty) -> str:
    return str(Period.parse(text))


def _period_or_file(text: str, county: CommandCounty) -> str:
    if is_there(text) and Path(text).is_file():
        return text
    try:
        return _period(text, county)  # a folder of returns is called so, too
    except UsageError:
        if is_there(text):
            raise UsageError(f"「{text}」是文件夹", _PERIOD_OR_FILE) from None
        if _NAME_OF_A_FILE.search(text):
            raise UsageError(f"找不到文件「{text}」", _PERIOD_OR_FILE) from None
        raise


def _styles(text: str, county: CommandCounty) -> str:
    styles = Names(tuple(Name(style, style, other_names) for style, other_names in _STYLES.items()))
    words = text.replace("，", ",").replace("、", ",").split(",")
    # Of a word that is no style the command says which it can write.
    return ",".join(name.id if (name := styles.find(word)) else plain(word) for word in words)


def _topic(text: str, county: CommandCounty) -> str:
    """Returns a topic half-width, without quotation marks, and with the form before a slash by its label: 附件2.

    Circled digits stay as they are.
    """
    tidy = text.strip().translate(_HALF_WIDTH).strip("《》「」“”\"'")
    form, slash, topic = tidy.rpartition("/")
    if not slash:
        return tidy
    from zjf.naming.declared import forms

    try:
        name = Names(tuple(forms())).find(form)
    except UsageError:  # several are called so
        return tidy
    return f"{name.label}/{topic}" if name else tidy


def _house(text: str, county: CommandCounty) -> str:
    """Returns a house's number half-width, as the ledger keeps it."""
    return text.strip().translate(_HALF_WIDTH)


_RESOLVE: Mapping[NameOf, Callable[[str, CommandCounty], str]] = {
    NameOf.FORM: _declared(NameOf.FORM),
    NameOf.TABLE: _declared(NameOf.TABLE),
    NameOf.PAPER: _declared(NameOf.PAPER),
    NameOf.STEP: _declared(NameOf.STEP),
    NameOf.MADE: _declared(NameOf.MADE),
    NameOf.UNIT: _unit,
    NameOf.UNIT_OR_COUNTY: _unit_or_county,
    NameOf.NOTICE: _notice,
    NameOf.PERIOD: _period,
    NameOf.PERIOD_OR_FILE: _period_or_file,
    NameOf.STYLES: _styles,
    NameOf.HOUSE: _house,
    NameOf.TOPIC: _topic,
}
"""Kind: the function that finds what a text names. Several figures of one name are left to `zjf explain`."""
