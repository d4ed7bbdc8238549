"""What the county's houses are on the closing day of a period, by all that its ledger knows."""

import pandas as pd

from zjf.analysis import classification
from zjf.analysis.report_audits import unsound
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.rules.issues import with_department


def classes_of(
    houses: pd.DataFrame, home: County, notice: Notice, ledger: Ledger, period: Period
) -> pd.DataFrame:
    """The classification of houses (`zjf.analysis.classification.classify`).

    Args:
        houses: Rows of `house-ledger` of the period.
        home: The county.
        notice: The notice in force.
        ledger: The county's ledger: its problems and audits decide on duties, too.
        period: The period.
    """
    reckoning = Reckoning(home, notice, ledger)
    audits = [rows for rows in reckoning.audits(str(period), home.roster.names).values() if not rows.empty]
    return classification.classify(
        houses,
        notice,
        classification.departments(notice, home),
        closing_day=reckoning.closing_day(str(period)),
        with_department=with_department(
            houses, [ledger.frame("issue-ledger", str(period), home.roster.names)]
        ),
        unsound=unsound(houses, pd.concat(audits)) if audits else None,
    )
