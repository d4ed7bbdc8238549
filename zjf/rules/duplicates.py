"""The same house, the same row of any form, or the same return, twice (D401–D404).

Within one file the rows are at hand; across files only the keys of houses are: `KeyRow`.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from zjf.intake.table import Table, a1, numbered
from zjf.problems import Problem, Severity, problem
from zjf.rules.house_keys import HouseKeys, KeyRow

if TYPE_CHECKING:
    import pandas as pd

_Found = TypeVar("_Found")


def house_keys(table: Table) -> HouseKeys | None:
    """What names the rows of a table of houses, where it is known."""
    return houses_named(table) if table.form.info.key == ("house_id",) else None


def houses_named(table: Table) -> HouseKeys | None:
    """The houses that the rows of a table name, where they are known; None where no column does."""
    column = table.columns.get("house_id")
    if column is None:
        return None
    known = table.is_known(["house_id"])
    rows = [
        (house_id, row, unit)
        for house_id, row, unit, sure in zip(
            table.cells("house_id"), table.rows, _units(table), known, strict=True
        )
        if sure and house_id is not None
    ]
    return HouseKeys(
        table=table.index,
        sheet=table.sheet,
        form=table.form.id,
        column=column,
        house_ids=[house_id for house_id, _, _ in rows],
        rows=[row for _, row, _ in rows],
        units=[unit for _, _, unit in rows],
        anchors={row: top for (row, at), top in table.anchors.items() if at == column},
        show_personal=table.show_personal,
    )


def within_return(tables: Sequence[Table]) -> Iterator[Problem]:
    """D401 and D403 inside one file, at the later row; D404 of an attachment, at every row of the unit."""
    yield from _same_names([table for table in tables if table.form.info.key])
    yield from _same_units([table for table in tables if not table.form.info.key])
    yield from _same_owners([table for table in tables if "owner_name" in table.form.by_name])


def _same_names(tables: Sequence[Table]) -> Iterator[Problem]:
    if _all_differ([table.frame[table.form.info.key[-1]] for table in tables]):
        return
    rows = ((name, (table, position)) for table in tables for position, name in _names(table))
    merged: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (first, above), (table, position) in _repeated(rows):
        first_of_key, *others = table.form.info.key
        if first is table and first.address(first_of_key, above) == table.address(first_of_key, position):
            merged[table.index, above].append(position)
            continue
        said = {
            field.heading.text: table.shown(field, table.frame[field.name].iat[position])
            for field in map(table.form.by_name.__getitem__, table.form.info.key)
        }
        where = _from(table.sheet, first.sheet, first.address(first_of_key, above))
        what = "、".join(f"{heading}「{value}」" for heading, value in said.items())
        yield table.at_cells(
            "D401",
            f"{what}与 {where} 重复",
            table.form.by_name[first_of_key],
            position,
            also=others,
            value="、".join(said.values()),
        )
    by_index = {table.index: table for table in tables}
    for (index, above), positions in merged.items():
        yield _merged_down(by_index[index], above, positions)


def _merged_down(table: Table, above: int, positions: Sequence[int]) -> Problem:
    """One number merged down over several rows: each row is a house, and has a number of its own."""
    field = table.form.by_name[table.form.info.key[0]]
    shown = table.shown(field, table.frame[field.name].iat[above])
    numbers = [table.rows[position] + 1 for position in (above, *positions)]
    column = table.columns[field.name]
    return table.at_cells(
        "D401",
        f"{field.heading.text}「{shown}」合并了第 {numbered(numbers)} 行，各行成了重复的",
        field,
        above,
        "一栋房屋占一行：是同一栋的并成一行；是几栋的取消合并，各填各的编号。",
        cells=tuple(a1(number - 1, column) for number in numbers),
        rows=tuple(numbers[1:]),
        value=shown,
    )


def _names(table: Table) -> Iterator[tuple[int, tuple[Hashable, ...]]]:
    """The form, the unit and the key of each row whose key can be relied on."""
    key = table.form.info.key
    columns = [table.frame[name].tolist() for name in key]
    names = zip([table.form.id] * len(table.rows), _units(table), *columns, strict=True)
    for position, (known, name) in enumerate(zip(table.is_known(key).tolist(), names, strict=True)):
        if known and None not in name[2:]:
            yield position, name


def _units(table: Table) -> list[str | None]:
    """Whose each row is."""
    field = table.form.unit_field
    if field is None:
        return [table.unit] * len(table.rows)
    return [unit or table.unit for unit in table.cells(field.name)]


def _same_units(tables: Sequence[Table]) -> Iterator[Problem]:
    """A row of an attachment is all that a unit says in it: of two, nobody knows which one holds."""
    found: dict[tuple[str, str], list[tuple[Table, int]]] = defaultdict(list)
    for table in tables:
        known = table.is_known([table.form.unit_field.name] if table.form.unit_field else [])
        for position, (unit, sure) in enumerate(zip(_units(table), known, strict=True)):
            if unit is not None and sure:
                found[table.form.id, unit].append((table, position))
    for (_, unit), same in found.items():
        for table, position in same if len(same) > 1 else ():
            yield _one_of_several(table, position, unit, same)


def _one_of_several(table: Table, position: int, unit: str, same: Sequence[tuple[Table, int]]) -> Problem:
    field = table.form.unit_field
    assert field is not None
    others = "、".join(
        _from(table.sheet, other.sheet, other.address(field.name, at))
        for other, at in same
        if (other.index, at) != (table.index, position)
    )
    cells = [table.address(field.name, position)]
    if field.name not in table.columns and "unit" in table.notes.cells:
        cells.append(a1(*table.notes.cells["unit"]))
    return table.at_cells(
        "D404",
        f"「{unit}」的同一张表有 {len(same)} 行，另见 {others}",
        field,
        position,
        "一个单位只报一行：请只保留本期的一行，留在表中的旧表请删去。",
        cells=tuple(cells),
        value=unit,
    )


def _same_owners(tables: Sequence[Table]) -> Iterator[Problem]:
    if _all_differ([table.frame.address for table in tables]):
        return
    rows = (
        ((unit, owner, address), (table, position))
        for table in tables
        for position, (unit, owner, address) in enumerate(
            zip(table.frame.township, table.frame.owner_name, table.frame.address, strict=True)
        )
        if owner and address
    )
    for (first, above), (table, position) in _repeated(rows):
        other, own = (sheet.frame.house_id.tolist()[at] for sheet, at in ((first, above), (table, position)))
        if own is None or other is None or own == other:
            continue
        where = _from(table.sheet, first.sheet, first.address("owner_name", above))
        ids = "、".join(table.shown(table.form.by_name["house_id"], house_id) for house_id in (other, own))
        what = f"与 {where} 的产权人、地址都相同，房屋编号不同（{ids}）"
        yield table.at_cells("D403", what, table.form.by_name["owner_name"], position, also=("address",))


def across_returns(
    files: Iterable[tuple[int, Sequence[HouseKeys]]], names: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """D401 over several files of one unit, and D402: one house from two units; both are named.

    A row whose unit is not known is rejected already, and accuses nobody.

    Args:
        files: Each file's number and what names its houses.
        names: The files' names, to say where the other one is.

    Yields:
        The file that a problem belongs to, and the problem.
    """
    several = list(files)
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for _, tables in several:
        for keys in tables:
            times[keys.form].update(keys.house_ids)
    found: dict[tuple[str, str], list[tuple[int, KeyRow]]] = defaultdict(list)
    for file, tables in several:
        for keys in tables:
            of_form = times[keys.form]
            for place, (house_id, unit) in enumerate(zip(keys.house_ids, keys.units, strict=True)):
                if of_form[house_id] > 1 and unit is not None:  # nearly all houses are named once
                    found[keys.form, house_id].append((file, keys[place]))
    for same in found.values():
        if len({(file, row.unit) for file, row in same}) > 1:
            yield from _contested(same, names)


def _contested(same: Sequence[tuple[int, KeyRow]], names: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    earliest, first = same[0]
    for file, row in same:
        other = next(((at, rival) for at, rival in same if rival.unit != row.unit), None)
        if other:
            where = f"「{other[1].unit}」（{names[other[0]]} {other[1].cell}）"
            yield file, row.at("D402", f"房屋编号「{row.shown}」也由{where}上报")
        elif file != earliest:
            yield file, row.at("D401", f"房屋编号「{row.shown}」与 {names[earliest]} {first.cell} 重复")


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
    reported: set[int] = set()
    for (unit, _), files in by_claim.items():
        if len(files) < 2:
            continue
        identical = len(set(files.values())) == 1
        for file in files:
            if file in reported or (identical and file == min(files)):
                continue
            reported.add(file)
            others = "、".join(names[other] for other in files if other != file)
            if identical:
                what, hint = f"与 {others} 完全相同", "重复的文件只取一份，可删去。"
                yield file, problem("D404", what, hint, severity=Severity.WARNING)
            else:
                yield file, problem("D404", f"「{unit}」的同一张表还有另一份不同的文件：{others}")


def _all_differ(columns: Sequence["pd.Series[Any]"]) -> bool:
    """Whether nothing stands twice in the columns, as in nearly every return: then no two rows can be alike."""
    texts = [text for column in columns for text in column.dropna().tolist()]
    return len(set(texts)) == len(texts)


def _repeated(rows: Iterable[tuple[Hashable, _Found]]) -> Iterator[tuple[_Found, _Found]]:
    """Each row whose name was seen before, with the first of them."""
    seen: dict[Hashable, _Found] = {}
    for name, row in rows:
        first = seen.setdefault(name, row)
        if first is not row:
            yield first, row


def _from(sheet: str, other_sheet: str, cell: str) -> str:
    """A cell's address as seen from a sheet."""
    return cell if sheet == other_sheet else f"{other_sheet}!{cell}"
