"""What the papers that come round have in common: their options, and how they are written."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape

from zjf import console, public_json
from zjf.briefings.briefing import Briefing
from zjf.briefings.compiling import current
from zjf.briefings.document import document
from zjf.briefings.letter import letter
from zjf.briefings.page import page
from zjf.briefings.trend import trend
from zjf.county import County
from zjf.documents.page import Page
from zjf.documents.sections import Letter
from zjf.errors import CannotDoError, UsageError
from zjf.figures.reckoning import Reckoning
from zjf.files import replacing
from zjf.ledger.of_county import find_ledger
from zjf.locking import exclusive
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.public_json import DocumentName
from zjf.render import markdown as briefing_text
from zjf.render.docx import letter as word_letter
from zjf.render.docx.letter import write_letter
from zjf.render.html import page as html_page
from zjf.render.html.page import write_page
from zjf.render.markdown import write_text
from zjf.render.xlsx.briefing import write_weekly_book
from zjf.resources import template, templates

AsOption = Annotated[str, typer.Option("--as", help="文件样式，可用逗号连写：md、docx、xlsx、html（网页）。")]
OutOption = Annotated[
    Path | None,
    typer.Option("-o", "--out", help="放在哪个文件夹；默认 out/期次。", show_default=False, readable=False),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="只显示错误（定时任务用）。")]
WaitOption = Annotated[
    float,
    typer.Option("--wait", min=0, metavar="SECONDS", help="另一个 zjf 正在运行时，最多等几秒。"),
]


@dataclass(frozen=True)
class Publication:
    """A paper that comes round.

    Args:
        every: How often.
        name: What its files are called.
        figures: The file of its figures.
        briefing: What it says for a period.
    """

    every: Literal["week", "month"]
    name: str
    figures: str
    briefing: Callable[[Reckoning, Period, datetime], Briefing]


def issue(
    command: str,
    paper: Publication,
    period: str | None,
    styles: str,
    out: Path | None,
    county: Path | None,
    *,
    quiet: bool,
    wait: float,
) -> None:
    """Writes a paper in the styles asked for and its figures, and ends with exit code 0, or 1 where something is open.

    Raises:
        UsageError: There is no such style, or the period is of another kind.
        CannotDoError: There is no ledger, nothing in it for the period, or another run does not end.
    """
    wanted = _known_styles(styles)
    home = County.find(county)
    notice = Notice.load(home.notice, home.folder)
    now = datetime.now(OFFICE_TIME)
    asked = Period.parse(period) if period else current(home, notice, paper.every, now.date())
    if paper.every == "month" and asked.kind != "month":
        raise UsageError(f"{command} 的 --period 要写月份，不是「{asked}」", "如 2024-06。")
    with exclusive(home.folder, command, wait=wait):
        ledger = find_ledger(home)
        if ledger is None:
            raise CannotDoError("本县还没有台账", "请先运行 zjf aggregate 接收各单位的报表。")
        reckoning = Reckoning(home, notice, ledger)
        briefing = paper.briefing(reckoning, asked, now)
        written = _write(
            RenderInput(briefing, letter(briefing), reckoning), paper, wanted, out or home.out(asked)
        )
    if not quiet:
        console.show_written(written)
    raise typer.Exit(int(briefing.troubled))


@dataclass(frozen=True)
class RenderInput:
    """What the writers are handed: what is said, as data and as prose, and where more is to be had."""

    briefing: Briefing
    letter: Letter
    reckoning: Reckoning

    @property
    def home(self) -> County:
        return self.reckoning.home

    @cached_property
    def page(self) -> Page:
        return page(self.briefing, trend(self.briefing, self.reckoning))


def _write(told: RenderInput, paper: Publication, styles: tuple[str, ...], folder: Path) -> list[Path]:
    written = []
    for style in styles:
        path = folder / f"{paper.name}.{style}"
        _WRITERS[style](path, told)
        written.append(path)
    told_in_figures = document(told.briefing)
    _write_json(folder / paper.figures, told_in_figures)
    _add_to_summary(folder / "summary.json", Path(paper.figures).stem, told_in_figures)
    return [*written, folder / paper.figures]


def _add_to_summary(summary: Path, name: str, figures: dict[str, Any]) -> None:
    """Puts figures beside the period's own, until the period is aggregated anew."""
    if not summary.is_file():
        return
    try:
        known = json.loads(summary.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = None
    if isinstance(known, dict) and known.get("schema") == DocumentName.AGGREGATE:
        _write_json(summary, known | {name: figures})
    else:
        console.err().print(
            f"[yellow]{escape(str(summary))} 读不出来，{name} 的数没有写进去[/]：请重新运行 zjf aggregate 生成它。"
        )


def _write_json(target: Path, content: dict[str, Any]) -> None:
    with replacing(target) as path:
        path.write_text(public_json.encode(content), encoding="utf-8", newline="\n")


def _write_page(path: Path, told: RenderInput) -> None:
    folders = (told.home.folder / "templates", templates())
    write_page(path, told.page, *(each / html_page.FOLDER for each in folders))


def _write_word(path: Path, told: RenderInput) -> None:
    own = template(told.home.folder, word_letter.TEMPLATE)
    write_letter(path, told.letter, own, html_page.pictures(told.page))


_WRITERS: dict[str, Callable[[Path, RenderInput], None]] = {
    "md": lambda path, told: write_text(
        path, told.letter, template(told.home.folder, briefing_text.TEMPLATE)
    ),
    "docx": _write_word,
    "xlsx": lambda path, told: write_weekly_book(path, told.letter),
    "html": _write_page,
}


def _known_styles(styles: str) -> tuple[str, ...]:
    """The styles asked for; what they need is asked for at once, before anything is written."""
    wanted = tuple(dict.fromkeys(each.strip() for each in styles.split(",")))
    for style in wanted:
        if style not in _WRITERS:
            raise UsageError(f"还不能出 {style} 样式", f"可用的有：{'、'.join(_WRITERS)}。")
    if "docx" in wanted:
        word_letter.word()
    if "html" in wanted:
        html_page.charting()
    return wanted
