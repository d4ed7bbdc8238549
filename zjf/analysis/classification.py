"""分类: the tags of a house, its risk, its next duty and the departments in charge."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from zjf.analysis.key_houses import BY_ID, TAGS
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
from zjf.schemas.vocabulary import ClosureBasis, Grade

Known = Callable[[Iterable[str]], "np.ndarray[Any, np.dtype[np.bool_]]"]
"""Per house, whether all of the columns can be relied on (`Table.is_known`)."""

_MAP_OF_DEPARTMENTS = "yunyang-2022"
"""The notice that says who is in charge of which business (云阳 三(二)); others go by it where they are silent."""


class Risk(StrEnum):
    """风险等级, gravest first."""

    HIGH = "高"
    MEDIUM = "中"
    UNJUDGED = "未判"
    LOW = "低"
    CLOSED = "已销号"


class Duty(StrEnum):
    """下一步: what has to be done next, in the order of doing (嘉峰 三(二))."""

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
"""The columns of a classification, as clerks see them."""


@dataclass(frozen=True)
class _Step:
    """A possible risk or duty, the facts and fields that decide it, and the houses for which it holds."""

    answer: str
    needs: tuple[str, ...]
    holds: "pd.Series[bool]"


@dataclass(frozen=True)
class _Circumstances:
    """What duties depend on beside the houses (`classify`)."""

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
        in_charge: Who is in charge of what (`departments`).
        closing_day: The day as of which houses are classified: controls lifted by then do not count. Unless
            given, no control that was ever lifted counts.
        known: Tells which houses' cells could be read; None: all of them.
        with_department: The houses with an open problem that was handed to a department; None: taken as none.
        unsound: The houses whose appraisal report an audit found unsound; None: taken as none.

    Returns:
        A row for each house, in the columns of `LABELS`: the ids of its tags; whether it is one of the three
        kinds (None where the notice has none); risk and duty (None where a cell that decides is unknown); and
        the departments in charge.
    """
    if houses.empty:
        return pd.DataFrame(index=houses.index, columns=list(LABELS), dtype=object)
    known = known or (lambda _: np.ones(len(houses), dtype=bool))
    marks = pd.DataFrame(
        {tag.id: tag.holds(houses, notice) & known(columns_read(tag.needs)) for tag in TAGS},
        index=houses.index,
    )
    nobody = pd.Series(False, index=houses.index)
    by_others = (nobody if marked is None else marked for marked in (with_department, unsound))
    circumstances = _Circumstances(notice, closing_day, *by_others)
    answers = {
        "tags": _names(marks),
        "three_kinds": _three_kinds(houses, marks, notice, known),
        "risk": _first(_risks(houses, notice), Risk.LOW, known),
        "duty": _first(_duties(houses, circumstances), Duty.NONE, known),
        "departments": _departments(houses, marks, in_charge),
    }
    return pd.DataFrame(answers, index=houses.index, columns=list(LABELS), dtype=object)


def in_words(classes: pd.DataFrame) -> pd.DataFrame:
    """A classification as clerks read it, under the headings of `LABELS`, to stand beside a ledger's columns."""
    words = {
        "tags": [tuple(BY_ID[tag].label for tag in tags) for tags in classes.tags],
        "three_kinds": [None if frame is None else "是" if frame else "否" for frame in classes.three_kinds],
        "risk": [risk or UNKNOWN for risk in classes.risk],
        "duty": [duty or UNKNOWN for duty in classes.duty],
        "departments": list(classes.departments),
    }
    return pd.DataFrame(words, index=classes.index, dtype=object).rename(columns=LABELS)


def counts(classes: pd.DataFrame) -> pd.DataFrame:
    """How many houses there are of each risk (rows) and duty (columns), with their sums."""
    words = in_words(classes)
    table = pd.crosstab(words[LABELS["risk"]], words[LABELS["duty"]])
    rows, columns = (
        [*kinds, *([UNKNOWN] if UNKNOWN in present else [])]
        for kinds, present in ((Risk, table.index), (Duty, table.columns))
    )
    table = table.reindex(index=rows, columns=columns, fill_value=0)
    table.loc["合计"] = table.sum()
    return table.assign(合计=table.sum(axis=1)).astype(int)


def as_json(classes: Mapping[Any, Any], notice: Notice) -> dict[str, Any]:
    """One house's classification, as `zjf.classification/1` has it."""
    return {
        "tags": [
            {"tag": tag.id, "label": tag.label, "rule": tag.rule(notice), "clause": tag.clause}
            for tag in (BY_ID[name] for name in classes["tags"])
        ],
        **{name: classes[name] for name in ("three_kinds", "risk", "duty")},
        "departments": list(classes["departments"]),
    }


def departments(notice: Notice, county: County | None = None) -> Departments:
    """Returns who is in charge of what: by 云阳 三(二), unless the notice or the county's settings say otherwise."""
    general = Notice.load(_MAP_OF_DEPARTMENTS).departments.of
    return {**general, **notice.departments.of, **(county.departments if county else {})}


def _first(steps: list[_Step], otherwise: str, known: Known) -> list[str | None]:
    """The first answer that holds for each house; None where it depends on an unreadable cell."""
    answers = np.full(len(steps[0].holds), str(otherwise), dtype=object)
    for step in reversed(steps):
        answers[step.holds.to_numpy(dtype=bool)] = str(step.answer)
        answers[~known(columns_read(step.needs))] = None
    return list(answers)


