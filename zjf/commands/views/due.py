"""What `zjf status` says of goals, papers and of houses that wait."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.markup import escape
from rich.text import Text

from zjf import console
from zjf.briefings import prose
from zjf.commands.views.tables import table_of
from zjf.figures.partial_returns import but_in_part
from zjf.monitoring.board import Board
from zjf.monitoring.due_houses import DueList, State
from zjf.monitoring.goals import GoalLine, GoalStanding, Reached
from zjf.monitoring.papers import PaperLine, PaperState
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.tables.package_states import PackageLine, PackageState, how_made, lacking_packages

_STYLES = {State.DUE: "yellow", State.OVERDUE: "red"}
_GROUP_LABELS = {
    Reached.REACHED: "已达到的有",
    Reached.NO_TASK: "无任务的有",
    Reached.UNKNOWN: "没有报有关数据、不清楚的有",
}
"""The labels under which units are listed together that need no figure of their own."""
_MOST_BEHIND = 5
"""So many units are told with their figures where more fall short than a sentence names."""


def show_due(board: Board) -> None:
    """Shows the sums by task and unit, then every house."""
    due, out = board.due_houses, console.out()
    out.print(f"[bold]{board.period.label}[/]　{due.day} 临近（14 天内）和逾期的事项")
    show_which_day(board)
    _show_groups(due, with_clause=True)
    if due.houses:
        _show_houses(due)
    elif due.unknown and all(len(units) == len(board.lines) for units in due.unknown.values()):
        out.print("没有单位报台账，有没有临近或逾期的不清楚。")
    elif due.doubtful_units():
        out.print("已接收的台账中，没有临近或逾期的房屋和户。")
    else:
        out.print("各单位的台账中，没有临近或逾期的房屋和户。")
    _show_unknown(due)


def show_which_day(board: Board) -> None:
    """Shows which day counts for what, while the period's closing day is yet to come."""
    if board.has_two_days:
        console.out().print(
            f"[dim]本期截止日 {board.closing_day} 还没有到：临近、逾期和目标按今天 {board.due_houses.day} 计，"
            "未落实和报表里的期限（L212 等）按截止日计。[/]"
        )


def _show_houses(due: DueList) -> None:
    headings = ("填报单位", "村（社区）", "编号", "状态", "事项", "期限", "天数")
    rows = (
        (
            house.unit,
            house.village,
            mask_house_id(house.house_id),
            Text.assemble((house.state.label, _STYLES[house.state]), "（已豁免）" if house.waived else ""),
            house.task.name,
            house.until,
            f"还有 {house.days} 天" if house.days >= 0 else f"已过 {-house.days} 天",
        )
        for house in due.houses
    )
    console.out().print(table_of(headings, rows))


def show_sums(due: DueList) -> None:
    """Shows a line for each task, and the units of which nothing is known."""
    _show_groups(due)
    if due.houses:
        console.out().print("逐栋清单：zjf status --due，加 --format xlsx 另存为工作簿。")
    _show_unknown(due)


def _show_groups(due: DueList, *, with_clause: bool = False) -> None:
    for (state, task, until), units in due.groups.items():
        due_date = f" {until}" if until else ""
        shares = "、".join(f"{unit} {count}" for unit, count in units.items())
        clause = f"　{escape(task.clause)}" if with_clause else ""
        console.out().print(
            f"[{_STYLES[state]}]{state.label} {task.code}[/]{due_date}　{escape(task.name)}（{escape(task.whom)}）{clause}"
            f"　{sum(units.values())} {task.measure}{due.of_which((state, task, until))}：{escape(shares)}"
        )


def _show_unknown(due: DueList) -> None:
    for line in due.unknown_in_words("不清楚的"):
        console.out().print(f"[dim]{escape(line)}[/]")


