"""A county of many units: its weekly names a handful in a sentence, and all of them in a table."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.typed_rows import frame_of
from zjf.briefings import tables
from zjf.briefings.briefing import Briefing
from zjf.briefings.compiling import weekly
from zjf.briefings.deadline_words import spot_checks
from zjf.briefings.letter import letter
from zjf.county import County
from zjf.figures.reckoning import Reckoning
from zjf.ledger import Acceptance, Rejection
from zjf.ledger.of_county import open_ledger
from zjf.notices.notice import Notice
from zjf.period import Period
from zjf.problems import problem

HOUSES, PERIOD = "house-ledger", "2024-W23"
UNITS = [f"{name}镇" for name in "甲乙丙丁戊己庚辛壬癸子丑"]
IN_TIME = datetime(2024, 6, 7, 1, tzinfo=UTC)


def told(folder: Path, reported: list[str], sent_back: list[str]) -> Briefing:
    """The summary of a week in which some units reported a house each, and the returns of others were sent back."""
    roster = "".join(f'[[units]]\nname = "{unit}"\n' for unit in UNITS)
    (folder / "zjf.toml").write_text(
        f'[county]\nname = "云水县"\nnotice = "jiaxiang-2024"\n{roster}', "utf-8"
    )
    home = County.load(folder)
    ledger = open_ledger(home)
    for unit in reported:
        frame = frame_of([{"house_id": f"YS{unit}", "township": unit}], HOUSES)
        one = Acceptance(
            unit=unit, form=HOUSES, period=PERIOD, file_name=unit, sha256=unit, frame=frame, rows_read=1
        )
        ledger.accept([one], at=IN_TIME)
    wrong = [
        Rejection(unit=unit, form=HOUSES, period=PERIOD, file_name=unit, sha256=unit, errors={"C104": 1})
        for unit in sent_back
    ]
    ledger.record_rejected(PERIOD, wrong, at=IN_TIME)
    return weekly(Reckoning(home, Notice.load("jiaxiang-2024"), ledger), Period.parse(PERIOD), IN_TIME)


def test_many_units_without_a_return_are_counted_in_the_sentence_and_named_in_the_table(
    tmp_path: Path,
) -> None:
    briefing = told(tmp_path, UNITS[:1], UNITS[1:2])
    (reporting, *_) = letter(briefing).sections
    said = reporting.paragraphs[0].text
    assert "退回1个（乙镇），未报10个（丙镇、丁镇、戊镇等）" in said
    assert "以下各数不含乙镇、丙镇、丁镇等11个单位。" in said
    assert reporting.table
    assert reporting.table.caption == "退回、未报的单位"
    assert [(row["standing"], row["number"], row["units"]) for row in reporting.table.rows] == [
        ("退回", 1, "乙镇"),
        ("未报", 10, "、".join(UNITS[2:])),
    ]


def test_a_few_units_need_no_table(tmp_path: Path) -> None:
    (reporting, *_) = letter(told(tmp_path, UNITS[:-2], UNITS[-2:-1])).sections
    assert reporting.table is None


@pytest.mark.parametrize(
    ("reported", "sent_back", "name"),
    [
        (12, 0, "全县"),
        (11, 0, "合计（不含未报）"),
        (11, 1, "合计（不含退回）"),
        (10, 1, "合计（不含未报、退回）"),
    ],
)
def test_the_last_line_says_which_units_it_leaves_out(
    tmp_path: Path, reported: int, sent_back: int, name: str
) -> None:
    briefing = told(tmp_path, UNITS[:reported], UNITS[reported : reported + sent_back])
    ranking = tables.ranking(briefing)
    assert ranking
    assert ranking.rows[-1]["unit"] == name


@pytest.mark.parametrize(
    ("units", "last"),
    [
        (UNITS, "各单位中，抽查数量不够的有甲镇、乙镇、丙镇等12个单位。"),
        (UNITS[:2], "乙镇抽查不够。请从初判未发现安全隐患的经营性自建房中补足抽查。"),
    ],
)
def test_many_units_that_checked_too_few_houses_are_named_in_one_sentence(
    tmp_path: Path, units: list[str], last: str
) -> None:
    briefing = told(tmp_path, UNITS, [])
    too_few = tuple(problem("R606", f"{unit}抽查不够", value=unit) for unit in ("云水县", *units))
    said = [*spot_checks(replace(briefing, boards=(replace(briefing.board, problems=too_few),)))]
    assert said[0].text.startswith("云水县抽查不够")
    assert said[-1].text == last
