"""The same house, the same row of any form, or the same return, twice (D401–D404).

Within one file whole rows are compared; across files only the house_ids (`KeyRow`), which is all that is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, TypeVar

from zjf.intake.a1 import a1
from zjf.intake.sheets.roll_ups import units_of_rows
from zjf.intake.table import Table, numbered
from zjf.problems import Problem, Severity, first_few, problem
from zjf.rules.house_keys import HouseKeys, KeyRow

if TYPE_CHECKING:
    import pandas as pd

_Row = TypeVar("_Row")
_MOST_NAMED = 5
_NAMING_A_HOUSE = ("township", "owner_name", "address", "house_id")


def house_keys(table: Table) -> HouseKeys | None:
    """Returns the house_ids of a table of houses, where they are known; None for a table of another form."""
    return houses_named(table) if table.form.info.key == ("house_id",) else None


def houses_named(table: Table) -> HouseKeys | None:
    """Returns the houses that the rows of a table name, where they are known; None without such a column."""
    column = table.columns.get("house_id")
    if column is None:
        return None
    house_ids, is_known = table.cells("house_id"), table.is_known(["house_id"]).tolist()
    named = [is_sure and house_id is not None for house_id, is_sure in zip(house_ids, is_known, strict=True)]
    return HouseKeys(
        table=table.index,
        sheet=table.sheet,
        form=table.form.id,
        column=column,
        house_ids=[*compress(house_ids, named)],
        rows=[*compress(table.rows, named)],
        units=[*compress(units_of_rows(table), named)],
        anchors={row: top for (row, anchor_column), top in table.anchors.items() if anchor_column == column},
        show_personal=table.show_personal,
    )


def within_return(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D401 and D403 inside one file, at the later row; D404 of an attachment, at every row of the unit."""
    yield from _repeated_keys([table for table in tables if table.form.info.key])
    yield from _repeated_units([table for table in tables if not table.form.info.key])
    yield from _repeated_owners([table for table in tables if "owner_name" in table.form.by_name])


def _repeated_keys(tables: Sequence[Table]) -> Iterator[Problem]:
    if _all_differ([table.frame[table.form.info.key[-1]] for table in tables]):
        return
    rows = ((name, (table, position)) for table in tables for position, name in _row_keys(table))
    merged_positions: dict[tuple[int, int], list[int]] = defaultdict(list)
    repeated = [*_repeated(rows)]
    repetitions = Counter((first_table.index, table.index) for (first_table, _), (table, _) in repeated)
    for (first_table, first_position), (table, position) in repeated:
        first_of_key, *others = table.form.info.key
        if first_table is table and first_table.address(first_of_key, first_position) == table.address(
            first_of_key, position
        ):
            merged_positions[table.index, first_position].append(position)
            continue
        shown_values = {
            field.heading.text: table.shown(field, table.frame[field.name].iat[position])
            for field in map(table.form.by_name.__getitem__, table.form.info.key)
        }
        first_cell = _address_from(table, first_table, first_of_key, first_position)
        wording = "、".join(f"{heading}「{value}」" for heading, value in shown_values.items())
        is_copy = repetitions[first_table.index, table.index] == len(table.rows) > 1
        yield table.at_cells(
            "D401",
            f"{wording}与 {first_cell} 重复",
            table.form.by_name[first_of_key],
            position,
            _keep_one_of(first_table, table) if is_copy else "",
            also=others,
            value="、".join(shown_values.values()),
        )
    by_index = {table.index: table for table in tables}
    for (index, first_position), positions in merged_positions.items():
        yield _merged_over_rows(by_index[index], first_position, positions)


def _keep_one_of(first_table: Table, table: Table) -> str:
    """Returns what to do about a table all of whose keys stand in another: their rows may say other things."""
    numbers = "、".join(table.form.by_name[name].heading.text for name in table.form.info.key)
    this, first, kind = "这张表", "前面的表", "表"
    if table.sheet != first_table.sheet:
        this, first, kind = (
            f"「{table.quoted(table.sheet)}」",
            f"「{first_table.quoted(first_table.sheet)}」",
            "工作表",
        )
    are_halves = table.missing - first_table.missing and first_table.missing - table.missing
    advice = f"两张各有对方没有的栏目，请按{numbers}合并成一张" if are_halves else "请只留其中一张"
    return f"{this}各行的{numbers}在{first}里都有，{advice}{kind}。"


