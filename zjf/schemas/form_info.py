"""What a form is called and how its table behaves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormInfo:
    """What a form is called and how its table behaves.

    Args:
        id: The public name (`house-ledger`).
        title: The official title, without the township's name.
        row_is: What one row stands for, in words.
        short_title: What files and messages call it; its title unless given. No two forms share one.
        number: The notice's number for it (附件1), when it has one.
        key: The fields that name a row within a unit; empty where a unit has but one row.
        known_countywide: Whether that key names the row in the whole county (a house's number), and not only
            within a unit (a village, the number of a problem).
        unit_of_count: The unit printed above the table (栋).
        signed: Whether a signature line and a stamp place stand below it.
        totalled: Whether its last row is the total of the others (A308).
        source: The clause it comes from.
        names: What else clerks call it.
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
