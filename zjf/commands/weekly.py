"""zjf weekly: the leading group's weekly summary."""

from zjf.briefings.compiling import weekly as briefing_of
from zjf.commands.briefings import AsOption, OutOption, QuietOption, WaitOption, issue
from zjf.commands.options import CountyOption, PeriodOption
from zjf.services.tables.publications import Publication

ROUND = Publication("zjf weekly", "week", "周报", "weekly.json", briefing_of)


def weekly(
    period: PeriodOption = None,
    as_: AsOption = "md,docx,xlsx",
    out: OutOption = None,
    quiet: QuietOption = False,
    wait: WaitOption = 60,
    county: CountyOption = None,
) -> None:
    """出周报：报送情况、全县进展、三项比率和排名、逾期和未落实事项。不写 --period 就出截止日已到的最近一周。"""
    issue(ROUND, period, as_, out, county, quiet=quiet, wait=wait)
