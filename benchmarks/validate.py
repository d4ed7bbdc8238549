"""`python -m benchmarks.validate`: what checking a large ledger costs, against just reading it.

Both are whole programs, start to exit, run in turns on the same workbook.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.houses import PERIOD, write_ledger
from benchmarks.processes import adopt_what_is_left_behind, measured, typical
from zjf.schemas import FORMS

_READ = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
book.get_sheet_by_index(0).to_python(skip_empty_area=False)
"""
_MEGABYTE = 1_000_000


def main() -> None:
    """Makes the workbook, measures, prints."""
    adopt_what_is_left_behind()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--houses", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--columns", choices=("standard", "all"), default="standard")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        book = Path(folder) / "台账.xlsx"
        form, every = FORMS["house-ledger"], asked.columns == "all"
        write_ledger(book, asked.houses, every_column=every)
        columns = len(form.fields if every else form.standard_fields)
        say(f"{asked.houses} houses × {columns} columns, {book.stat().st_size / _MEGABYTE:.1f} MB of .xlsx")
        reads, checks = [], []
        for number in range(1, asked.runs + 1):
            reads.append(measured([sys.executable, "-c", _READ, str(book)], Path(folder)))
            checks.append(measured(_validate(book), Path(folder)))
            say(f"  run {number}: read {reads[-1].seconds:.2f} s, validate {checks[-1].seconds:.2f} s")
    say(f"found     {json.loads(checks[-1].output)['totals']}")
    read, check = typical(reads), typical(checks)
    for name, run in (("read", read), ("validate", check)):
        time = f"{run.seconds:.2f} s wall, {run.cpu_seconds:.2f} s processor (medians)"
        say(f"{name:9} {time}, {run.peak_bytes / _MEGABYTE:.0f} MB at most, all processes together")
    wall, cpu = check.seconds / read.seconds, check.cpu_seconds / read.cpu_seconds
    say(f"ratio     {wall:.2f} wall, {cpu:.2f} processor")


def _validate(book: Path) -> list[str]:
    return [sys.executable, "-m", "zjf", "validate", str(book), "--period", PERIOD, "--format", "json"]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
