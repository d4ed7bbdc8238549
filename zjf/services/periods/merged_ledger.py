"""The merged ledger of a period: every house, with its tags, risk, next duty and departments in words.

In a large county the units' parts are made in worker processes, each of which reads its unit from the ledger.
"""

import json
import pickle
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zjf.analysis import classification
from zjf.county_folder import SETTINGS_FILE
from zjf.documents.ledger_table import LedgerTable
from zjf.errors import CannotDoError
from zjf.figures.classified_houses import Classifier
from zjf.figures.reckoning import Reckoning
from zjf.intake.limits import Limits
from zjf.kept_results import digest, place_of, state_of_files, state_of_program
from zjf.ledger import Ledger, Submission
from zjf.ledger.of_county import ledger_to_read
from zjf.pipeline.isolated_work import map_in_workers
from zjf.render.xlsx.deflated import Deflated
from zjf.render.xlsx.list_rows import RowsXml
from zjf.render.xlsx.long_list import LongList, write_long_list
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.kept_pieces import KeptPieces

_MOST_HOUSES_IN_ONE_PROCESS = 20_000
"""For so few, starting workers takes longer than the work."""
_MOST_HOUSES_AT_ONCE = 2_000
"""So few are classified together: most of the work is done once for a table, not once for a house."""
_MOST_TIMES_AGAIN = 5
"""So many other clerks may take returns in while the merged ledger is written."""


class _ChangedError(CannotDoError):
    """A unit has other houses than when its part of the sheet was laid out."""


class _UnitPart(NamedTuple):
    """A unit's part of the ledger: how many houses it has, and the number of its first row on its sheet."""

    unit: str
    houses: int
    first: int


@dataclass(frozen=True)
class _MergedTable:
    """Makes the tables of units' houses. It is sent to the worker processes.

    Args:
        classifier: How houses are classified.
        period: The period, as the ledger has it.
        filled: The columns that are filled in anywhere.
    """

    classifier: Classifier
    period: str
    label: str
    filled: frozenset[str]

    def table(self, ledger: Ledger, units: Sequence[str]) -> LedgerTable:
        """Returns the houses of some units."""
        houses = ledger.frame(HOUSES, self.period, units)
        return LedgerTable(
            FORMS[HOUSES],
            houses,
            unit=self.classifier.home.name,
            period=self.label,
            shows_personal=True,
            further_columns=classification.in_words(self.classifier.classes(houses)),
            filled=self.filled,
        )


@dataclass(frozen=True)
class _PartWriter:
    """Writes a unit's part of the sheet, deflated."""

    merged_table: _MergedTable
    rows: RowsXml

    def __call__(self, unit_part: _UnitPart, ledger: Ledger | None = None) -> Deflated:
        """Returns one part; a worker, to which no ledger can be sent, opens it."""
        ledger = ledger or ledger_to_read(self.merged_table.classifier.home)
        return next(self.together([unit_part], ledger))

    def together(self, unit_parts: Sequence[_UnitPart], ledger: Ledger) -> Iterator[Deflated]:
        """Yields the parts of some units, in order, whose houses are read and classified together."""
        with_houses = [unit_part for unit_part in unit_parts if unit_part.houses]
        values = self._values(with_houses, ledger) if with_houses else []
        begin = 0
        for unit_part in unit_parts:
            end = begin + unit_part.houses
            part = [column[begin:end] for column in values]
            yield self.rows.piece(unit_part.first, part) if unit_part.houses else Deflated.of(())
            begin = end

    def _values(self, unit_parts: Sequence[_UnitPart], ledger: Ledger) -> list[list[object]]:
        """Returns the values of some units' houses, column by column."""
        table = self.merged_table.table(ledger, [unit_part.unit for unit_part in unit_parts])
        counts = table.rows.township.value_counts()
        if any(counts.get(unit_part.unit, 0) != unit_part.houses for unit_part in unit_parts):
            raise _ChangedError("写合并台账时台账变了（可能另一个人正在接收）", "请再运行一次。")
        return table.values_by_column()


