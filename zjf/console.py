"""Shows results in a terminal. Results go to stdout; progress and diagnostics to stderr."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.style import Style
from rich.text import Text

from zjf import public_json
from zjf.checking.answers import answers_of, unanswered
from zjf.checking.one_return import CheckedReturn, totals
from zjf.checking.waivers import WaiversUsed
from zjf.intake.table import Table
from zjf.problems import CATALOGUE, Problem, Severity, first_few, without_stray_numbers
from zjf.schemas import FORMS
from zjf.terminal import Screen, err, notices, out, progress_bar, say_error, say_json_text

__all__ = ["err", "notices", "out", "progress_bar", "say_error"]

STYLES = {
    Severity.ERROR: "bold red",
    Severity.BREACH: "bold magenta",
    Severity.WARNING: "yellow",
    Severity.INFO: "dim",
}
_CELLS_NAMED = 6
_MOST_LISTED = 3
_MOST_ANSWERS = 10
_MOST_WITH_PATHS = 8
_STATUS_STYLES = {
    "ok": "green",
    "warnings": "yellow",
    "breaches": "magenta",
    "errors": "red",
    "unreadable": "red",
}


def say_json(document: Mapping[str, Any]) -> None:
    """Prints one JSON document on stdout."""
    say_json_text(public_json.encode(document))


def show_checked(checked: Sequence[CheckedReturn], limit: int) -> None:
    """Prints every return: its tables with their row counts, and its problems in groups."""
    console = out()
    for checked_return in checked:
        style = _STATUS_STYLES[checked_return.status]
        console.print(f"[bold]{escape(checked_return.name)}[/]  [{style}]{checked_return.status_in_words}[/]")
        for table in checked_return.tables:
            rejected = len(checked_return.rejected_rows(table))
            unit = "、".join(table.units) or "单位未认定"
            nil = "　零报" if table.nil else _continuation_note(table, checked_return)
            console.print(
                f"  {escape(checked_return.without_people(table.sheet))} · {FORMS[table.form.id].info.title} · {escape(unit)}："
                f"{len(table.rows)} 行，可计入 {len(table.rows) - rejected}，退回 {rejected}{nil}"
            )
        show_set_aside(console, checked_return)
        show_problems(console, checked_return, checked_return.problems, limit)
        show_answers(console, checked_return)


def _continuation_note(table: Table, checked: CheckedReturn) -> str:
    if table.goes_on_from is None:
        return ""
    same_sheet = checked.tables[table.goes_on_from].sheet == table.sheet
    return "（右栏，接在左栏后面）" if same_sheet else "（续表，接在前面的工作表后面）"


def show_set_aside(console: Screen, checked: CheckedReturn) -> None:
    """Prints the tables of a file that are not counted because another file holds them."""
    for reason in checked.set_aside:
        console.print(f"    [dim]不再计入：{escape(reason)}[/]")


def show_answers(console: Screen, checked: CheckedReturn) -> None:
    """Prints the unit's answers to problems in its marked copy, and how many problems have no answer."""
    answers = answers_of(checked)
    for answer in answers[:_MOST_ANSWERS]:
        no_longer_open = "" if answer.standing else "（所说的问题已没有或已豁免）"
        console.print(f"    情况说明 {escape(str(answer))}{no_longer_open}")
    if len(answers) > _MOST_ANSWERS:
        console.print(f"    [dim]另有 {len(answers) - _MOST_ANSWERS} 条情况说明，见 --format json[/]")
    if unanswered_counts := Counter(problem.code for problem in unanswered(checked)):
        codes = "、".join(f"{code} {count}" for code, count in unanswered_counts.items())
        console.print(
            f"    [yellow]没有写情况说明[/]：标注副本问过的提醒、未落实还有 {unanswered_counts.total()} 处没有答复（{codes}）。"
            "请去落实或核对；情况属实的，在“情况说明”栏写明原因。"
        )


def show_problems(console: Screen, checked: CheckedReturn, problems: Sequence[Problem], limit: int) -> None:
    """Prints problems of a file, those of one kind together, the gravest first; of several sheets it says which."""
    has_sheets = len({table.sheet for table in checked.tables}) > 1
    groups = _groups(problems)
    for group in groups[:limit]:
        first = group[0]
        label = f"[{STYLES[first.severity]}]{first.severity.label} {first.code}[/]"
        label += "（已豁免）" if first.waived else ""
        # What is said of a whole sheet without a table names the sheet.
        is_placed = first.table is not None or first.cell
        sheet = first.sheet if has_sheets and is_placed else None
        where = f"「{checked.without_people(sheet)}」" if sheet else ""
        messages = (
            [problem.message for problem in group] if len(group) <= _MOST_LISTED else [_group_message(group)]
        )
        for message in messages:
            console.print(f"    {label} {escape(f'{where}{message}')}")
    if len(groups) > limit:
        console.print(
            f"    [dim]另有 {len(groups) - limit} 类问题未显示，可用 --limit 调整，或用 --format xlsx 输出清单[/]"
        )
    for line in _info_lines(problems):
        console.print(f"    [dim]{escape(line)}[/]")


