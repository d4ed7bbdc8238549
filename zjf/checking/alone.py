"""Reading and checking one return, alone: a pure function of its bytes and the settings."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.errors import cure, reason
from zjf.files import read_at_rest, refuse_pipe, said_name
from zjf.intake.reader import read_return
from zjf.intake.refusals import UnreadableError
from zjf.intake.sheets.roll_ups import is_roll_up
from zjf.intake.table import Table, printed_together
from zjf.intake.workbook import check_size
from zjf.problems import Problem, Severity, problem
from zjf.rules import aggregates, consistency, duplicates, near_names, total_rows
from zjf.rules.agreement import ledger_counts, sweep_counts
from zjf.rules.mentioned_houses import FORMS_THAT_MENTION
from zjf.rules.registry import RULES, Judgement
from zjf.schemas.shared_facts import facts_shared


def check_return(path: Path, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    """Reads and checks one return; a file that cannot be opened is a problem, not an exception."""
    try:
        refuse_pipe(path)
        check_size(path.stat().st_size, settings.intake.limits)
        data = read_at_rest(path)
    except UnreadableError as too_large:
        return CheckedReturn(path, digest_of(path), problems=[too_large.problem])
    except OSError as denied:
        return CheckedReturn(path, "", problems=[_not_opened(path, denied)])
    return check_bytes(path, data, settings, keep_rows=keep_rows)


def _not_opened(path: Path, denied: OSError) -> Problem:
    with suppress(OSError):  # what it is may be hidden, too
        if path.is_dir():
            return problem("F001", "文件夹打不开，里面的文件没有检查", "请核对读取权限后重试。")
        if path.is_symlink() and isinstance(denied, FileNotFoundError):
            return problem("F001", "链接指向的文件不在了", "请核对链接，或换成原来的文件。")
    if denied.errno == errno.ESPIPE:
        return problem(
            "F001", f"这{reason(denied)}，没有读取", "请换成表格文件（.xlsx）；不是报表的请移出文件夹。"
        )
    what = cure(denied, "请关闭占用它的程序，核对读取权限后重试。")
    return problem("F001", f"文件打不开（{reason(denied)}）", what)


def check_bytes(path: Path, data: bytes, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    """Checks a return whose bytes are at hand.

    Args:
        path: Where it came from; its name may name the unit.
        data: Its bytes.
        settings: What the check depends on.
        keep_rows: Whether the tables keep their rows (they are large).
    """
    read = read_return(said_name(path.name), data, settings.intake)
    checked = CheckedReturn(path, hashlib.sha256(data).hexdigest(), read.tables, read.problems)
    checked.answers, checked.unanswered = read.answers, read.unanswered
    for table in read.tables:
        with facts_shared(table.frame):
            checked.problems += check_table(table, settings.judgement)
            checked.counts[table.index] = ledger_counts(table)
            checked.villages[table.index] = sweep_counts(table, settings.judgement.floors)
        if keys := duplicates.house_keys(table):
            checked.keys.append(keys)
        elif table.form.id in FORMS_THAT_MENTION and (named := duplicates.houses_named(table)):
            checked.mentions.append(named)
    for parts in printed_together(read.tables):
        checked.problems += total_rows.check_totals(parts)
    checked.problems += near_names.check_villages(read.tables)
    checked.problems += duplicates.within_return(read.tables)
    checked.problems.sort(key=_place)
    if not keep_rows:
        for table in read.tables:
            # Many rows; the figures of an attachment are few, and are compared, and a roll-up's
            # rows say whose they are.
            if table.form.info.key and not table.form.info.number and not is_roll_up(table):
                table.frame = table.frame.iloc[:0]
                table.anchors.clear()
    return checked


def check_table(table: Table, judgement: Judgement) -> Iterator[Problem]:
    """The problems of a table's rows and figures, by every rule about its form."""
    if table.frame.empty:
        return
    yield from consistency.check_required(table, judgement.scale)
    if table.form.id == "house-ledger":
        yield from consistency.check_orders(table)
    yield from aggregates.check_identities(table)
    for rule in RULES.values():
        if rule.form == table.form.id:
            yield from rule.check(table, judgement)


def _place(problem: Problem) -> tuple[int, int, int]:
    """Reading order: the file, then its tables from top to bottom, errors of a row first."""
    return (-1 if problem.table is None else problem.table, problem.row or 0, _ORDER.index(problem.severity))


_ORDER = list(Severity)
