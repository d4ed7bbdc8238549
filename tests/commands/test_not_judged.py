"""Of a period before the notice's rhythm began nobody is praised for punctuality; no paper cites another county."""

from zjf.schemas import FORMS

from .office import FACT_1, GREENSTONE, MINE, SWEPT_NOTHING, TOWN, Office, attachment, ledger

BEFORE = "2024-W12"
"""It closes on 2024-03-22; 嘉峰 reports since 03-25."""
DATED = {"整治期限": "2024-03-29", "初判结论": "存在一定安全隐患", "初判日期": "2024-03-01"}


def weekly(office: Office, period: str) -> str:
    office.run("aggregate", office.inbox, "--county", office.folder, "--period", period)
    office.run("weekly", "--county", office.folder, "--period", period, "--as", "md,html")
    return (office.folder / "out" / period / "周报.md").read_text("utf-8")


def test_punctuality_is_not_praised_where_it_is_not_judged(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    for unit in (TOWN, GREENSTONE, MINE):
        office.receive(f"{unit}.xlsx", attachment("sweep-table", {unit: SWEPT_NOTHING}))
    said = weekly(office, BEFORE)
    page = next((office.folder / "out" / BEFORE).glob("*.html")).read_text("utf-8")
    assert "本期应报3个单位，全部已报。" in said
    assert "本期在通知规定的报送周期开始之前，不评迟报、未报。" in said
    for text in (said, page):
        assert "按时报送" not in text
        assert "全部按时" not in text


def test_a_paper_cites_the_notice_in_force_alone(office: Office) -> None:
    """整治期限 is 融安's word; under 嘉峰 a house's own deadline is told without a clause."""
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    office.receive("台账.xlsx", ledger(TOWN, DATED))
    said = weekly(office, BEFORE)
    assert "整治期限（全部自建房中定有整治期限的，各自的期限），14天内到期1栋" in said
    assert "融安" not in said


def test_of_a_unit_without_a_ledger_nothing_is_said_to_be_done(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, {}))
    office.receive("附件2.xlsx", attachment("attachment-2", {GREENSTONE: FACT_1}))
    office.aggregate()
    shown = office.run("status", "--county", office.folder, "--period", "2024-W23").out
    rows = {line.split("│")[1].strip(): line for line in shown.splitlines() if line.startswith("│")}
    assert "不清楚" not in rows[TOWN]
    assert rows[GREENSTONE].count("不清楚") == 2
    assert rows[MINE].count("不清楚") == 2


def test_a_ledger_of_last_summer_is_not_next_year_s_survey(office: Office) -> None:
    """融安 一(三)2: all houses surveyed by 2023-06-30; what came in 2022-07 does not say that they are."""
    office.change_settings("jiaxiang-2024", "rongan-2022")
    office.receive("台账.xlsx", ledger(TOWN, {}))
    at = ("--period", "2022-W30", "--county", office.folder)
    office.run("receive", office.inbox, "--at", "2022-07-29 09:00", *at)
    office.run("aggregate", office.inbox, *at)
    papers = office.run("status", "--format", "json", *at).json["papers"]
    states = {paper["due"][:10]: paper["units"][TOWN]["state"] for paper in papers if paper["known"]}
    assert states == {"2022-06-30": "late", "2023-06-30": "not-due"}


def test_who_sent_a_nil_return_has_nothing_to_do_by_every_figure(office: Office) -> None:
    nil = attachment("attachment-2", {GREENSTONE: FACT_1})[:-1]
    office.receive("附件2.xlsx", [*nil, ["零报", *[""] * (len(nil[-1]) - 1)]])
    office.aggregate()
    status = office.run("status", "--county", office.folder, "--period", "2024-W23", "--format", "json").json
    states = {goal["figure"]: goal["units"][GREENSTONE]["state"] for goal in status["goals"]}
    assert status["units"][1]["label"] == "零报"
    assert states.pop("issue_rectification_rate") == "unknown"
    assert set(states.values()) == {"no-task"}


def test_where_nobody_sent_a_ledger_nothing_is_said_not_to_be_overdue(office: Office) -> None:
    office.receive("附件2.xlsx", attachment("attachment-2", {GREENSTONE: FACT_1}))
    office.aggregate()
    shown = office.run("status", "--due", "--county", office.folder, "--period", "2024-W23").out
    assert "没有单位报台账，有没有临近或逾期的不清楚。" in shown
    assert "没有临近或逾期的房屋" not in shown


def test_who_sent_another_table_is_missing_and_is_said_to_have_sent_one(office: Office) -> None:
    reviews = dict.fromkeys(FORMS["attachment-1"].counts, 0)
    office.receive("附件1.xlsx", attachment("attachment-1", {TOWN: reviews}))
    said = weekly(office, "2024-W23")
    assert "本期应报3个单位，全部未报。城关街道报来的表不齐，缺自建房台账，按未报计。" in said
    shown = office.run("status", "--county", office.folder, "--period", "2024-W23").out
    assert "未报（不齐）" in shown


def test_a_summary_is_called_by_its_period(office: Office) -> None:
    """A month's is no 周报."""
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    assert weekly(office, "2024-06").startswith("# 云水县自建房安全专项整治工作月报\n\n2024年6月")
    assert weekly(office, "2024-W23").startswith("# 云水县自建房安全专项整治工作周报")
