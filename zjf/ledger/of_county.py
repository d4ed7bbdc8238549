"""A county's own ledger: to be written to, or only to be looked into."""

from zjf.county import County
from zjf.ledger.ledger import Ledger


def open_ledger(home: County) -> Ledger:
    """The ledger, to be written to: made where there is none, and upgraded where it is an older zjf's.

    Raises:
        CannotDoError: As `Ledger.open`.
    """
    return Ledger.open(home.ledger_url, folder=home.folder, roster=home.roster)


def find_ledger(home: County) -> Ledger | None:
    """The ledger where there is one, for who only looks.

    Raises:
        CannotDoError: As `Ledger.find`.
    """
    return Ledger.find(home.ledger_url, folder=home.folder, roster=home.roster)


def ledger_to_read(home: County) -> Ledger:
    """The ledger, or one in which nothing is, for who only looks.

    Raises:
        CannotDoError: As `Ledger.find`.
    """
    return find_ledger(home) or Ledger.empty(home.roster)