def show_goals(goals: Sequence[GoalLine], period: Period) -> None:
    """Shows a line for each goal: the county, then the units, those that fall short first; last how to see what is lacking."""
    unknown = [line for line in goals if len(line.unknown) == len(line.units)]
    if unknown:
        shown = "；".join(f"{line.label} {line.goal.target}%{_until(line)}" for line in unknown)
        console.out().print(f"[dim]目标　没有单位报有关数据、不清楚的：{escape(shown)}。[/]")
    for line in goals:
        if line in unknown:
            continue
        results = [f"{line.whose}{but_in_part(line.in_part)}{_standing(line.county, line.measure)}"]
        results += _units_behind(line)
        for reached, label in _GROUP_LABELS.items():
            units = [unit for unit, standing in line.units.items() if standing.reached is reached]
            if 0 < len(units) < len(line.units):  # of all units it was said of the county
                results.append(f"{label}{prose.unit_list(units)}")
        is_reached = line.county.reached is Reached.REACHED and not line.unknown
        style = "green" if is_reached else "red" if line.past else "yellow"
        console.out().print(
            f"[{style}]目标[/]　{line.label} {line.goal.target}%{_until(line)}（{escape(line.clause)}）：{escape('；'.join(results))}。"
        )
    if any(standing.reached is Reached.SHORT for line in goals for standing in line.units.values()):
        console.out().print(
            f"[dim]目标没有达到的逐个看：zjf explain 目标的名称 --period {period} --unit 单位。[/]"
        )


def _until(line: GoalLine) -> str:
    return f"，{line.goal.until} 前{'，已到期' if line.past else ''}" if line.goal.until else ""


def _units_behind(line: GoalLine) -> Iterator[str]:
    """Yields the units in doubt, then those that fall short, the most behind first; of many only five, and how many."""
    behind = [
        (unit, standing)
        for unit, standing in line.units.items()
        if standing.reached in (Reached.SHORT, Reached.DOUBTFUL)
    ]
    behind.sort(key=lambda pair: (pair[1].short_by is not None, -(pair[1].short_by or 0)))
    are_many = len(behind) > prose.NAMED
    for unit, standing in behind[:_MOST_BEHIND] if are_many else behind:
        yield f"{unit}{_standing(standing, line.measure)}"
    if are_many:
        yield f"没有达到或待核对的共{len(behind)}个单位，其余见 zjf status --due --format xlsx"


def _standing(standing: GoalStanding, measure: str) -> str:
    shown = f"（{standing.rate.display}）" if standing.rate and standing.rate.exists else ""
    return f"{standing.in_words(measure)}{shown}"


def show_papers(papers: Sequence[PaperLine], notice: Notice) -> None:
    """Shows a line for each paper that is due once; those that zjf does not receive are told together."""
    not_received: dict[tuple[datetime, str], list[str]] = {}
    for line in papers:
        name = f"{line.name}（{line.clause}）"
        if line.units:
            _say_of_paper(line.due, name, _states(line))
        else:
            not_received.setdefault((line.due, how_made(line.name, notice)), []).append(name)
    for (due, how), names in not_received.items():
        _say_of_paper(due, "、".join(names), f"{how}，收没收到、报没报出请看收文和发文登记")


def _say_of_paper(due: datetime, name: str, state: str) -> None:
    console.out().print(f"[cyan]报告[/]　{due:%Y-%m-%d %H:%M} 前　{escape(name)}：{escape(state)}。")


def _states(line: PaperLine) -> str:
    by_state = {
        state: [unit for unit, unit_state in line.units.items() if unit_state is state]
        for state in PaperState
    }
    states = "；".join(
        f"{state.label} {len(units)}" + ("" if state is PaperState.ON_TIME else f"（{'、'.join(units)}）")
        for state, units in by_state.items()
        if units
    )
    if not line.counted_late:
        return states
    if len(line.counted_late) == len(by_state[PaperState.COUNTED]):
        return f"{states}，台账在期限以后才收到"
    return f"{states}；其中台账在期限以后才收到的：{prose.unit_list(line.counted_late)}"


def show_packages(notice: Notice, lines: Sequence[PackageLine], units: Sequence[str]) -> None:
    """Shows the packages to be handed in by state: made, signed, figures changed since, not made."""
    package = notice.package
    if package and lines:
        by_state = {
            state.label: [line.who for line in lines if line.state is state] for state in PackageState
        }
        by_state["缺报表、做不了"] = lacking_packages(lines, units)
        states = "；".join(
            f"{label} {len(owners)}（{'、'.join(owners)}）" for label, owners in by_state.items() if owners
        )
        earlier: dict[str, list[str]] = {}
        for line in lines:
            if line.made_before:
                earlier.setdefault(str(line.made_before), []).append(line.who)
        states += "".join(
            f"；未做的中 {period} 做过的：{'、'.join(owners)}" for period, owners in earlier.items()
        )
        console.out().print(
            f"[cyan]成套材料[/]　{package.due} 前　{escape(package.name)}（{escape(f'{notice.title} {package.clause}')}）：{escape(states)}。"
        )
