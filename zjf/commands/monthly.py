"""zjf monthly: the circular of a month, with how the units kept to their deadlines."""

from typing import Annotated

import typer

from zjf.briefings.compiling import monthly as briefing_of
from zjf.commands.briefings import AsOption, OutOption, QuietOption, WaitOption, issue
from zjf.commands.options import CountyOption
from zjf.naming.kinds import NameOf
from zjf.services.tables.publications import Publication

MonthOption = Annotated[str | None, typer.Option("--period", help="月份：2024-06。"), NameOf.PERIOD]
ROUND = Publication("zjf monthly", "month", "通报", "monthly.json", briefing_of)


def monthly(
    period: MonthOption = None,
    as_: AsOption = "md,docx,xlsx",
    out: OutOption = None,
    quiet: QuietOption = False,
    wait: WaitOption = 60,
    county: CountyOption = None,
) -> None:
    """出月度通报：月末进展与上月比较，各单位排名和报送考核。不写 --period 就出截止日已到的最近一个月。"""
    issue(ROUND, period, as_, out, county, quiet=quiet, wait=wait)
