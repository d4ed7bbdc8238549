"""What commands compare: houses from the ledger, and files whose rows are not taken into it."""

from pathlib import Path

import pandas as pd
from rich.markup import escape

from zjf import console
from zjf.checking.one_return import CheckedReturn
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.ledger import Ledger
from zjf.monitoring.unknown_units import outside_the_roster
from zjf.period import Period
from zjf.pipeline.finding import find_returns
from zjf.pipeline.returns import check_returns
from zjf.schemas import FORMS
from zjf.schemas.form_ids import HOUSES
from zjf.services.returns.checking_settings import check_settings


def ledger_houses(home: County, ledger: Ledger, period: Period) -> pd.DataFrame:
    """Returns the county's houses of a period; units on record that the roster does not know are reported.

    Raises:
        CannotDoError: No house ledger was accepted for it.
    """
    say_strangers(home, ledger, period)
    houses = ledger.frame(HOUSES, str(period), home.roster.names)
    if houses.empty:
        raise CannotDoError(
            f"{period} 还没有接收任何{FORMS[HOUSES].info.title}", "请先用 zjf aggregate 接收各单位的报表。"
        )
    return houses


def say_strangers(home: County, ledger: Ledger, period: Period) -> None:
    """Reports on stderr the units on record that the roster does not know."""
    for problem in outside_the_roster(home, ledger, period):
        console.err().print(
            f"[{console.STYLES[problem.severity]}]{problem.code}[/] {escape(problem.message)}"
        )


def read_rows(
    paths: list[Path], form_id: str, home: County, period: Period
) -> tuple[list[CheckedReturn], pd.DataFrame]:
    """Reads files of one form; rows with errors are left out.

    Returns:
        What was found in each file, and the good rows of the form, the unit filled in.

    Raises:
        CannotDoError: A path does not exist, or no file holds such a table.
    """
    with console.progress_bar("正在读取") as progress:
        settings = check_settings(home, period)
        checked = check_returns(find_returns(paths), settings, keep_rows=True, progress=progress)
    frames = [
        table.frame[[row + 1 not in rejected for row in table.rows]]
        for checked_return in checked
        for table in checked_return.tables
        if table.form.id == form_id
        for rejected in [checked_return.rejected_rows(table)]
    ]
    if not frames:
        console.show_checked(checked, limit=20)
        raise CannotDoError(
            f"这些文件中没有《{FORMS[form_id].info.title}》", "请核对文件；表头要与空白表一致。"
        )
    return checked, pd.concat(frames, ignore_index=True).astype(object)
