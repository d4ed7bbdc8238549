"""A start that is not felt: what only asks, or is refused, loads no tables, no ledger and no workbooks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.commands.office import FACT_1, TOWN, attachment, ledger
from tests.sheets import workbook
from zjf.cli import application
from zjf.commands.recorded import record
from zjf.commands.recorded.usage import add
from zjf.commands.root import COMMANDS, empty_application

HEAVY = ("pandas", "numpy", "sqlalchemy", "openpyxl", "xlsxwriter", "zjf.schemas")
ASKED = ("--help", "--version", "validate --help", "rules show --help", "explain C104")
REFUSED = (
    "validte",
    "validate",
    "validate x --nosuch",
    "aggregate x",
    "sample --period 2024-W23 --share x",
)


def loaded(arguments: str, folder: Path) -> tuple[int, set[str]]:
    """The exit code of a command line in a process of its own, and what heavy things it imported."""
    ask = (
        "import json, sys; from zjf import cli; code = cli.run(sys.argv[1:]);"
        f"print(json.dumps([code, [name for name in {HEAVY!r} if name in sys.modules]]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", ask, *arguments.split()],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    code, modules = json.loads(ran.stdout.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("arguments", ASKED)
def test_what_only_asks_loads_nothing_heavy(arguments: str, tmp_path: Path) -> None:
    assert loaded(arguments, tmp_path) == (0, set()), "run `make docs` after changing a command"


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_is_refused_loads_nothing_heavy(arguments: str, tmp_path: Path) -> None:
    assert loaded(arguments, tmp_path) == (2, set()), "run `make docs` after changing a command"


def test_who_waits_for_the_workers_reads_no_tables(tmp_path: Path) -> None:
    """Not for a ledger and an attachment, either, that are held against each other (A307)."""
    for name, cells in (("台账", ledger(TOWN, {})), ("附件2", attachment("attachment-2", {TOWN: FACT_1}))):
        (tmp_path / f"{name}.xlsx").write_bytes(workbook(cells))
    assert loaded(f"validate {tmp_path}", tmp_path) == (1, {"zjf.schemas"})


@pytest.mark.parametrize("name", COMMANDS)
def test_help_from_the_record_is_the_commands_own(name: str) -> None:
    kept = record()
    assert kept is not None, "run `make docs`"
    app = empty_application()
    add(app, name, kept["commands"][name])
    for inner in ((), *((subcommand,) for subcommand in kept["commands"][name].get("commands", ()))):
        told, own = (
            CliRunner().invoke(made, [name, *inner, "--help"], prog_name="zjf").output
            for made in (app, application([name]))
        )
        assert told == own
