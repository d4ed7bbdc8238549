"""分类: the tags of a house, its risk, its next duty and the departments in charge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from zjf.analysis.key_houses import BY_ID, TAGS
from zjf.analysis.recheck_lists import to_look_at_again
from zjf.county import ALSO_IN_CHARGE, County, Departments
from zjf.notices.notice import Notice
from zjf.rules.closure import closed_by_works, unaccepted
from zjf.rules.listing import LISTING_NEEDS, must_be_listed
from zjf.rules.registry import Houses, columns_read
from zjf.schemas.controls_in_force import NEEDS as CONTROL_NEEDS
from zjf.schemas.controls_in_force import controlled
from zjf.schemas.house_facts import (
    appraised,
    by_management,
    cd,
    cleared,
    closed,
    commercial,
    post_review_hazard,
    post_reviewed,
    resolved,
    severe,
    suspected,
    works_done,
    works_named,
)
from zjf.schemas.making_columns import same_in_every_row
from zjf.schemas.shared_facts import columns_of, sharing_facts
from zjf.schemas.vocabulary import Grade

Known = Callable[[Iterable[str]], "np.ndarray[Any, np.dtype[np.bool_]]"]
"""Tells for each house whether its cells in all of the columns could be read (`Table.is_known`)."""

_MAP_OF_DEPARTMENTS = "yunyang-2022"
"""The notice that assigns kinds of business to departments (云阳 三(二)); it holds where others assign none."""


class Risk(StrEnum):
    """风险等级, gravest first."""

    HIGH = "高"
    MEDIUM = "中"
    UNJUDGED = "未判"
    LOW = "低"
    CLOSED = "已销号"


class Duty(StrEnum):
    """下一步: what has to be done next, in the order of the work (嘉峰 三(二))."""

    CONTROL = "管控"
    VERDICT = "复核/鉴定"
    REAPPRAISAL = "重新鉴定"
    TRANSFER = "移送"
    WORKS = "整治"
    ACCEPTANCE = "验收"
    CLOSURE = "销号"
    LOOK_AGAIN = "复看"
    JUDGEMENT = "初判"
    NONE = "无"


UNKNOWN = "待核实"
"""Printed in place of a risk or duty where a cell that decides it is unreadable."""

LABELS = {
    "tags": "重点房屋",
    "three_kinds": "三类重点",
    "risk": "风险等级",
    "duty": "下一步",
    "departments": "主管部门",
}
"""Column of a classification: its Chinese heading."""


@dataclass(frozen=True)
class _Step:
    """A possible risk or duty, the facts and fields that decide it, and which houses have it."""

    answer: str
    needs: tuple[str, ...]
    holds: "pd.Series[bool]"


@dataclass(frozen=True)
class _Circumstances:
    """The inputs of `classify` on which duties depend besides the houses."""

    notice: Notice
    closing_day: date
    with_department: "pd.Series[bool]"
    unsound: "pd.Series[bool]"


def classify(
    houses: Houses,
    notice: Notice,
    in_charge: Departments,
    *,
    closing_day: date = date.max,
    known: Known | None = None,
    with_department: "pd.Series[bool] | None" = None,
    unsound: "pd.Series[bool] | None" = None,
) -> pd.DataFrame:
    """Classifies houses.

    Args:
        houses: Rows of `house-ledger`, typed columns, blanks as None.
        notice: The notice in force: its thresholds, its switch of the initial-hazard rule, its three kinds.
        in_charge: Reason (a business or a tag): the departments in charge (`departments`).
        closing_day: Controls lifted by then do not count; unless given, no control that was ever lifted does.
        known: Tells which houses' cells could be read; None: all of them.
        with_department: Which houses have an open problem that was handed to a department; None: no house.
        unsound: Which houses have an appraisal report that an audit found unsound; None: no house.

    Returns:
        A row for each house, in the columns of `LABELS`: its tags; whether it is one of the three kinds (None where
        the notice has none); risk and duty (None where a deciding cell is unknown); the departments in charge.
    """
    if houses.empty:
        return pd.DataFrame(index=houses.index, columns=list(LABELS), dtype=object)
    known = known or (lambda _: np.ones(len(houses), dtype=bool))
    rows = columns_of(houses)
    no_house = same_in_every_row(rows, False)
    other_findings = (no_house if marked is None else marked for marked in (with_department, unsound))
    circumstances = _Circumstances(notice, closing_day, *other_findings)
    with sharing_facts(rows):
        marks = pd.DataFrame(
            {tag.id: tag.holds(rows, notice) & known(columns_read(tag.needs)) for tag in TAGS}
        )
        answers = {
            "tags": _names(marks),
            "three_kinds": _three_kinds(rows, marks, notice, known),
            "risk": _first_answer(_risks(rows, notice), Risk.LOW, known),
            "duty": _first_answer(_duties(rows, circumstances), Duty.NONE, known),
            "departments": _departments(rows, marks, in_charge),
        }
    return pd.DataFrame(answers, index=houses.index, columns=list(LABELS), dtype=object)


def in_words(classes: pd.DataFrame) -> pd.DataFrame:
    """Returns a classification in Chinese, with the headings of `LABELS`, to be shown beside a ledger's columns."""
    words = {
        "tags": [tuple(BY_ID[tag].label for tag in tags) for tags in classes.tags],
        "three_kinds": [None if one is None else "是" if one else "否" for one in classes.three_kinds],
        "risk": [risk or UNKNOWN for risk in classes.risk],
        "duty": [duty or UNKNOWN for duty in classes.duty],
        "departments": list(classes.departments),
    }
    return pd.DataFrame(words, index=classes.index, dtype=object).rename(columns=LABELS)


