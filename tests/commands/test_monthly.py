"""The monthly circular: of which week its figures are, and of which day its deadlines."""

import json

from .office import FACT_1, TOWN, UNITS, Office
from .test_status_due import SHOP, run, take, under
from .test_weekly import figures


def test_a_month_is_told_by_its_last_week_against_the_month_before(office: Office) -> None:
    figures(office, "2024-W21", **dict.fromkeys(UNITS, FACT_1 | {"closed": 80}))
    figures(office, "2024-W23", **dict.fromkeys(UNITS, FACT_1 | {"closed": 85}))
    figures(office, "2024-W24", **dict.fromkeys(UNITS, FACT_1))
    ran = office.run("monthly", "--county", office.folder, "--period", "2024-06")
    folder = office.folder / "out" / "2024-06"
    assert [line.rpartition("通报")[2] for line in ran.out.splitlines()[:3]] == [".md", ".docx", ".xlsx"]
    said = (folder / "通报.md").read_text("utf-8")
    assert "各填报单位：" in said
    assert "本月共报2期。最后一期为2024年第24周（6月10日—6月16日），应报3个单位，" in said
    assert "已销号261栋（较上月增加21栋）" in said
    assert "特此通报。" in said
    conduct = json.loads((folder / "monthly.json").read_bytes())["conduct"]
    assert conduct["periods"] == ["2024-W23", "2024-W24"]
    assert [(unit["due"], unit["on_time"], unit["late"]) for unit in conduct["units"]] == [(2, 1, 1)] * 3


def test_a_circular_tells_what_fell_due_by_the_end_of_its_month(office: Office) -> None:
    """嘉峰 四(一): shops are judged by 04-25; the last return is of 04-12, and no later one says that it was done."""
    under(office, "jiafeng-2024")
    office.change_settings("[reporting]", '[reporting]\nforms = ["house-ledger"]')
    take(office, "2024-W15", TOWN, SHOP | {"初判结论": "", "初判日期": ""}, at="2024-04-12 09:00")
    run(office, "monthly", "--period", "2024-04", "--as", "md")
    folder = office.folder / "out" / "2024-04"
    document = json.loads((folder / "monthly.json").read_text("utf-8"))
    assert (document["as_of"], document["due"]["day"]) == ("2024-04-12", "2024-04-30")
    assert [(house["state"], house["until"]) for house in document["due"]["houses"]] == [
        ("overdue", "2024-04-25")
    ]
    told = (folder / "通报.md").read_text("utf-8")
    assert "截至2024年4月12日" in told
    assert "未落实事项按最后一期截止日2024年4月12日计，逾期按2024年4月30日计" in told
    assert told.rstrip().endswith("2024年4月30日")


def test_a_month_without_returns_is_answered_with_those_that_have_some(office: Office) -> None:
    """Whoever follows the advice gets a circular: weeks are no value of its period."""
    for week in ("2024-W21", "2024-W23", "2024-W24"):
        figures(office, week, **dict.fromkeys(UNITS, FACT_1))
    ran = office.run("monthly", "--county", office.folder, "--period", "2024-07")
    assert (ran.code, "台账中有：2024-05、2024-06，用 --period 指明。" in ran.err) == (3, True)
