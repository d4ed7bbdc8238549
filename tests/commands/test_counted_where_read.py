"""Figures that are counted where a return is read are those that the ledger gives: told, and counted anew."""

import shutil
from collections.abc import Callable

import pytest

from zjf import figures_of
from zjf.figures.reckoning import Reckoning

from .office import FACT_1, GREENSTONE, PERIOD, TOWN, UNREVIEWED, Office, attachment, ledger
from .test_mentioned_houses import ISSUES, SHOP
from .test_register import APPRAISED, AUDIT
from .test_waivers import waive

HOUSES = ledger(GREENSTONE, APPRAISED, SHOP, UNREVIEWED)
TWO_HOUSES = dict.fromkeys(FACT_1, 0) | {"surveyed": 2, "noncommercial": 2}
EARLIER = "2024-W22"


def alone(office: Office) -> None:
    office.receive("台账.xlsx", HOUSES)


def with_its_attachment(office: Office) -> None:
    office.receive(
        "青石镇.xlsx", ledger(GREENSTONE, {}, {}), attachment("attachment-2", {GREENSTONE: TWO_HOUSES})
    )


def with_its_issues_beside_it(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, {}, SHOP))
    office.receive("问题.xlsx", ISSUES)


def with_a_duty_waived(office: Office) -> None:
    waive(office, {"code": "L208", "unit": GREENSTONE})
    office.receive("台账.xlsx", HOUSES)


def audited_the_week_before(office: Office) -> None:
    office.receive("台账.xlsx", HOUSES)
    audits = office.receive("抽查.xlsx", [[f"填报单位：{GREENSTONE}"], *AUDIT])
    office.run("aggregate", audits, "--county", office.folder, "--period", EARLIER)
    audits.unlink()


def audited_in_the_same_file(office: Office) -> None:
    office.receive("青石镇.xlsx", HOUSES, [[f"填报单位：{GREENSTONE}"], *AUDIT])


def only_an_attachment(office: Office) -> None:
    office.receive("附件.xlsx", attachment("attachment-2", {GREENSTONE: FACT_1}))


def a_nil_return(office: Office) -> None:
    office.receive("附件.xlsx", [[f"填报单位：{GREENSTONE}"], *HOUSES[1:2], ["无"]])


@pytest.mark.parametrize(
    "receive",
    [
        alone,
        with_its_attachment,
        with_its_issues_beside_it,
        with_a_duty_waived,
        audited_the_week_before,
        audited_in_the_same_file,
        only_an_attachment,
        a_nil_return,
    ],
    ids=lambda receive: receive.__name__,
)
def test_what_is_told_is_what_the_ledger_gives(receive: Callable[[Office], None], office: Office) -> None:
    receive(office)
    receive(office)
    office.aggregate()
    told = figures_of(county=office.folder, period=PERIOD)
    shutil.rmtree(office.folder / "out" / ".last")
    assert told
    assert told == figures_of(county=office.folder, period=PERIOD)


def test_a_unit_that_sends_one_return_is_counted_where_it_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted_anew: list[str] = []
    usual = Reckoning._count
    monkeypatch.setattr(
        Reckoning,
        "_count",
        lambda self, units, period: counted_anew.extend(units) or usual(self, units, period),
    )
    alone(office)
    waive(office, {"code": "L208", "unit": TOWN})
    office.receive("街道.xlsx", ledger(TOWN, UNREVIEWED))
    office.aggregate()
    assert counted_anew == [TOWN]  # what was waived is known only when all returns have been read
