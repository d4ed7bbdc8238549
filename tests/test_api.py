"""`import zjf`: what programs call gives what the commands give, and costs nothing until it is called."""

import subprocess
import sys
from pathlib import Path

import pytest

import zjf
from tests.commands.office import PERIOD, SETTINGS, TOWN, UNREVIEWED, WRONG, Office, ledger
from zjf.errors import CannotDoError, UsageError


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    (tmp_path / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    return Office(tmp_path, capsys)


def test_it_checks_as_validate_does(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, WRONG, {}, UNREVIEWED))
    (checked,) = zjf.check(office.inbox, county=office.folder, period=PERIOD)
    (file,) = office.validate("--format", "json").json["files"]
    assert (checked.status, checked.sha256) == (file["status"], file["sha256"])
    assert [problem.code for problem in checked.problems] == [problem["code"] for problem in file["problems"]]


def test_it_aggregates_and_counts_as_aggregate_does(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}, {}))
    found = zjf.aggregate(office.inbox, county=office.folder, period=PERIOD)
    (unit,) = zjf.figures_of(county=office.folder, period=PERIOD)
    assert (unit.unit, unit.counts["surveyed"]) == (TOWN, 2)
    assert found.summary.units == (unit,)
    again = office.aggregate("--format", "json")
    assert (found.document, found.exit_code) == (again.json, again.code)


def test_one_file_needs_no_county(tmp_path: Path, office: Office) -> None:
    path = office.receive("城关街道.xlsx", ledger(TOWN, {}))
    assert [checked.path for checked in zjf.check(path)] == [path]


def test_what_goes_wrong_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotDoError, match=r"zjf\.toml"):
        zjf.figures_of(county=tmp_path, period=PERIOD)
    with pytest.raises(UsageError, match="2024-W23"):
        zjf.check(tmp_path, period="哪一期")


def test_importing_it_loads_nothing() -> None:
    ask = "import sys, zjf; print(zjf.__version__, 'pandas' in sys.modules, 'zjf.api' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, encoding="utf-8", check=True)
    assert said.stdout.split() == [zjf.__version__, "False", "False"]


def test_a_script_may_call_it_at_once(office: Office, tmp_path: Path) -> None:
    """Workers do not run the script once more; what it knows of itself stays."""
    path, script = office.receive("城关街道.xlsx", ledger(TOWN, {})), tmp_path / "核对.py"
    script.write_text(f"import zjf\nprint(zjf.check({str(path)!r})[0].status, __file__)", encoding="utf-8")
    ran = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8")
    assert (ran.stdout.split(), ran.stderr) == (["ok", str(script)], "")
