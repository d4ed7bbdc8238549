"""A county office on disk: its folder, the returns that three units send, and the commands it runs."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.sheets import A_PLAIN_HOUSE, Cells, workbook
from zjf import cli
from zjf.reports.attachment import Line, write_attachment
from zjf.schemas import FORMS

PERIOD = "2024-W23"
UNITS = ("城关街道", "青石镇", "石岭矿区管理处")
SETTINGS = """
[county]
name = "云水县"
notice = "jiaxiang-2024"

[[units]]
name = "城关街道"
aliases = ["城关街道办", "城关街道办事处"]

[[units]]
name = "青石镇"

[[units]]
name = "石岭矿区管理处"

[reporting]
weekday = "周五"
"""
WRONG = {"结构类型": "砖昆"}
"""A house with a data error (C104)."""

House = dict[str, str]


@dataclass(frozen=True)
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The document on stdout: that, and nothing else, is there."""
        document: dict[str, Any] = json.loads(self.out)
        return document


def ledger(unit: str, *houses: House, number_from: int = 1) -> Cells:
    """A unit's house ledger: plain houses, changed in the columns that are given.

    Houses are numbered, and the number says whose they are. Headings stand in row 2, the first house
    in row 3.
    """
    headings = list(dict.fromkeys([*A_PLAIN_HOUSE, *(name for house in houses for name in house)]))
    prefix = UNITS.index(unit) if unit in UNITS else 9
    rows = []
    for number, house in enumerate(houses, number_from):
        plain = {name: text.format(number=prefix * 1000 + number) for name, text in A_PLAIN_HOUSE.items()}
        rows.append([(plain | house).get(name, "") for name in headings])
    return [[f"填报单位：{unit}"], headings, *rows]


@dataclass(frozen=True)
class Office:
    """The county's folder and its terminal."""

    folder: Path
    terminal: pytest.CaptureFixture[str]

    @property
    def inbox(self) -> Path:
        return self.folder / "returns" / PERIOD

    @property
    def out(self) -> Path:
        return self.folder / "out" / PERIOD

    def receive(self, name: str, *sheets: Cells | bytes) -> Path:
        """Puts a return into the folder: sheets of cells, or the file's bytes."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (first, *_) = sheets
        path.write_bytes(first if isinstance(first, bytes) else workbook(*sheets))  # type: ignore[arg-type]
        return path

    def receive_attachment(self, name: str, form: str, unit: str, *lines: Line) -> Path:
        """Puts an attachment into the folder, in the notice's own layout."""
        path = self.inbox / name
        write_attachment(path, FORMS[form], lines, unit=unit)
        return path

    def run(self, *arguments: str | Path) -> Ran:
        """Runs a command as a clerk types it, in this process."""
        self.terminal.readouterr()
        code = cli.run([str(each) for each in arguments])
        said = self.terminal.readouterr()
        return Ran(code, said.out, said.err)

    def validate(self, *arguments: str | Path) -> Ran:
        return self.run("validate", self.inbox, "--county", self.folder, "--period", PERIOD, *arguments)

    def aggregate(self, *arguments: str | Path) -> Ran:
        return self.run("aggregate", self.inbox, "--county", self.folder, "--period", PERIOD, *arguments)

    def summary(self, *arguments: str | Path) -> dict[str, Any]:
        """Aggregates, and gives the document that says what it came to."""
        return self.aggregate("--format", "json", *arguments).json
