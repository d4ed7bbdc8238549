"""Completions for a shell. They come from the record and the county's folder alone, so that no command is loaded.

The shell's script (`zjf completion`) sets `_ZJF_COMPLETE`, and passes the words of the command line in
`_ZJF_WORDS`, the unfinished one last.
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
_SPOKEN_PERIODS = ("本周", "上周", "本月", "上月")
_HELP = {"--help": "显示这段说明"}


@dataclass(frozen=True)
class Offer:
    """A completion, and what it means."""

    word: str
    about: str = ""


def answer() -> int:
    """Prints the completions, one in a line; after a tab their meaning, for shells that show it."""
    *words, unfinished = _BETWEEN.split(os.environ.get(WORDS, ""))
    shell = os.environ[ASKED]
    for offer in dict.fromkeys(offers([word for word in words if word != "="], unfinished)):
        word = offer.word.replace(":", "\\:") if shell == "zsh" else offer.word
        description = f"\t{offer.about}" if offer.about and shell != "bash" else ""
        sys.stdout.write(f"{word}{description}\n")
    return 0


def offers(words_before: Sequence[str], unfinished: str) -> Iterator[Offer]:
    commands: Mapping[str, Any] = _record().get("commands", {})
    words = list(words_before)
    while words and words[0].startswith("-"):
        words.pop(0)
    if not words:
        yield from _starting(unfinished, _commands(commands))
        return
    usage = commands.get(CHINESE_NAMES.get(words[0], words[0]), {})
    if "commands" in usage:
        if len(words) == 1:
            subcommands = [
                Offer(name, _first_words(usage_of_inner["help"]))
                for name, usage_of_inner in usage["commands"].items()
            ]
            yield from _starting(unfinished, subcommands)
            return
        usage, words = usage["commands"].get(words[1], {}), words[1:]
    yield from _parameter_offers(usage.get("parameters", ()), words[1:], unfinished)


def _commands(commands: Mapping[str, Any]) -> Iterator[Offer]:
    for chinese, name in CHINESE_NAMES.items():
        yield Offer(chinese, _first_words(commands.get(name, {}).get("help", name)))
    for chinese, name in CHINESE_NAMES.items():
        yield Offer(name, chinese)


def _parameter_offers(
    parameters: Sequence[Mapping[str, Any]], words: Sequence[str], unfinished: str
) -> Iterator[Offer]:
    options = {
        name: parameter
        for parameter in parameters
        if parameter["kind"] == "option"
        for name in parameter["written"]
    }
    folder = _folder(words)
    option, arguments_given = _option_without_value(words, options)
    if option is not None:
        yield from _values(option, unfinished, folder)
    elif unfinished.startswith("-"):
        yield from _starting(unfinished, _options(options))
    else:
        arguments = [parameter for parameter in parameters if parameter["kind"] == "argument"]
        if arguments and (arguments_given < len(arguments) or arguments[-1]["many"]):
            yield from _values(arguments[min(arguments_given, len(arguments) - 1)], unfinished, folder)


def _option_without_value(
    words: Sequence[str], options: Mapping[str, Mapping[str, Any]]
) -> tuple[Mapping[str, Any] | None, int]:
    """Returns the option that the last of the words is, if its value is to follow; and how many are arguments."""
    option, arguments_given = None, 0
    for word in words:
        if option is not None:
            option = None
        elif word.startswith("-"):
            option_record = options.get(public_option(word, options))
            option = (
                option_record
                if option_record and option_record["type"] != "bool" and "=" not in word
                else None
            )
        else:
            arguments_given += 1
    return option, arguments_given


def _options(options: Mapping[str, Mapping[str, Any]]) -> Iterator[Offer]:
    for name, parameter in options.items():
        if name.startswith("--"):
            yield Offer(name, _first_words(parameter["settings"].get("help", "")))
    for chinese, public_names in OPTIONS.items():
        if any(name in options for name in public_names):
            yield Offer(chinese, public_option(chinese, options))
    yield from (Offer(name, about) for name, about in _HELP.items())


def _values(parameter: Mapping[str, Any], unfinished: str, folder: Path | None) -> Iterator[Offer]:
    if parameter["choices"]:
        chinese_choices = [
            Offer(word, choice) for word, choice in CHOICES.items() if choice in parameter["choices"]
        ]
        yield from _starting(
            unfinished, [*(Offer(choice) for choice in parameter["choices"]), *chinese_choices]
        )
    elif kind := parameter.get("names"):
        yield from _spelling_offers(unfinished, _names(NameOf(kind), folder))
        if kind in (NameOf.PERIOD, NameOf.PERIOD_OR_FILE) and unfinished:
            yield from _starting(unfinished, map(Offer, _SPOKEN_PERIODS))


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
            return [Name.from_json(record) for record in _record().get("names", {}).get(kind, ())]


def _spelling_offers(unfinished: str, names: Sequence[Name]) -> Iterator[Offer]:
    """Yields each name in the first of its spellings that begins with the word; its label for an empty word."""
    beginning = plain(unfinished)
    for name in names:
        spellings = (name.label, name.id, *name.aliases, *name.short)
        spelling = next((word for word in spellings if word and plain(word).startswith(beginning)), None)
        if spelling and not any(sign.isspace() for sign in spelling):
            about = name.label if spelling != name.label else name.id
            yield Offer(name.id if "（" in spelling else spelling, about)


def _starting(unfinished: str, candidates: Iterator[Offer] | Sequence[Offer]) -> Iterator[Offer]:
    return (offer for offer in candidates if offer.word.startswith(unfinished))


def _folder(words: Sequence[str]) -> Path | None:
    """Returns the county's folder: the one of `--county`, else the nearest above the current folder."""
    for option, folder in pairwise(words):
        if option in ("--county", "--县"):
            return Path(folder)
    return nearest_county(Path.cwd())


@cache
def _record() -> dict[str, Any]:
    """Returns the record, even if the program has changed since: most of it still holds."""
    try:
        recorded: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return recorded


def _first_words(help_: str) -> str:
    return re.split(r"[。：；，\n]", help_, maxsplit=1)[0]
