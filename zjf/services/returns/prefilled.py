"""The rows with which a blank form is handed out: those last sent, or those counted from the ledger."""

from dataclasses import dataclass

import pandas as pd

from zjf.analysis.report_audits import audit_counts
from zjf.analysis.sweep_agreement import merged
from zjf.counting.sweep import key_figures
from zjf.counting.tally import count
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.figures.units import HOUSES
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_to_read
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.schemas import FORMS, Form
from zjf.services.latest_period import latest_accepted

_SWEEP, _AUDITS = "sweep-table", "report-audit"


@dataclass(frozen=True, eq=False)
class Prefilled:
    """The rows that a form is handed out with.

    Args:
        rows: The rows, typed; what the ledger does not know is blank.
        period: The period they are of.
        counted: Whether they were counted from the unit's houses; else they are what the unit last sent.
    """

    rows: pd.DataFrame
    period: Period
    counted: bool

    @property
    def said(self) -> str:
        """Where the rows come from, in words."""
        if self.counted:
            return f"按 {self.period.label} 已接收的台账统计；台账中没有的数空着，请核对后补填"
        return f"填的是 {self.period.label} 已接收的内容"


def prefilled(home: County, form: Form, unit: str) -> Prefilled:
    """Returns the rows with which a unit's form is filled in.

    A table that is counted from houses (附件1, 附件2, 集中摸排情况表) is counted from the unit's last house
    ledger; of any other form, or where the unit sent no house ledger, it is what was last accepted.

    Raises:
        CannotDoError: The ledger has nothing to fill it in with.
    """
    ledger = ledger_to_read(home)
    notice = Notice.load(home.notice, home.folder)
    calendar = home.calendar(notice.calendar)
    is_counted = form.id == _SWEEP or any(field.counted for field in form.fields)
    if is_counted and (last := latest_accepted(ledger, calendar, HOUSES, unit)):
        floors = notice.thresholds.floors.value
        rows = _swept(ledger, last, unit, floors) if form.id == _SWEEP else _counted(ledger, last, unit, form)
        return Prefilled(rows, last, counted=True)
    if last := latest_accepted(ledger, calendar, form.id, unit):
        return Prefilled(ledger.frame(form.id, str(last), [unit]), last, counted=False)
    raise CannotDoError(f"台账中没有{unit}的{form.info.title}", "请去掉 --from-ledger，发空白表。")


def _counted(ledger: Ledger, period: Period, unit: str, form: Form) -> pd.DataFrame:
    counts = count(form, ledger.frame(HOUSES, str(period), [unit]))
    return pd.DataFrame([_blank(form) | counts], dtype=object)


def _swept(ledger: Ledger, period: Period, unit: str, floors: int) -> pd.DataFrame:
    """A row for every village that has a house or an audited report; what the platform tells is left blank."""
    houses = ledger.frame(HOUSES, str(period), [unit])
    audits = ledger.frame(_AUDITS, str(period), [unit])
    found = merged(key_figures(houses, floors), audit_counts(audits, houses))
    blank = _blank(FORMS[_SWEEP])
    rows = [
        {**blank, "township": whose, "village": village, **counts}
        for (whose, village), counts in found.items()
    ]
    return pd.DataFrame(rows, columns=list(blank), dtype=object)


def _blank(form: Form) -> dict[str, object]:
    return {name: None for field in form.fields for name in field.columns}
