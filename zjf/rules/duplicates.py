"""The same house, or the same return, twice (D401–D404).

Within one table the rows are at hand; across tables and files only their keys are: `KeyRow`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from zjf.intake.table import Table
from zjf.problems import Problem, Severity, problem, without_stray_numbers


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What names a row across files: its house_id, where it stands, and its owner at an address.

    `file` counts the files of a run from 0; `cell` is the house_id's.
    """

    file: int
    table: int
    sheet: str
    form: str
    unit: str | None
    house_id: str
    cell: str
    row: int
    owner: tuple[str, str] | None
    show_personal: bool = False

    @property
    def shown(self) -> str:
        """The house_id as a message may show it: some write an identity number there."""
        return self.house_id if self.show_personal else without_stray_numbers(self.house_id)


def key_rows(table: Table) -> Iterator[KeyRow]:
    """The rows of a table of houses whose house_id is known, in order."""
    if table.form.info.key != ("house_id",):
        return
    known = table.is_known(["house_id"])
    frame = table.frame
    units = frame[table.form.unit_field.name] if table.form.unit_field else [table.unit] * len(frame)
    owners = (
        zip(frame.owner_name, frame.address, strict=True)
        if "owner_name" in table.form.by_name
        else [(None, None)] * len(frame)
    )
    for position, (house_id, unit, owner) in enumerate(zip(frame.house_id, units, owners, strict=True)):
        if known[position] and house_id is not None:
            yield KeyRow(
                file=0,
                table=table.index,
                sheet=table.sheet,
                form=table.form.id,
                unit=unit or table.unit,
                house_id=house_id,
                cell=table.address("house_id", position),
                row=table.rows[position] + 1,
                owner=owner if None not in owner else None,
                show_personal=table.show_personal,
            )


def within_return(rows: Sequence[KeyRow], tables: Sequence[Table]) -> Iterator[Problem]:
    """D401 and D403 inside one file, at the later row."""
    by_index = {table.index: table for table in tables}
    for first, later in _repeated(rows, lambda row: (row.form, row.unit, row.house_id)):
        yield _same_key(first, later, by_index[later.table])
    houses = [row for row in rows if row.owner]
    for first, later in _repeated(houses, lambda row: (row.form, row.unit, row.owner)):
        if first.house_id != later.house_id:
            yield _same_owner(first, later, by_index[later.table])


def across_returns(rows: Iterable[KeyRow], names: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    """D401 over several files of one unit, and D402: one key from two units; both are named.

    A row whose unit is not known is rejected already, and accuses nobody.

    Args:
        rows: The key rows of every file.
        names: The files' names, to say where the other one is.

    Yields:
        The file that a problem belongs to, and the problem.
    """
    by_key: dict[tuple[str, str], list[KeyRow]] = defaultdict(list)
    for row in rows:
        if row.unit is not None:
            by_key[row.form, row.house_id].append(row)
    for same in by_key.values():
        if len({(row.file, row.unit) for row in same}) < 2:
            continue
        for row in same:
            other = next((each for each in same if each.unit != row.unit), None)
            if other:
                where = f"「{other.unit}」（{names[other.file]} {other.cell}）"
                yield row.file, _at(row, "D402", f"房屋编号「{row.shown}」也由{where}上报")
            elif row.file != same[0].file:
                where = f"{names[same[0].file]} {same[0].cell}"
                yield row.file, _at(row, "D401", f"房屋编号「{row.shown}」与 {where} 重复")


def same_return_twice(
    claims: Sequence[tuple[int, str, str, str]], names: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """D404: two files of one run with the same unit and form.

    Args:
        claims: File, its sha256, unit, form; one for each table.
        names: The files' names.
    """
    by_claim: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for file, digest, unit, form in claims:
        by_claim[unit, form][file] = digest
    told: set[int] = set()
    for (unit, _), files in by_claim.items():
        if len(files) < 2:
            continue
        identical = len(set(files.values())) == 1
        for file in files:
            if file in told or (identical and file == min(files)):
                continue
            told.add(file)
            others = "、".join(names[other] for other in files if other != file)
            if identical:
                what, hint = f"与 {others} 完全相同", "重复的文件只取一份，可删去。"
                yield file, problem("D404", what, hint, severity=Severity.WARNING)
            else:
                yield file, problem("D404", f"「{unit}」的同一张表还有另一份不同的文件：{others}")


def _repeated(rows: Iterable[KeyRow], key: Callable[[KeyRow], Hashable]) -> Iterator[tuple[KeyRow, KeyRow]]:
    """Each row whose key was seen before, with the first of them."""
    seen: dict[Hashable, KeyRow] = {}
    for row in rows:
        first = seen.setdefault(key(row), row)
        if first is not row:
            yield first, row


def _same_key(first: KeyRow, later: KeyRow, table: Table) -> Problem:
    each = table.form.by_name["house_id"]
    where = first.cell if first.sheet == later.sheet else f"{first.sheet}!{first.cell}"
    what = f"{each.heading.text}「{later.shown}」与 {where} 重复"
    return _at(later, "D401", what, field=each.name, heading=each.heading.text)


def _same_owner(first: KeyRow, later: KeyRow, table: Table) -> Problem:
    each = table.form.by_name["owner_name"]
    where = first.cell if first.sheet == later.sheet else f"{first.sheet}!{first.cell}"
    what = f"与 {where} 的产权人、地址都相同，房屋编号不同（{first.shown}、{later.shown}）"
    position = bisect_left(table.rows, later.row - 1)
    return table.at_cells("D403", what, each, position, also=("address",))


def _at(row: KeyRow, code: str, what: str, **place: str) -> Problem:
    return problem(
        code,
        what,
        table=row.table,
        sheet=row.sheet,
        cell=row.cell,
        cells=(row.cell,),
        row=row.row,
        rows=(row.row,),
        **({"field": "house_id", "heading": "房屋编号", "value": row.shown} | place),
    )
