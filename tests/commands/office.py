"""A county office on disk: its folder, the returns that three units send, and the commands it runs."""

import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.sheets import A_PLAIN_HOUSE, Cells, workbook
from zjf import cli
from zjf.ledger import Ledger
from zjf.render import charts  # noqa: F401 - commands that are run in this process draw here
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind

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
HASTY = ("[reporting]\n", '[ledger]\nurl = "sqlite:///ledger.db?timeout=0.1"\n\n[reporting]\n')
"""What is changed in the settings of an office that does not wait long for a ledger in use."""
TOWN, GREENSTONE, MINE = UNITS
WRONG = {"结构类型": "砖昆"}
"""A house with a data error (C104)."""
UNREVIEWED = {"销号方式": "管理措施", "销号日期": "2023-06-01"}
"""A house closed on management measures alone, which no technician has been to see (L208: a breach)."""

SWEPT_NOTHING = {field.name: 0 for field in FORMS["sweep-table"].fields if field.kind is Kind.COUNT}
"""A sweep table's figures of a village where nothing was looked at."""
FACT_1 = {
    "surveyed": 100,
    "commercial": 0,
    "commercial_suspected": 0,
    "commercial_closed": 0,
    "noncommercial": 100,
    "suspected": 100,
    "cleared": 20,
    "direct_works": 10,
    "appraised": 63,
    "grade_cd": 30,
    "cd_works": 24,
    "closed": 87,
}
"""The figures of facts.md#formulas as an attachment-2: 90.00 %, 85.00 %, and at most 87 closed."""

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


def attachment(form: str, figures: dict[str, dict[str, int]]) -> Cells:
    """An attachment with the figures of one unit, or a roll-up of several; the rates are left out."""
    roll_up = len(figures) > 1
    fields = [
        field
        for field in FORMS[form].fields
        if field.kind is not Kind.RATE and (roll_up or not field.roll_up_only)
    ]
    deep = max(len(field.heading.groups) for field in fields)
    header = [
        ["" if level >= len(field.heading.groups) else field.heading.groups[level] for field in fields]
        for level in range(deep)
    ]
    rows = [[_figure(field, unit, own) for field in fields] for unit, own in figures.items()]
    note = "" if roll_up else f"填报单位：{next(iter(figures))}"
    return [[note], *header, [field.heading.text for field in fields], *rows]


def _figure(field: Field, unit: str, figures: dict[str, int]) -> str:
    if field.kind not in (Kind.COUNT, Kind.PAIR):
        return unit
    said = [str(figures[name]) for name in field.columns if name in figures]
    return "/".join(said) if field.pair else f"={said[0]}"  # "=" makes it a number


def table(path: Path) -> list[tuple[object, ...]]:
    """The rows of a list that was made, below its title and its header."""
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True))


@dataclass(frozen=True)
class Office:
    """The county's folder and its terminal.

    Args:
        folder: Where the county is.
        terminal: What pytest makes of it for one test; None: it is the office's own, which may serve a whole module.
    """

    folder: Path
    terminal: pytest.CaptureFixture[str] | None = None

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

    def run(self, *arguments: str | Path) -> Ran:
        """Runs a command as a clerk types it, in this process."""
        words = [str(word) for word in arguments]
        if self.terminal is None:
            out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
            with redirect_stdout(out), redirect_stderr(err):
                code = cli.run(words)
            return Ran(code, *(_written(stream) for stream in (out, err)))
        self.terminal.readouterr()
        code = cli.run(words)
        said = self.terminal.readouterr()
        return Ran(code, said.out, said.err)

    def validate(self, *arguments: str | Path) -> Ran:
        return self.run("validate", self.inbox, "--county", self.folder, "--period", PERIOD, *arguments)

    def aggregate(self, *arguments: str | Path, merged: bool = False) -> Ran:
        """Aggregates; the merged ledger, a third of the work, is written for a test that looks at it."""
        if not merged:
            arguments = (*arguments, "--no-merged")
        return self.run("aggregate", self.inbox, "--county", self.folder, "--period", PERIOD, *arguments)

    def houses(self) -> Counter[str]:
        """How many houses each unit has in the ledger."""
        frame = Ledger.open("sqlite:///ledger.db", folder=self.folder).frame("house-ledger", PERIOD)
        return Counter(frame["township"])

    def change_settings(self, old: str, new: str) -> None:
        """Someone edits zjf.toml."""
        path = self.folder / "zjf.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    @contextmanager
    def held_by_another_program(self) -> Iterator[None]:
        """Within, somebody else is writing to the ledger."""
        with closing(sqlite3.connect(self.folder / "ledger.db", isolation_level=None)) as other:
            other.execute("begin immediate")
            yield
            other.execute("rollback")

    def results(self) -> dict[str, bytes]:
        """The files that were made, by name."""
        return {path.name: path.read_bytes() for path in self.out.iterdir()}

    def summary(self, *arguments: str | Path) -> dict[str, Any]:
        """Aggregates, and gives the document that says what it came to."""
        return self.aggregate("--format", "json", *arguments).json


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def office_in(folder: Path) -> Office:
    """A county's folder that is made there, for all tests of a module; nothing has come into it yet."""
    folder.mkdir()
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    return Office(folder)
