"""`python -m benchmarks.page`: runs the benchmarks and writes what they say into `docs/performance.md`.

What stands between the two marks of the page is replaced; the rest is written by hand.
"""

import argparse
import platform
import subprocess
import sys
from datetime import date
from os import cpu_count
from pathlib import Path

from benchmarks.validate import say

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
_BEGIN, _END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_BENCHMARKS = {
    "Start-up": ("benchmarks.startup",),
    "One file": ("benchmarks.validate",),
    "A county": ("benchmarks.county",),
}


def main() -> None:
    """Runs them all, writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=6, help="units of the county")
    parser.add_argument("--thousands", type=int, default=5, help="houses of each unit, in thousands")
    asked = parser.parse_args()
    of_county = ("--units", str(asked.units), "--thousands", str(asked.thousands))
    machine = f"{cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    parts = [
        f"Measured on {date.today()}: {machine}. Times in seconds; × is against the bare read of the same files.\n"
    ]
    for title, module in _BENCHMARKS.items():
        words = (*module, *(of_county if title == "A county" else ()))
        ran = subprocess.run([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True, check=True)
        say(f"{title}\n{ran.stdout}")
        parts.append(f"### {title}\n\n```text\n{ran.stdout}```\n")
    before, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    measured = "\n".join(parts)
    PAGE.write_text(f"{before}{_BEGIN}{measured}{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