def _merged_over_rows(table: Table, top: int, positions: Sequence[int]) -> Problem:
    """Returns the problem of a number merged over several rows, each of which should have its own."""
    field = table.form.by_name[table.form.info.key[0]]
    shown = table.shown(field, table.frame[field.name].iat[top])
    row_numbers = [table.rows[position] + 1 for position in (top, *positions)]
    return table.at_merged(
        "D401",
        f"{field.heading.text}「{shown}」合并了第 {numbered(row_numbers)} 行，各行成了重复的",
        field,
        (top, *positions),
        "一栋房屋占一行：是同一栋的并成一行；是几栋的取消合并，各填各的编号。",
        rows=tuple(row_numbers[1:]),
        value=shown,
    )


def _row_keys(table: Table) -> Iterator[tuple[int, tuple[Hashable, ...]]]:
    """Yields the position of each row whose key is known, with its form, its unit and its key."""
    key = table.form.info.key
    columns = [table.frame[name].tolist() for name in key]
    names = zip([table.form.id] * len(table.rows), units_of_rows(table), *columns, strict=True)
    for position, (is_known, name) in enumerate(zip(table.is_known(key).tolist(), names, strict=True)):
        if is_known and None not in name[2:]:
            yield position, name


def _repeated_units(tables: Sequence[Table]) -> Iterator[Problem]:
    """Yields D404 at each row of a unit that has several in one attachment: which of them holds is unknown."""
    rows_by_unit: dict[tuple[str, str], list[tuple[Table, int]]] = defaultdict(list)
    for table in tables:
        is_known = table.is_known([table.form.unit_field.name])
        for position, (unit, is_sure) in enumerate(zip(units_of_rows(table), is_known, strict=True)):
            if unit is not None and is_sure:
                rows_by_unit[table.form.id, unit].append((table, position))
    for (_, unit), unit_rows in rows_by_unit.items():
        for table, position in unit_rows if len(unit_rows) > 1 else ():
            yield _unit_repeated(table, position, unit, unit_rows)


def _unit_repeated(table: Table, position: int, unit: str, unit_rows: Sequence[tuple[Table, int]]) -> Problem:
    field = table.form.unit_field
    other_cells = "、".join(
        _address_from(table, other_table, field.name, other_position)
        for other_table, other_position in unit_rows
        if (other_table.index, other_position) != (table.index, position)
    )
    cells = [table.address(field.name, position)]
    if field.name not in table.columns and "unit" in table.notes.cells:
        cells.append(a1(*table.notes.cells["unit"]))
    return table.at_cells(
        "D404",
        f"「{unit}」的同一张表有 {len(unit_rows)} 行，另见 {other_cells}",
        field,
        position,
        "一个单位只报一行：是留着的旧表，请只保留本期的；是分村、分片填的，请合并成一行。",
        cells=tuple(cells),
        value=unit,
    )


def _repeated_owners(tables: Sequence[Table]) -> Iterator[Problem]:
    if _all_differ([table.frame.address for table in tables]):
        return
    rows = (
        ((unit, owner, address), (table, position, house_id))
        for table in tables
        for position, (unit, owner, address, house_id) in enumerate(
            zip(*(table.cells(name) for name in _NAMING_A_HOUSE), strict=True)
        )
        if owner and address
    )
    for (first_table, first_position, first_id), (table, position, house_id) in _repeated(rows):
        if house_id is None or first_id is None or house_id == first_id:
            continue
        cell = _address_from(table, first_table, "owner_name", first_position)
        id_field = table.form.by_name["house_id"]
        ids = f"{table.shown(id_field, first_id)}、{table.shown(id_field, house_id)}"
        message = f"与 {cell} 的产权人、地址都相同，房屋编号不同（{ids}）"
        yield table.at_cells("D403", message, table.form.by_name["owner_name"], position, also=("address",))


