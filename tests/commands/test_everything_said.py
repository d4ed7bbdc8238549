"""People and payloads planted wherever a text may stand: in every output of every command nobody is named, nothing runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from zjf.cli import application
from zjf.commands.root import COMMANDS
from zjf.county import County
from zjf.intake.answers import LISTING
from zjf.schemas import FORMS

from . import planted
from .every_command import LINES, Place, every_line, run_everything
from .live_parts import live_parts, texts
from .office import MINE, PERIOD, SETTINGS, TOWN, Ran
from .planted import NAMES, NUMBERS, PHONES, SHORT, WHY, plant
from .test_usage import commands

pytestmark = pytest.mark.slow  # every command that there is

WHOLE = {"合并台账.xlsx", "改好.xlsx", "改好.修改记录.json", "已填.xlsx"}
"""What is whole by its purpose: the office's own ledger, and what goes back to the unit whose rows it holds."""
COPIES = {"退回标注", "标注", "marked"}
"""Where the marked copies of returns lie, which go back to who sent them."""
OF_ONE_HOUSE, OF_ONE_HOUSEHOLD = "YS0005", "H0005"
ITS_PEOPLE = {NAMES[4], NAMES[-5], NUMBERS[4][6:16], PHONES[4][3:9]}
"""The papers about a house are served on its owner and user, those about his household on him; they name nobody else."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass
class Told:
    """What all commands said, and who is named in the files that they had written then."""

    place: Place
    said: dict[str, Ran]
    named: dict[Path, set[str]]


def secrets_in(said: str) -> set[str]:
    plain = "".join(said.split())
    hidden = [number[6:16] for number in NUMBERS] + [phone[3:9] for phone in PHONES]
    return {secret for secret in (*NAMES, *hidden) if secret in plain}


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted((folder / "out").rglob("*")) if path.is_file())


def planted_county(folder: Path) -> Place:
    folder.mkdir()
    (folder / "zjf.toml").write_text(SETTINGS, encoding="utf-8")
    place = Place(folder)
    plant(place)
    (own,) = place.inbox.glob(f"{TOWN}_{NAMES[0]}*")
    words = {
        "inbox": place.inbox,
        "own": own,
        "out": folder / "out",
        "house": OF_ONE_HOUSE,
        "household": OF_ONE_HOUSEHOLD,
        "photos": folder / "照片",
        "printed": place.out / "附件" / f"附件2_{MINE}.xlsx",
        "by": SHORT,
        "why": WHY,
        "unit": TOWN,
        "platform": folder / "=1+1平台.xlsx",
        "first_list": folder / "甲.xlsx",
        "second_list": folder / "乙.xlsx",
        "listed": folder / "房屋.xlsx",
    }
    return Place(folder, words={name: str(word) for name, word in words.items()})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    assert len(set(NAMES)) == len(set(NUMBERS)) == planted.PEOPLE
    place = planted_county(tmp_path_factory.mktemp("植入") / "云水县")
    said = dict(run_everything(place))
    named = {path: secrets_in(texts(path)) for path in files(place.folder)}
    said |= run_everything(place, "--show-personal", "--reason", "核对")
    return Told(place, said, named)


def test_every_command_is_among_them() -> None:
    assert set(LINES) <= set(COMMANDS)
    typed = {" ".join(line.split()[:2]) for line in every_line()}
    assert {" ".join(words) for words, _ in commands(application()) if len(words) > 1} <= typed


def test_every_text_that_somebody_may_type_is_planted() -> None:
    """A form with words of a clerk's own needs a plain row; a text of the settings is planted, or is no free text."""
    assert set(planted.PLAIN) == set(FORMS)
    free = {name for name, told in County.model_fields.items() if "str" in str(told.annotation) + name}
    assert free <= {*planted.SETTINGS, "ignore_sheets"}


def test_every_command_does_what_it_is_asked(told: Told) -> None:
    undone = {line: ran.err for line, ran in told.said.items() if ran.code not in (0, 1)}
    assert [said for said in undone.values() if not any(why in said for why in planted.NOTHING_TO_DO)] == []


