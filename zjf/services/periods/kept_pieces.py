"""Pieces of an earlier run's workbook, used again if nothing that they depend on has changed.

They are not stored twice: a file beside the ledger has each piece's position in the workbook, and a digest of its
bytes. If an office program saved the workbook since, or it was replaced, the bytes differ: the piece is made anew.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from zjf.errors import CannotDoError
from zjf.kept_results import keep, kept
from zjf.render.xlsx.deflated import Deflated


@dataclass(frozen=True)
class _Position:
    """The position of a piece in the workbook, its size and digest, and the length and CRC-32 of its text."""

    start: int
    size: int
    length: int
    crc: int
    digest: str


_POSITIONS = TypeAdapter(dict[str, _Position])


class KeptPieces:
    """The pieces of a workbook as it was written last.

    Args:
        record: The file of their positions.
        workbook: The workbook. It may be gone, or replaced.
    """

    def __init__(self, record: Path, workbook: Path) -> None:
        self._record, self._workbook = record, workbook
        self._positions = _read(kept(record))
        self._noted: list[tuple[str, _Position]] = []

    def __contains__(self, key: str) -> bool:
        return key in self._positions

    def piece(self, key: str) -> Deflated | None:
        """Returns the piece with a key; None if there is none, or the workbook has other bytes there."""
        if (position := self._positions.get(key)) is None:
            return None
        try:
            with self._workbook.open("rb") as file:
                file.seek(position.start)
                packed = file.read(position.size)
        except (OSError, ValueError, OverflowError):
            return None
        is_unchanged = len(packed) == position.size and _digest(packed) == position.digest
        return Deflated(position.length, position.crc, packed) if is_unchanged else None

    def noted(self, key: str, piece: Deflated) -> Deflated:
        """Notes a piece that is being written, in the order of the workbook, and returns it."""
        position = _Position(0, len(piece.packed), piece.length, piece.crc, _digest(piece.packed))
        self._noted.append((key, position))
        return piece

    def keep(self, piece_starts: Sequence[int]) -> None:
        """Stores the positions of the noted pieces from the offset of each; if that fails, the next run makes them anew."""
        positions = {
            key: asdict(replace(position, start=start))
            for (key, position), start in zip(self._noted, piece_starts, strict=True)
        }
        with suppress(OSError, CannotDoError):
            keep(self._record, positions)


def _digest(packed: bytes) -> str:
    return blake2b(packed, digest_size=32).hexdigest()


def _read(content: Any) -> dict[str, _Position]:
    try:
        return _POSITIONS.validate_python(content or {})
    except ValidationError:
        return {}
