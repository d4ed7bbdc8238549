"""The period that is meant where none is named: the last of which the ledger has something."""

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Calendar, Period, in_order, office_today
from zjf.schemas.form_ids import HOUSES


def latest_on_record(home: County, ledger: Ledger) -> Period:
    """Returns the last period for which something was accepted; this week where nothing was."""
    on_record = in_order(ledger.periods(), _calendar(home))
    return on_record[-1] if on_record else Period.around(office_today(), "week")


def latest_accepted(home: County, ledger: Ledger, form: str, unit: str | None = None) -> Period | None:
    """Returns the last period for which a form was accepted; None where it never was."""
    accepted = {
        period
        for sender_unit, accepted_form, period in ledger.accepted()
        if accepted_form == form and unit in (None, sender_unit)
    }
    return in_order(accepted, _calendar(home))[-1] if accepted else None


def latest_with_houses(home: County, ledger: Ledger) -> Period:
    """Returns the last period for which a house ledger was accepted.

    Raises:
        CannotDoError: There is none.
    """
    if latest := latest_accepted(home, ledger, HOUSES):
        return latest
    raise CannotDoError("台账中还没有任何自建房台账", "请先用 zjf aggregate 接收各单位的报表。")


def _calendar(home: County) -> Calendar:
    return home.calendar(Notice.in_force(home).calendar)
