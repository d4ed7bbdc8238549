"""Taking returns: whole or not at all, in part where that is asked for; every row accounted for."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path

import pytest

from tests.commands.office import FACT_1, GREENSTONE, MINE, TOWN, WRONG, attachment, ledger
from tests.sheets import COUNTY, Cells, check, workbook
from zjf import acceptance
from zjf.acceptance import Decision, accept_decided, decide
from zjf.checking.across_returns import CountyContext, check_together
from zjf.checking.one_return import CheckedReturn
from zjf.documents.rejected_rows import rejected_rows
from zjf.ledger import Acceptance, Ledger, Outcome
from zjf.unit_names import Roster

PERIOD = "2024-W23"
BAD_TOTAL = [*ledger(TOWN, {"使用人数": "3"}), ["合计", *[""] * 15, "4"]]


def sent(*sheets: Cells, name: str = "城关街道.xlsx") -> CheckedReturn:
    return check(workbook(*sheets), name)


def decided(*sheets: Cells, partial: bool = False) -> Decision:
    return decide(sent(*sheets), PERIOD, COUNTY, partial=partial)


@pytest.mark.parametrize(
    ("sheet", "whole", "in_part"),
    [
        (ledger(TOWN, {}, {}), (2, 0), (2, 0)),
        (ledger(TOWN, {}, WRONG), (0, 2), (1, 1)),
        (ledger(TOWN, WRONG), (0, 1), (0, 1)),
        (BAD_TOTAL, (0, 1), (1, 0)),
        (ledger("城官街道", {}), (0, 1), (0, 1)),
    ],
    ids=["sound", "one wrong row", "nothing but wrong rows", "wrong total", "unknown unit"],
)
def test_what_is_read_is_accepted_or_rejected(
    sheet: Cells, whole: tuple[int, int], in_part: tuple[int, int]
) -> None:
    for partial, (accepted, rejected) in ((False, whole), (True, in_part)):
        decision = decided(sheet, partial=partial)
        assert (decision.accepted, decision.rejected) == (accepted, rejected)
        assert decision.read == accepted + rejected == len(sheet) - 2 - (sheet is BAD_TOTAL)
        assert decision.taken == (accepted > 0)
        assert sum(len(acceptance.frame) for acceptance in decision.acceptances) == accepted


def test_taken_in_part_is_said_of_every_table_of_the_return() -> None:
    decision = decided(ledger(TOWN, {}, WRONG), attachment("attachment-2", {TOWN: FACT_1}), partial=True)
    assert {(acceptance.form, acceptance.partial) for acceptance in decision.acceptances} == {
        ("house-ledger", True),
        ("attachment-2", True),
    }


def test_the_sheets_of_one_ledger_are_accepted_together() -> None:
    decision = decided(ledger(TOWN, {}), ledger(TOWN, {}, {}, number_from=2))
    (one,) = decision.acceptances
    assert (one.unit, one.form, one.rows_read) == (TOWN, "house-ledger", 3)


def test_each_unit_of_a_roll_up_is_accepted_by_itself() -> None:
    wrong = FACT_1 | {"closed": 88}
    sheet = attachment("attachment-2", {TOWN: FACT_1, GREENSTONE: wrong, MINE: FACT_1})
    assert decided(sheet).sent_back == (TOWN, GREENSTONE, MINE)
    decision = decided(sheet, partial=True)
    assert [acceptance.unit for acceptance in decision.acceptances] == [TOWN, MINE]
    assert decision.sent_back == (GREENSTONE,)


def test_a_file_that_cannot_be_read_is_its_units_by_name() -> None:
    for name, units in (("城关街道办台账.xlsx", (TOWN,)), ("台账.xlsx", ())):
        decision = decide(check(b"", name), PERIOD, COUNTY, partial=True)
        assert (decision.units, decision.sent_back, decision.taken) == (units, units, False)


def test_what_another_file_has_replaced_is_not_sent_back(tmp_path: Path) -> None:
    old = sent(ledger(TOWN, {}, WRONG), name="台账.xlsx")
    new = sent(ledger(TOWN, {}, {}), name="台账（改）.xlsx")
    seen = {old.sha256: datetime(2024, 6, 3, tzinfo=UTC)}
    check_together([old, new], CountyContext(first_seen=seen.get))
    replaced, taken = (decide(checked_return, PERIOD, COUNTY, partial=False) for checked_return in (old, new))
    assert (replaced.superseded, replaced.sent_back, replaced.read) == (True, (), 0)
    assert (taken.superseded, taken.taken, taken.read) == (False, True, 2)
    assert list(rejected_rows([replaced, taken])) == []


def test_a_nil_return_with_an_error_is_not_taken_in_part_either() -> None:
    """零报 beside a return with houses (D404): neither is taken, and what was accepted before stands."""
    rows = sent(ledger(TOWN, {}, {}))
    nil = sent([*ledger(TOWN), ["零报"]], name="城关街道（改）.xlsx")
    check_together([rows, nil])
    decisions = [decide(checked_return, PERIOD, COUNTY, partial=True) for checked_return in (rows, nil)]
    assert [decision.taken for decision in decisions] == [False, False]
    assert [decision.sent_back for decision in decisions] == [(TOWN,), (TOWN,)]
    assert decide(sent([*ledger(TOWN), ["零报"]]), PERIOD, COUNTY, partial=True).taken


def test_a_row_is_rejected_with_all_its_reasons_and_the_sound_ones_in_one_line() -> None:
    decision = decided(ledger(TOWN, {}, WRONG | {"地上层数": "120"}, {}))
    wrong, sound = rejected_rows([decision])
    assert (wrong.row, wrong.key, wrong.codes) == (4, "YS0002", ("C103", "C104"))
    assert (sound.row, sound.codes) == (None, ())
    assert "其余 2 行" in sound.reasons[0]


def test_of_a_return_in_part_only_the_bad_rows_are_listed() -> None:
    decision = decided(ledger(TOWN, {}, WRONG, {}), partial=True)
    assert [row.row for row in rejected_rows([decision])] == [4]


def test_a_table_that_is_wrong_as_a_whole_is_one_line() -> None:
    sheet = ledger(TOWN, {}, {})
    at = sheet[1].index("鉴定等级")
    decision = decided([[cell for place, cell in enumerate(row) if place != at] for row in sheet])
    (line,) = rejected_rows([decision])
    assert (line.row, line.codes, decision.rejected) == (None, ("F005",), 2)


def test_a_return_that_is_not_taken_was_still_seen(tmp_path: Path) -> None:
    book = Ledger.open("sqlite:///ledger.db", folder=tmp_path)
    decision = decided(ledger(TOWN, WRONG))
    accept_decided([decision], book, PERIOD)
    assert book.first_seen(decision.checked.sha256, PERIOD)
    assert book.submissions(PERIOD) == []


class FullDisk(Ledger):
    """A ledger whose disk is full after some transactions."""

    transactions = 0

    def accept(
        self,
        acceptances: Sequence[Acceptance],
        *,
        at: datetime | None = None,
        compared_with: set[int] | None = None,
    ) -> list[Outcome]:
        if not self.transactions:
            raise OSError(ENOSPC, "full")
        self.transactions -= 1
        return super().accept(acceptances, at=at, compared_with=compared_with)


@pytest.mark.parametrize(("transactions", "units"), [(0, 0), (1, 4), (2, 6)])
def test_several_units_are_accepted_in_one_transaction_each_of_them_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactions: int, units: int
) -> None:
    monkeypatch.setattr(acceptance, "_MANY_ROWS", 9)  # four units have eight rows
    roster = Roster(tuple((f"第{number}镇", ()) for number in range(1, 7)))
    decisions = [
        decide(
            check(workbook(ledger(unit, {}), attachment("attachment-2", {unit: FACT_1})), roster=roster),
            PERIOD,
            roster,
            partial=True,
        )
        for unit in roster.names
    ]
    book = FullDisk.open("sqlite:///ledger.db", folder=tmp_path, roster=roster)
    book.transactions = transactions

    with suppress(OSError):
        accept_decided(decisions, book, PERIOD)

    forms = defaultdict(set)
    for submission in book.submissions(PERIOD):
        forms[submission.unit].add(submission.form)
    assert list(forms.values()) == [{"house-ledger", "attachment-2"}] * units
