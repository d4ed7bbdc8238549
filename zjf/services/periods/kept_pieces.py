"""Pieces of a workbook of an earlier run, taken again where nothing that they depend on has changed.

They are not kept twice: beside the ledger stands where in the workbook each piece lies, and the digest of its bytes.
A workbook that was saved by an office program, damaged or exchanged in the meantime has other bytes there, and the
piece is made anew.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from zjf.errors import CannotDoError
from zjf.kept_results import keep, kept
from zjf.render.xlsx.deflated import Deflated


@dataclass(frozen=True)
class _Place:
    """Where a piece lies in the workbook, and what it is."""

    start: int
    size: int
    length: int
    crc: int
    digest: str


_PLACES = TypeAdapter(dict[str, _Place])


class KeptPieces:
    """The pieces that a workbook had when it was written last.

    Args:
        record: The file in which it is kept where they lie.
        workbook: The workbook. It may be gone, or another one.
    """

    def __init__(self, record: Path, workbook: Path) -> None:
        self._record, self._workbook = record, workbook
        self._places = _read(kept(record))
        self._noted: list[tuple[str, int, int, int, str]] = []

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def piece(self, key: str) -> Deflated | None:
        """Returns the piece with a key; None if there is none, or the workbook has other bytes in its place."""
        if (place := self._places.get(key)) is None:
            return None
        try:
            with self._workbook.open("rb") as file:
                file.seek(place.start)
                packed = file.read(place.size)
        except (OSError, ValueError, OverflowError):
            return None
        same = len(packed) == place.size and _digest(packed) == place.digest
        return Deflated(place.length, place.crc, packed) if same else None

    def noted(self, key: str, piece: Deflated) -> Deflated:
        """Notes a piece that is being written, in the order of the workbook, and returns it."""
        size = len(piece.packed)
        self._noted.append((key, size, piece.length, piece.crc, _digest(piece.packed)))
        return piece

    def keep(self, starts: Sequence[int]) -> None:
        """Keeps where the noted pieces lie in the workbook that was written; for the next run, which can do without.

        Args:
            starts: Where each begins.
        """
        places = {key: [start, *its] for (key, *its), start in zip(self._noted, starts, strict=True)}
        names = [field.name for field in fields(_Place)]
        with suppress(OSError, CannotDoError):  # they are only made again
            keep(self._record, {key: dict(zip(names, its, strict=True)) for key, its in places.items()})


def _digest(packed: bytes) -> str:
    return blake2b(packed, digest_size=32).hexdigest()


def _read(content: Any) -> dict[str, _Place]:
    try:
        return _PLACES.validate_python(content or {})
    except ValidationError:
        return {}
