"""A county of chance: what its units sent for three periods, on record in a ledger and kept beside it as plain rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from json import dumps
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.recounts.attachments import attachment_1, attachment_2
from tests.recounts.lives import Fate, Row
from tests.typed_rows import frame_of
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Ledger, Rejection, Sighting
from zjf.ledger.of_county import open_ledger
from zjf.ledger.rows.submissions import accept, prepared
from zjf.notices.notice import Notice
from zjf.schemas import FORMS

HOUSES, HOUSEHOLDS, PROGRESS, REVIEWS = "house-ledger", "household-ledger", "attachment-2", "attachment-1"
ISSUES, SWEEP = "issue-ledger", "sweep-table"
OFFICE = ZoneInfo("Asia/Shanghai")

TOWN, MERGED, CHANGING, QUIET, HASTY, PAPER, POOR, SILENT = UNITS = (
    "城关街道",
    "青石镇",
    "柳溪镇",
    "白鹭镇",
    "石桥镇",
    "云台镇",
    "龙泉镇",
    "望江镇",
)
BEFORE_MERGER = ("青石乡", "岭口乡")
"""What became one unit before the third period."""
STRANGER = "外县镇"
WAIVABLE = ("L205", "L208", "L217", "R611")

PERIODS = {
    "yunyang-2022": (("2022-W28", "2022-W29", "2022-W36"), ("2022-W35", "2022-W36", "2022-W37")),
    "rongan-2022": (("2022-W30", "2022-W31", "2022-W35"), ("2022-W38", "2022-W39", "2022-W40")),
    "jiaxiang-2024": (("2024-W18", "2024-W22", "2024-W23"), ("2024-W23", "2024-W24", "2024-W25")),
    "jiafeng-2024": (("2024-W16", "2024-W17", "2024-W18"), ("2024-W25", "2024-W26", "2024-W27")),
    "yunxiao-2020": (("2020-06", "2020-07", "2020-08"), ("2020-08", "2020-09", "2020-10")),
}
"""By notice: periods around the days that it gives."""


@dataclass
class Came:
    """What counts of one unit's table for a period.

    Args:
        rows: Its rows; none of a nil return.
        moments: When it came, each time that it was sent.
        nil: Whether it said that there is none.
        waived: Code: the houses of which an unmet duty was waived.
    """

    rows: list[Row]
    moments: list[datetime]
    nil: bool = False
    waived: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Past:
    """One period: what came, by unit and form; what was sent back and stands so, by unit."""

    closing_day: date
    deadline: datetime
    came: dict[str, dict[str, Came]] = field(default_factory=dict)
    sent_back: dict[str, set[str]] = field(default_factory=dict)

    def rows(self, unit: str, form: str) -> list[Row] | None:
        """A unit's rows of a form; None where it did not send it."""
        table = self.came.get(unit, {}).get(form)
        return None if table is None else table.rows

    def merge(self) -> None:
        """What two townships sent counts as that of the unit that they became."""
        for unit in BEFORE_MERGER:
            for form, table in self.came.pop(unit).items():
                whole = self.came.setdefault(MERGED, {}).setdefault(form, Came([], [], nil=True))
                whole.rows += [row | {"township": MERGED} for row in table.rows]
                whole.moments += table.moments
                whole.nil &= table.nil
                for code, houses in table.waived.items():
                    whole.waived.setdefault(code, set()).update(houses)


