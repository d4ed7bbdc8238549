"""The tasks that are left to people after a period's round, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from zjf.county import County
from zjf.errors import ZjfError
from zjf.figures.reckoning import Reckoning
from zjf.ledger.of_county import find_ledger
from zjf.monitoring.board import Board, board
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.services.periods.friday import INTERRUPTED, StepOutcome
from zjf.services.returns.misplaced import misplaced
from zjf.services.tables.tables_to_print import report_command, units_to_sign


def remaining_tasks(
    home: County, notice: Notice, period: Period, outcomes: Sequence[StepOutcome], now: datetime
) -> list[str]:
    """Returns what a person has still to do; never an error: what cannot be looked up is said to be unknown.

    Args:
        home: The county.
        notice: Its notice.
        period: The period.
        outcomes: What became of each step that was run.
        now: The present moment, with a time zone.
    """
    todo = [*misplaced(home, period), *_to_run_again(outcomes, period)]
    by_command = {outcome.step.command: outcome for outcome in outcomes}
    found = _board(home, notice, period, now)
    if found is None:
        todo.append("台账还没有或读不出来：谁报了、谁没报、哪些没有签字，现在不清楚。")
    else:
        todo += _of_units(found, home, by_command)
        todo += _to_sign(found, notice, by_command)
    return todo or ["没有发现要人做的事；请核对以上各步的结果。"]


def _to_run_again(outcomes: Sequence[StepOutcome], period: Period) -> Iterator[str]:
    again = f"再运行一次 zjf friday --period {period}。"
    if outcomes and outcomes[-1].code == INTERRUPTED:
        yield f"这一次没有做完，后面几步没有做：{again}"
    elif failed := [outcome.step.name for outcome in outcomes if outcome.failed]:
        yield f"没有做成的：{'、'.join(failed)}。按提示处理后，{again}"


def _board(home: County, notice: Notice, period: Period, now: datetime) -> Board | None:
    """How the units stand; None where the ledger cannot be read or there is none."""
    try:
        ledger = find_ledger(home)
        return board(Reckoning(home, notice, ledger), period, now) if ledger else None
    except ZjfError:
        return None


def _of_units(found: Board, home: County, outcomes: Mapping[str, StepOutcome]) -> Iterator[str]:
    out = home.out(found.period)
    messages = _written(outcomes.get("message"))
    place = f"消息在 {out / 'messages'}。" if messages else ""
    missing, sent_back = found.units(Standing.MISSING), found.units(Standing.SENT_BACK)
    if missing:
        yield f"催报：{'、'.join(missing)} 未报。{place}"
    if sent_back:
        marked = f"标注件在 {out / '退回标注'}，" if _written(outcomes.get("validate")) else ""
        yield f"退回：{'、'.join(sent_back)} 的报表有数据错误，请发回各该单位，更正后重报。{marked}{place}"
    if found.unknown:
        yield f"有 {len(found.unknown)} 份退回的报表不知道是哪个单位的：请核对填报单位一栏和名单。"
    if unmet := found.with_breaches:
        yield f"督办：{'、'.join(unmet)} 有未落实的事项（照常计入），请督促落实。{'' if missing or sent_back else place}"


def _to_sign(found: Board, notice: Notice, outcomes: Mapping[str, StepOutcome]) -> Iterator[str]:
    unsigned = units_to_sign(found)
    if not unsigned:
        return
    printed = _written(outcomes.get("report"))
    first = (
        "附件表打印后请" if printed else f"附件表先用 {report_command(notice, found.period)} 出好，打印后请"
    )
    whose = f"{len(unsigned)} 个单位没有签字或签后有变：{'、'.join(unsigned)}"
    yield f"{first}主要负责同志签字、盖章，再用 zjf sign 登记（{whose}）。"


def _written(outcome: StepOutcome | None) -> bool:
    """Whether a step was done in this round: what lies there from an earlier one is not spoken of."""
    return outcome is not None and not outcome.failed