def across_returns(
    files: Iterable[tuple[int, Sequence[HouseKeys]]], names: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """Yields, with their files, D401 for a house in several files of one unit, and D402, at both, for one of two units.

    A row whose unit is not known has been rejected already, and is left out.
    """
    every_table = [(keys, file) for file, tables in files for keys in tables]
    suspects = _with_numbers_among_others([keys for keys, _ in every_table])
    keys_and_files = [every_table[table] for table in sorted(suspects)]
    counts_by_form: dict[str, Counter[str]] = defaultdict(Counter)
    for keys, _ in keys_and_files:
        counts_by_form[keys.form].update(keys.house_ids)
    claims: dict[tuple[str, str], list[tuple[int, KeyRow]]] = defaultdict(list)
    for keys, file in keys_and_files:
        counts = counts_by_form[keys.form]
        for position, (house_id, unit) in enumerate(zip(keys.house_ids, keys.units, strict=True)):
            if counts[house_id] > 1 and unit is not None:  # nearly all houses are named once
                claims[keys.form, house_id].append((file, KeyRow(keys, position, house_id, unit)))
    for rivals in claims.values():
        if len({(file, row.unit) for file, row in rivals}) > 1:
            yield from _claimed_twice(rivals, names)


def _with_numbers_among_others(tables: Sequence[HouseKeys]) -> set[int]:
    """Returns the tables of several units, and those whose range of house_ids overlaps another's of the same form.

    Only these can have a house in common; where numbers begin with the unit's code, no other need be kept in memory.
    """
    ranges = sorted(
        (keys.form, min(keys.house_ids), max(keys.house_ids), table)
        for table, keys in enumerate(tables)
        if keys.house_ids
    )
    suspects = {table for _, _, _, table in ranges if len(set(tables[table].units)) > 1}
    widest: tuple[str, str, int] | None = None
    for form, first, last, table in ranges:
        if widest and widest[0] == form and first <= widest[1]:
            suspects |= {table, widest[2]}
        if not widest or widest[0] != form or last > widest[1]:
            widest = form, last, table
    return suspects


def _claimed_twice(
    claims: Sequence[tuple[int, KeyRow]], names: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """Yields the problems of the rows, each with its file's number, that claim one house."""
    first_file, first_row = claims[0]
    for file, row in claims:
        rival_claim = next((claim for claim in claims if claim[1].unit != row.unit), None)
        if rival_claim:
            rival_file, rival = rival_claim
            claimant = f"「{rival.unit}」（{names[rival_file]} {rival.cell}）"
            yield file, row.problem("D402", f"房屋编号「{row.shown}」也由{claimant}上报")
        elif file != first_file:
            original = f"{names[first_file]} {first_row.cell}"
            yield file, row.problem("D401", f"房屋编号「{row.shown}」与 {original} 重复")


def same_return_twice(
    claims: Iterable[tuple[str, Mapping[int, str]]], names: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """Yields D404 for two files of one run with the same unit and form.

    Args:
        claims: For each form of a unit the unit, and the files that claim to be it, with the digests of their bytes.
    """
    reported: set[int] = set()
    for unit, files in claims:
        if len(files) < 2:
            continue
        are_identical = len(set(files.values())) == 1
        for file in files:
            if file in reported or (are_identical and file == min(files)):
                continue
            reported.add(file)
            others = [names[other_file] for other_file in files if other_file != file]
            other_names = first_few(others, _MOST_NAMED, f" 等 {len(others)} 份")
            if are_identical:
                message, hint = f"与 {other_names} 完全相同", "重复的文件只取一份，可删去。"
                yield file, problem("D404", message, hint, severity=Severity.WARNING)
            else:
                yield file, problem("D404", f"「{unit}」的同一张表还有另一份不同的文件：{other_names}")


def _all_differ(columns: Sequence["pd.Series[Any]"]) -> bool:
    """Whether no value occurs twice in the columns, as in nearly every return: then no two rows are alike."""
    texts = [text for column in columns for text in column.dropna().tolist()]
    return len(set(texts)) == len(texts)


def _repeated(rows: Iterable[tuple[Hashable, _Row]]) -> Iterator[tuple[_Row, _Row]]:
    """Yields each row whose name an earlier row has, after the first row of that name."""
    first_rows: dict[Hashable, _Row] = {}
    for name, row in rows:
        first = first_rows.setdefault(name, row)
        if first is not row:
            yield first, row


def _address_from(table: Table, other: Table, name: str, position: int) -> str:
    """Returns the address of a field's cell in another table: with its sheet's name where that is not this table's."""
    cell = other.address(name, position)
    return cell if table.sheet == other.sheet else f"{other.quoted(other.sheet)}!{cell}"
