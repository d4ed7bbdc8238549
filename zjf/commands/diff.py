"""zjf diff: what changed between two periods, or between two sendings of one return."""

from pathlib import Path
from typing import Annotated

import typer

from zjf import console
from zjf.checking.one_return import exit_code
from zjf.checking.resubmission import corrections
from zjf.commands.lists import check_list_file, place_of_list
from zjf.commands.options import CountyOption, Format, FormatOption, PersonalOption, out_option
from zjf.commands.unmasked import ReasonOption, record_whole
from zjf.commands.views import diff as views
from zjf.commands.views.diff_houses import HouseChangesView, merged_changes
from zjf.county import County
from zjf.errors import RECEIVE_FIRST, CannotDoError, UsageError
from zjf.figures.changes import changes_between, changes_within
from zjf.figures.reckoning import Reckoning
from zjf.ledger.of_county import ledger_to_read
from zjf.naming.kinds import NameOf
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.pipeline.returns import check_returns
from zjf.render.xlsx.sheets import write_sheets
from zjf.services.returns.checking_settings import check_settings
from zjf.services.returns.two_sendings import changed_houses

Before = Annotated[
    str, typer.Argument(metavar="OLD", help="较早的期次，或先报来的文件。"), NameOf.PERIOD_OR_FILE
]
After = Annotated[
    str, typer.Argument(metavar="NEW", help="较晚的期次，或后报来的文件。"), NameOf.PERIOD_OR_FILE
]
UnitOption = Annotated[
    list[str] | None, typer.Option("--unit", help="只比较这个单位（可重复）；默认全部。"), NameOf.UNIT
]
OutOption = Annotated[Path | None, out_option("xlsx 写到哪个文件；默认当前文件夹的变化.xlsx。")]
_WORKBOOK = "变化.xlsx"


def diff(
    old: Before,
    new: After,
    unit: UnitOption = None,
    fmt: FormatOption = Format.TABLE,
    out: OutOption = None,
    show_personal: PersonalOption = False,
    reason: ReasonOption = "",
    county: CountyOption = None,
) -> None:
    """比较两期的房屋、数字和比率；一期之内先后报来的（OLD 和 NEW 写同一期）；或先后报来的两份文件，看问题改了没有、房屋动了哪些。"""
    check_list_file(out, fmt)
    home = County.if_any(county)
    record_whole(show_personal, home, "diff", reason)
    files = [Path(path) for path in (old, new) if Path(path).is_file()]
    listing = place_of_list(_WORKBOOK, out, None) if fmt is Format.XLSX else None
    code = 0
    if len(files) == 2:
        resubmission = _sendings(files, home, show_personal)
        view: views.View = resubmission
        code = exit_code([resubmission.second], strict=False)
    elif files:
        raise UsageError("一个是文件，一个不是", "请写两个期次（2024-W22 2024-W23），或两个文件。")
    elif old.strip().upper() == new.strip().upper():
        view = _within(Period.parse(old), unit or [], county, show_personal)
    else:
        earlier, later = Period.parse(old), Period.parse(new)
        if later.by_end < earlier.by_end:
            raise UsageError("较晚的期次写在了前面", f"请写 zjf diff {later} {earlier}。")
        view = _periods(earlier, later, unit or [], county, show_personal)
    if fmt is Format.JSON:
        console.say_json(view.document())
    elif listing:
        write_sheets(listing, view.title, view.sheets(), own_list=True, remarks=view.remarks)
        console.show_written([listing])
    else:
        view.show(console.out())
    raise typer.Exit(code)


def _sendings(files: list[Path], home: County | None, show_personal: bool) -> views.Resubmission:
    settings = check_settings(home, None, show_personal=show_personal)
    # Each is checked by itself: checked together they would be one return sent twice (D404).
    first, second = (check_returns([path], settings, keep_rows=True)[0] for path in files)
    houses = HouseChangesView(changed_houses(first, second), show_personal, first.people)
    return views.Resubmission(first, second, corrections(first, second), houses)


def _within(period: Period, units: list[str], county: Path | None, show_personal: bool) -> views.WithinPeriod:
    home = County.find(county)
    ledger = ledger_to_read(home)
    with ledger.one_state():  # returns may come in meanwhile
        by_unit = changes_within(ledger, str(period), units or home.roster.names)
        houses = HouseChangesView(merged_changes(by_unit.values()), show_personal, ledger.people())
    return views.WithinPeriod(str(period), tuple(by_unit), houses)


def _periods(
    old: Period, new: Period, units: list[str], county: Path | None, show_personal: bool
) -> views.Periods:
    home = County.find(county)
    notice = Notice.in_force(home)
    ledger = ledger_to_read(home)
    with ledger.one_state():  # returns may come in meanwhile
        on_record = ledger.periods()
        for period in (old, new):
            if str(period) not in on_record:
                hint = f"台账中有：{'、'.join(on_record)}。" if on_record else RECEIVE_FIRST
                raise CannotDoError(f"台账中没有 {period} 的数据", hint)
        changes = changes_between(Reckoning(home, notice, ledger), str(old), str(new), units)
        view = HouseChangesView(changes.houses, show_personal, ledger.people())
    return views.Periods(home.name, changes, view)