def write_merged(path: Path, aggregation: Aggregation, *, jobs: int | None = None) -> None:
    """Writes the merged ledger; the parts of unchanged units are taken from the earlier workbook.

    Returns may come in meanwhile. A small county is written from one state of the ledger. A large county's workers
    cannot read that state: where a unit has changed under them, all is written again. Another clerk causes that once at
    most: he takes in no more before his own files are written, and for that he waits.

    Raises:
        CannotDoError: It cannot be written, or the ledger cannot be read.
    """
    ledger = aggregation.ledger
    houses = sum(sent.rows_accepted for sent in ledger.submissions(str(aggregation.period), HOUSES))
    if houses <= _MOST_HOUSES_IN_ONE_PROCESS:
        with ledger.one_state():
            return _write(path, aggregation, jobs)
    for _ in range(_MOST_TIMES_AGAIN):
        with suppress(_ChangedError):
            return _write(path, aggregation, jobs)
    return _write(path, aggregation, jobs)


def _write(path: Path, aggregation: Aggregation, jobs: int | None) -> None:
    ledger, period, names = aggregation.ledger, str(aggregation.period), aggregation.home.roster.names
    merged_table = _MergedTable(
        Classifier.of(Reckoning(aggregation.home, aggregation.notice, ledger), aggregation.period),
        period,
        aggregation.period.label,
        frozenset(ledger.filled_columns(HOUSES, period, names)),
    )
    house_counts = [len(ledger.keys(HOUSES, period, [unit])) for unit in names]
    kept_pieces = KeptPieces(place_of(aggregation.home.folder, f"merged/{period}.json"), path)

    def parts(rows: RowsXml, first_numbers: Sequence[int]) -> Iterator[Deflated]:
        write_part = _PartWriter(merged_table, rows)
        unit_parts = list(map(_UnitPart, names, house_counts, first_numbers))
        keys = _keys(write_part, unit_parts, ledger.submissions(period, HOUSES))
        changed_parts = [unit_part for unit_part in unit_parts if keys[unit_part] not in kept_pieces]
        new_pieces = _write_parts(write_part, changed_parts, ledger, jobs)
        for unit_part in unit_parts:
            key = keys[unit_part]
            if key in kept_pieces:
                piece = kept_pieces.piece(key) or write_part(unit_part, ledger)
            else:
                piece = next(new_pieces)
            yield kept_pieces.noted(key, piece)

    empty_table = merged_table.table(ledger, ())
    piece_starts = write_long_list(
        path,
        LongList(
            title=empty_table.title,
            name=empty_table.form.info.title,
            columns=empty_table.columns,
            rows=house_counts,
            pieces=parts,
            frozen=empty_table.key_columns,
            footer=empty_table.foot,
        ),
    )
    kept_pieces.keep(piece_starts)


def _write_parts(
    write_part: _PartWriter, unit_parts: Sequence[_UnitPart], ledger: Ledger, jobs: int | None
) -> Iterator[Deflated]:
    """Writes parts, in order: in worker processes if they have many houses."""
    houses = sum(unit_part.houses for unit_part in unit_parts)
    if houses <= min(_MOST_HOUSES_AT_ONCE, _MOST_HOUSES_IN_ONE_PROCESS):
        yield from write_part.together(unit_parts, ledger)
    elif houses <= _MOST_HOUSES_IN_ONE_PROCESS:
        yield from (write_part(unit_part, ledger) for unit_part in unit_parts)
    else:
        limits = Limits.under(write_part.merged_table.classifier.home)
        pieces = map_in_workers(write_part, unit_parts, limits, jobs=jobs)
        for unit_part, piece in zip(unit_parts, pieces, strict=True):
            # Where a worker lacked memory, or could not be started, the part is written in this process.
            yield write_part(unit_part, ledger) if isinstance(piece, CannotDoError) else piece


def _keys(
    write_part: _PartWriter, unit_parts: Sequence[_UnitPart], submissions: Sequence[Submission]
) -> dict[_UnitPart, str]:
    """Returns a key for each part: a digest of all that it depends on."""
    merged_table, classifier = write_part.merged_table, write_part.merged_table.classifier
    # Equal objects nearly always give the same bytes; where not, the parts are only written again.
    records = pickle.dumps([write_part.rows, classifier.issues, classifier.audits])
    common = [
        state_of_program(),
        state_of_files(classifier.home.folder, (SETTINGS_FILE, "notices/**/*")),
        [classifier.notice.model_dump(mode="json"), classifier.closing_day.isoformat()],
        [merged_table.period, merged_table.label, sorted(merged_table.filled), sha256(records).hexdigest()],
    ]
    shared_digest = digest(json.dumps(common, ensure_ascii=False))
    keys = {}
    for unit_part in unit_parts:
        identities = [submission.identity for submission in submissions if submission.unit == unit_part.unit]
        keys[unit_part] = digest(json.dumps([shared_digest, unit_part, identities], ensure_ascii=False))
    return keys