def test_nothing_runs_in_any_output(told: Told) -> None:
    assert [line for line, ran in told.said.items() if CONTROLS.search(ran.out + ran.err)] == []
    made = list(files(told.place.folder))
    assert {".xlsx", ".pdf", ".docx", ".html", ".csv", ".md", ".txt"} <= {path.suffix for path in made}
    assert [f"{path.name}: {what}" for path in made for what in live_parts(path)] == []


def test_nobody_is_said_or_written(told: Told) -> None:
    leaks: dict[str, object] = {
        line: found
        for line, ran in told.said.items()
        if "--show-personal" not in line and (found := secrets_in(ran.out + ran.err))
    }
    for path, found in told.named.items():
        whole = path.name in WHOLE or COPIES & set(path.parts)
        mine = ITS_PEOPLE if path.stem.endswith((OF_ONE_HOUSE, OF_ONE_HOUSEHOLD)) else set()
        if secrets_in(path.name) or (not whole and found - mine):
            leaks[path.name] = secrets_in(path.name) | (found - mine)
    assert not leaks


def test_the_list_in_a_marked_copy_names_nobody(told: Told) -> None:
    """But for what the unit itself has answered there, and its sheets' names; the rest of the copy is its own table."""
    answered = secrets_in(f"{NAMES[5]} {NUMBERS[5]} {PHONES[5]}")
    copies = [path for path in told.named if COPIES & set(path.parts)]
    assert len(copies) > 1
    for path in copies:
        book = openpyxl.load_workbook(path)
        for title in set(book.sheetnames) & {LISTING}:
            cells = (str(cell) for row in book[title].iter_rows(values_only=True) for cell in row)
            its_own = answered | secrets_in("\n".join(book.sheetnames))
            assert secrets_in("\n".join(cells)) <= its_own, path.name


def test_the_forty_are_in_what_is_whole(told: Told) -> None:
    """Else the other tests would find nothing because nothing is there."""
    whole = set().union(*(found for path, found in told.named.items() if path.name in WHOLE))
    assert set(NAMES) <= whole
    assert all(
        NAMES[4] in found
        for path, found in told.named.items()
        if path.stem.endswith((OF_ONE_HOUSE, OF_ONE_HOUSEHOLD))
    )


def test_who_asks_sees_the_file_s_name_as_it_is(told: Told) -> None:
    ran = told.place.validate("--format", "json", "--show-personal")
    assert any(NAMES[0] in file["path"] for file in ran.json["files"])


def failing(folder: Path) -> Iterator[str]:
    """Commands that cannot be done, or are said wrongly, with people in their words."""
    for said in (NAMES[3], NUMBERS[3], PHONES[3]):
        yield f"validate {folder}/{said}.xlsx"
        yield f"classify {folder}/{said}"
        yield f"verify {folder}/{said}.xlsx"
        yield f"repair {folder}/{said}.xlsx -o {folder}/改好.xlsx"
        yield f"photos {folder}/{said}"
        yield f"reconcile {folder}/{said}.xlsx"
        yield f"restore {folder}/{said}.db"
        yield f"house {said}"
        yield f"report house-ledger --unit {said} --period {PERIOD}"
        yield f"paper plan --house {said}"
        yield f"message {folder}/{said}.xlsx --period {PERIOD}"


def test_nobody_is_said_when_it_fails(told: Told) -> None:
    """But for the words that the clerk himself has just typed: they may be said back to him."""
    file = told.place.folder / "ledger.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:-5000])
    try:
        in_one_style = {
            line.split(" --format ")[0]: line for line in told.said if "--show-personal" not in line
        }
        for line in [*failing(told.place.folder), *in_one_style.values()]:
            ran = told.place.type(line)
            assert "Traceback" not in ran.err
            assert secrets_in(ran.out + ran.err) <= secrets_in(line), line
    finally:
        file.write_bytes(whole)
