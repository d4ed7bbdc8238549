"""The exceptions that stop a command. Bad data is never one of them: it is a `Problem`.

ZjfError            says what is wrong and how to cure it
├── UsageError      the command was called wrongly (exit code 2)
└── CannotDoError   settings, disk or ledger do not allow it (exit code 3)
"""


class ZjfError(Exception):
    """What stops a command, with its cure, in the words a clerk reads.

    Args:
        message: What is wrong, in Chinese.
        cure: What to do about it, in Chinese.
    """

    exit_code = 3

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}。{self.cure}" if self.cure else self.message


class UsageError(ZjfError):
    """The command was called with options or arguments that make no sense."""

    exit_code = 2


class CannotDoError(ZjfError):
    """Unreadable settings, no returns found, a full disk, a ledger that does not open."""
