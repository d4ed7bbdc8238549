"""`python -m benchmarks.startup`: what it costs to ask for help, against importing what any command line needs.

All are whole programs, run in turns.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Run, adopt_what_is_left_behind, measured, typical
from benchmarks.validate import say

_LEAST = (sys.executable, "-c", "import typer, rich")
_ASKED = (("--help",), ("--version",), ("explain", "C104"), ("validate", "--help"), ("valdate",))


def main() -> None:
    """Measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    adopt_what_is_left_behind()
    commands = {"import typer, rich": list(_LEAST)} | {
        f"zjf {' '.join(words)}": [sys.executable, "-m", "zjf", *words] for words in _ASKED
    }
    took: dict[str, list[Run]] = {name: [] for name in commands}
    with TemporaryDirectory() as folder:
        for _ in range(asked.runs):
            for name, command in commands.items():
                took[name].append(measured(command, Path(folder)))
    found = {name: typical(runs) for name, runs in took.items()}
    least = next(iter(found.values()))
    for name, run in found.items():
        ratio = (
            f"{run.seconds / least.seconds:.1f} × wall, {run.cpu_seconds / least.cpu_seconds:.1f} × processor"
        )
        say(f"{name:22} {run.seconds:.2f} s wall, {run.cpu_seconds:.2f} s processor, {ratio}")


if __name__ == "__main__":
    main()
