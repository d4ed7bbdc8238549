"""What has to be carried: a wheel for everything that zjf needs on a system, at the pinned version.

pip holds the conditions of requirements (`; sys_platform == "win32"`) against the computer that it runs on;
so here it is asked about single packages only, and the conditions are held against the system that is meant.
"""

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packaging.metadata import Metadata
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
    """A wheel that was downloaded.

    Args:
        name: The package.
        version: Its version.
        path: The file.
        requires: What it needs in turn, as it says itself.
    """

    name: NormalizedName
    version: str
    path: Path
    requires: tuple[Requirement, ...]


_FOR_EVERY_COMPUTER = "*-none-any.whl"


@dataclass(frozen=True)
class Wheelhouse:
    """Downloaded wheels, for one system or several: none is asked for twice.

    Args:
        folder: Where they are kept.
        pinned: The versions that are asked for.
    """

    folder: Path
    pinned: Mapping[NormalizedName, str]

    def wheels(self, target: Target) -> dict[NormalizedName, Wheel]:
        """The wheels for a system that are there: those that were asked for it, and those that run on every one."""
        paths = (path for folder in self._folders(target) for path in folder.glob("*.whl"))
        return {wheel.name: wheel for wheel in map(_wheel, paths)}

    def add(self, names: Iterable[NormalizedName], target: Target) -> None:
        """Downloads packages for a system, unless they are there.

        Raises:
            BundleError: One is not pinned, or cannot be had.
        """
        names = sorted(set(names) - self.wheels(target).keys())
        if unpinned := [name for name in names if name not in self.pinned]:
            raise BundleError(f"not pinned in constraints.txt: {', '.join(unpinned)}")
        if not names:
            return
        own, everywhere = self._folders(target)
        asked = [f"{name}=={self.pinned[name]}" for name in names]
        pip("download", "--no-deps", f"--dest={own}", *target.pip_options, *asked)
        everywhere.mkdir(exist_ok=True)
        for path in own.glob(_FOR_EVERY_COMPUTER):
            path.replace(everywhere / path.name)

    def _folders(self, target: Target) -> tuple[Path, Path]:
        return self.folder / f"{target.system.name}-{target.python}", self.folder / target.python


def metadata(wheel: Path) -> Metadata:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Metadata.from_email(archive.read(name), validate=False)


@cache
def _wheel(path: Path) -> Wheel:
    about = metadata(path)
    return Wheel(canonicalize_name(about.name), str(about.version), path, tuple(about.requires_dist or ()))


def pins(constraints: Path) -> dict[NormalizedName, str]:
    """The versions that the project is known to work with."""
    lines = constraints.read_text("utf-8").split()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def needed(
    requirements: Iterable[Requirement], target: Target, wheelhouse: Wheelhouse
) -> dict[NormalizedName, Wheel]:
    """Every wheel that requirements (of those that apply) come to on a system, whatever this computer is.

    Args:
        requirements: What is required at first.
        target: The system.
        wheelhouse: Where the wheels are, and come to, if they are not there.

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
        wheelhouse.add(wanted, target)
        there = wheelhouse.wheels(target)
        wheels |= {name: there[name] for name in wanted}
        asked = [r for name in wheels for r in applying(wheels[name].requires, target, extras[name])]
        open_ends = [r for r in asked if _is_open(r, wheels, extras)]
    for name, wheel in wheels.items():
        if not runs_on(wheel.path.name, target):
            raise BundleError(f"{name}: {wheel.path.name} does not run on {target.system.name}")
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
