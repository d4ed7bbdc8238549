"""The result of the last aggregation of a period, shown again where nothing has changed since.

Then no return is read, the ledger is not opened and nothing is written. Everything that could change the
outcome is looked at: the bytes of every return, of the county's settings, waivers and notices, and of the
results; the program and the libraries beside it; the ledger's file, every change of which shows at its
head; the deadline, if it has passed since. If anything differs, or cannot be looked at, the period is
aggregated anew.

Light to import: a run that changes nothing is over before pandas would be loaded.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zjf.files import sha256_of
from zjf.kept_results import digest, keep, kept, place_of, state_of_files, state_of_program
from zjf.period import OFFICE_TIME
from zjf.public_json import PUT_BESIDE_LATER, encode

DOCUMENT = "summary.json"
"""The result that is printed where JSON is asked for."""

_SETTINGS = ("*.toml", "notices/**/*", "templates/**/*")
_HEAD = 100
"""The bytes at the head of an SQLite file; a counter among them tells every change."""


@dataclass(frozen=True)
class AggregationRequest:
    """What was asked for.

    Args:
        county: The county's folder.
        period: The period, in its public spelling.
        out: Where the results go.
        files: The returns.
        partial: Whether the good rows of a return with errors are taken.
        sheets: The sheets that are read.
        merged: Whether the merged ledger is written.
    """

    county: Path
    period: str
    out: Path
    files: Sequence[Path]
    partial: bool
    sheets: Sequence[str]
    merged: bool

    @property
    def place(self) -> Path:
        """The file in which its result is kept."""
        return place_of(self.county, f"{self.period}.json")

    def words(self) -> dict[str, Any]:
        """What was asked for beside the files, as JSON can hold it."""
        options = {"partial": self.partial, "sheets": list(self.sheets), "merged": self.merged}
        return {"period": self.period, "out": str(self.out.resolve()), **options}


@dataclass(frozen=True)
class AggregationResult:
    """What an aggregation said.

    Args:
        lines: Its lines on the screen.
        exit_code: Its exit code.
        ledger: The ledger's file.
        ledger_state: How that stood when the figures were read from it (`state_of_ledger`).
        books: The files that it wrote, by name, with the sha256 of each.
        until: The deadline, where it had not passed; from then on other units may be late.
    """

    lines: Sequence[str]
    exit_code: int
    ledger: str
    ledger_state: str
    books: Mapping[str, str]
    until: str | None


def remember(request: AggregationRequest, result: AggregationResult, digests: Sequence[str]) -> None:
    """Keeps the result of an aggregation for `still_true`.

    Nothing is kept where a return could not be opened, or somebody wrote to the ledger meanwhile.

    Args:
        request: What was asked for.
        result: What it said.
        digests: The sha256 of each return, as it was read.
    """
    request.place.unlink(missing_ok=True)
    if all(digests) and result.ledger_state and result.ledger_state == state_of_ledger(Path(result.ledger)):
        keep(request.place, {"key": _key(request, digests), "told": asdict(result)})


def still_true(request: AggregationRequest) -> AggregationResult | None:
    """Returns the result of the last aggregation if aggregating now would give the same; else None.

    Args:
        request: What is asked for.
    """
    before = kept(request.place)
    if before is None:
        return None
    result = AggregationResult(**before["told"])
    if result.until and datetime.now(OFFICE_TIME) > datetime.fromisoformat(result.until):
        return None
    if result.ledger_state != state_of_ledger(Path(result.ledger)):
        return None
    try:
        if before["key"] != _key(request, digests_of(request.files)):
            return None
        return result if _are_there(request.out, result.books) else None
    except (OSError, ValueError):  # the reader tells what is wrong with a return; a result is written again
        return None


def _are_there(folder: Path, books: Mapping[str, str]) -> bool:
    """Whether the results are as they were written."""
    others = {name: known for name, known in books.items() if name != DOCUMENT}
    if digests_of(folder / name for name in others) != list(others.values()):
        return False
    return DOCUMENT not in books or books[DOCUMENT] == digest(document_in(folder))


def document_in(folder: Path) -> str:
    """Returns the document as aggregating wrote it: the weekly and monthly report put their figures beside it.

    Args:
        folder: Where the results are.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no such document any more.
    """
    document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    if not isinstance(document, dict) or "schema" not in document:
        raise ValueError(DOCUMENT)
    return encode({key: value for key, value in document.items() if key not in PUT_BESIDE_LATER})


def digests_of(files: Iterable[Path]) -> list[str]:
    """Returns the sha256 of each file.

    Raises:
        OSError: One cannot be read.
    """
    with ThreadPoolExecutor() as pool:
        return list(pool.map(sha256_of, files))


def state_of_ledger(file: Path) -> str:
    """Returns what tells one state of an SQLite ledger's file from any other; empty where that is not certain."""
    try:
        if any(file.with_name(f"{file.name}{unfinished}").exists() for unfinished in ("-journal", "-wal")):
            return ""
        about = file.stat()
        with file.open("rb") as opened:
            head = opened.read(_HEAD).hex()
    except OSError:
        return ""
    return f"{file.resolve()} {about.st_ino} {about.st_size} {about.st_mtime_ns} {head}"


def _key(request: AggregationRequest, digests: Sequence[str]) -> str:
    content = {
        "asked": request.words(),
        "returns": list(zip(map(str, request.files), digests, strict=True)),
        "settings": state_of_files(request.county, _SETTINGS),
        "program": state_of_program(),
        "year": datetime.now(OFFICE_TIME).year,  # a document of next year's is a mistake
    }
    return digest(json.dumps(content, ensure_ascii=False))
