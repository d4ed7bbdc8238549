"""The period that is meant where none is named: the last of which the ledger has something."""

from datetime import datetime

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Calendar, Period, in_order


def latest_on_record(ledger: Ledger, calendar: Calendar, now: datetime) -> Period:
    """Returns the last period for which something was accepted; this week where nothing was."""
    on_record = in_order(ledger.periods(), calendar)
    return on_record[-1] if on_record else Period.around(now.date(), "week")


def latest_accepted(ledger: Ledger, calendar: Calendar, form: str, unit: str | None = None) -> Period | None:
    """Returns the last period for which a form was accepted; None where it never was."""
    accepted = {
        period
        for sender_unit, accepted_form, period in ledger.accepted()
        if accepted_form == form and unit in (None, sender_unit)
    }
    return in_order(accepted, calendar)[-1] if accepted else None


def latest_with_houses(home: County, ledger: Ledger) -> Period:
    """Returns the last period for which a house ledger was accepted.

    Raises:
        CannotDoError: There is none.
    """
    calendar = home.calendar(Notice.load(home.notice, home.folder).calendar)
    if latest := latest_accepted(ledger, calendar, HOUSES):
        return latest
    raise CannotDoError("台账中还没有任何自建房台账", "请先用 zjf aggregate 接收各单位的报表。")
