"""The drawings of printed tables: a digest of each PDF and web page, known when templates and typefaces are others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from zjf.ledger.ledger import Ledger
from zjf.ledger.records import PrintedTable
from zjf.ledger.registers import log
from zjf.ledger.registers.printed import PRESS, digest_of

_EVENT = "paper drawn"


def record_drawings(ledger: Ledger, period: str, drawings: Mapping[str, str]) -> None:
    """Puts on record how papers are drawn; writes nothing where all are on record.

    Args:
        drawings: By the digest of a table's entry, the digest of its pages.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    known = _on_record(ledger, period)
    new = {entry: drawing for entry, drawing in drawings.items() if (entry, drawing) not in known}
    if new:
        with ledger.writing("printed", period) as connection:
            log.add(connection, datetime.now(UTC), _EVENT, log.Subject(period=period), drawings=new)


def drawings_of(ledger: Ledger, printed: PrintedTable) -> frozenset[str]:
    """Returns the digests of a table's pages each time that it was printed otherwise.

    Raises:
        CannotDoError: As the ledger's methods.
    """
    as_page = replace(printed, content={key: said for key, said in printed.content.items() if key != PRESS})
    wanted = {digest_of(printed), digest_of(as_page)}
    return frozenset(drawing for entry, drawing in _on_record(ledger, printed.period) if entry in wanted)


def _on_record(ledger: Ledger, period: str) -> set[tuple[str, str]]:
    return {
        drawing
        for event in ledger.events(period)
        if event.what == _EVENT
        for drawing in event.detail["drawings"].items()
    }
