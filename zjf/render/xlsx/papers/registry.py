"""The registry of the papers of smaller ledgers, and the data from which they are made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from zjf.notices.provisions import Thresholds
from zjf.problems import People
from zjf.rules.spot_checks import SpotChecks


@dataclass(frozen=True)
class PaperSources:
    """The data from which a paper is made.

    Args:
        rows: Gives a form's rows of the period, by its id: typed, the unit filled in.
        period: The period as it is printed at the foot of the page.
        spot_checks: Gives the period's spot-checks by unit.
        remarks: Notes below each list of the paper: which units it does not count, or only in part.
        people: The people whose names are masked; those in the rows themselves unless given.
    """

    rows: Callable[[str], pd.DataFrame]
    closing_day: date
    thresholds: Thresholds
    county: str
    spot_checks: Callable[[], SpotChecks]
    period: str = ""
    remarks: tuple[str, ...] = ()
    people: People | None = None


Writer = Callable[[Path, PaperSources], None]


@dataclass(frozen=True)
class FormPaper:
    """A workbook made from a form's rows.

    Args:
        title: Its title, which is also the name of its file.
        write: Writes it. Raises CannotDoError where the file cannot be written.
    """

    title: str
    write: Writer


FORM_PAPERS: dict[str, FormPaper] = {}
"""Every paper, by the form from whose rows it is made."""


def paper(form_id: str, title: str) -> Callable[[Writer], Writer]:
    """Registers the function that writes the paper of a form."""

    def register(write: Writer) -> Writer:
        assert form_id not in FORM_PAPERS, form_id
        FORM_PAPERS[form_id] = FormPaper(title, write)
        return write

    return register
