"""The weekly and monthly papers: compiled for a period, written in the given styles."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic_core import from_json

from zjf import public_json
from zjf.briefings.briefing import Briefing
from zjf.briefings.compiling import last_closed_period
from zjf.briefings.document import document
from zjf.briefings.letter import letter
from zjf.briefings.page import page
from zjf.briefings.trend import trend
from zjf.county import County
from zjf.documents.briefing_page import BriefingPage
from zjf.documents.sections import Letter
from zjf.errors import CannotDoError, UsageError
from zjf.figures.reckoning import Reckoning
from zjf.ledger.of_county import existing_ledger
from zjf.locking import exclusive
from zjf.notices.notice import Notice
from zjf.period import OFFICE_TIME, Period
from zjf.public_json import DocumentName
from zjf.render import chart_process, markdown
from zjf.render.docx import letter as word_letter
from zjf.render.html import page as html_page
from zjf.render.xlsx.letter import write_weekly_book
from zjf.resources import template, templates
from zjf.services.returns.waiting_returns import waiting_returns
from zjf.services.styles import styles_asked


@dataclass(frozen=True)
class Publication:
    """A weekly or monthly paper.

    Args:
        command: The command that writes it, as a clerk types it.
        name: The name of its files.
        figures: The file of its figures.
    """

    command: str
    every: Literal["week", "month"]
    name: str
    figures: str
    briefing: Callable[[Reckoning, Period, datetime], Briefing]


@dataclass(frozen=True)
class Published:
    """A paper that was written.

    Args:
        files: The files, in the order of the styles; the figures last.
        troubled: Whether something in the period is unsettled.
        unreadable_summary: The summary.json that the figures could not be put into; None if they could.
        waiting: A sentence about returns of the period that its figures lack; empty where there are none.
    """

    files: list[Path]
    troubled: bool
    unreadable_summary: Path | None
    waiting: str


def publish(
    paper: Publication, home: County, period: str | None, styles: Sequence[str], out: Path | None, wait: float
) -> Published:
    """Writes a paper and its figures.

    Args:
        period: The period, as it was typed; None: the last one whose closing day has come.
        styles: The styles, from `known_styles`.
        out: The folder; None: the period's own.
        wait: For how many seconds another run is waited for.

    Raises:
        UsageError: The period is of another kind.
        CannotDoError: There is no ledger, nothing in it for the period, or another run does not end.
    """
    notice = Notice.in_force(home)
    now = datetime.now(OFFICE_TIME)
    published_period = (
        Period.parse(period) if period else last_closed_period(home, notice, paper.every, now.date())
    )
    if paper.every == "month" and published_period.kind != "month":
        raise UsageError(f"{paper.command} 的 --period 要写月份，不是「{published_period}」", "如 2024-06。")
    with exclusive(home.folder, paper.command, wait=wait):
        ledger = existing_ledger(home)
        reckoning = Reckoning(home, notice, ledger)
        with ledger.one_state():
            contents = RenderInput(paper.briefing(reckoning, published_period, now), reckoning)
        published = _write(contents, paper, styles, out or home.out(published_period))
        with suppress(OSError, CannotDoError):  # what earlier periods came to is only counted again
            reckoning.keep()
        return published


def known_styles(styles: str) -> tuple[str, ...]:
    """Returns the styles asked for; makes sure, before anything is written, that their extras are installed.

    Raises:
        UsageError: There is no such style.
        CannotDoError: An extra that it needs is not installed.
    """
    style_names = styles_asked(styles, _WRITERS, "还不能出 {} 样式")
    if "docx" in style_names:
        word_letter.word()
    if "html" in style_names:
        html_page.charting()
    return style_names


@dataclass(frozen=True)
class RenderInput:
    """The input of each writer: the briefing, as a letter or a page, and the county's figures by period."""

    briefing: Briefing
    reckoning: Reckoning

    @property
    def home(self) -> County:
        return self.reckoning.home

    @cached_property
    def letter(self) -> Letter:
        return letter(self.briefing)

    @cached_property
    def page(self) -> BriefingPage:
        return page(self.briefing, trend(self.briefing, self.reckoning))


def _write(contents: RenderInput, paper: Publication, styles: Sequence[str], folder: Path) -> Published:
    files = []
    for style in styles:
        path = folder / f"{paper.name}.{style}"
        _WRITERS[style](path, contents)
        files.append(path)
    figures = document(contents.briefing)
    public_json.write(folder / paper.figures, figures)
    summary = folder / "summary.json"
    added = _add_to_summary(summary, Path(paper.figures).stem, figures)
    waiting = waiting_returns(contents.home, contents.reckoning.ledger, contents.briefing.period)
    return Published(
        [*files, folder / paper.figures], contents.briefing.troubled, None if added else summary, waiting
    )


def _add_to_summary(summary: Path, name: str, figures: Mapping[str, Any]) -> bool:
    """Adds figures to the period's summary.json; returns False if that cannot be read."""
    if not summary.is_file():
        return True
    try:
        content = from_json(summary.read_bytes())
    except (OSError, ValueError):
        return False
    if not isinstance(content, dict) or content.get("schema") != DocumentName.AGGREGATE:
        return False
    public_json.write(summary, content | {name: figures})
    return True


def _write_page(path: Path, contents: RenderInput) -> None:
    folders = (contents.home.folder / "templates", templates())
    html_page.write_page(path, contents.page, *(folder / html_page.FOLDER for folder in folders))


def _write_word(path: Path, contents: RenderInput) -> None:
    word_template = template(contents.home.folder, word_letter.TEMPLATE)
    charts = chart_process.pictures(contents.page)
    word_letter.write_letter(path, contents.letter, word_template, charts, contents.page.chart_key)


def _write_markdown(path: Path, contents: RenderInput) -> None:
    markdown.write_text(path, contents.letter, template(contents.home.folder, markdown.TEMPLATE))


_WRITERS: dict[str, Callable[[Path, RenderInput], None]] = {
    "md": _write_markdown,
    "docx": _write_word,
    "xlsx": lambda path, contents: write_weekly_book(path, contents.letter),
    "html": _write_page,
}
