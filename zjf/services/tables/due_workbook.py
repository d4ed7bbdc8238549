"""临近逾期清单: sums by task, unit and clause, every house, the goals, and the units of which nothing is known."""

from pathlib import Path

from zjf.counting.steps import STEPS
from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.figures.partial_returns import but_in_part
from zjf.monitoring.board import Board
from zjf.monitoring.due_houses import DueHouse, DueList, State
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas import FORMS

_SUMS = (
    Column("状态", width=8),
    Column("期限", width=12),
    Column("事项", width=26),
    Column("对象", width=30),
    Column("填报单位", width=18),
    Column("数量", width=8),
    Column("单位", width=6),
    Column("步骤", width=12),
    Column("代码", width=8),
    Column("条款", width=26),
)
_HOUSES = (
    Column("填报单位", width=18),
    Column("村（社区）", width=16),
    Column("房屋（户）编号", width=22),
    Column("事项", width=26),
    Column("对象", width=30),
    Column("期限", width=12),
    Column("还有（天）", width=10),
    Column("已过（天）", width=10),
    Column("性质", width=8),
    Column("代码", width=8),
    Column("条款", width=26),
    Column("豁免、说明", width=30),
)
_GOALS = (
    Column("指标", width=30),
    Column("目标", width=8),
    Column("期限", width=12),
    Column("单位", width=18),
    Column("现为", width=12),
    Column("完成情况", width=22),
    Column("条款", width=26),
)
_UNKNOWN = (Column("台账", width=26), Column("没有报或没有报全、不清楚的单位", width=40))
_STEPS = {(step.form, step.id): step.rate.removesuffix("率") for step in STEPS}


def write_due_list(path: Path, board: Board, title: str) -> None:
    """Writes what is due and overdue, house by house: for the office itself, with unmasked house numbers.

    Raises:
        CannotDoError: The file cannot be written, or a list does not fit on a sheet.
    """
    due = board.due_houses
    sums = [
        (
            state.label,
            until or "逐栋",
            task.name,
            task.whom,
            unit,
            count,
            task.measure,
            _STEPS.get((task.form, task.step)),
            task.code,
            task.clause,
        )
        for (state, task, until), units in due.groups.items()
        for unit, count in units.items()
    ]
    sheets = [
        ListSheet("合计", _SUMS, sums),
        *(
            ListSheet.numbered(state.label, _HOUSES, map(_row, due.of(state)))
            for state in (State.OVERDUE, State.DUE)
        ),
        ListSheet("目标", _GOALS, _goals(board)),
        ListSheet("不清楚的单位", _UNKNOWN, _unknown(due)),
    ]
    write_sheets(path, f"{title}（{due.day}）", sheets, own_list=True)


def _row(house: DueHouse) -> tuple[object, ...]:
    return (
        house.unit,
        house.village,
        house.house_id,
        house.task.name,
        house.task.whom,
        house.until,
        house.days if house.days >= 0 else None,
        -house.days if house.days < 0 else None,
        house.task.severity.label,
        house.code,
        house.task.clause,
        house.waived or ("在期限以后才列入名单" if house.listed_later else None),
    )


def _unknown(due: DueList) -> list[tuple[str, str]]:
    """Returns, for each ledger, the units that sent none, and those of which only a part was accepted."""
    without_ledger = [
        (FORMS[form].info.title, "、".join(units)) for form, units in due.silent.items() if units
    ]
    in_part = [
        (f"{FORMS[form].info.title}（只接收了一部分）", "、".join(map(str, parts)))
        for form, parts in due.in_part.items()
    ]
    return [*without_ledger, *in_part]


def _goals(board: Board) -> list[tuple[object, ...]]:
    return [
        (
            line.label,
            f"{line.goal.target}%",
            line.goal.until,
            owner,
            standing.rate.display if standing.rate else None,
            standing.in_words(line.measure),
            line.clause,
        )
        for line in board.goals
        for owner, standing in (
            (
                f"{line.whose}{but_in_part(line.in_part)}",
                line.county,
            ),
            *line.units.items(),
        )
    ]
