"""The rows with which a form is handed out: the unit's last ones, or counts from its house ledger."""

from dataclasses import dataclass

import pandas as pd

from zjf.analysis.report_audits import audit_counts
from zjf.analysis.sweep_agreement import merged
from zjf.counting.sweep import key_figures
from zjf.counting.tally import figures_from_houses
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.ledger.of_county import ledger_to_read
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.schemas import FORMS, Form
from zjf.schemas.form_ids import HOUSES, REPORT_AUDITS, SWEEP
from zjf.services.latest_period import latest_accepted


@dataclass(frozen=True, eq=False)
class Prefilled:
    """The rows that a form is handed out with.

    Args:
        rows: The rows, typed; cells that the ledger cannot tell are blank.
        period: The period of the ledger that they are from.
        counted: Whether they were counted from the unit's houses; else the unit sent them itself.
    """

    rows: pd.DataFrame
    period: Period
    counted: bool

    @property
    def source_in_words(self) -> str:
        """A sentence that says where the rows come from."""
        if self.counted:
            return f"按 {self.period.label} 已接收的台账统计；台账中没有的数空着，请核对后补填"
        return f"填的是 {self.period.label} 已接收的内容"


def prefilled(home: County, form: Form, unit: str) -> Prefilled:
    """Returns the rows with which a unit's form is filled in.

    Figures about houses (附件1, 附件2, 集中摸排情况表) are counted from the unit's last house ledger. Of any other form,
    and where the unit sent no house ledger, the last accepted rows are taken.

    Raises:
        CannotDoError: The ledger has no rows for it.
    """
    ledger = ledger_to_read(home)
    with ledger.one_state():  # returns may come in meanwhile
        is_counted = form.id == SWEEP or any(field.counted for field in form.fields)
        if is_counted and (last := latest_accepted(home, ledger, HOUSES, unit)):
            floors = Notice.in_force(home).thresholds.floors.value
            rows = (
                _sweep_rows(ledger, last, unit, floors)
                if form.id == SWEEP
                else _counted_rows(ledger, last, unit, form)
            )
            return Prefilled(rows, last, counted=True)
        if last := latest_accepted(home, ledger, form.id, unit):
            return Prefilled(ledger.frame(form.id, str(last), [unit]), last, counted=False)
    raise CannotDoError(f"台账中没有{unit}的{form.info.title}", "请去掉 --from-ledger，发空白表。")


def _counted_rows(ledger: Ledger, period: Period, unit: str, form: Form) -> pd.DataFrame:
    figures = figures_from_houses(ledger.frame(HOUSES, str(period), [unit]))
    return pd.DataFrame([_blank(form) | figures[form.id].counts], dtype=object)


def _sweep_rows(ledger: Ledger, period: Period, unit: str, floors: int) -> pd.DataFrame:
    """Returns a row for every village with a house or an audited report; the platform's figures are left blank."""
    houses = ledger.frame(HOUSES, str(period), [unit])
    audits = ledger.frame(REPORT_AUDITS, str(period), [unit])
    figures = merged(key_figures(houses, floors), audit_counts(audits, houses))
    blank = _blank(FORMS[SWEEP])
    rows = [
        {**blank, "township": township, "village": village, **counts}
        for (township, village), counts in figures.items()
    ]
    return pd.DataFrame(rows, columns=list(blank), dtype=object)


def _blank(form: Form) -> dict[str, object]:
    return {name: None for field in form.fields for name in field.columns}
