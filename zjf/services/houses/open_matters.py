"""The open matters of single houses: duties unmet, warnings, and what is due by which day."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from zjf.checking.accepted_notes import WAIVED_WHEN_TAKEN_IN, waived_when_taken_in
from zjf.checking.waivers import waivers_in_force
from zjf.figures.reckoning import Reckoning
from zjf.ledger.papers import House
from zjf.monitoring.due import due_of_houses
from zjf.monitoring.due_houses import DueHouse, State
from zjf.period import Period, office_today
from zjf.problems import Severity
from zjf.rules.registry import RULES, Judgement
from zjf.schemas.form_ids import HOUSES

_WAIVED = "（已豁免）"


def open_matters(
    reckoning: Reckoning, period: Period, houses: pd.DataFrame, judgement: Judgement
) -> list[list[tuple[str, str]]]:
    """Returns for each house its open matters, as code and words; waived ones are marked as such.

    Raises:
        CannotDoError: The waivers cannot be used.
    """
    matters: list[list[tuple[str, str]]] = [[] for _ in range(len(houses))]
    if houses.empty:
        return matters
    closing_day = judgement.closing_day
    numbers = list(zip(houses.township, houses.house_id, strict=True))
    waived = {waiver.holds_of for waiver in waivers_in_force(reckoning.home, closing_day)}
    noted = waived_when_taken_in(reckoning.ledger.submissions(str(period), HOUSES))
    not_judged = reckoning.not_judged(str(period), tuple(dict.fromkeys(houses.township)))
    for code, label, position in _unmet(houses, judgement):
        unit, house_id = numbers[position]
        if unit in not_judged.get(code, ()):
            continue
        if {(code, unit), (code, house_id)} & waived:
            label += _WAIVED
        elif (unit, code, house_id) in noted:
            label += f"（{WAIVED_WHEN_TAKEN_IN}）"
        matters[position].append((code, f"{label}：{RULES[code].code.title}"))
    day = min(office_today(), closing_day)
    positions = {house: position for position, house in enumerate(numbers)}
    for due in due_of_houses(reckoning, str(period), houses, day):
        if (due.code, due.state) != ("L212", State.OVERDUE):  # already reported by its rule
            house: House = (due.unit, due.house_id)
            matters[positions[house]].append((due.code, _in_words(due)))
    return matters


def _unmet(houses: pd.DataFrame, judgement: Judgement) -> Iterator[tuple[str, str, int]]:
    """Yields, for each rule but errors and each house for which it fires, code, severity label and position."""
    for code, rule in sorted(RULES.items()):
        severity = judgement.severity_of(rule.code)
        if rule.form != HOUSES or severity is Severity.ERROR:
            continue
        fires = rule.fires(houses, judgement)
        for position in np.flatnonzero(fires):
            yield code, severity.label, int(position)


def _in_words(due: DueHouse) -> str:
    waived = _WAIVED if due.waived else ""
    return f"{due.state.label}{waived}：{due.task.name}，{due.until} 前（{due.task.whom}）"