def counts(classes: pd.DataFrame) -> pd.DataFrame:
    """Returns how many houses have each risk (rows) and duty (columns), with sums."""
    words = in_words(classes)
    table = pd.crosstab(words[LABELS["risk"]], words[LABELS["duty"]])
    rows, columns = (
        [*kinds, *([UNKNOWN] if UNKNOWN in present else [])]
        for kinds, present in ((Risk, table.index), (Duty, table.columns))
    )
    table = table.reindex(index=rows, columns=columns, fill_value=0)
    table.loc["合计"] = table.sum()
    return table.assign(合计=table.sum(axis=1)).astype(int)


def departments(notice: Notice, county: County | None = None) -> Departments:
    """Returns the departments in charge, by reason (a business or a tag).

    A county's settings go before the notice, and the notice before the general assignment (云阳 三(二)).
    """
    general = Notice.load(_MAP_OF_DEPARTMENTS).departments.of
    return {**general, **notice.departments.of, **(county.departments if county else {})}


def _first_answer(steps: list[_Step], otherwise: str, known: Known) -> list[str | None]:
    """Returns the first answer that holds for each house; None where it depends on an unreadable cell."""
    answers = np.full(len(steps[0].holds), str(otherwise), dtype=object)
    for step in reversed(steps):
        answers[step.holds.to_numpy(dtype=bool)] = str(step.answer)
        answers[~known(columns_read(step.needs))] = None
    return list(answers)


def _risks(houses: Houses, notice: Notice) -> list[_Step]:
    grave = severe(houses) | (houses.grade == Grade.D) | ((houses.grade == Grade.C) & commercial(houses))
    must_list = must_be_listed(
        houses,
        floors=notice.thresholds.floors.value,
        design_covers_both=notice.switches.design_clause_covers_both.on,
    )
    grave_needs = ("severe", "cd", "commercial", "resolved")
    return [
        _Step(Risk.CLOSED, ("closed",), closed(houses)),
        _Step(Risk.HIGH, grave_needs, grave & ~resolved(houses)),
        _Step(Risk.MEDIUM, ("suspected", "cd", *LISTING_NEEDS), suspected(houses) | cd(houses) | must_list),
        _Step(Risk.UNJUDGED, ("initial_judgement",), houses.initial_judgement.isna()),
    ]


