"""What the core weighs, and what each extra adds to it: the wheels that are carried, as they lie in the bundle."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bundle.closure import Target, Wheel, download, needed, pins
from tools.bundle.making import ROOT, program_wheel, requirements
from zjf.extras import EXTRAS

CORE = "(core)"


def added_by_extras(target: Target) -> dict[str, int]:
    """Bytes of wheels: the core's, then what each extra has beyond it.

    Raises:
        BundleError: A wheel is missing for that system.
    """
    pinned = pins(ROOT / "constraints.txt")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheel = program_wheel(folder)
        core = needed(requirements(wheel, target, ()), pinned, target)
        sizes = {CORE: wheel.stat().st_size + _size(list(core.values()), target, folder / "core")}
        for extra in EXTRAS:
            whole = needed(requirements(wheel, target, [extra]), pinned, target)
            more = [wheel for name, wheel in whole.items() if name not in core]
            sizes[extra] = _size(more, target, folder / extra)
    return sizes


def _size(wheels: list[Wheel], target: Target, folder: Path) -> int:
    download(wheels, target, folder)
    return sum(path.stat().st_size for path in folder.glob("*.whl"))
