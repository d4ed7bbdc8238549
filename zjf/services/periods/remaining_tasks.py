"""The tasks that remain for people after a period's round, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from zjf.county import County
from zjf.errors import ZjfError
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import incomplete_in_words
from zjf.ledger.of_county import find_ledger
from zjf.monitoring.board import Board, board
from zjf.monitoring.standings import Standing
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import CATALOGUE
from zjf.services.periods.friday import INTERRUPTED, StepOutcome
from zjf.services.returns.misplaced import misplaced
from zjf.services.tables.tables_to_print import report_command, units_to_sign


def remaining_tasks(
    home: County,
    notice: Notice,
    period: Period,
    outcomes: Sequence[StepOutcome],
    period_board: Board | None,
) -> list[str]:
    """Returns what people still have to do; what the ledger does not tell is reported as unknown."""
    tasks = [*misplaced(home, period), *_rerun_task(outcomes, period)]
    by_command = {outcome.step.command: outcome for outcome in outcomes}
    if period_board is None:
        tasks.append("台账还没有或读不出来：谁报了、谁没报、哪些没有签字，现在不清楚。")
    else:
        tasks += _unit_tasks(period_board, home, by_command)
        tasks += _reminders(period_board)
        tasks += _signing_task(period_board, notice, by_command)
    return tasks or ["没有发现要人做的事；请核对以上各步的结果。"]


def _rerun_task(outcomes: Sequence[StepOutcome], period: Period) -> Iterator[str]:
    command = f"再运行一次 zjf friday --period {period}。"
    if outcomes and outcomes[-1].code == INTERRUPTED:
        yield f"这一次没有做完，后面几步没有做：{command}"
    elif failed_steps := [outcome.step.name for outcome in outcomes if outcome.failed]:
        yield f"没有做成的：{'、'.join(failed_steps)}。按提示处理后，{command}"


def board_if_readable(home: County, notice: Notice, period: Period, now: datetime) -> Board | None:
    """Returns how the units stand; None where the ledger cannot be read or there is none."""
    try:
        ledger = find_ledger(home)
        return board(Reckoning(home, notice, ledger), period, now) if ledger else None
    except ZjfError:
        return None


def _unit_tasks(period_board: Board, home: County, outcomes: Mapping[str, StepOutcome]) -> Iterator[str]:
    out = home.out(period_board.period)
    messages = _was_done(outcomes.get("message"))
    messages_at = f"消息在 {out / 'messages'}。" if messages else ""
    missing, sent_back = period_board.units(Standing.MISSING), period_board.units(Standing.SENT_BACK)
    if missing:
        lacking = "".join(incomplete_in_words(period_board.incomplete, of=missing))
        yield f"催报：{'、'.join(missing)} 未报。{lacking}{messages_at}"
    if sent_back:
        marked_copies_at = f"标注件在 {out / '退回标注'}，" if _was_done(outcomes.get("validate")) else ""
        yield f"退回：{'、'.join(sent_back)} 的报表有数据错误，请发回各该单位，更正后重报。{marked_copies_at}{messages_at}"
    if period_board.unknown:
        yield f"有 {len(period_board.unknown)} 份退回的报表不知道是哪个单位的：请核对填报单位一栏和名单。"
    if units_with_breaches := period_board.with_breaches:
        yield f"督办：{'、'.join(units_with_breaches)} 有未落实的事项（照常计入），请督促落实。{'' if missing or sent_back else messages_at}"


def _reminders(period_board: Board) -> Iterator[str]:
    """Yields how many reminders of each kind `status` has: late returns, papers owed, goals missed, spot-checks short.

    A unit that is asked for its return, or for a better one, is not counted again for what it has not reported.
    """
    asked = {line.unit for line in period_board.lines if not line.has_reported}
    counts = Counter(
        problem.code
        for problem in period_board.problems
        if not (problem.code == "R602" and problem.value in asked)
    )
    if counts:
        titles = "；".join(f"{CATALOGUE[code].title} {count} 条" for code, count in sorted(counts.items()))
        yield f"提醒：{titles}。是哪些单位，用 zjf status --period {period_board.period} 看。"


def _signing_task(period_board: Board, notice: Notice, outcomes: Mapping[str, StepOutcome]) -> Iterator[str]:
    unsigned = units_to_sign(period_board, notice)
    if not unsigned:
        return
    is_printed = _was_done(outcomes.get("report"))
    instruction = (
        "附件表打印后请"
        if is_printed
        else f"附件表先用 {report_command(notice, period_board.period)} 出好，打印后请"
    )
    units_in_words = f"{len(unsigned)} 个单位没有签字或签后有变：{'、'.join(unsigned)}"
    yield f"{instruction}主要负责同志签字、盖章，再用 zjf sign 登记（{units_in_words}）。"


def _was_done(outcome: StepOutcome | None) -> bool:
    """Whether a step was done in this round; results of earlier rounds are not mentioned."""
    return outcome is not None and not (outcome.failed or outcome.why)
