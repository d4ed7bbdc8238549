"""Opening a county's own ledger, for writing or for reading."""

from pathlib import Path

from zjf.county import County
from zjf.errors import RECEIVE_FIRST, CannotDoError
from zjf.files import withdraw_access
from zjf.ledger.ledger import Ledger
from zjf.ledger.safety import server_dump
from zjf.ledger.storage.database import engine_of, name_of

_RESULT = "summary.json"
"""What every aggregation leaves in the folder of its period."""


def open_ledger(home: County) -> Ledger:
    """Opens the ledger for writing: creates it where there is none, and upgrades an older zjf's.

    Raises:
        CannotDoError: As `Ledger.open`.
    """
    _refuse_where_lost(home)
    if file := ledger_file(home):
        withdraw_access(file)
    return Ledger.open(home.ledger_url, folder=home.folder, roster=home.roster)


def find_ledger(home: County) -> Ledger | None:
    """Returns the ledger for reading; None where there is none.

    Raises:
        CannotDoError: As `Ledger.find`.
    """
    _refuse_where_lost(home)
    return Ledger.find(home.ledger_url, folder=home.folder, roster=home.roster)


def existing_ledger(home: County) -> Ledger:
    """Returns the ledger for reading.

    Raises:
        CannotDoError: There is none; or as `Ledger.find`.
    """
    ledger = find_ledger(home)
    if ledger is None:
        raise CannotDoError("本县还没有台账", RECEIVE_FIRST)
    return ledger


def rehearse_ledger(home: County) -> Ledger:
    """Returns a copy of the ledger in memory, to try out what a return would do to it.

    Raises:
        CannotDoError: As `Ledger.find`.
    """
    return Ledger.rehearsal(home.ledger_url, folder=home.folder, roster=home.roster)


def ledger_to_read(home: County) -> Ledger:
    """Returns the ledger for reading; an empty one where there is none.

    Raises:
        CannotDoError: As `Ledger.find`.
    """
    return find_ledger(home) or Ledger.empty(home.roster)


def ledger_file(home: County) -> Path | None:
    """The ledger's file; None where it is a database on a server.

    Raises:
        CannotDoError: The settings' URL is not one.
    """
    url = engine_of(home.ledger_url, home.folder).url
    return Path(str(url.database)) if url.drivername.startswith("sqlite") else None


def place_of_backups(home: County) -> Path:
    """Returns the file that backups lie beside and are named after: the ledger's, or a name for one on a server."""
    return ledger_file(home) or home.folder / server_dump.NAMED_AFTER


def _refuse_where_lost(home: County) -> None:
    """Refuses to begin another ledger where results of earlier periods show that the county had one.

    Raises:
        CannotDoError: There are results and no ledger; or as `Ledger.is_kept`.
    """
    if Ledger.is_kept(home.ledger_url, folder=home.folder):
        return
    if periods := results_of(home):
        name = name_of(engine_of(home.ledger_url, home.folder))
        raise CannotDoError(
            f"找不到台账（{name}），而 out 中有{'、'.join(periods[-3:])}等 {len(periods)} 期的结果",
            "有备份的请恢复：zjf restore；台账在别处的，请改 zjf.toml 中 [ledger] 的 url；"
            "确要另起一本空的：zjf restore --new。",
        )


def results_of(home: County) -> list[str]:
    """Returns the periods that have been aggregated: those that have a folder of results."""
    return sorted(path.parent.name for path in (home.folder / "out").glob(f"*/{_RESULT}"))
