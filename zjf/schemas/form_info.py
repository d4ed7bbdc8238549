"""The names of a form and the properties of its table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormInfo:
    """The names of a form and the properties of its table.

    Args:
        id: The public name (`house-ledger`).
        title: The official title, without the township's name.
        row_is: What one row stands for, in words.
        short_title: Its name in files and messages; its title unless given. No two forms have the same.
        number: The notice's number for it (附件1), when it has one.
        key: The fields that identify a row within a unit; empty where a unit has only one row.
        known_countywide: Whether that key identifies the row in the whole county (a house's number), and not
            only within a unit (a village, the number of a problem).
        unit_of_count: The unit printed above the table (栋).
        signed: Whether a signature line and a stamp place stand below it.
        totalled: Whether its last row is the total of the others (A308).
        source: The clause it comes from.
        names: Other names that clerks use for it.
    """

    id: str
    title: str
    row_is: str
    short_title: str = ""
    number: str = ""
    key: tuple[str, ...] = ()
    known_countywide: bool = False
    unit_of_count: str = ""
    signed: bool = False
    totalled: bool = False
    source: str = ""
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "short_title", self.short_title or self.title)
