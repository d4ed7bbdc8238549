"""Facts that follow from the cells of a problem that an inspection found: refuted, rectified."""

import pandas as pd

from zjf.schemas.vocabulary import Confirmation, YesNo

Issues = pd.DataFrame


def refuted(issues: Issues) -> "pd.Series[bool]":
    """Looked into, and not confirmed."""
    return (issues.is_confirmed == YesNo.NO) | (issues.confirmation_result == Confirmation.REFUTED)


def rectified(issues: Issues) -> "pd.Series[bool]":
    return issues.rectified_on.notna()
