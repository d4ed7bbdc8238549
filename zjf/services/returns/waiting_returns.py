"""The returns of a period that have not been aggregated yet."""

from pathlib import Path

from zjf.county import County
from zjf.files import sha256_of
from zjf.ledger import Ledger
from zjf.period import Period
from zjf.pipeline.finding import returns_lying_in


def waiting_returns(home: County, ledger: Ledger, period: Period) -> str:
    """Returns a sentence about files among a period's returns that were neither accepted nor sent back.

    It is empty where there are none, or where one cannot be read: that is told when it is checked.
    """
    returns, known_digests = home.returns(period), _known_digests(ledger, period)
    try:
        doubtful = _perhaps_new(returns_lying_in(returns), ledger, period, known_digests)
        count = sum(sha256_of(path) not in known_digests for path in doubtful)
    except OSError:
        return ""
    since = "是汇总以后放进来或改过的" if known_digests else ""
    return f"{returns} 中有 {count} 个文件{since}，还没有汇总。" if count else ""


def _known_digests(ledger: Ledger, period: Period) -> set[str]:
    accepted = {entry.sha256 for entry in ledger.submissions(str(period), include_superseded=True)}
    return accepted | {digest for _, _, digest in ledger.sent_back_ever(str(period))}


def _perhaps_new(files: list[Path], ledger: Ledger, period: Period, known_digests: set[str]) -> list[Path]:
    """Returns files without those whose name is on record and that nobody touched since the last one came.

    A county's returns are large: what a run must have seen as it is need not be read.
    """
    arrivals = [arrival for arrival in ledger.arrivals(str(period)) if arrival.sha256 in known_digests]
    names = {arrival.file_name for arrival in arrivals}
    last = max((arrival.first_seen_at.timestamp() for arrival in arrivals), default=0)
    return [
        path
        for path in files
        if path.name not in names or max((status := path.stat()).st_mtime, status.st_ctime) > last
    ]
