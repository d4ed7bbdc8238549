"""`python -m benchmarks.others --python PATH`: what other libraries take to read, and to check, the same workbook.

They are no dependencies of zjf: PATH is a Python that has pandas, python-calamine, openpyxl, pandera and
frictionless[excel]. pandera and frictionless are asked only for types and code lists, zjf for all its rules.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.houses import PERIOD, write_ledger
from benchmarks.processes import Run, adopt_what_is_left_behind, measured, typical
from benchmarks.validate import say
from zjf.schemas import FORMS, Field
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.kinds import Kind

_HEADINGS_IN_ROW = 3
_TYPES = {Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.YEAR: "number", Kind.DATE: "date"}
_BEGIN = f"""
import json, sys
book, headings = sys.argv[1], {_HEADINGS_IN_ROW}
with open(sys.argv[2], encoding="utf-8") as file:
    fields = json.load(file)
"""
_TO_A_FRAME = """
import pandas
rows = pandas.read_excel(book, engine="calamine", header=headings - 1)
"""
_PROGRAMS = {
    "python-calamine, bare read": """
import python_calamine
python_calamine.CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python(skip_empty_area=False)
""",
    "pandas with calamine": _TO_A_FRAME,
    "openpyxl, read-only": """
import openpyxl
sum(1 for _ in openpyxl.load_workbook(book, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True))
""",
    "pandas and pandera": _TO_A_FRAME
    + """
import pandera.pandas as pandera
kinds, columns = {"number": float, "date": "datetime64[ns]"}, {}
for field in fields:
    kind = kinds.get(field["type"])
    check = pandera.Check.isin(field["codes"]) if field["codes"] else None
    columns[field["name"]] = pandera.Column(kind, check, nullable=True, coerce=kind is not None)
pandera.DataFrameSchema(columns).validate(rows, lazy=True)
""",
    "frictionless": """
import frictionless
described = []
for field in fields:
    kind = {"type": "any" if field["type"] == "text" else field["type"]}
    described.append({"name": field["name"], **kind, "constraints": {"enum": field["codes"]} if field["codes"] else {}})
frictionless.system.trusted = True  # of absolute paths
resource = frictionless.Resource(
    path=book, dialect=frictionless.Dialect(header_rows=[headings]),
    schema=frictionless.Schema.from_descriptor({"fields": described}))
report = frictionless.validate(resource)
print(report.stats, [error.message for task in report.tasks for error in task.errors[:3]])
""",
}


def main() -> None:
    """Makes the workbook, measures, prints."""
    adopt_what_is_left_behind()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--houses", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        book, fields = folder / "台账.xlsx", folder / "fields.json"
        write_ledger(book, asked.houses)
        described = [_described(field) for field in FORMS[HOUSES].standard_fields]
        fields.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        commands = {
            what: [asked.python, "-c", _BEGIN + program, str(book), str(fields)]
            for what, program in _PROGRAMS.items()
        }
        commands["zjf validate"] = [sys.executable, "-m", "zjf", "validate", str(book), "--period", PERIOD]
        for what, command in commands.items():
            runs = [measured(command, folder) for _ in range(asked.runs)]
            say(_line(what, typical(runs)))


def _described(field: Field) -> dict[str, object]:
    codes = [str(code) for code in field.codes] if field.kind is Kind.CODE and field.codes else None
    return {"name": field.heading.text, "type": _TYPES.get(field.kind, "text"), "codes": codes}


def _line(what: str, run: Run) -> str:
    said = (
        f"{what:28}{run.seconds:8.2f} s wall{run.cpu_seconds:8.2f} s processor{run.peak_bytes / 1e6:8.0f} MB"
    )
    return said if run.code == 0 else f"{said}  ended with {run.code}: {run.errors.decode()[-300:]}"


if __name__ == "__main__":
    main()
