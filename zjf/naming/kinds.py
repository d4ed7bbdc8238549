"""The kinds of names that commands take. Light: completing a command line needs it."""

from enum import StrEnum


class NameOf(StrEnum):
    """What a parameter of a command takes. Stands in its annotation, behind the option.

    Every parameter that takes a text has one: a name of a kind, or text that is nobody's name.
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
"""How a message calls one of a kind."""
