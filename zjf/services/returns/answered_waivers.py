"""Waivers made of units' answers (情况说明): the county chooses, and the chosen ones go into waivers.toml."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from zjf.checking.answers import Answer, answers_on_record, still_standing
from zjf.checking.waivers import WAIVERS_FILE, Waiver, load_waivers
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.files import write_whole
from zjf.ledger import Ledger
from zjf.locking import exclusive

_LONGEST_REASON = 180
_WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Proposal:
    """An answer of a unit that may become a waiver, or has become one."""

    unit: str
    answer: Answer
    is_waived: bool = False

    @property
    def why_not(self) -> str:
        """Why no waiver can be made of it; empty where one can."""
        if self.is_waived:
            return f"{WAIVERS_FILE} 中已有"
        try:
            self.waiver("核准人", date.max)
        except ValidationError as wrong:
            return str(wrong.errors()[0]["msg"]).removeprefix("Value error, ")
        return ""

    def waiver(self, by: str, until: date) -> Waiver:
        """Returns the waiver that the answer becomes.

        Raises:
            ValidationError: Problems of its code, or of what it is about, cannot be waived.
        """
        about = {"unit": self.unit} if self.answer.of_all else {"house": self.answer.who}
        reason = f"{self.unit}说明：{self.answer.text}"[:_LONGEST_REASON]
        return Waiver(code=self.answer.code, **about, reason=reason, by=by, until=until)


def proposals(home: County, ledger: Ledger, period: str, unit: str | None = None) -> list[Proposal]:
    """Returns the answers of a period to problems that stood when its returns were accepted.

    Those that are waived since stay among them: a clerk who goes by the numbers of the list would waive the next one.

    Args:
        ledger: Its ledger, which keeps the answers with the returns that were accepted.
        unit: Only answers of this unit; None: of all.
    """
    waived = {waiver.holds_of for waiver in load_waivers(home)}
    return [
        Proposal(submission.unit, answer, (answer.code, about) in waived)
        for submission in ledger.submissions(period)
        if unit in (None, submission.unit)
        for answer in still_standing(answers_on_record(submission.notes))
        for about in [submission.unit if answer.of_all else answer.who]
    ]


def write_waivers(
    home: County, chosen: Sequence[Proposal], by: str, until: date, *, wait: float = _WAIT_SECONDS
) -> list[Waiver]:
    """Appends waivers to the county's file without changing its other lines.

    Args:
        by: Who approved them.
        until: The last day on which they are valid.
        wait: How many seconds to wait for another command in the county's folder.

    Returns:
        The waivers that were written: without those that somebody else has written in the meantime.

    Raises:
        CannotDoError: The file cannot be read or written, or nothing can be added at its end; or another command
            uses the county's folder all that time.
    """
    path = home.folder / WAIVERS_FILE
    with exclusive(home.folder, "zjf waive", wait=wait):
        waived = {waiver.holds_of for waiver in load_waivers(home)}
        waivers = [proposal.waiver(by, until) for proposal in chosen]
        new = [waiver for waiver in waivers if waiver.holds_of not in waived]
        if new:
            write_whole(path, _with_waivers_added(path, new))
    return new


def _with_waivers_added(path: Path, waivers: Sequence[Waiver]) -> str:
    """Returns the file's text with waivers added at its end, after trying that it can be read again."""
    before = path.read_text("utf-8-sig") if path.is_file() else ""
    added = "\n".join(map(_as_toml, waivers))
    text = f"{before.rstrip()}\n\n{added}".lstrip()
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        cure = "请把其中 waivers = […] 的写法改成一条一段的 [[waivers]]，或手工添加。"
        raise CannotDoError(f"{path} 的写法不能在末尾再添豁免，没有改动它", cure) from wrong
    return text


def _as_toml(waiver: Waiver) -> str:
    return "\n".join(["[[waivers]]", *_settings_of(waiver), ""])


def _settings_of(waiver: Waiver) -> Iterator[str]:
    for name in ("code", "unit", "house", "reason", "by"):
        value = getattr(waiver, name)
        if value:
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
    yield f"until = {waiver.until.isoformat()}"