def _groups(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Returns the problems in groups of one kind, without remarks (severity info), the gravest first."""
    groups: dict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is not Severity.INFO:
            subject = problem.field
            if problem.heading and not (problem.cell or problem.value):
                # What is said alike of several columns as a whole (F005) is told together.
                subject = problem.message.replace(problem.heading, "")
            place = (problem.table, problem.cell and problem.sheet)
            groups[*place, problem.code, subject, problem.severity, problem.waived].append(problem)
    gravest_first = list(Severity)
    return sorted(groups.values(), key=lambda group: gravest_first.index(group[0].severity))


def _info_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yields one line for all remarks (severity info) of one code in a file."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for problem in problems:
        if problem.severity is Severity.INFO:
            counts[problem.code][problem.heading or ""] += problem.count
    for code, count_of_heading in counts.items():
        headings = "、".join(f"{heading} {count}".strip() for heading, count in count_of_heading.items())
        yield f"说明 {code}：{CATALOGUE[code].title}（{headings}）"


def _group_message(group: Sequence[Problem]) -> str:
    title = CATALOGUE[group[0].code].title
    headings = list(dict.fromkeys(problem.heading or "" for problem in group))
    if len(headings) > 1 and len({problem.hint for problem in group}) == 1:  # of columns, not of cells
        return f"{title}：{'、'.join(headings)}。{group[0].hint}"
    places = [place for problem in group if (place := problem.cell or problem.value)]
    named_places = f"（{first_few(places, _CELLS_NAMED, ' 等')}）" if places else ""
    heading = f"{headings[0]}：" if len(headings) == 1 and headings[0] else ""
    return f"{heading}{title}，共 {len(group)} 处{named_places}。如：{group[0].message}"


def show_waivers(used: WaiversUsed, console: Screen) -> None:
    """Prints how many problems each waiver covered, and the waivers that covered none."""
    for waiver, count in used.applied.items():
        console.print(f"豁免 {count} 处：{escape(str(waiver))}")
    for waiver in used.expired:
        console.print(f"[yellow]豁免已到期，不再起作用[/]：{escape(str(waiver))}")
    for waiver in used.unmatched:
        console.print(f"[yellow]豁免没有对上任何问题[/]：{escape(str(waiver))}")


def show_totals(checked: Sequence[CheckedReturn]) -> None:
    """Prints the totals of a check in two lines."""
    counts = totals(checked)
    by_severity = (counts["errors"], counts["breaches"], counts["warnings"], counts["infos"])
    severity_counts = [
        f"[{STYLES[severity]}]{severity.label} {count}[/]"
        for severity, count in zip(Severity, by_severity, strict=True)
    ]
    waived = f" · 已豁免 {counts['waived']}" if counts["waived"] else ""
    console = out()
    console.print(
        f"共 {counts['files']} 个文件，{counts['rows']} 行 = 可计入 {counts['rows_ok']} ＋ 退回 {counts['rows_rejected']}。"
    )
    console.print(" · ".join(severity_counts) + waived)


def show_annotated(
    folder: Path, written: Sequence[Path], failed: Sequence[str], incomplete: Mapping[Path, str]
) -> None:
    """Prints on stderr where the annotated copies are, and why some returns have none, or an incomplete one."""
    console = err()
    console.print(f"已标注 {len(written)} 份，在：{escape(str(folder))}")
    for what_and_why in failed:
        console.print(f"未能标注：{escape(what_and_why)}")
    copies_without: dict[str, list[str]] = {}
    for path, missing in incomplete.items():
        copies_without.setdefault(missing, []).append(without_stray_numbers(path.name))
    for missing, names in copies_without.items():
        console.print(
            f"[yellow]标注副本 {escape('、'.join(names))} 按数值重新生成，缺少[/]：{escape(missing)}"
        )


def say_not_compared(reason: str) -> None:
    """Prints on stderr that nothing was compared with the ledger, and why."""
    err().print(f"没有与上期和本期已接收的比较：{escape(reason)}")


def show_links(paths: Sequence[Path]) -> None:
    """Prints files, one on each line; terminals that can show links can open them."""
    console = out()
    for path in paths:
        console.print(Text(str(path), Style(link=path.resolve().as_uri())))


def show_written(paths: Sequence[Path]) -> None:
    """Prints the files that were made, a few with their paths, many below their folders; and of several their number."""
    if len(paths) <= _MOST_WITH_PATHS:
        show_links(paths)
    else:
        for folder, files in groupby(paths, key=lambda path: path.parent):
            show_links([folder])
            _show_names(files)
    if len(paths) > 1:
        out().print(f"共 {len(paths)} 个文件。")


def _show_names(files: Iterable[Path]) -> None:
    """Prints files without their folder; those that differ in their kind only, on one line (`附件2_青石镇.xlsx、.pdf`)."""
    for _, kinds in groupby(files, key=lambda path: path.stem):
        line = Text("  ")
        for position, path in enumerate(kinds):
            name = f"、{path.suffix}" if position else path.name
            line.append(name, Style(link=path.resolve().as_uri()))
        out().print(line)
