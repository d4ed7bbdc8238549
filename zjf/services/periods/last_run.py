"""The result of the last aggregation of a period, shown again where nothing has changed since.

Then no return is read, the ledger is not opened and nothing is written. Everything that could change the
outcome is compared: the bytes of every return, of the county's settings, waivers and notices, and of the
results; the program and its libraries; the head of the ledger's file, which every change alters; and whether
the deadline has passed since. If anything differs, or cannot be read, the period is aggregated anew.

This module must not import pandas: a run in which nothing has changed ends before pandas would be loaded.
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
"""The file of the JSON document."""

_SETTINGS = ("*.toml", "notices/**/*", "templates/**/*")
_HEAD = 100
"""How many bytes at the head of an SQLite file are compared; they have a counter of all changes."""


@dataclass(frozen=True)
class AggregationRequest:
    """What an aggregation was asked for.

    Args:
        period: The period, in its public spelling.
        partial: Whether the good rows of a return with errors are taken.
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
        """Returns the request without the files, for JSON."""
        options = {"partial": self.partial, "sheets": list(self.sheets), "merged": self.merged}
        return {"period": self.period, "out": str(self.out.resolve()), **options}


@dataclass(frozen=True)
class AggregationResult:
    """The result of an aggregation.

    Args:
        lines: Its lines on the screen.
        ledger_state: The file's state when the figures were read from it (`state_of_ledger`).
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

    Nothing is kept where a return could not be opened, or the ledger was changed meanwhile.
    """
    request.place.unlink(missing_ok=True)
    if all(digests) and result.ledger_state and result.ledger_state == state_of_ledger(Path(result.ledger)):
        keep(request.place, {"key": _key(request, digests), "told": asdict(result)})


def still_true(request: AggregationRequest) -> AggregationResult | None:
    """Returns the result of the last aggregation if aggregating now would give the same; else None."""
    kept_run = kept(request.place)
    if kept_run is None:
        return None
    result = AggregationResult(**kept_run["told"])
    if result.until and datetime.now(OFFICE_TIME) > datetime.fromisoformat(result.until):
        return None
    if result.ledger_state != state_of_ledger(Path(result.ledger)):
        return None
    try:
        if kept_run["key"] != _key(request, digests_of(request.files)):
            return None
        return result if _are_unchanged(request.out, result.books) else None
    except (OSError, ValueError):  # aggregating anew reports unreadable returns and rewrites the results
        return None


def _are_unchanged(folder: Path, books: Mapping[str, str]) -> bool:
    """Whether the results are as they were written."""
    book_digests = {name: book_digest for name, book_digest in books.items() if name != DOCUMENT}
    if digests_of(folder / name for name in book_digests) != list(book_digests.values()):
        return False
    return DOCUMENT not in books or books[DOCUMENT] == digest(document_in(folder))


def document_in(folder: Path) -> str:
    """Returns the document as aggregating wrote it, without figures added by the weekly and monthly report.

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
    """Returns a text that identifies the state of an SQLite ledger's file; empty where it is not certain."""
    try:
        if any(file.with_name(f"{file.name}{suffix}").exists() for suffix in ("-journal", "-wal")):
            return ""
        file_status = file.stat()
        with file.open("rb") as stream:
            head = stream.read(_HEAD).hex()
    except OSError:
        return ""
    return f"{file.resolve()} {file_status.st_ino} {file_status.st_size} {file_status.st_mtime_ns} {head}"


def _key(request: AggregationRequest, digests: Sequence[str]) -> str:
    content = {
        "asked": request.words(),
        "returns": list(zip(map(str, request.files), digests, strict=True)),
        "settings": state_of_files(request.county, _SETTINGS),
        "program": state_of_program(),
        "year": datetime.now(OFFICE_TIME).year,  # a document of next year's is a mistake
    }
    return digest(json.dumps(content, ensure_ascii=False))
