"""`python -m tools.bundle`: makes the offline bundles, or measures what each extra adds to one."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tools.bundle.closure import BundleError, Target, Wheelhouse, pins
from tools.bundle.making import DEFAULT_PYTHON, ROOT, make, program_wheel
from tools.bundle.measuring import added_by_extras
from tools.bundle.systems import SYSTEMS

_MEGABYTE = 1024 * 1024
"""As a file manager counts."""

app = typer.Typer(add_completion=False, no_args_is_help=True)

_Systems = Annotated[list[str] | None, typer.Option("--system", help=f"One of {', '.join(SYSTEMS)}; all.")]
_Pythons = Annotated[list[str] | None, typer.Option("--python", help=f"Such as 3.12; {DEFAULT_PYTHON}.")]
_Extras = Annotated[list[str] | None, typer.Option("--extra", help="An extra to carry as well; none.")]


def _targets(systems: list[str] | None, pythons: list[str] | None) -> list[Target]:
    if unknown := [name for name in systems or () if name not in SYSTEMS]:
        raise typer.BadParameter(f"unknown system: {', '.join(unknown)}")
    return [
        Target(SYSTEMS[system], python)
        for system in systems or SYSTEMS
        for python in pythons or [DEFAULT_PYTHON]
    ]


@app.command("make")
def make_bundles(
    system: _Systems = None, python: _Pythons = None, extra: _Extras = None, out: Path = Path("dist")
) -> None:
    """Makes a bundle for each system and version of Python."""
    wheel = program_wheel(out)
    with TemporaryDirectory() as scratch:
        wheelhouse = Wheelhouse(Path(scratch), pins(ROOT / "constraints.txt"))
        for target in _targets(system, python):
            bundle = make(wheel, target, extra or [], wheelhouse, out)
            sys.stdout.write(f"{bundle}  {bundle.stat().st_size / _MEGABYTE:.0f} MB\n")


@app.command("sizes")
def sizes(system: _Systems = None, python: _Pythons = None) -> None:
    """Prints what the core weighs on each system, and what each extra adds to it, in MB of wheels."""
    for target in _targets(system, python):
        for extra, size in added_by_extras(target).items():
            sys.stdout.write(f"{target.system.name}\t{target.python}\t{extra}\t{size / _MEGABYTE:.1f}\n")


if __name__ == "__main__":
    try:
        app()
    except BundleError as error:
        sys.exit(f"✗ {error}")