class MadeUp:
    """A county under a notice, with what it sent.

    Args:
        folder: Where to make it.
        notice: The notice.
        seed: What chance begins from.
        size: How many houses there are.
    """

    def __init__(self, folder: Path, notice: str, seed: str, *, size: int = 2000) -> None:
        self.random = Random(f"{notice} {seed}")
        self.notice, self.seed, self.folder, self.size = notice, seed, folder, size
        self.periods = self.random.choice(PERIODS[notice])
        self.past: dict[str, Past] = {}
        self._houses: dict[str, list[Row]] = {}
        self._households: dict[str, list[Row]] = {}
        self._last = 0
        self._settings((*UNITS, *BEFORE_MERGER), {})
        for place, period in enumerate(self.periods):
            if place == 2:
                self._settings(UNITS, {MERGED: BEFORE_MERGER})
            self.ledger = open_ledger(County.load(folder))
            self._send(period, place)

    @cached_property
    def reckoning(self) -> Reckoning:
        return Reckoning(County.load(self.folder), Notice.load(self.notice), self.ledger)

    def moment(self, period: str) -> datetime:
        """A random moment around the period's deadline, or long after; the same whenever it is asked for."""
        chance = Random(f"{self.notice} {self.seed} {period}")
        hours = chance.choice((-200, -30, -1, 0, 1, 30, 24 * 60))
        return self.past[period].deadline + timedelta(hours=hours)

    def _settings(self, units: Iterable[str], aliases: dict[str, Sequence[str]]) -> None:
        named = "".join(
            f'[[units]]\nname = "{unit}"\naliases = {dumps(aliases.get(unit, ()), ensure_ascii=False)}\n'
            for unit in units
        )
        text = f'[county]\nname = "云水县"\nnotice = "{self.notice}"\n{named}'
        (self.folder / "zjf.toml").write_text(text, "utf-8")

    def _send(self, period: str, place: int) -> None:
        closing_day = closing_day_of(self.notice, period)
        hour = time(12) if self.notice == "jiafeng-2024" else time(23, 59, 59)
        past = Past(closing_day, datetime.combine(closing_day, hour, OFFICE))
        self.past[period] = past
        fate = Fate(self.random, closing_day)
        self._live_on(fate, place)
        sending = _Sending(self.ledger, period, past, self.random)
        for unit in (*UNITS[:-1], *BEFORE_MERGER):
            self._tables(sending, fate, unit, place)
        if place == 2:
            sending.take(
                STRANGER, HOUSES, [fate.house(99_000 + number, STRANGER, shops=True) for number in range(5)]
            )
            past.came.pop(STRANGER)
        sending.arrive()
        if place == 2:
            sending.send_back(HASTY, self._form_owed())
            sending.send_back(POOR, HOUSEHOLDS)

    def _form_owed(self) -> str:
        return {"jiafeng-2024": SWEEP, "yunxiao-2020": HOUSEHOLDS}.get(self.notice, HOUSES)

    def _live_on(self, fate: Fate, place: int) -> None:
        """Houses change, come and go; two townships become one."""
        if place == 2:
            for past in list(self.past.values())[:-1]:
                past.merge()
            for lives in (self._houses, self._households):
                lives[MERGED] = [
                    row | {"township": MERGED} for unit in BEFORE_MERGER for row in lives.pop(unit)
                ]
        for unit in (TOWN, CHANGING, QUIET, HASTY, PAPER, POOR, *(BEFORE_MERGER if place < 2 else (MERGED,))):
            stay = [fate.later(row) for row in self._houses.get(unit, ()) if self.random.random() > 0.02]
            fresh = self.size // 7 if place == 0 else self.random.randrange(4)
            self._houses[unit] = stay + [
                fate.house(self._next(), unit, shops=unit != QUIET) for _ in range(fresh)
            ]
            poor = [fate.household_later(row) for row in self._households.get(unit, ())]
            more = self.size // 30 if place == 0 else 2
            self._households[unit] = poor + [fate.household(self._next(), unit) for _ in range(more)]

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _tables(self, sending: "_Sending", fate: Fate, unit: str, place: int) -> None:
        if unit not in self._houses or (unit == HASTY and place == 2):
            return
        houses, households = self._houses[unit], self._households[unit]
        if unit in (PAPER, *((CHANGING,) if place == 0 else BEFORE_MERGER if place == 1 else ())):
            sending.take(unit, PROGRESS, [attachment_2(houses, self.random)])
            sending.take(unit, REVIEWS, [attachment_1(houses)])
        elif unit != POOR or place == 2:
            if unit == QUIET and place == 1:
                sending.take(unit, HOUSES, houses[: len(houses) // 2])
            sending.take(unit, HOUSES, [] if unit == QUIET and place == 2 else houses, late=unit == HASTY)
        if unit != QUIET:
            sending.take(unit, HOUSEHOLDS, households, late=unit == HASTY)
        if unit in (TOWN, HASTY, PAPER):
            sending.take(unit, ISSUES, [fate.issue(number, unit, houses) for number in range(30)])
        if unit in (TOWN, HASTY, POOR, MERGED):
            sending.take(unit, SWEEP, list(fate.sweep(unit)), late=unit == HASTY)


@dataclass
class _Sending:
    """Returns on their way into the ledger, and into the plain record."""

    ledger: Ledger
    period: str
    past: Past
    random: Random
    number: int = 0
    on_their_way: list[tuple[Acceptance, datetime]] = field(default_factory=list)

    def arrive(self) -> None:
        """Accepts what came, each table at its time: in one transaction, which looks at the checksums once."""
        rows = [prepared(FORMS[one.form], one.unit, one.frame) for one, _ in self.on_their_way]
        with self.ledger.writing(*self.past.came) as connection:
            for (one, at), ready in zip(self.on_their_way, rows, strict=True):
                accept(connection, one, ready, at, self.ledger.roster.current_name)
        self.on_their_way.clear()

    def take(self, unit: str, form: str, rows: list[Row], *, late: bool = False) -> None:
        """A table comes in; it may have been seen before that."""
        self.number += 1
        hours = self.random.randrange(1, 40) if late else -self.random.randrange(40)
        at = self.past.deadline + timedelta(hours=hours, microseconds=self.random.randrange(10**6))
        nil, name = not rows, f"{unit} {form} {self.period} {self.number}"
        seen = [at - timedelta(hours=self.random.randrange(1, 60))] if self.random.random() < 0.3 else []
        for moment in seen:
            sighting = Sighting(sha256=name, file_name=name, period=self.period, unit=unit, form=form)
            self.ledger.record_seen([sighting], at=moment)
        waived = self._waived(rows) if form == HOUSES else {}
        frame = frame_of(rows, form)
        one = Acceptance(
            unit=unit,
            form=form,
            period=self.period,
            file_name=name,
            sha256=name,
            frame=frame,
            rows_read=len(frame),
            nil=nil,
            notes={"waived_duties": dumps({code: sorted(houses) for code, houses in waived.items()})},
        )
        self.on_their_way.append((one, at))
        came = self.past.came.setdefault(unit, {}).setdefault(form, Came([], []))
        came.rows, came.nil, came.waived = rows, nil, waived
        came.moments.append(min([at, *seen]))

    def _waived(self, rows: list[Row]) -> dict[str, set[str]]:
        if not rows:
            return {}
        return {
            code: {row["house_id"] for row in self.random.sample(rows, min(8, len(rows)))}
            for code in WAIVABLE
        }

    def send_back(self, unit: str, form: str) -> None:
        name = f"{unit} {form} {self.period} wrong"
        wrong = Rejection(
            unit=unit, form=form, period=self.period, file_name=name, sha256=name, errors={"C104": 3}
        )
        self.ledger.record_rejected(self.period, [wrong], at=self.past.deadline)
        self.past.sent_back.setdefault(unit, set()).add(form)


def closing_day_of(notice: str, period: str) -> date:
    """The last day of a period's figures: the Friday, the 22nd, or the Sunday that ends the week."""
    if "W" in period:
        year, week = period.split("-W")
        return date.fromisocalendar(int(year), int(week), 5 if notice == "jiafeng-2024" else 7)
    year, month = period.split("-")
    return date(int(year), int(month), 22)
