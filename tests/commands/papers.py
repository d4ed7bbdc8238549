"""What an office prints, and what people do to it afterwards."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pypdf

from .office import PERIOD, UNITS, House, Office, Ran, ledger

PAPERS = ("attachment-1", "attachment-2")


def take_in(
    office: Office, returns: Mapping[str, list[House]] | None = None, *arguments: str, merged: bool = False
) -> None:
    """Every unit's house ledger comes in (two plain houses, unless others are given) and is aggregated."""
    for unit in UNITS:
        office.receive(f"{unit}.xlsx", ledger(unit, *(returns or {}).get(unit, [{}, {}])))
    office.aggregate(*arguments, merged=merged)


def print_tables(office: Office) -> None:
    """Two houses a unit come in, and every table is printed, the house ledgers too."""
    take_in(office)
    report(office, *PAPERS, "house-ledger", "--as", "xlsx,pdf")


def two_houses_a_unit(office: Office) -> Office:
    """Every unit has sent two plain houses, and they are taken in."""
    take_in(office)
    return office


def report(office: Office, *arguments: str | Path) -> Ran:
    return office.run("report", *arguments, "--county", office.folder, "--period", PERIOD)


def verify(office: Office, *arguments: str | Path) -> Ran:
    return office.run("verify", *arguments, "--county", office.folder)


def made(office: Office, name: str) -> Path:
    """A table that was reported."""
    (found,) = office.out.rglob(name)
    return found


def altered(path: Path, **cells: object) -> Path:
    """A copy of a workbook in which someone has typed into cells."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book.worksheets[0][address] = value
    copy = path.with_name(f"改动过的{path.name}")
    book.save(copy)
    return copy


def words(path: Path) -> str:
    """The words of a PDF, however they were wrapped."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)
