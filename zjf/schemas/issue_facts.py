"""Facts that follow from the cells of a problem that an inspection found: refuted, rectified."""

from typing import TYPE_CHECKING, TypeAlias

from zjf.schemas.vocabulary import Confirmation, YesNo

if TYPE_CHECKING:
    import pandas as pd

Issues: TypeAlias = "pd.DataFrame"


def refuted(issues: Issues) -> "pd.Series[bool]":
    """Looked into, and not confirmed."""
    return (issues.is_confirmed == YesNo.NO) | (issues.confirmation_result == Confirmation.REFUTED)


def rectified(issues: Issues) -> "pd.Series[bool]":
    return issues.rectified_on.notna()
