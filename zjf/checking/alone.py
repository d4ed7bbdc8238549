"""Reading and checking one return by itself: a pure function of its bytes and the settings."""

import errno
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from zjf.checking.one_return import CheckedReturn, CheckSettings, digest_of
from zjf.errors import cure, reason
from zjf.files import read_at_rest, readable_name, refuse_pipe
from zjf.intake.reader import read_return
from zjf.intake.refusals import UnreadableError
from zjf.intake.sheets.roll_ups import is_roll_up
from zjf.intake.table import Table, printed_together
from zjf.intake.workbook import check_size
from zjf.problems import Problem, Severity, problem
from zjf.rules import aggregates, consistency, duplicates, total_rows, villages
from zjf.rules.agreement import ledger_counts, sweep_counts
from zjf.rules.mentioned_houses import mentioned_in
from zjf.rules.registry import RULES, Judgement
from zjf.schemas.form_ids import HOUSES
from zjf.schemas.shared_facts import columns_of, sharing_facts


def check_return(path: Path, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    """Reads and checks one return; a file that cannot be opened is a problem, not an exception."""
    try:
        refuse_pipe(path)
        check_size(path.stat().st_size, settings.intake.limits)
        data = read_at_rest(path)
    except UnreadableError as refusal:
        return CheckedReturn(path, digest_of(path), problems=[refusal.problem])
    except OSError as error:
        return CheckedReturn(path, "", problems=[_not_opened(path, error)])
    return check_bytes(path, data, settings, keep_rows=keep_rows)


def _not_opened(path: Path, error: OSError) -> Problem:
    with suppress(OSError):  # the folder may not let us see what it is, either
        if path.is_dir():
            return problem("F001", "文件夹打不开，里面的文件没有检查", "请核对读取权限后重试。")
        if path.is_symlink() and isinstance(error, FileNotFoundError):
            return problem("F001", "链接指向的文件不在了", "请核对链接，或换成原来的文件。")
    if error.errno == errno.ESPIPE:
        return problem(
            "F001", f"这{reason(error)}，没有读取", "请换成表格文件（.xlsx）；不是报表的请移出文件夹。"
        )
    remedy = cure(error, "请关闭占用它的程序，核对读取权限后重试。")
    return problem("F001", f"文件打不开（{reason(error)}）", remedy)


def check_bytes(path: Path, data: bytes, settings: CheckSettings, *, keep_rows: bool) -> CheckedReturn:
    read = read_return(readable_name(path.name), data, settings.intake)
    checked = CheckedReturn(path, hashlib.sha256(data).hexdigest(), read.tables, read.problems)
    checked.answers, checked.unanswered = read.answers, read.unanswered
    for table in read.tables:
        _add_findings(checked, table, settings.judgement)
    for parts in printed_together(read.tables):
        checked.problems += total_rows.check_totals(parts)
    checked.problems += villages.check_villages(read.tables)
    checked.problems += duplicates.within_return(read.tables)
    checked.problems = sorted(map(partial(_without_names, checked), checked.problems), key=_reading_order)
    if not keep_rows:
        _drop_rows_of_ledgers(read.tables)
    return checked


def _without_names(checked: CheckedReturn, found: Problem) -> Problem:
    """Returns a problem of the file as a whole as it may be told: it quotes names of sheets, which may be people's."""
    if found.row is not None or any(table.show_personal for table in checked.tables):
        return found
    return replace(found, message=checked.without_names(found.message))


def _add_findings(checked: CheckedReturn, table: Table, judgement: Judgement) -> None:
    """Adds the problems of a table's rows, its counts and its house_ids to what is found of the return."""
    with sharing_facts(columns_of(table.frame)):
        checked.problems += check_table(table, judgement)
        checked.counts[table.index] = ledger_counts(table)
        checked.villages[table.index] = sweep_counts(table, judgement.floors)
    if keys := duplicates.house_keys(table):
        checked.keys.append(keys)
    if mentioned := mentioned_in(table):
        checked.mentions.append(mentioned)


def _drop_rows_of_ledgers(tables: Iterable[Table]) -> None:
    """Drops the rows of ledgers, which are many; later checks need those of attachments and of roll-ups."""
    for table in tables:
        if table.form.info.key and not table.form.info.number and not is_roll_up(table):
            table.frame = table.frame.iloc[:0]
            table.anchors.clear()


def check_table(table: Table, judgement: Judgement) -> Iterator[Problem]:
    """Returns the problems of a table's rows and figures, by every rule about its form."""
    if table.frame.empty:
        return
    yield from consistency.check_required(table, judgement.floors)
    if table.form.id == HOUSES:
        yield from consistency.check_orders(table)
    yield from aggregates.check_identities(table)
    for rule in RULES.values():
        yield from rule.check(table, judgement)


def _reading_order(problem: Problem) -> tuple[int, int, int]:
    """Returns the sort key of problems: the file's, then its tables' from the top, a row's errors first."""
    return (-1 if problem.table is None else problem.table, problem.row or 0, _ORDER.index(problem.severity))


_ORDER = list(Severity)
