"""The classification of the houses in returns, which are read without being taken into the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from zjf import __version__
from zjf.analysis import classification
from zjf.analysis.classification import Duty, Risk
from zjf.analysis.key_houses import BY_ID
from zjf.analysis.recheck_lists import LISTS
from zjf.analysis.report_audits import unsound
from zjf.checking.one_return import CheckedReturn, refuse_unreadable, totals
from zjf.county import County, Departments
from zjf.errors import CannotDoError
from zjf.intake.table import Table
from zjf.notices.notice import Notice
from zjf.pipeline.returns import check_returns
from zjf.public_json import DocumentName, returns
from zjf.rules.issues import with_department
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES, ISSUES, REPORT_AUDITS
from zjf.schemas.masked_rows import mask_rows
from zjf.services.houses.classified_progress import ProgressRead, each_once, progress_read
from zjf.services.returns.checking_settings import check_settings

_HOUSES = FORMS[HOUSES]


@dataclass(frozen=True, eq=False)
class ClassifiedReturns:
    """The houses of some returns, classified.

    Args:
        houses: Rows of `house-ledger` with the columns of a classification, personal data unmasked; a house that
            was sent twice is there once.
    """

    notice: Notice
    checked: Sequence[CheckedReturn]
    houses: pd.DataFrame
    progress: ProgressRead

    def masked(self, *, whole: bool) -> pd.DataFrame:
        """Returns the houses with personal data masked, unless it may be shown whole."""
        return mask_rows(_HOUSES, self.houses, whole=whole)

    @property
    def rejected_rows(self) -> int:
        """How many rows of the returns have errors."""
        return totals(self.checked)["rows_rejected"]

    @property
    def unreadable_files(self) -> int:
        """How many of the files could not be read."""
        return sum(not checked_return.readable for checked_return in self.checked)

    def as_json(self, *, whole: bool) -> returns.Classification:
        """Returns the document `zjf.classification/1`; personal data is masked unless it may be shown whole."""
        houses = self.masked(whole=whole)
        return {
            "schema": DocumentName.CLASSIFICATION,
            "zjf": __version__,
            "notice": self.notice.id,
            "three_kinds": self.notice.three_kinds.model_dump() if self.notice.three_kinds else None,
            "houses": [
                {
                    "unit": house["township"],
                    "house_id": house["house_id"],
                    **classes_as_json(house, self.notice),
                }
                for house in houses.to_dict("records")
            ],
            "lists": _lists(houses),
            "totals": _totals(houses),
            "progress": self.progress.as_json(),
        }


def classify_returns(
    files: Sequence[Path],
    home: County | None,
    notice_id: str | None,
    *,
    jobs: int | None,
    progress: Callable[[int, int], None],
) -> ClassifiedReturns:
    """Reads returns and classifies their houses as of today.

    Args:
        notice_id: The notice to go by; None: the county's.
        jobs: Worker processes; None: one for each core.
        progress: Called with how many files are read, of how many.

    Raises:
        CannotDoError: No return has a house ledger, or there is no such notice.
    """
    notice = Notice.load(notice_id or (home.notice if home else ""), home.folder if home else None)
    checking = check_settings(home, None)
    checked = check_returns(files, checking, jobs=jobs, keep_rows=True, progress=progress)
    day = checking.judgement.closing_day
    tables = [table for checked_return in checked for table in checked_return.tables]
    if _HOUSES.id not in {table.form.id for table in tables}:
        refuse_unreadable(checked)
        raise CannotDoError("报送文件中没有自建房台账", "分类以台账中的房屋为准，请核对路径。")
    houses = _classified(tables, notice, classification.departments(notice, home), day)
    return ClassifiedReturns(notice, checked, houses, progress_read(tables, notice, day))


def _classified(tables: Sequence[Table], notice: Notice, in_charge: Departments, day: date) -> pd.DataFrame:
    """Returns every house of the tables, each once, with its classification on a day."""
    issues = [table.frame for table in tables if table.form.id == ISSUES]
    audits = [table.frame for table in tables if table.form.id == REPORT_AUDITS and not table.frame.empty]
    parts = [
        pd.concat(
            [
                table.frame,
                classification.classify(
                    table.frame,
                    notice,
                    in_charge,
                    closing_day=day,
                    known=table.is_known,
                    with_department=with_department(table.frame, issues),
                    unsound=unsound(table.frame, pd.concat(audits)) if audits else None,
                ),
            ],
            axis=1,
        )
        for table in tables
        if table.form.id == _HOUSES.id
    ]
    return each_once(pd.concat(parts, ignore_index=True))


def classes_as_json(classes: Mapping[Any, Any], notice: Notice) -> returns.Classes:
    """Returns one house's classification in the form of `zjf.classification/1`."""
    return {
        "tags": [
            {"tag": tag.id, "label": tag.label, "rule": tag.rule(notice), "clause": tag.clause}
            for tag in (BY_ID[name] for name in classes["tags"])
        ],
        "three_kinds": classes["three_kinds"],
        "risk": classes["risk"],
        "duty": classes["duty"],
        "departments": list(classes["departments"]),
    }


def _lists(houses: pd.DataFrame) -> list[returns.HouseList]:
    """Returns the lists of houses to be checked again, as `zjf.classification/1` has them."""
    return [
        {
            "list": kind.id,
            "title": kind.title,
            "clause": kind.clause,
            "houses": [
                {"unit": unit, "house_id": house_id}
                for unit, house_id in houses.loc[kind.holds(houses), ["township", "house_id"]].itertuples(
                    index=False
                )
            ],
        }
        for kind in LISTS
    ]


def _totals(houses: pd.DataFrame) -> returns.ClassificationTotals:
    """Returns the numbers of houses by risk and by duty, and of those for which one of the two is unknown."""
    risks, duties = houses.risk.value_counts(dropna=False), houses.duty.value_counts(dropna=False)
    return {
        "houses": len(houses),
        "risk": {risk.value: int(risks.get(risk, 0)) for risk in Risk},
        "duty": {duty.value: int(duties.get(duty, 0)) for duty in Duty},
        "unknown": int((houses.risk.isna() | houses.duty.isna()).sum()),
    }
