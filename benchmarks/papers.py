"""`python -m benchmarks.papers`: what Friday's papers of the sample county cost, against reading its returns.

The full set: the attachments of every unit and the county as workbooks and PDF, the weekly summary in
Word and as a page. All are whole programs, start to exit.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Run, measured, typical
from benchmarks.validate import say
from zjf.resources import sample_data

PERIOD = "2024-W23"
_READ = """
import sys, python_calamine
for path in sys.argv[1:]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    for number in range(len(book.sheet_names)):
        book.get_sheet_by_index(number).to_python(skip_empty_area=False)
"""
_STEPS = {
    "report": ("report", "attachment-1", "attachment-2", "sweep-table", "--as", "xlsx,pdf"),
    "weekly": ("weekly", "--as", "docx,html"),
}


def main() -> None:
    """Makes the county, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        county, output = Path(folder) / "云水县", Path(folder)
        measured(_zjf("demo", str(county)), output)
        returns = sorted((sample_data() / "county" / "returns" / PERIOD).iterdir())
        readable = [str(path) for path in returns if path.suffix in {".xlsx", ".xls", ".ods"}]
        took: dict[str, list[Run]] = {"read": [], **{name: [] for name in _STEPS}}
        for _ in range(asked.runs):
            took["read"].append(measured([sys.executable, "-c", _READ, *readable], output))
            for name, words in _STEPS.items():
                command = _zjf(*words, "--period", PERIOD, "--county", str(county))
                took[name].append(measured(command, output))
    _say({name: typical(runs) for name, runs in took.items()})


def _say(took: dict[str, Run]) -> None:
    for name, run in took.items():
        say(f"{name:9} {run.seconds:.2f} s wall, {run.cpu_seconds:.2f} s processor (medians)")
    whole = sum(took[name].seconds for name in _STEPS)
    say(f"full set  {whole:.2f} s wall, {whole / took['read'].seconds:.1f} × reading the returns")


def _zjf(*words: str) -> list[str]:
    return [sys.executable, "-m", "zjf", *words]


if __name__ == "__main__":
    main()
