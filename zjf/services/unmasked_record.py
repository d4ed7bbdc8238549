"""The record of who asked for personal data unmasked."""

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.services.account import account_name

EVENT = "personal data shown whole"


def put_on_record(home: County | None, command: str, reason: str) -> str:
    """Notes in the ledger's event log who asked for personal data whole, with which command and why.

    Nobody's name or number goes into the log: neither what was looked for nor what was shown.

    Returns:
        Why it could not be recorded; empty where it was.
    """
    if home is None:
        return "不在县文件夹里，没有台账可记"
    # The ledger takes long to load, and is seldom asked for here.
    from zjf.ledger.of_county import find_ledger

    try:
        ledger = find_ledger(home)
        if ledger is None:
            return "还没有台账"
        ledger.note(EVENT, command=command, by=account_name(), reason=reason)
    except CannotDoError as refused:
        return str(refused)
    return ""
