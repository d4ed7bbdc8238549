"""zjf status: who has reported for a period, who is late, what is open, what falls due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.text import Text

from zjf import console
from zjf.checking.answers import still_standing
from zjf.commands.lists import check_list_file, place_of_list
from zjf.commands.options import CountyOption, Format, FormatOption, ListOption, PeriodOption
from zjf.commands.views import aggregate as aggregate_views
from zjf.commands.views import due as due_views
from zjf.commands.views.tables import table_of
from zjf.county import County
from zjf.errors import UsageError
from zjf.figures.partial_returns import COUNTED_BEFORE
from zjf.figures.reckoning import Reckoning
from zjf.figures.summary import incomplete_in_words
from zjf.ledger.of_county import ledger_to_read
from zjf.monitoring.attendance import silence_in_words, silent_since
from zjf.monitoring.board import Board, board
from zjf.monitoring.standings import Standing, UnitLine
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.problems import Problem
from zjf.register.sign_off import TO_SIGN, state_of
from zjf.schemas.form_ids import HOUSES
from zjf.services.latest_period import latest_on_record
from zjf.services.returns.misplaced import accepted_from_another_folder, misplaced
from zjf.services.returns.waiting_returns import waiting_returns
from zjf.services.tables.package_states import PackageLine, lacking_packages, package_lines

_STYLES = {
    Standing.REPORTED: "green",
    Standing.LATE: "yellow",
    Standing.NIL: "green",
    Standing.SENT_BACK: "red",
    Standing.MISSING: "bold red",
}
_FEW_ANSWERS = 5
_UNKNOWN = Text("不清楚", "dim")
"""For a unit without a ledger to count from: an empty cell would mean that it has none."""
_HEADINGS = ("填报单位", "状态", "收到时间", "退回的问题", "未落实", "逾期事项", "签字")


DueOption = Annotated[
    bool, typer.Option("--due", help="按房屋列出临近和逾期的事项，按单位、步骤和条款合计。")
]


def status(
    period: PeriodOption = None,
    due: DueOption = False,
    fmt: FormatOption = Format.TABLE,
    out: ListOption = None,
    county: CountyOption = None,
) -> None:
    """看一期的报送情况：应报、已报、迟报、退回、未报、零报，未落实的事项、目标和快到期的任务。"""
    if fmt is Format.XLSX and not due:
        raise UsageError("status 的 --format 只能是 table 或 json", "请去掉 --format xlsx，或加上 --due。")
    check_list_file(out, fmt)
    home = County.find(county)
    notice = Notice.in_force(home)
    ledger = ledger_to_read(home)
    now = datetime.now(OFFICE_TIME)
    asked_period = Period.parse(period) if period else latest_on_record(home, ledger)
    reckoning = Reckoning(home, notice, ledger)
    with ledger.one_state():
        period_board, packages = board(reckoning, asked_period, now), package_lines(reckoning, asked_period)
    if fmt is Format.JSON:
        lacking_units = lacking_packages(packages, home.roster.names)
        package_keys = {"packages": [line.as_json() for line in packages], "packages_lacking": lacking_units}
        console.say_json({**period_board.as_json(), **package_keys})
    elif fmt is Format.XLSX:
        # Imported only here: what writes workbooks takes long to load.
        from zjf.services.tables.due_workbook import write_due_list

        path = place_of_list("临近逾期清单.xlsx", out, home, asked_period)
        write_due_list(path, period_board, f"{home.name}临近和逾期清单")
        console.show_written([path])
    elif due:
        due_views.show_due(period_board)
    else:
        _show(period_board, home.name, packages)
        if not period and (silent := silent_since(reckoning, asked_period, now)):
            console.out().print(f"[yellow]其后没有报表[/]　{silence_in_words(silent)}")
        if waiting := waiting_returns(home, ledger, asked_period):
            console.out().print(f"[yellow]没有计入[/]　{escape(waiting)}")
        for line in (
            *misplaced(home, asked_period),
            *accepted_from_another_folder(home, ledger, asked_period),
        ):
            console.out().print(f"[yellow]放错地方[/]　{escape(line)}")


def _show(board: Board, name: str, packages: Sequence[PackageLine]) -> None:
    out = console.out()
    out.print(
        f"[bold]{escape(name)}　{board.period.label}[/]　截止 {board.deadline:%Y-%m-%d %H:%M}　"
        f"对象：{board.notice.population.label}"
    )
    if board.seen_by_another_notice:
        out.print(f"[yellow]通知已换[/]　{escape(board.seen_by_another_notice)}")
    if not board.judged:
        out.print(f"[dim]这一期{board.why_not_judged}，不评迟报、未报。[/]")
    out.print(table_of(_HEADINGS, (_cells(line, board) for line in board.lines)))
    parts = " ＋ ".join(f"{standing.label} {board.count(standing)}" for standing in Standing)
    counted = "、".join(escape(line.unit) for line in board.lines if line.counts_as_before)
    of_which = [f"其中{sentence}" for sentence in incomplete_in_words(board.incomplete)]
    of_which += [f"其中{counted}{COUNTED_BEFORE}。"] if counted else []
    out.print(f"应报 {len(board.lines)} 个单位 = {parts}。{''.join(of_which)}")
    if board.sign_offs:
        out.print(f"全县的表：{state_of(board.sign_offs, TO_SIGN)}。")
    _show_answers(board)
    _show_left_out(board)
    _show_other_senders(board)
    aggregate_views.show_reporting(_told_nowhere_below(board), out)
    due_views.show_goals(board.goals, board.period)
    due_views.show_papers(board.papers, board.notice)
    due_views.show_packages(board.notice, packages, [line.unit for line in board.lines])
    due_views.show_sums(board.due_houses)
    due_views.show_which_day(board)
    _show_phases(board)


def _told_nowhere_below(board: Board) -> list[Problem]:
    """Returns the problems that the lines of goals and of papers do not tell."""
    below = {
        *(problem for goal in board.goals for problem in goal.problems(str(board.period))),
        *(problem for paper in board.papers for problem in paper.problems(board.period)),
    }
    return [problem for problem in board.problems if problem not in below]


def _show_other_senders(board: Board) -> None:
    """Shows tables signed by units that left the roster, and returns sent back whose unit is not known."""
    for unit, signed in board.former.items():
        state = state_of(signed, [sign_off.signature.form for sign_off in signed])
        console.out().print(f"[yellow]名单中已没有{escape(unit)}[/]，它签过的表：{state}。")
    for rejection in board.unknown:
        errors = _counts(rejection.errors)
        console.out().print(f"[red]退回，单位不明[/]：{escape(rejection.file_name)}（{errors}）")


def _show_phases(board: Board) -> None:
    """Shows the notice's phases that end soon, then those that have ended."""
    for phase in board.due.soon:
        console.out().print(
            f"[yellow]临近[/]　{phase.until}　{escape(phase.name)}：{escape(phase.due)}（{phase.clause}）"
        )
    for phase in board.due.past:
        console.out().print(f"[dim]已过　{phase.until}　{escape(phase.name)}（{phase.clause}）[/]")