def _duties(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    return [
        *_to_secure(houses, circumstances),
        *_to_put_right(houses, circumstances),
        *_to_look_at(houses, circumstances.notice),
    ]


def _to_secure(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    """Returns the first duties: people are kept safe, and the hazard is confirmed or ruled out."""
    hazard_on_review, done, unresolved = post_review_hazard(houses), works_done(houses), ~resolved(houses)
    under_control = controlled(houses, circumstances.closing_day)
    unexamined = suspected(houses) & ~appraised(houses) & ~cleared(houses)
    # Works that have begun need no verdict, and a post-review that found a hazard is one.
    undecided = unexamined & ~works_named(houses) & ~hazard_on_review
    # A house closed by management measures is to be reviewed by a technician, unless it clearly needs works.
    awaits_review = by_management(houses) & ~post_reviewed(houses) & ~(cd(houses) & ~done)
    dangerous = (severe(houses) | cd(houses)) & unresolved
    return [
        _Step(Duty.CONTROL, ("severe", "cd", "resolved", *CONTROL_NEEDS), dangerous & ~under_control),
        _Step(Duty.VERDICT, ("suspected", "cleared", "works_done"), undecided | awaits_review),
        _Step(Duty.REAPPRAISAL, (), circumstances.unsound),
    ]


def _to_put_right(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    """Returns the duties that follow: the hazard is handed over, removed, accepted and closed."""
    done, acceptance_needs = works_done(houses), ("closed", "accepted_on", "acceptance_result", "reclosed_on")
    works_without_appraisal = works_named(houses) & ~appraised(houses) & ~cleared(houses)
    to_be_closed = suspected(houses) & ~closed(houses)
    to_be_accepted = (to_be_closed & done) | closed_by_works(houses)
    works_owed = (cd(houses) | works_without_appraisal | post_review_hazard(houses)) & ~done
    return [
        _Step(Duty.TRANSFER, (), circumstances.with_department),
        _Step(Duty.WORKS, ("works_done", "cleared"), works_owed),
        _Step(Duty.ACCEPTANCE, acceptance_needs, to_be_accepted & unaccepted(houses)),
        _Step(Duty.CLOSURE, ("suspected", "closed", "resolved"), to_be_closed & resolved(houses)),
    ]


def _to_look_at(houses: Houses, notice: Notice) -> list[_Step]:
    """Returns the last duties: closures to be looked at again, houses that nobody has judged."""
    steps = [_Step(Duty.JUDGEMENT, ("initial_judgement",), houses.initial_judgement.isna())]
    if notice.switches.look_again_at_grade_ab.on:
        needs = ("closure_basis", "closed", "post_review_on")
        steps.insert(0, _Step(Duty.LOOK_AGAIN, needs, to_look_at_again(houses)))
    return steps


def _names(marks: pd.DataFrame) -> list[tuple[str, ...]]:
    """Returns the names of the marked columns of each row; they are made once for each pattern of marks."""
    patterns = marks.to_numpy(dtype=bool) @ (1 << np.arange(marks.shape[1]))
    names = {
        pattern: tuple(name for index, name in enumerate(marks.columns) if pattern >> index & 1)
        for pattern in np.unique(patterns).tolist()
    }
    return [names[pattern] for pattern in patterns.tolist()]


def _three_kinds(houses: Houses, marks: pd.DataFrame, notice: Notice, known: Known) -> "list[bool | None]":
    if notice.three_kinds is None:
        return [None] * len(houses)
    kinds = list(notice.three_kinds.any_of)
    needs = columns_read(("commercial", *(need for kind in kinds for need in BY_ID[kind].needs)))
    of_three_kinds = (commercial(houses).to_numpy() & marks[kinds].to_numpy().any(axis=1)).tolist()
    return [
        answer if is_readable else None
        for answer, is_readable in zip(of_three_kinds, known(needs).tolist(), strict=True)
    ]


def _departments(houses: Houses, marks: pd.DataFrame, in_charge: Departments) -> list[tuple[str, ...]]:
    further_reasons = _names(marks.assign(commercial=commercial(houses))[list(ALSO_IN_CHARGE)])
    reasons = [
        (*(business or ()), *tags) for business, tags in zip(houses.business, further_reasons, strict=True)
    ]
    names_of = {
        group: tuple(dict.fromkeys(name for reason in group for name in in_charge.get(reason, ())))
        for group in set(reasons)
    }
    return [names_of[reason] for reason in reasons]
