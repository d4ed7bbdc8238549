"""The counts of unmet duties (未落实), explained: each house with an unmet duty, and the cells that show it."""

from collections.abc import Iterator
from functools import partial

from zjf.counting.populations import POPULATIONS
from zjf.counting.tally import Counts
from zjf.figures.reckoning import Reckoning
from zjf.figures.rows_behind import RowBehind, SentByUnit
from zjf.notices.notice import Notice
from zjf.problems import ProblemCode, Severity
from zjf.rules.phases import dated_steps
from zjf.rules.registry import RULES, columns_read
from zjf.schemas.form_ids import HOUSES
from zjf.services.explaining.explainable import Explainable, UnitTally, Value


def unmet_duty(code: ProblemCode, notice: Notice) -> Explainable | None:
    """Returns a code's count of unmet duties; None where the notice in force has no such duty."""
    duty = RULES.get(code.code)
    if duty and duty.form == HOUSES and code.severity is Severity.BREACH and code.code in notice.demands:
        return _unmet_duty(code, columns_read(duty.needs))
    mandatory_steps = [
        dated_step
        for dated_step in dated_steps(notice.phases)
        if dated_step.asked.must and dated_step.step.form == HOUSES and dated_step.entry.code == code.code
    ]
    if not mandatory_steps:
        return None
    columns = dict.fromkeys(column for dated_step in mandatory_steps for column in dated_step.needs)
    return _unmet_duty(code, tuple(columns))


def _unmet_duty(code: ProblemCode, columns: tuple[str, ...]) -> Explainable:
    """Returns the number of houses for which a duty is unmet; it is read from some columns."""
    population = POPULATIONS["all"].label
    return Explainable(
        name=code.code,
        title=f"未落实：{code.title}（{code.code}）",
        population=population,
        counted=("房屋", "栋"),
        formula="",
        terms={code.code: (population, code.title)},
        lines=(
            (code.code, "未落实的栋数"),
            ("范围", population),
            (
                "说明",
                "逐栋核对自建房台账；没有报台账、台账没有所需栏目的单位不清楚，不在其中；已豁免的不计。",
            ),
        ),
        tallies=partial(_tallies, code),
        value=partial(_value, code),
        rows=partial(_rows, code, columns),
    )


def _tallies(code: ProblemCode, reckoning: Reckoning, period: str) -> Iterator[UnitTally]:
    """Yields the counts of units with a house ledger that keeps the columns: of others they are not known."""
    not_judged = reckoning.not_judged(period).get(code.code, ())
    for unit in reckoning.units(period):
        if unit.source == HOUSES and unit.unit not in not_judged:
            yield UnitTally(unit.unit, HOUSES, {code.code: unit.breaches.get(code.code, 0)})


def _value(code: ProblemCode, counts: Counts) -> Value:
    count = str(counts[code.code])
    return Value(counts, None, count, f"{count}栋")


def _rows(code: ProblemCode, columns: tuple[str, ...], _: str, sent: SentByUnit) -> list[RowBehind]:
    house_ids = sent.reckoning.unmet(sent.period, [sent.unit]).get(code.code, {}).get(sent.unit, ())
    unit_rows = sent.rows(HOUSES)
    positions = unit_rows.rows.index[unit_rows.rows.house_id.isin(house_ids)]
    return [unit_rows.row(position, 1, None, (code.title,), columns) for position in positions]
