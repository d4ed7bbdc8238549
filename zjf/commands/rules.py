"""`zjf rules`: the problem codes, and what each notice asks for."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

import zjf.rules  # noqa: F401  # declares every code
from zjf import console
from zjf.commands.options import CountyOption
from zjf.commands.root import chinese_names
from zjf.commands.words.help_words import Command, group_of
from zjf.county import County
from zjf.naming.kinds import NameOf
from zjf.notices.lines import diff, lines
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.problems import CATALOGUE

NoticeName = Annotated[
    str,
    typer.Argument(help="哪个通知，如 嘉祥2024、嘉祥 或 jiaxiang-2024。", show_default=False),
    NameOf.NOTICE,
]


def list_rules(county: CountyOption = None) -> None:
    """列出各通知和全部问题代码。"""
    folder = _folder(county)
    notices = _table("通知", "代号", "名称", "文号", "发文机关", "印发日期")
    for name in known_notices(folder):
        notice = Notice.load(name, folder)
        issued = str(notice.issued or "未写明")
        notices.add_row(name, notice.title, notice.document or "无", notice.issuer, issued)
    codes = _table("问题代码", "代码", "性质", "问题", "依据")
    for entry in sorted(CATALOGUE.values(), key=lambda entry: entry.code):
        codes.add_row(entry.code, entry.severity.label, entry.title, entry.clause or "")
    console.out().print(notices, codes)


def show_rules(notice: NoticeName, county: CountyOption = None) -> None:
    """逐条列出一个通知的时间、报送、表册、尺度，并注明条款。"""
    table = _table(notice, "类别", "事项", "内容", "条款")
    section = ""
    for line in lines(_notice(notice, county)):
        table.add_row("" if line.section == section else line.section, line.item, line.value, line.clause)
        section = line.section
    table.caption = "条款为空的尺度，是该通知没有写明、工具按惯例取的值。"
    console.out().print(table)


def diff_rules(one: NoticeName, other: NoticeName, county: CountyOption = None) -> None:
    """列出两个通知不同的地方；“—”表示该通知没有这一条。"""
    table = _table(f"{one} 与 {other} 的不同", "类别", "事项", one, other)
    for difference in diff(_notice(one, county), _notice(other, county)):
        table.add_row(difference.section, difference.item, difference.before or "—", difference.after or "—")
    console.out().print(table)


def _notice(name: str, county: Path | None) -> Notice:
    return Notice.load(name, _folder(county))


def _folder(county: Path | None) -> Path | None:
    """Returns the county's folder, which may have notices of its own; None outside of any county."""
    home = County.find(county) if county else County.around(Path.cwd())
    return home.folder if home else None


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


rules = typer.Typer(
    help="各项规则与各份通知的要求。",
    cls=group_of(chinese_names("rules")),
    no_args_is_help=True,
    rich_markup_mode=None,
)
rules.command("list", cls=Command)(list_rules)
rules.command("show", cls=Command)(show_rules)
rules.command("diff", cls=Command)(diff_rules)
