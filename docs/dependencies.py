"""What is installed with zjf, and why: `docs/dependencies.toml` says what for, the packages' own metadata the rest.

`python -m docs.dependencies` records the metadata of what is installed in `docs/dependencies.json`, so that the
page is the same wherever it is made; the tests hold the record against what is installed.
"""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from zjf.extras import EXTRAS

RECORD = Path(__file__).with_suffix(".json")
_PURPOSES = Path(__file__).with_suffix(".toml")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Package:
    """A package that is installed with zjf.

    Args:
        name: Its name.
        version: Its version.
        licence: As its metadata names it.
        megabytes: What it takes up, without what Python compiles.
        wanted_by: The packages that ask for it; `zjf`, or `zjf[extra]`.
    """

    name: str
    version: str
    licence: str
    megabytes: float
    wanted_by: tuple[str, ...]


def purposes() -> dict[str, str]:
    """What each package that zjf itself asks for is for."""
    said: dict[str, str] = tomllib.loads(_PURPOSES.read_text("utf-8"))
    return said


def recorded() -> list[Package]:
    """The packages as they were recorded."""
    entries = json.loads(RECORD.read_text("utf-8"))
    return [Package(**entry | {"wanted_by": tuple(entry["wanted_by"])}) for entry in entries]


def installed() -> list[Package]:
    """What zjf and its extras come to in this environment."""
    wanted_by: dict[str, set[str]] = {}
    open_ends = [("zjf", requirement) for requirement in _asked_by("zjf", set())]
    open_ends += [(f"zjf[{extra}]", r) for extra in EXTRAS for r in _asked_by("zjf", {extra})]
    while open_ends:
        parent, requirement = open_ends.pop()
        name = canonicalize_name(requirement.name)
        if parent in wanted_by.setdefault(name, set()):
            continue
        wanted_by[name].add(parent)
        open_ends += [(name, asked) for asked in _asked_by(name, requirement.extras)]
    return [_package(name, parents) for name, parents in sorted(wanted_by.items())]


def _asked_by(name: str, extras: set[str]) -> Iterator[Requirement]:
    """What a package asks for; with extras, only what those ask for beyond that."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        plain = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        more = requirement.marker and any(requirement.marker.evaluate({"extra": extra}) for extra in extras)
        if (plain and not (name == "zjf" and extras)) or (more and not plain):
            yield requirement


def _package(name: str, parents: set[str]) -> Package:
    of = distribution(name)
    # A zjf[extra] says nothing where zjf asks for it anyway.
    told = {parent for parent in parents if not (parent.startswith("zjf[") and "zjf" in parents)}
    size = round(sum(file.size or 0 for file in of.files or ()) / _MEGABYTE, 1)
    return Package(name, of.version, _licence(of), size, tuple(sorted(told)))


def _licence(of: Distribution) -> str:
    about = of.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    said = about.get("License") or ""
    classified = [
        text.rpartition(" :: ")[2] for text in about.get_all("Classifier", []) if "License ::" in text
    ]
    short = said if len(said) <= 30 else ""  # some have the whole licence there
    return short or "、".join(classified) or "见其说明"


if __name__ == "__main__":
    entries = [asdict(package) for package in installed()]
    RECORD.write_text(f"{json.dumps(entries, ensure_ascii=False, indent=1)}\n", "utf-8")
