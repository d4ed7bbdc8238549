"""Figures that are kept are what counting anew would give, whatever changed since; what is damaged is not told."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.commands.office import GREENSTONE, PERIOD, SETTINGS, TOWN
from tests.ledger.ledger_samples import table
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.kept_results import keep, kept, place_of
from zjf.ledger import Acceptance, Ledger
from zjf.notices.notice import Notice
from zjf.schemas import FORMS

BEFORE = "2024-W22"
HOUSE = {
    "is_commercial": "是",
    "initial_judgement": "存在严重安全隐患",
    "judged_on": date(2024, 3, 1),
    "report_no": "J1",
    "due_on": date(2024, 6, 7),
}
ROWS: dict[str, list[list[dict[str, Any]]]] = {
    "house-ledger": [
        [],
        [HOUSE | {"house_id": "YS0001", "grade": "C"}],
        [HOUSE | {"house_id": "YS0001", "grade": "B"}, HOUSE | {"house_id": "YS0002"}],
        [HOUSE | {"house_id": "YS0002", "is_commercial": "否", "closed_on": date(2024, 6, 5)}],
    ],
    "attachment-2": [[{"surveyed": 7, "closed": 3}], [{"surveyed": 7}]],
    "report-audit": [[{"report_no": "J1", "house_id": "YS0001", "audit_result": "不合格"}], []],
}
WAIVED = {"waivers": "已核", "waived_duties": '{"L212": ["YS0001"]}'}

sent = st.sampled_from([(form, rows) for form, several in ROWS.items() for rows in several])
acceptances = st.tuples(
    sent, st.sampled_from([TOWN, GREENSTONE]), st.sampled_from([BEFORE, PERIOD]), st.booleans()
)
notices = st.sampled_from(["jiaxiang-2024", "yunyang-2022"])
weekdays = st.sampled_from(["周三", "周五"])


Step = tuple[Any, str, str]
"""What is taken in, and the notice and the closing weekday from then on."""


def take(ledger: Ledger, asked: tuple[Any, ...], number: int) -> None:
    """Takes in what a unit sends."""
    (form, rows), unit, period, waived = asked
    frame = table(FORMS[form], [{"township": unit, "unit": unit} | row for row in rows])
    ledger.accept(
        [
            Acceptance(
                unit=unit,
                form=form,
                period=period,
                file_name=f"{unit}.xlsx",
                sha256=f"{number:064}",
                frame=frame,
                rows_read=len(rows),
                nil=not rows,
                notes=WAIVED if waived else {},
            )
        ]
    )


def county_in(folder: Path, weekday: str) -> County:
    (folder / "zjf.toml").write_text(SETTINGS.replace("周五", weekday), encoding="utf-8")
    return County.load(folder)


def step(form: str, rows: int, period: str, notice: str, weekday: str, *, waived: bool = False) -> Step:
    return ((form, ROWS[form][rows]), TOWN, period, waived), notice, weekday


AN_AUDIT_OF_THE_WEEK_BEFORE = [
    step("house-ledger", 1, PERIOD, "jiaxiang-2024", "周五"),
    step("report-audit", 0, BEFORE, "jiaxiang-2024", "周五"),
]
ANOTHER_DAY_ANOTHER_NOTICE_A_WAIVER = [
    step("house-ledger", 1, PERIOD, "jiaxiang-2024", "周三"),
    step("house-ledger", 1, PERIOD, "jiaxiang-2024", "周五", waived=True),
    step("attachment-2", 0, PERIOD, "yunyang-2022", "周五"),
]


@settings(max_examples=4, deadline=None)
@example(AN_AUDIT_OF_THE_WEEK_BEFORE)
@example(ANOTHER_DAY_ANOTHER_NOTICE_A_WAIVER)
@given(st.lists(st.tuples(acceptances, notices, weekdays), min_size=1, max_size=4))
def test_what_is_kept_is_what_counting_anew_gives(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as elsewhere:
        ledger = Ledger.open("sqlite:///ledger.db", folder=Path(folder))
        for number, (accepted, notice, weekday) in enumerate(steps):
            take(ledger, accepted, number)
            for period in (BEFORE, PERIOD):
                home, nothing_kept = (county_in(Path(place), weekday) for place in (folder, elsewhere))
                anew = Reckoning(nothing_kept, Notice.load(notice), ledger).units(period)
                reckoning = Reckoning(home, Notice.load(notice), ledger)
                assert reckoning.units(period) == anew
                reckoning.keep()
                again = Reckoning(home, Notice.load(notice), ledger)
                assert again.units(period) == anew
                assert list(map(repr, again.units(period))) == list(map(repr, anew))


def test_what_is_damaged_or_another_programs_is_counted_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger.open("sqlite:///ledger.db", folder=tmp_path)
    (accepted, notice, weekday) = AN_AUDIT_OF_THE_WEEK_BEFORE[0]
    take(ledger, accepted, 1)
    reckoning = Reckoning(county_in(tmp_path, weekday), Notice.load(notice), ledger)
    (figures,) = reckoning.units(PERIOD)
    reckoning.keep()
    place = place_of(tmp_path, f"figures/{PERIOD}.json")
    told_otherwise = {key: said | {"breaches": {"L212": 77}} for key, said in kept(place).items()}
    keep(place, told_otherwise)
    afresh = replace(reckoning, _known={})
    assert afresh.units(PERIOD) != (figures,)  # what is kept is told
    place.write_text(place.read_text(encoding="utf-8").replace("77", "78"), encoding="utf-8")
    assert replace(reckoning, _known={}).units(PERIOD) == (figures,)
    keep(place, told_otherwise)
    monkeypatch.setattr("zjf.figures.kept.state_of_program", lambda: ("another",))
    assert replace(reckoning, _known={}).units(PERIOD) == (figures,)
