"""The kinds of names that commands take. Light: completing a command line needs it."""

from enum import StrEnum


class NameOf(StrEnum):
    """The kind of name that a command's parameter takes; it is part of the parameter's annotation.

    Every parameter that takes a text has one; `FREE_TEXT` marks text that is no name.
    """

    FORM = "form"
    TABLE = "table"
    PAPER = "paper"
    NOTICE = "notice"
    UNIT = "unit"
    UNIT_OR_COUNTY = "unit-or-county"
    PERIOD = "period"
    PERIOD_OR_FILE = "period-or-file"
    STEP = "step"
    MADE = "made"
    TOPIC = "topic"
    STYLES = "styles"
    COMPUTER_WORD = "computer-word"
    HOUSE = "house"
    FREE_TEXT = "free-text"


WHAT = {
    NameOf.FORM: "这种表",
    NameOf.TABLE: "这种表",
    NameOf.PAPER: "这种文书",
    NameOf.NOTICE: "这个通知",
    NameOf.STEP: "这一步",
    NameOf.MADE: "可打开的",
    NameOf.TOPIC: "这个代码或数字",
}
"""The words of a message for something of the kind."""
