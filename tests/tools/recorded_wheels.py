"""The wheels that the package index has of the pinned versions, as recorded: they never change, so nobody asks for them twice.

To look for 90 packages of three systems anew takes half a minute of a processor, and half a gigabyte of downloads.
`python -m tests.tools.recorded_wheels` records them (as `make lock` does); of a version that is pinned otherwise since, the
index is asked.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, parse_wheel_filename

from tools.bundle.closure import Target, Wheel, Wheelhouse, needed, pins
from tools.bundle.making import DEFAULT_PYTHON, ROOT, program_wheel, requirements
from tools.bundle.systems import SYSTEMS
from zjf.extras import EXTRAS

_RECORD = Path(__file__).with_suffix(".json")


class RecordedWheelhouse(Wheelhouse):
    """A wheelhouse in which every wheel is that is recorded at its pinned version."""

    def wheels(self, target: Target) -> dict[NormalizedName, Wheel]:
        known = (wheel for wheel in _recorded(target.system.name) if target.python == DEFAULT_PYTHON)
        pinned = {wheel.name: wheel for wheel in known if wheel.version == self.pinned.get(wheel.name)}
        return pinned | super().wheels(target)


@cache
def _recorded(system: str) -> list[Wheel]:
    """The recorded wheels that run on a system."""
    there = frozenset(SYSTEMS[system].tags(DEFAULT_PYTHON))
    found = []
    for file, requires in json.loads(_RECORD.read_text("utf-8")).items():
        name, version, _, tags = parse_wheel_filename(file)
        if not tags.isdisjoint(there):
            found.append(Wheel(name, str(version), Path(file), tuple(map(Requirement, requires))))
    return found


def _wheels_of_every_system() -> Iterator[Wheel]:
    with TemporaryDirectory() as folder:
        wheel = program_wheel(Path(folder))
        house = Wheelhouse(Path(folder) / "wheels", pins(ROOT / "constraints.txt"))
        for system in SYSTEMS.values():
            target = Target(system, DEFAULT_PYTHON)
            yield from needed(requirements(wheel, target, EXTRAS), target, house).values()


if __name__ == "__main__":
    found = {wheel.path.name: [*map(str, wheel.requires)] for wheel in _wheels_of_every_system()}
    _RECORD.write_text(json.dumps(dict(sorted(found.items())), indent=1) + "\n", "utf-8")
