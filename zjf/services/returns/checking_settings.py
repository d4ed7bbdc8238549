"""The settings of a check of returns, made from a county's settings and a command's options."""

from collections.abc import Sequence

from zjf.checking.one_return import CheckSettings
from zjf.county import County
from zjf.intake.limits import Limits
from zjf.intake.settings import Intake
from zjf.notices.notice import Notice
from zjf.period import Period, office_today
from zjf.rules.registry import Judgement
from zjf.schemas import FORMS
from zjf.unit_names import Roster


def check_settings(
    county: County | None,
    period: Period | None,
    forms: tuple[str, ...] = tuple(FORMS),
    *,
    show_personal: bool = False,
    notice_id: str | None = None,
    sheets: Sequence[str] | None = None,
) -> CheckSettings:
    """Returns the settings of a check: roster, notice, and the period's closing day (else today).

    Args:
        show_personal: Whether problems show personal data whole.
        notice_id: The notice, where there is no county, or the county is looked at under another one.
        sheets: The sheets asked for, by name or pattern; None: all of them.
    """
    folder = county.folder if county else None
    notice_in_force = notice_id or (county.notice if county else None)
    notice = Notice.load(notice_in_force, folder) if notice_in_force else None
    if period and county and notice:
        closing_day = period.closing_day(county.calendar(notice.calendar))
    else:
        closing_day = period.last if period else office_today()
    intake = Intake(
        roster=county.roster if county else Roster(),
        latest_day=closing_day,
        period=period,
        forms=forms,
        show_personal=show_personal,
        limits=Limits.under(county),
        only_sheets=tuple(sheets or ()),
        ignore_sheets=county.sheets_left_unread if county else (),
    )
    judgement = Judgement.under(notice, closing_day) if notice else Judgement(closing_day=closing_day)
    return CheckSettings(intake, judgement)
