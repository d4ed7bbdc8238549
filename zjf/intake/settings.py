"""What reading a return depends on beside its bytes."""

import dataclasses
from dataclasses import dataclass
from datetime import date

from zjf.intake.limits import Limits
from zjf.period import Period
from zjf.schemas import FORMS
from zjf.unit_names import Roster


@dataclass(frozen=True)
class Intake:
    """What reading a return depends on beside its bytes.

    Args:
        roster: The county's units; an empty one takes names as written.
        latest_day: No past event may lie after it (C106): the closing day, or today.
        period: The days asked for; None asks for none (F010).
        show_personal: Whether problems show personal data unmasked.
        only_sheets: The sheets asked for, by name or pattern; none: all of them.
        ignore_sheets: Sheets that the county leaves unread, by name or pattern.
    """

    roster: Roster
    latest_day: date
    period: Period | None = None
    forms: tuple[str, ...] = tuple(FORMS)
    limits: Limits = dataclasses.field(default_factory=Limits)
    show_personal: bool = False
    only_sheets: tuple[str, ...] = ()
    ignore_sheets: tuple[str, ...] = ()
