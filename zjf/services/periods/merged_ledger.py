"""The merged ledger of a period: every house, with its tags, risk, next duty and departments in words.

A large county's units are put in words side by side, in worker processes: each reads its unit from the ledger.
"""

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zjf.analysis import classification
from zjf.county_folder import SETTINGS_FILE
from zjf.documents.ledger_table import LedgerTable
from zjf.errors import CannotDoError
from zjf.figures.units import HOUSES
from zjf.intake.limits import Limits
from zjf.kept_results import digest, place_of, state_of_files, state_of_program
from zjf.ledger import Ledger, Submission
from zjf.ledger.of_county import find_ledger
from zjf.pipeline.isolated_work import done_apart
from zjf.render.xlsx.deflated import Deflated
from zjf.render.xlsx.list_rows import RowsXml
from zjf.render.xlsx.long_list import LongList, write_long_list
from zjf.schemas import FORMS
from zjf.services.houses.classified_houses import Classing
from zjf.services.periods.aggregation import Aggregation
from zjf.services.periods.kept_pieces import KeptPieces

_FEW_HOUSES = 20_000
"""So many are put in words sooner than workers are started."""


class _Share(NamedTuple):
    """A unit's part of the ledger: how many houses it has, and the number of its first row on its sheet."""

    unit: str
    houses: int
    first: int


@dataclass(frozen=True)
class _InWords:
    """What a unit's part is made with. It travels to the process that makes it.

    Args:
        classing: What houses are classified by.
        period: The period, as the ledger has it.
        label: The same in words.
        filled: The columns that somebody filled in.
    """

    classing: Classing
    period: str
    label: str
    filled: frozenset[str]

    def table(self, ledger: Ledger, units: Sequence[str]) -> LedgerTable:
        """Returns the houses of some units."""
        houses = ledger.frame(HOUSES, self.period, units)
        return LedgerTable(
            FORMS[HOUSES],
            houses,
            unit=self.classing.home.name,
            period=self.label,
            shows_personal=True,
            further_columns=classification.in_words(self.classing.classes(houses)),
            filled=self.filled,
        )


@dataclass(frozen=True)
class _MakesPart:
    """Makes a unit's part, deflated."""

    words: _InWords
    rows: RowsXml

    def __call__(self, share: _Share) -> Deflated:
        if not share.houses:
            return Deflated.of(())
        ledger = find_ledger(self.words.classing.home) or Ledger.empty()
        table = self.words.table(ledger, [share.unit])
        if len(table.rows) != share.houses:
            raise CannotDoError("写合并台账时台账变了（可能另一个人正在接收）", "请再运行一次。")
        return self.rows.piece(share.first, table.values_by_column())


def write_merged(path: Path, aggregation: Aggregation, *, jobs: int | None = None) -> None:
    """Writes the merged ledger; the parts of units of which nothing has changed are taken from the one that is there.

    Args:
        path: The .xlsx to write.
        aggregation: The result of the aggregation.
        jobs: Worker processes; None: one for each core.

    Raises:
        CannotDoError: It cannot be written, or the ledger cannot be read.
    """
    ledger, period, names = aggregation.ledger, str(aggregation.period), aggregation.home.roster.names
    words = _InWords(
        Classing.of(aggregation.home, aggregation.notice, ledger, aggregation.period),
        period,
        aggregation.period.label,
        frozenset(ledger.filled_columns(HOUSES, period, names)),
    )
    houses = [len(ledger.keys(HOUSES, period, [unit])) for unit in names]
    earlier = KeptPieces(place_of(aggregation.home.folder, f"merged/{period}.json"), path)

    def parts(rows: RowsXml, firsts: Sequence[int]) -> Iterator[Deflated]:
        make, shares = _MakesPart(words, rows), list(map(_Share, names, houses, firsts))
        keys = _keys(make, shares, ledger.submissions(period, HOUSES))
        made = _made(make, [share for share in shares if keys[share] not in earlier], jobs)
        for share in shares:
            key = keys[share]
            yield earlier.noted(key, earlier.piece(key) or make(share) if key in earlier else next(made))

    shape = words.table(ledger, ())
    starts = write_long_list(
        path,
        LongList(
            title=shape.title,
            name=shape.form.info.title,
            columns=shape.columns,
            rows=houses,
            pieces=parts,
            frozen=shape.key_columns,
            footer=shape.foot,
        ),
    )
    earlier.keep(starts)


def _made(make: _MakesPart, shares: Sequence[_Share], jobs: int | None) -> Iterator[Deflated]:
    """Makes parts, in order: in worker processes where they are large."""
    if sum(share.houses for share in shares) <= _FEW_HOUSES:
        yield from map(make, shares)
        return
    limits = Limits.under(make.words.classing.home)
    for share, part in zip(shares, done_apart(make, shares, limits, jobs=jobs), strict=True):
        # Where a worker had not the memory, or could not be started, this process has.
        yield make(share) if isinstance(part, CannotDoError) else part


def _keys(make: _MakesPart, shares: Sequence[_Share], sent: Sequence[Submission]) -> dict[_Share, str]:
    """Returns what tells each part from any other: a digest of all that it depends on."""
    words, classing = make.words, make.words.classing
    on_record = pickle.dumps(
        [make.rows, classing.issues, classing.audits]
    )  # of the same, mostly the same bytes
    common = [
        state_of_program(),
        state_of_files(classing.home.folder, (SETTINGS_FILE, "notices/**/*")),
        [classing.notice.model_dump(mode="json"), classing.closing_day.isoformat()],
        [words.period, words.label, sorted(words.filled), sha256(on_record).hexdigest()],
    ]
    shared = digest(json.dumps(common, ensure_ascii=False))
    said = {share: [its.identity for its in sent if its.unit == share.unit] for share in shares}
    return {share: digest(json.dumps([shared, share, said[share]], ensure_ascii=False)) for share in shares}
