"""zjf weekly: what the leading group reads, on a county of three units."""

import json
import sys
from typing import Any

import pytest

from zjf.problems import CATALOGUE
from zjf.schemas import FORMS

from .office import (
    FACT_1,
    GREENSTONE,
    MINE,
    PERIOD,
    TOWN,
    UNITS,
    UNREVIEWED,
    WRONG,
    Office,
    Ran,
    attachment,
    ledger,
)
from .prepared import prepared

BEFORE = "2024-W22"
IN_TIME = "2024-06-07 09:30"
DONE = FACT_1 | {
    "cleared": 0,
    "direct_works": 0,
    "appraised": 100,
    "grade_cd": 0,
    "cd_works": 0,
    "closed": 100,
}
NOTHING_FOUND = FACT_1 | dict.fromkeys(FACT_1, 0) | {"surveyed": 5, "noncommercial": 5}


def figures(office: Office, period: str, **units: dict[str, int]) -> None:
    """Every unit's attachment-2 for a period, come in and aggregated."""
    inbox = office.folder / "returns" / period
    for name, counts in units.items():
        office.receive(f"../{period}/{name}附件2.xlsx", attachment("attachment-2", {name: counts}))
    at = ["--at", IN_TIME] if period == PERIOD else []
    office.run("receive", inbox, "--period", period, "--county", office.folder, *at)
    office.run("aggregate", inbox, "--period", period, "--county", office.folder)


@prepared
def reported(office: Office) -> Office:
    """Every unit has sent its attachment-2 for the week, in time."""
    figures(office, PERIOD, **dict.fromkeys(UNITS, FACT_1))
    return office


def weekly(office: Office, *arguments: str) -> Ran:
    return office.run("weekly", "--county", office.folder, "--period", PERIOD, *arguments)


def text(office: Office, *arguments: str) -> str:
    """The summary in Markdown."""
    weekly(office, "--as", "md", *arguments)
    return (office.out / "周报.md").read_text("utf-8")


def document(office: Office) -> dict[str, Any]:
    weekly(office, "--as", "md")
    return beside(office)


def beside(office: Office) -> dict[str, Any]:
    """The figures that were written beside the summary."""
    made: dict[str, Any] = json.loads((office.out / "weekly.json").read_bytes())
    return made


def test_it_says_where_the_papers_are(reported: Office) -> None:
    ran = weekly(reported)
    names = ("周报.md", "周报.docx", "周报.xlsx", "weekly.json")
    assert ran.code == 0
    assert ran.out.splitlines() == [*(str(reported.out / name) for name in names), "共 4 个文件。"]
    assert all((reported.out / name).stat().st_size for name in names)


def test_quiet_says_nothing_but_errors(reported: Office) -> None:
    assert weekly(reported, "--quiet") == Ran(0, "", "")
    assert (
        "2024-W30"
        in reported.run("weekly", "--county", reported.folder, "--period", "2024-W30", "--quiet").err
    )


def test_the_same_ledger_gives_the_same_bytes(reported: Office) -> None:
    weekly(reported)
    first = reported.results()
    weekly(reported)
    assert reported.results() == first


def test_in_the_first_week_nothing_is_compared(reported: Office) -> None:
    said = text(reported)
    assert "本期应报3个单位，全部按时报送。" in said
    assert "全县累计排查自建房300栋，其中经营性0栋、非经营性300栋。" in said
    assert "鉴定率90.00%。3个单位并列第1。" in said
    assert "没有可比的上期数据，不作比较。" in said
    assert "较上期" not in said
    assert beside(reported)["compared_with"] is None


def test_a_week_in_which_nothing_moved(office: Office) -> None:
    for period in (BEFORE, PERIOD):
        figures(office, period, **dict.fromkeys(UNITS, FACT_1))
    said = text(office)
    assert "鉴定率90.00%，与上期持平。" in said
    assert "已销号261栋（与上期持平）" in said
    assert "增加0" not in said
    assert "提高0" not in said


