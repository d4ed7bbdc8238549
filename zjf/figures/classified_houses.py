"""The classification of the county's houses on the closing day of a period, from its ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import pandas as pd

from zjf.analysis import classification
from zjf.analysis.report_audits import unsound
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.rules.issues import with_department
from zjf.schemas.form_ids import ISSUES


@dataclass(frozen=True, eq=False)
class Classifier:
    """Classifies a county's houses on the closing day of a period.

    Args:
        audits: The audits of appraisal reports; None where there are none.
    """

    home: County
    notice: Notice
    closing_day: date
    issues: pd.DataFrame
    audits: pd.DataFrame | None

    @classmethod
    def of(cls, reckoning: Reckoning, period: Period) -> Self:
        """Reads a period's inspection problems and audits from the ledger, on which duties depend, too."""
        names = reckoning.home.roster.names
        audits = [rows for rows in reckoning.audits(str(period), names).values() if not rows.empty]
        return cls(
            reckoning.home,
            reckoning.notice,
            reckoning.closing_day(str(period)),
            reckoning.rows(ISSUES, str(period)),
            pd.concat(audits) if audits else None,
        )

    def classes(self, houses: pd.DataFrame) -> pd.DataFrame:
        """Returns the classification of some of the houses (`zjf.analysis.classification.classify`)."""
        return classification.classify(
            houses,
            self.notice,
            classification.departments(self.notice, self.home),
            closing_day=self.closing_day,
            with_department=with_department(houses, [self.issues]),
            unsound=None if self.audits is None else unsound(houses, self.audits),
        )
