"""The name of the account on this computer, for records of who did something."""

import getpass


def account_name() -> str:
    """Returns the name of the account on this computer; empty where it has none, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises depends on the Python and the system
        return ""
