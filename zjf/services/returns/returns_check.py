"""Checks of returns: each alone, all together, and against the county's ledger. Nothing is accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from zjf.checking.across_returns import CountyContext
from zjf.checking.due_dates import add_overdue_steps
from zjf.checking.one_return import CheckedReturn, CheckSettings
from zjf.checking.waivers import WaiversUsed, apply_waivers, load_waivers
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.files import is_there
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.pipeline.returns import check_returns
from zjf.problems import NOBODY, People
from zjf.rules.progress import PastOf

if TYPE_CHECKING:
    from zjf.checking.current_period import AcceptedThisPeriod
    from zjf.ledger import Ledger


@dataclass(frozen=True)
class CheckOptions:
    """How returns are checked.

    Args:
        jobs: Worker processes; None: one for each core.
        cluster: The address of a Dask scheduler whose workers check them instead.
        progress: Called with how many files are done, of how many.
        sheets: The sheets that are read, by name or pattern; all of them unless given.
        with_overdue_steps: Whether a county's check tells what was not done by the notice's day (R603, R611).
    """

    jobs: int | None = None
    cluster: str | None = None
    progress: Callable[[int, int], None] = lambda done, of: None
    sheets: tuple[str, ...] = ()
    with_overdue_steps: bool = False


@dataclass(frozen=True)
class ReturnsCheck:
    """The result of checking returns.

    Args:
        returns: One result for each file, in the order of the paths.
        not_compared: Why nothing was compared with the ledger; empty where it was.
    """

    returns: list[CheckedReturn]
    waivers: WaiversUsed
    not_compared: str = ""


def check_files(
    files: Sequence[Path],
    settings: CheckSettings,
    home: County | None,
    period: Period | None,
    options: CheckOptions = CheckOptions(),  # it is frozen
) -> ReturnsCheck:
    """Checks files, with a county's waivers and against its ledger where both it and the period are known.

    Raises:
        CannotDoError: The waivers cannot be used, or the cluster does not answer.
    """
    waivers = load_waivers(home) if home else ()
    waive = partial(
        apply_waivers, waivers, closing_day=settings.judgement.closing_day, people=partial(_people, home)
    )
    is_compared = bool(home and period and _may_have_ledger(home))
    on_record = cache(partial(_on_record, home, period))

    def known() -> CountyContext:
        past, accepted, _ = on_record()
        # Of two returns the one seen later counts, without a period, too.
        ledger = accepted or _ledger_if_readable(home)
        return CountyContext(
            first_seen=ledger.first_seen if ledger else None,
            past=past if is_compared else None,
            waive=waive,
            on_record=accepted,
        )

    checked = check_returns(
        files,
        settings,
        jobs=options.jobs,
        cluster=options.cluster,
        keep_rows=options.with_overdue_steps or is_compared,
        progress=options.progress,
        known=known,
    )
    if home and options.with_overdue_steps:
        add_overdue_steps(checked, Notice.in_force(home), settings.judgement)
    return ReturnsCheck(checked, waive(checked), on_record()[-1])


def _people(home: County | None) -> People:
    """Returns everybody named in the county's ledger; nobody where there is none that can be read."""
    ledger = _ledger_if_readable(home)
    try:
        return ledger.people() if ledger else NOBODY
    except CannotDoError:  # the returns can be checked without it
        return NOBODY


def _ledger_if_readable(home: County | None) -> "Ledger | None":
    if not (home and _may_have_ledger(home)):
        return None
    from zjf.ledger.of_county import find_ledger

    try:
        return find_ledger(home)
    except CannotDoError:  # the returns can be checked without it
        return None


def _may_have_ledger(home: County) -> bool:
    """Returns whether there may be a ledger: loading what opens one takes longer than checking a small return."""
    file = home.ledger_url.removeprefix("sqlite:///")
    return file == home.ledger_url or "?" in file or is_there(file)


def _on_record(
    home: County | None, period: Period | None
) -> "tuple[PastOf | None, AcceptedThisPeriod | None, str]":
    """Returns the accepted returns to compare with: the last before the period, and the period's own.

    Both are None where there is no county, period or ledger, or none that can be reached. The text then says why.
    """
    if not (home and period):
        return None, None, ""
    from zjf.checking.current_period import AcceptedThisPeriod
    from zjf.checking.earlier_periods import LastAccepted
    from zjf.ledger.of_county import find_ledger

    try:
        ledger = find_ledger(home)
    except CannotDoError as unreachable:
        return None, None, str(unreachable)
    if ledger is None:
        return None, None, ""
    notice = Notice.in_force(home)
    floors = notice.thresholds.floors.value
    accepted = AcceptedThisPeriod(ledger, str(period), home.roster.names, floors=floors)
    return LastAccepted(ledger, period, home.calendar(notice.calendar)), accepted, ""