def test_a_fall_is_a_fall(office: Office) -> None:
    figures(office, BEFORE, **dict.fromkeys(UNITS, FACT_1))
    figures(office, PERIOD, **{TOWN: FACT_1, GREENSTONE: FACT_1, MINE: FACT_1 | {"closed": 81}})
    said = text(office)
    assert "已销号255栋（较上期减少6栋）" in said
    assert "销号率85.00%，较上期下降2.00个百分点。排名靠后的是石岭矿区管理处（81.00%）。" in said
    assert "-" not in beside(office)["county"]["forms"]["attachment-2"]["rates"]["closure_rate"]["display"]


def test_like_is_held_against_like(office: Office) -> None:
    figures(office, BEFORE, **dict.fromkeys(UNITS, FACT_1))
    figures(office, PERIOD, **{TOWN: FACT_1 | {"closed": 80}, GREENSTONE: FACT_1})
    said = text(office)
    assert "按时报送2个，未报1个（石岭矿区管理处）。以下各数不含石岭矿区管理处。" in said
    assert "全县有数据的2个单位累计排查自建房200栋（与上期持平）" in said
    assert "已销号167栋（较上期减少7栋）" in said
    assert "比较只计两期都有数据的2个单位，不含石岭矿区管理处。" in said


def test_who_has_nothing_to_appraise_is_ranked_apart(office: Office) -> None:
    figures(office, PERIOD, **{TOWN: FACT_1, GREENSTONE: DONE, MINE: NOTHING_FOUND})
    said = text(office)
    assert "排名靠后的是城关街道（90.00%）。石岭矿区管理处无任务，不参加排名。" in said
    assert "| 石岭矿区管理处 | — | 无任务 | — | 无任务 | — | 无任务 | — | 无任务 |" in said


def test_where_nobody_has_anything_there_is_no_rate(office: Office) -> None:
    figures(office, PERIOD, **dict.fromkeys(UNITS, NOTHING_FOUND))
    assert "全县的非经营性自建房中，初判有隐患的为0栋，不计销号率。" in text(office)


def test_duties_unmet_are_told_unit_by_unit(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, UNREVIEWED, UNREVIEWED))
    office.receive("青石.xlsx", ledger(GREENSTONE, UNREVIEWED))
    office.aggregate()
    assert weekly(office).code == 1
    assert f"{CATALOGUE['L208'].title}的3栋：城关街道2栋、青石镇1栋。" in text(office)
    assert beside(office)["breaches"] == {
        "L208": {
            "total": 3,
            "units": {TOWN: 2, GREENSTONE: 1},
            "houses": {TOWN: ["YS0001", "YS0002"], GREENSTONE: ["YS1001"]},
        }
    }


def test_management_measures_stand_apart_from_works(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, UNREVIEWED, {}))
    office.aggregate()
    measures = document(office)["county"]["measures"]
    assert measures["management"]["closed"]["value"] == 1
    assert measures["engineering"]["cd_works"]["value"] == 0


def test_houses_past_their_deadline_are_overdue(office: Office) -> None:
    hazard = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-01", "整治期限": "2024-05-31"}
    office.receive("城关.xlsx", ledger(TOWN, hazard, {}))
    office.aggregate()
    assert document(office)["overdue"] == {"L212": {"total": 1, "units": {TOWN: 1}}}
    assert "整治期限（全部自建房中定有整治期限的，各自的期限" in text(office)
    assert "逾期1栋：城关街道1栋。" in text(office)


def test_what_returns_were_sent_back_for(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, WRONG, WRONG))
    office.receive("青石.xlsx", ledger(GREENSTONE, {}))
    office.aggregate()
    said = text(office)
    assert "退回1个（城关街道）" in said
    assert "退回的报表中，问题有：不在可选项中2处，涉及城关街道。" in said
    assert weekly(office).code == 1


def test_a_file_that_is_checked_again_was_sent_back_once(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, WRONG, {}))
    for how in ((), ("--partial",), ()):
        office.aggregate(*how)
    assert "问题有：不在可选项中1处，涉及城关街道。" in text(office)
    office.receive("城关.xlsx", ledger(TOWN, WRONG, {}, {}))
    office.aggregate()
    assert "问题有：不在可选项中2处，涉及城关街道。" in text(office)


