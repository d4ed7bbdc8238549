"""Who only looks leaves the ledger as it is: none is made, and an older one stays what it was."""

import sqlite3

import pytest

from .office import PERIOD, TOWN, Office, Ran, ledger
from .prepared import prepared

LOOKS = {
    "status": ("status", "--period", PERIOD),
    "explain": ("explain", "closure_rate", "--period", PERIOD),
    "diff": ("diff", "2024-W22", PERIOD),
    "export": ("export",),
    "reconcile": ("reconcile", "{folder}/平台.xlsx"),
    "verify": ("verify", f"zjf1|attachment-2|{PERIOD}|{TOWN}|0000-000-000"),
    "weekly": ("weekly", "--period", PERIOD, "--as", "md"),
    "doctor": ("doctor",),
    "validate": ("validate", "{folder}/returns", "--period", PERIOD),
    "aggregate": ("aggregate", "{folder}/没有", "--period", PERIOD),
    "dry run": ("aggregate", "{folder}/returns", "--period", PERIOD, "--dry-run"),
    "receive": ("receive", "{folder}/没有"),
}
LISTED = [["房屋编号", "房屋地址", "地上层数"], ["YS0001", "东村1号", "2"]]


@pytest.fixture(params=LOOKS)
def command(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def equip(office: Office) -> Office:
    """The office with a return that came in, and a list of the platform."""
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.receive("../../平台.xlsx", LISTED)
    return office


@pytest.fixture
def equipped(office: Office) -> Office:
    return equip(office)


@prepared
def with_a_ledger(office: Office) -> Office:
    """The same office with two periods in its ledger."""
    equip(office)
    for period in ("2024-W22", PERIOD):
        office.run("aggregate", office.inbox, "--period", period, "--county", office.folder)
    return office


def look(office: Office, command: str) -> Ran:
    words = (words_of_command.format(folder=office.folder) for words_of_command in LOOKS[command])
    return office.run(*words, "--county", office.folder)


def test_no_ledger_is_made_by_looking(equipped: Office, command: str) -> None:
    ran = look(equipped, command)
    assert "Traceback" not in ran.err
    assert not (equipped.folder / "ledger.db").exists()


def test_an_older_ledger_is_read_as_it_is_and_not_upgraded(with_a_ledger: Office, command: str) -> None:
    seen = look(with_a_ledger, command)
    file = with_a_ledger.folder / "ledger.db"
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE house_ledger DROP COLUMN key_area")
    connection.close()
    kept = file.read_bytes()
    assert look(with_a_ledger, command) == seen
    assert file.read_bytes() == kept
