"""Who asks for personal data whole is on record; what was shown is not."""

from pathlib import Path

import pytest

from zjf.ledger import Event, Ledger

from .office import HASTY, PERIOD, TOWN, Office, ledger
from .prepared import prepared

WHY = "核对产权人姓名"


@prepared
def kept(office: Office) -> Office:
    """A county with one return in its ledger."""
    office.receive("城关街道.xlsx", ledger(TOWN, {"产权人": "欧阳有财"}))
    office.aggregate()
    return office


def on_record(office: Office) -> list[Event]:
    events = Ledger.open("sqlite:///ledger.db", folder=office.folder).events()
    return [event for event in events if event.what == "personal data shown whole"]


@pytest.mark.parametrize(
    "command",
    [
        f"validate {{inbox}} --period {PERIOD}",
        "classify {inbox}",
        f"report house-ledger --period {PERIOD}",
        f"export --period {PERIOD}",
        f"diff {PERIOD} {PERIOD}",
        "find 欧阳有财",
        "house YS0001",
        f"explain 整治率 --period {PERIOD}",
        "repair {inbox}/城关街道.xlsx -o {inbox}/改好.xlsx",
    ],
)
def test_each_command_is_on_record_with_its_reason(kept: Office, command: str) -> None:
    words = [*command.format(inbox=kept.inbox).split(), "--county", kept.folder]
    kept.run(*words)
    assert on_record(kept) == []
    ran = kept.run(*words, "--show-personal", "--reason", WHY)
    assert ran.code in (0, 1), ran.err
    (event,) = on_record(kept)
    assert (event.detail["command"], event.detail["reason"]) == (words[0], WHY)
    assert "欧阳" not in str(event)


def test_a_ledger_in_use_stops_nobody_and_it_is_said(kept: Office) -> None:
    kept.change_settings(*HASTY)
    with kept.held_by_another_program():
        ran = kept.run("find", "欧阳有财", "--format", "json", "--show-personal", "--county", kept.folder)
    assert ran.code == 0
    assert "欧阳有财" in ran.out
    assert "没有记入台账" in ran.err
    assert on_record(kept) == []


def test_without_a_ledger_it_is_said_that_nothing_is_on_record(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    assert "没有记入台账" in office.validate("--show-personal").err
    assert not Path(office.folder / "ledger.db").exists()


def test_a_reason_for_nothing_is_a_slip(kept: Office) -> None:
    assert kept.run("export", "--reason", WHY, "--county", kept.folder).code == 2