def test_what_falls_due_and_what_is_past(reported: Office) -> None:
    phases = document(reported)["phases"]
    assert [(phase["until"], phase["days"]) for phase in phases["soon"]] == [("2024-06-15", 8)]
    assert [phase["until"] for phase in phases["past"]] == ["2024-04-30", "2024-06-05"]
    assert "**6月15日（还有8天）**。集中整治攻坚：" in text(reported)


def test_waivers_in_force_are_told(office: Office) -> None:
    waiver = '[[waivers]]\ncode = "T501"\nunit = "青石镇"\nreason = "已拆除"\nby = "县住建局"\nuntil = {}\n'
    waivers = waiver.format("2024-12-31") + waiver.format("2024-06-06").replace("青石镇", "城关街道")
    (office.folder / "waivers.toml").write_text(waivers, "utf-8")
    figures(office, PERIOD, **dict.fromkeys(UNITS, FACT_1))
    said = text(office)
    assert "经核准、仍在有效期内的豁免1项：" in said
    assert "青石镇，上期已有的房屋，本期没有了：已拆除。县住建局核准，至2024年12月31日。" in said


@pytest.mark.parametrize("broken", ["{", "", "[]", "\udcff"])
def test_a_broken_summary_is_named_and_keeps_no_paper_from_being_written(
    reported: Office, broken: str
) -> None:
    summary = reported.out / "summary.json"
    summary.write_text(broken, "utf-8", errors="surrogateescape")
    before = summary.read_bytes()
    ran = weekly(reported, "--as", "md")
    assert ran.code == 0
    assert f"{summary} 读不出来" in ran.err
    assert "zjf aggregate" in ran.err
    assert summary.read_bytes() == before
    assert (reported.out / "周报.md").is_file()
    assert json.loads((reported.out / "weekly.json").read_bytes())["period"] == PERIOD


@pytest.mark.parametrize(
    ("command", "period", "code"),
    [("weekly", "2024-W30", 3), ("monthly", "2024-07", 3), ("monthly", "2024-W30", 2)],
)
def test_nothing_to_tell(reported: Office, command: str, period: str, code: int) -> None:
    ran = reported.run(command, "--county", reported.folder, "--period", period)
    assert (ran.code, ran.out) == (code, "")
    assert not (reported.folder / "out" / period).exists()


def test_a_county_without_a_ledger_gets_none_by_asking(office: Office) -> None:
    assert weekly(office).code == 3
    assert not (office.folder / "ledger.db").exists()


def test_a_style_that_there_is_not(office: Office) -> None:
    ran = weekly(office, "--as", "md,pptx")
    assert (ran.code, "pptx" in ran.err) == (2, True)


def test_nothing_of_it_is_personal(office: Office) -> None:
    office.receive("城关.xlsx", ledger(TOWN, {"产权人": "欧阳小满"} | UNREVIEWED))
    office.aggregate()
    weekly(office, "--as", "md")
    assert all(
        "欧阳小满" not in (office.out / name).read_text("utf-8") for name in ("周报.md", "weekly.json")
    )


def test_a_county_may_have_templates_of_its_own(reported: Office) -> None:
    own = reported.folder / "templates" / "weekly" / "briefing.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ letter.title }}，{{ letter.day }}", "utf-8")
    assert text(reported) == "云水县自建房安全专项整治工作周报，2024年6月7日"
    own.write_text("{{ letter.titel }}", "utf-8")
    ran = weekly(reported, "--as", "md")
    assert (ran.code, str(own) in ran.err) == (3, True)


def test_every_figure_of_the_form_is_in_the_document(reported: Office) -> None:
    county = document(reported)["county"]["forms"]["attachment-2"]
    assert {name: each["value"] for name, each in county["counts"].items()} == {
        name: 3 * count for name, count in FACT_1.items()
    }
    assert set(county["rates"]) == set(FORMS["attachment-2"].rates)


def test_without_what_makes_word_files_it_says_what_to_install(
    reported: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    ran = weekly(reported)
    assert (ran.code, "zjf[letter]" in ran.err) == (3, True)
    assert not (reported.out / "周报.md").exists()
    assert weekly(reported, "--as", "md,xlsx").code == 0