def _risks(houses: Houses, notice: Notice) -> list[_Step]:
    grave = severe(houses) | (houses.grade == Grade.D) | ((houses.grade == Grade.C) & commercial(houses))
    listed = must_be_listed(
        houses,
        floors=notice.thresholds.floors.value,
        design_covers_both=notice.switches.design_clause_covers_both.on,
    )
    grave_needs = ("severe", "cd", "commercial", "resolved")
    return [
        _Step(Risk.CLOSED, ("closed",), closed(houses)),
        _Step(Risk.HIGH, grave_needs, grave & ~resolved(houses)),
        _Step(Risk.MEDIUM, ("suspected", "cd", *LISTING_NEEDS), suspected(houses) | cd(houses) | listed),
        _Step(Risk.UNJUDGED, ("initial_judgement",), houses.initial_judgement.isna()),
    ]


def _duties(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    return [
        *_to_secure(houses, circumstances),
        *_to_put_right(houses, circumstances),
        *_to_look_at(houses, circumstances.notice),
    ]


def _to_secure(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    """The first duties: people are kept safe, and the hazard is confirmed or ruled out."""
    overturned, done, unresolved = post_review_hazard(houses), works_done(houses), ~resolved(houses)
    held = controlled(houses, circumstances.closing_day)
    unseen = suspected(houses) & ~appraised(houses) & ~cleared(houses)
    # Works that have begun need no verdict, and a post-review that found a hazard is one.
    undecided = unseen & ~works_named(houses) & ~overturned
    # What was closed by management measures is a technician's to look at, unless it plainly needs works.
    unreviewed = by_management(houses) & ~post_reviewed(houses) & ~(cd(houses) & ~done)
    dangerous = (severe(houses) | cd(houses)) & unresolved
    return [
        _Step(Duty.CONTROL, ("severe", "cd", "resolved", *CONTROL_NEEDS), dangerous & ~held),
        _Step(Duty.VERDICT, ("suspected", "cleared", "works_done"), undecided | unreviewed),
        _Step(Duty.REAPPRAISAL, (), circumstances.unsound),
    ]


def _to_put_right(houses: Houses, circumstances: _Circumstances) -> list[_Step]:
    """The duties after them: the hazard is handed over, removed, accepted and closed."""
    done, accepting = works_done(houses), ("closed", "accepted_on", "acceptance_result", "reclosed_on")
    directly = works_named(houses) & ~appraised(houses) & ~cleared(houses)
    to_be_closed = suspected(houses) & ~closed(houses)
    to_be_accepted = (to_be_closed & done) | closed_by_works(houses)
    to_be_done = (cd(houses) | directly | post_review_hazard(houses)) & ~done
    return [
        _Step(Duty.TRANSFER, (), circumstances.with_department),
        _Step(Duty.WORKS, ("works_done", "cleared"), to_be_done),
        _Step(Duty.ACCEPTANCE, accepting, to_be_accepted & unaccepted(houses)),
        _Step(Duty.CLOSURE, ("suspected", "closed", "resolved"), to_be_closed & resolved(houses)),
    ]


def _to_look_at(houses: Houses, notice: Notice) -> list[_Step]:
    """The last duties: closures that are to be looked at again, houses that nobody judged."""
    steps = [_Step(Duty.JUDGEMENT, ("initial_judgement",), houses.initial_judgement.isna())]
    if notice.switches.look_again_at_grade_ab.on:
        again = (houses.closure_basis == ClosureBasis.GRADE_AB) & closed(houses) & ~post_reviewed(houses)
        steps.insert(0, _Step(Duty.LOOK_AGAIN, ("closure_basis", "closed", "post_review_on"), again))
    return steps


def _names(marks: pd.DataFrame) -> list[tuple[str, ...]]:
    """The names of the marked columns of each row, worked out once for each pattern of marks."""
    patterns = marks.to_numpy(dtype=bool) @ (1 << np.arange(marks.shape[1]))
    names = {
        pattern: tuple(name for place, name in enumerate(marks.columns) if pattern >> place & 1)
        for pattern in np.unique(patterns).tolist()
    }
    return [names[pattern] for pattern in patterns.tolist()]


def _three_kinds(houses: Houses, marks: pd.DataFrame, notice: Notice, known: Known) -> "list[bool | None]":
    if notice.three_kinds is None:
        return [None] * len(houses)
    kinds = list(notice.three_kinds.any_of)
    needs = columns_read(("commercial", *(need for kind in kinds for need in BY_ID[kind].needs)))
    of_three_kinds = (commercial(houses) & marks[kinds].any(axis=1)).tolist()
    return [
        answer if sure else None for answer, sure in zip(of_three_kinds, known(needs).tolist(), strict=True)
    ]


def _departments(houses: Houses, marks: pd.DataFrame, in_charge: Departments) -> list[tuple[str, ...]]:
    also = _names(marks.assign(commercial=commercial(houses))[list(ALSO_IN_CHARGE)])
    reasons = [(*(business or ()), *tags) for business, tags in zip(houses.business, also, strict=True)]
    departments_of = {
        group: tuple(dict.fromkeys(name for reason in group for name in in_charge.get(reason, ())))
        for group in set(reasons)
    }
    return [departments_of[reason] for reason in reasons]