def _show_left_out(board: Board) -> None:
    """Shows attachments that do not count: of units merged into another, reported under their old names."""
    for line in board.lines:
        if line.left_out:
            names = escape("、".join(line.left_out))
            console.out().print(
                f"[yellow]没有计入[/]　{escape(line.unit)}以{names}的名义报的附件：已按其他报表计，请重报一份。"
            )


def _show_answers(board: Board) -> None:
    for line in board.lines:
        open_answers = list(still_standing(line.answers))
        for answer in open_answers[:_FEW_ANSWERS]:
            console.out().print(f"情况说明　{escape(line.unit)}　{escape(str(answer))}")
        if len(open_answers) > _FEW_ANSWERS:
            console.out().print(f"　　　　　{escape(line.unit)}　另有 {len(open_answers) - _FEW_ANSWERS} 条")
    if any(answer.standing for line in board.lines for answer in line.answers):
        console.out().print("[dim]经核准可以保留的，用 zjf waive --from-answers 写入豁免。[/]")


def _cells(line: UnitLine, board: Board) -> tuple[str | Text, ...]:
    is_doubtful = line.unit in board.due_houses.doubtful_units()
    units_in_part = {part.unit for part in board.due_houses.in_part.get(HOUSES, ())}
    duties_known = (HOUSES in line.forms and line.unit not in units_in_part) or not board.notice.demands
    label = line.standing.label + ("（部分）" if line.partial else "（待汇总）" if line.waiting else "")
    if line.is_incomplete:
        label += "（不齐）"
    if line.late and line.standing is not Standing.LATE:
        label += "（迟）"
    arrived = line.arrived_at.astimezone(OFFICE_TIME) if line.arrived_at else None
    return (
        line.unit,
        Text(label, _STYLES[line.standing]),
        f"{arrived:%m-%d %H:%M:%S}" if arrived else "",
        _counts(line.errors),
        _counts(line.breaches) or ("" if duties_known else _UNKNOWN),
        _counts(line.overdue) or (_UNKNOWN if is_doubtful else ""),
        state_of(line.sign_offs, line.to_sign),
    )


def _counts(counts: Mapping[str, int]) -> str:
    return "、".join(f"{code}×{count}" for code, count in sorted(counts.items()))
