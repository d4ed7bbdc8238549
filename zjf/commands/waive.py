"""zjf waive: the units' answers to problems, and the county's decision which problems it waives."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from zjf import console
from zjf.checking.waivers import WAIVERS_FILE
from zjf.commands.options import CountyOption, PeriodOption
from zjf.county import County
from zjf.errors import UsageError
from zjf.ledger.of_county import ledger_to_read
from zjf.naming.kinds import NameOf
from zjf.period import Period
from zjf.schemas.masked_rows import mask_house_id
from zjf.services.latest_period import latest_on_record
from zjf.services.returns.answered_waivers import Proposal, proposals, write_waivers

FromAnswersOption = Annotated[
    bool, typer.Option("--from-answers", help="列出各单位写来的情况说明，由县里逐条决定是否豁免。")
]
UnitOption = Annotated[str | None, typer.Option("--unit", help="只看这个单位。"), NameOf.UNIT]
NumberOption = Annotated[
    list[int] | None, typer.Option("--number", help="豁免清单中的第几条（可重复）；不写则逐条询问。")
]
ByOption = Annotated[str | None, typer.Option("--by", help="核准人。"), NameOf.FREE_TEXT]
UntilOption = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="豁免到哪一天为止。")
]


def waive(
    from_answers: FromAnswersOption = False,
    period: PeriodOption = None,
    unit: UnitOption = None,
    number: NumberOption = None,
    by: ByOption = None,
    until: UntilOption = None,
    county: CountyOption = None,
) -> None:
    """看各单位写来的情况说明，经县里核准的写入 waivers.toml；不核准的不起作用。"""
    if not from_answers:
        raise UsageError(
            "没有写 --from-answers", "请写 zjf waive --from-answers；其他豁免直接写在 waivers.toml 中。"
        )
    home = County.find(county)
    ledger = ledger_to_read(home)
    asked_period = Period.parse(period) if period else latest_on_record(home, ledger)
    proposed = proposals(home, ledger, str(asked_period), unit)
    _show(proposed, asked_period)
    chosen = _chosen(proposed, number)
    if not chosen:
        return
    if not by or not until:
        raise UsageError("豁免要写明核准人和期限", "请加上 --by 姓名 --until 2024-12-31。")
    new_waivers = write_waivers(home, chosen, by, until.date())
    if len(new_waivers) < len(chosen):
        console.out().print(f"{len(chosen) - len(new_waivers)} 条刚有别人写入，没有再写。")
    console.out().print(f"已写入 {len(new_waivers)} 条豁免：{escape(str(home.folder / WAIVERS_FILE))}")
    for code, about in (waiver.holds_of for waiver in new_waivers):
        console.out().print(f"  {code}　{escape(mask_house_id(about))}")
    console.out().print(f"请再运行 zjf aggregate --period {asked_period}，豁免才计入各表。")


def _show(proposed: Sequence[Proposal], period: Period) -> None:
    out = console.out()
    if not proposed:
        out.print(f"{period.label}已接收的报表中，没有待定的情况说明。")
        return
    for position, proposal in enumerate(proposed, 1):
        open_count = f"（{proposal.answer.standing} 处）"
        obstacle = f"　[yellow]不能豁免[/]：{escape(proposal.why_not)}" if proposal.why_not else ""
        out.print(
            f"{position}. {escape(proposal.unit)}　{escape(str(proposal.answer))}{open_count}{obstacle}"
        )


def _chosen(proposed: Sequence[Proposal], numbers: Sequence[int] | None) -> list[Proposal]:
    """Returns the proposals that the clerk accepts: by their numbers, else by answering at the terminal.

    Raises:
        UsageError: A number is not on the list, or its problem cannot be waived.
    """
    if numbers:
        if unknown_numbers := [number for number in numbers if not 1 <= number <= len(proposed)]:
            raise UsageError(f"清单中没有第 {unknown_numbers[0]} 条", f"清单共 {len(proposed)} 条。")
        chosen = [proposed[number - 1] for number in dict.fromkeys(numbers)]
        if not_waivable := next((proposal for proposal in chosen if proposal.why_not), None):
            raise UsageError(f"{not_waivable.answer.code}：{not_waivable.why_not}", "请去掉这一条。")
        return chosen
    if not sys.stdin.isatty():
        return []
    possible = [proposal for proposal in proposed if not proposal.why_not]
    return [
        candidate
        for candidate in possible
        if typer.confirm(f"豁免「{candidate.unit} {candidate.answer}」？", default=False)
    ]
