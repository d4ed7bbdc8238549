"""What a shell is offered while a command line is being written. Light: everything comes from the record and
the county's folder.

The shell's script (`zjf completion`) asks with `_ZJF_COMPLETE` set, and hands the words in `_ZJF_WORDS`, the
one that is being written last.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from zjf.commands.recorded import RECORD
from zjf.commands.root import CHINESE_NAMES, COMPLETION_ASKED
from zjf.commands.words.spoken_words import CHOICES, OPTIONS, public_option
from zjf.county_folder import nearest_county
from zjf.naming.kinds import NameOf
from zjf.naming.names import Name, plain
from zjf.naming.of_county import county_itself, county_name_in, notices_in, periods_in, units_in

ASKED, WORDS = COMPLETION_ASKED, "_ZJF_WORDS"
_BETWEEN = re.compile("[\x1f\n]")
_BESIDE_TODAY = ("本周", "上周", "本月", "上月")
_HELP = {"--help": "显示这段说明"}


@dataclass(frozen=True)
class Offer:
    """A word that may be meant, and what it is."""

    word: str
    about: str = ""


def answer() -> int:
    """Tells a shell what may be meant, a word a line; behind a tab what it is, for shells that show it."""
    *before, unfinished = _BETWEEN.split(os.environ.get(WORDS, ""))
    shell = os.environ[ASKED]
    for offer in dict.fromkeys(offers([word for word in before if word != "="], unfinished)):
        word = offer.word.replace(":", "\\:") if shell == "zsh" else offer.word
        tail = f"\t{offer.about}" if offer.about and shell != "bash" else ""
        sys.stdout.write(f"{word}{tail}\n")
    return 0


def offers(before: Sequence[str], unfinished: str) -> Iterator[Offer]:
    """The words that an unfinished one may become.

    Args:
        before: The words before it, behind `zjf`.
        unfinished: What of it is written.
    """
    commands: Mapping[str, Any] = _record().get("commands", {})
    words = list(before)
    while words and words[0].startswith("-"):
        words.pop(0)
    if not words:
        yield from _starting(unfinished, _commands(commands))
        return
    usage = commands.get(CHINESE_NAMES.get(words[0], words[0]), {})
    if "commands" in usage:
        if len(words) == 1:
            inner = [Offer(name, _first_words(own["help"])) for name, own in usage["commands"].items()]
            yield from _starting(unfinished, inner)
            return
        usage, words = usage["commands"].get(words[1], {}), words[1:]
    yield from _of_command(usage.get("parameters", ()), words[1:], unfinished)


def _commands(commands: Mapping[str, Any]) -> Iterator[Offer]:
    for chinese, name in CHINESE_NAMES.items():
        yield Offer(chinese, _first_words(commands.get(name, {}).get("help", name)))
    for chinese, name in CHINESE_NAMES.items():
        yield Offer(name, chinese)


def _of_command(
    parameters: Sequence[Mapping[str, Any]], words: Sequence[str], unfinished: str
) -> Iterator[Offer]:
    options = {
        name: parameter
        for parameter in parameters
        if parameter["kind"] == "option"
        for name in parameter["written"]
    }
    folder = _folder(words)
    place, waiting = 0, None
    for word in words:
        if waiting is not None:
            waiting = None
        elif word.startswith("-"):
            own = options.get(public_option(word, options))
            waiting = own if own and own["type"] != "bool" and "=" not in word else None
        else:
            place += 1
    if waiting is not None:
        yield from _values(waiting, unfinished, folder)
    elif unfinished.startswith("-"):
        yield from _starting(unfinished, _options(options))
    else:
        arguments = [parameter for parameter in parameters if parameter["kind"] == "argument"]
        if arguments and (place < len(arguments) or arguments[-1]["many"]):
            yield from _values(arguments[min(place, len(arguments) - 1)], unfinished, folder)


def _options(options: Mapping[str, Mapping[str, Any]]) -> Iterator[Offer]:
    for name, own in options.items():
        if name.startswith("--"):
            yield Offer(name, _first_words(own["settings"].get("help", "")))
    for chinese, meant in OPTIONS.items():
        if any(name in options for name in meant):
            yield Offer(chinese, public_option(chinese, options))
    yield from (Offer(name, about) for name, about in _HELP.items())


def _values(parameter: Mapping[str, Any], unfinished: str, folder: Path | None) -> Iterator[Offer]:
    if parameter["choices"]:
        spoken = [Offer(word, choice) for word, choice in CHOICES.items() if choice in parameter["choices"]]
        yield from _starting(unfinished, [*(Offer(choice) for choice in parameter["choices"]), *spoken])
    elif kind := parameter.get("names"):
        yield from _spelt(unfinished, _names(NameOf(kind), folder))
        if kind in (NameOf.PERIOD, NameOf.PERIOD_OR_FILE) and unfinished:
            yield from _starting(unfinished, map(Offer, _BESIDE_TODAY))


def _names(kind: NameOf, folder: Path | None) -> Sequence[Name]:
    match kind:
        case NameOf.UNIT:
            return units_in(folder) if folder else ()
        case NameOf.UNIT_OR_COUNTY:
            return (*units_in(folder), county_itself(county_name_in(folder))) if folder else ()
        case NameOf.NOTICE:
            return notices_in(folder)
        case NameOf.PERIOD | NameOf.PERIOD_OR_FILE:
            return periods_in(folder, date.today())
        case _:
            return [Name.from_json(kept) for kept in _record().get("names", {}).get(kind, ())]


def _spelt(unfinished: str, names: Sequence[Name]) -> Iterator[Offer]:
    """Each name in the first of its spellings that begins as written: its label where nothing is written."""
    begun = plain(unfinished)
    for name in names:
        spellings = (name.label, name.id, *name.also, *name.short)
        fitting = next((word for word in spellings if word and plain(word).startswith(begun)), None)
        if fitting and not any(sign.isspace() for sign in fitting):
            about = name.label if fitting != name.label else name.id
            yield Offer(name.id if "（" in fitting else fitting, about)


def _starting(unfinished: str, offered: Iterator[Offer] | Sequence[Offer]) -> Iterator[Offer]:
    return (offer for offer in offered if offer.word.startswith(unfinished))


def _folder(words: Sequence[str]) -> Path | None:
    """The county's folder: the one that is named, else the one around."""
    for option, folder in pairwise(words):
        if option in ("--county", "--县"):
            return Path(folder)
    return nearest_county(Path.cwd())


@cache
def _record() -> dict[str, Any]:
    """The record, even where the program was changed since: most of it still holds."""
    try:
        kept: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept


def _first_words(help_: str) -> str:
    return re.split(r"[。：；，\n]", help_, maxsplit=1)[0]
