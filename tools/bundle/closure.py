"""What has to be carried: a wheel for everything that zjf needs on a system, at the pinned version.

pip holds the conditions of requirements (`; sys_platform == "win32"`) against the computer that it runs on;
so here it is asked about single packages only, and the conditions are held against the system that is meant.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from tools.bundle.systems import System


class BundleError(Exception):
    """A bundle cannot be made; the message says why."""


@dataclass(frozen=True)
class Target:
    """What a bundle is for.

    Args:
        system: The kind of computer.
        python: The version of Python, such as 3.11.
    """

    system: System
    python: str

    @property
    def pip_options(self) -> list[str]:
        """How pip is told to look for wheels of another computer."""
        platforms = [f"--platform={platform}" for platform in self.system.platforms]
        return ["--only-binary=:all:", "--implementation=cp", f"--python-version={self.python}", *platforms]


@dataclass(frozen=True)
class Wheel:
    """A wheel that is on the package index.

    Args:
        name: The package.
        version: Its version.
        file: The file's name.
        requires: What it needs in turn, as it says itself.
    """

    name: NormalizedName
    version: str
    file: str
    requires: tuple[Requirement, ...]


def pins(constraints: Path) -> dict[NormalizedName, str]:
    """The versions that the project is known to work with."""
    lines = constraints.read_text("utf-8").split()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def needed(
    requirements: Iterable[Requirement], pinned: Mapping[NormalizedName, str], target: Target
) -> dict[NormalizedName, Wheel]:
    """Every wheel that requirements (of those that apply) come to on a system, whatever this computer is.

    Raises:
        BundleError: Something is needed that is not pinned, or has no wheel for that system.
    """
    wheels: dict[NormalizedName, Wheel] = {}
    extras: dict[NormalizedName, set[str]] = {}
    open_ends = list(requirements)
    while open_ends:
        wanted = {canonicalize_name(requirement.name) for requirement in open_ends}
        for requirement in open_ends:
            extras.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
        wheels |= _looked_up(sorted(wanted - wheels.keys()), pinned, target)
        asked = [r for name in wheels for r in applying(wheels[name].requires, target, extras[name])]
        open_ends = [r for r in asked if _is_open(r, wheels, extras)]
    for name, wheel in wheels.items():
        if not runs_on(wheel.file, target):
            raise BundleError(f"{name}: {wheel.file} does not run on {target.system.name}")
    return wheels


def _is_open(
    requirement: Requirement,
    wheels: Mapping[NormalizedName, Wheel],
    extras: Mapping[NormalizedName, set[str]],
) -> bool:
    name = canonicalize_name(requirement.name)
    return name not in wheels or not requirement.extras <= extras[name]


def applying(requirements: Iterable[Requirement], target: Target, extras: set[str]) -> Iterator[Requirement]:
    """The requirements that apply on a system, with some extras asked for."""
    environment = target.system.environment(target.python)
    for requirement in requirements:
        marker = requirement.marker
        asked = [environment | {"extra": extra} for extra in ("", *extras)]
        if marker is None or any(marker.evaluate(environment) for environment in asked):
            yield requirement


def runs_on(wheel_file: str, target: Target) -> bool:
    """Whether a wheel may be installed there, by the tags in its name."""
    _, _, _, tags = parse_wheel_filename(wheel_file)
    return not tags.isdisjoint(target.system.tags(target.python))


_FOR_EVERY_COMPUTER = "-none-any.whl"
_carried_everywhere: dict[tuple[NormalizedName, str, str], Wheel] = {}
"""By name, version and Python's version: what the index has for one system runs on the next, and is not asked again."""


def _looked_up(
    names: Iterable[NormalizedName], pinned: Mapping[NormalizedName, str], target: Target
) -> dict[NormalizedName, Wheel]:
    """What the package index has of some packages at their pinned versions; nothing is downloaded whole."""
    names = list(names)
    if unpinned := [name for name in names if name not in pinned]:
        raise BundleError(f"not pinned in constraints.txt: {', '.join(unpinned)}")
    places = {name: (name, pinned[name], target.python) for name in names}
    fresh = _asked([name for name in names if places[name] not in _carried_everywhere], pinned, target)
    for name, wheel in fresh.items():
        if name in places and wheel.file.endswith(_FOR_EVERY_COMPUTER):
            _carried_everywhere[places[name]] = wheel
    return fresh | {
        name: _carried_everywhere[place] for name, place in places.items() if place in _carried_everywhere
    }


def _asked(
    names: Sequence[NormalizedName], pinned: Mapping[NormalizedName, str], target: Target
) -> dict[NormalizedName, Wheel]:
    """What pip says of packages on a system."""
    if not names:
        return {}
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = [f"{name}=={pinned[name]}" for name in names]
        ways = ["--dry-run", "--ignore-installed", "--no-deps", f"--target={folder}", f"--report={report}"]
        pip("install", *ways, *target.pip_options, *asked)
        installs = json.loads(report.read_text("utf-8"))["install"]
    return {wheel.name: wheel for wheel in map(_wheel, installs)}


def _wheel(install: Mapping[str, Any]) -> Wheel:
    about = install["metadata"]
    return Wheel(
        canonicalize_name(about["name"]),
        about["version"],
        PurePosixPath(unquote(urlsplit(install["download_info"]["url"]).path)).name,
        tuple(map(Requirement, about.get("requires_dist", ()))),
    )


def download(wheels: Iterable[Wheel], target: Target, folder: Path) -> None:
    """Puts wheels into a folder.

    Raises:
        BundleError: They cannot be had.
    """
    asked = [f"{wheel.name}=={wheel.version}" for wheel in wheels]
    if not asked:
        return
    pip("download", "--no-deps", f"--dest={folder}", *target.pip_options, *asked)


def pip(*arguments: str) -> None:
    """Runs pip.

    Raises:
        BundleError: It failed; what it said is the message.
    """
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    ran = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, *quiet],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ran.returncode:
        raise BundleError(ran.stderr.strip() or f"pip {arguments[0]} failed")
