"""`zjf rules`: the problem codes, and what each notice asks for."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

import zjf.rules  # noqa: F401  # declares every code
from zjf import console
from zjf.commands.options import CountyOption
from zjf.commands.root import chinese_names
from zjf.commands.views.tables import table_of
from zjf.commands.words.help_words import Command, group_of
from zjf.county import County
from zjf.naming.kinds import NameOf
from zjf.notices.lines import diff, lines
from zjf.notices.loading import known_notices
from zjf.notices.notice import Notice
from zjf.problems import CATALOGUE

NoticeName = Annotated[
    str, typer.Argument(help="哪个通知，如 嘉祥2024、嘉祥 或 jiaxiang-2024。"), NameOf.NOTICE
]


def list_rules(county: CountyOption = None) -> None:
    """列出各通知和全部问题代码。"""
    folder = _folder(county)
    notices = (
        (name, notice.title, notice.document or "无", notice.issuer, notice.issued or "未写明")
        for name in known_notices(folder)
        for notice in [Notice.load(name, folder)]
    )
    codes = (
        (entry.code, entry.severity.label, entry.title, entry.clause or "")
        for _, entry in sorted(CATALOGUE.items())
    )
    console.out().print(
        table_of(("代号", "名称", "文号", "发文机关", "印发日期"), notices, "通知"),
        table_of(("代码", "性质", "问题", "依据"), codes, "问题代码"),
    )


def show_rules(notice: NoticeName, county: CountyOption = None) -> None:
    """逐条列出一个通知的时间、报送、表册、尺度，并注明条款。"""
    rows = (
        ("" if number else section, line.item, line.value, line.clause)
        for section, lines_of_section in groupby(lines(_notice(notice, county)), lambda line: line.section)
        for number, line in enumerate(lines_of_section)
    )
    table = table_of(("类别", "事项", "内容", "条款"), rows, notice)
    table.caption = "条款为空的尺度，是该通知没有写明、工具按惯例取的值。"
    console.out().print(table)


def diff_rules(one: NoticeName, other: NoticeName, county: CountyOption = None) -> None:
    """列出两个通知不同的地方；“—”表示该通知没有这一条。"""
    rows = (
        (difference.section, difference.item, difference.before or "—", difference.after or "—")
        for difference in diff(_notice(one, county), _notice(other, county))
    )
    console.out().print(table_of(("类别", "事项", one, other), rows, f"{one} 与 {other} 的不同"))


def _notice(name: str, county: Path | None) -> Notice:
    return Notice.load(name, _folder(county))


def _folder(county: Path | None) -> Path | None:
    """Returns the county's folder, which may have notices of its own; None outside of any county."""
    home = County.if_any(county)
    return home.folder if home else None


rules = typer.Typer(
    help="各项规则与各份通知的要求。",
    cls=group_of(chinese_names("rules")),
    no_args_is_help=True,
    rich_markup_mode=None,
)
rules.command("list", cls=Command)(list_rules)
rules.command("show", cls=Command)(show_rules)
rules.command("diff", cls=Command)(diff_rules)
