"""What the core weighs, and what each extra adds to it: the wheels that are carried, as they lie in the bundle."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bundle.closure import Target, Wheelhouse, needed, pins
from tools.bundle.making import ROOT, program_wheel, requirements
from zjf.extras import EXTRAS

CORE = "(core)"


def added_by_extras(target: Target) -> dict[str, int]:
    """Bytes of wheels: the core's, then what each extra has beyond it.

    Raises:
        BundleError: A wheel is missing for that system.
    """
    with TemporaryDirectory() as scratch:
        wheel = program_wheel(Path(scratch))
        wheelhouse = Wheelhouse(Path(scratch), pins(ROOT / "constraints.txt"))
        core = needed(requirements(wheel, target, ()), target, wheelhouse)
        sizes = {CORE: sum(path.stat().st_size for path in (wheel, *(found.path for found in core.values())))}
        for extra in EXTRAS:
            whole = needed(requirements(wheel, target, [extra]), target, wheelhouse)
            sizes[extra] = sum(found.path.stat().st_size for name, found in whole.items() if name not in core)
    return sizes
