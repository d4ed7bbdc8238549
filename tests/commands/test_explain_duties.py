"""`zjf explain L208 --period`: the houses behind the count of an unmet duty, with the cells that say so."""

from typing import Any

import openpyxl
from pydantic import TypeAdapter

from zjf.public_json import DocumentName
from zjf.public_json.published import MODELS

from .office import FACT_1, GREENSTONE, PERIOD, TOWN, UNREVIEWED, Office, attachment, ledger

AT = ("--period", PERIOD)
WAIVED = {**UNREVIEWED, "房屋编号": "YS0009"}


def received(office: Office) -> Office:
    """Two houses closed on management measures alone, and one of which that was waived."""
    waiver = (
        '[[waivers]]\ncode = "L208"\nhouse = "YS0009"\nreason = "已排期"\nby = "王主任"\nuntil = 2024-12-31\n'
    )
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    office.receive("台账.xlsx", ledger(TOWN, UNREVIEWED, UNREVIEWED, {}, WAIVED))
    office.receive("附件2.xlsx", attachment("attachment-2", {GREENSTONE: FACT_1}))
    office.aggregate()
    return office


def asked(office: Office, topic: str) -> dict[str, Any]:
    ran = office.run("explain", topic, "--county", office.folder, *AT, "--format", "json")
    assert ran.code == 0, ran.err
    TypeAdapter(MODELS[DocumentName.EXPLAIN]).validate_python(ran.json)
    return dict(ran.json)


def test_the_houses_are_as_many_as_status_and_the_weekly_say(office: Office) -> None:
    told = asked(received(office), "L208")
    (figure,) = told["figures"]
    status = office.run("status", "--county", office.folder, *AT, "--format", "json").json
    assert told["code"]["code"] == "L208"
    assert [row["key"] for row in figure["rows"]] == ["YS0001", "YS0002"]
    assert [(unit["unit"], unit["counts"]["L208"]) for unit in figure["units"]] == [(TOWN, 2)]
    assert status["units"][0]["breaches"] == {"L208": len(figure["rows"])}
    cells = {cell["heading"]: cell["value"] for cell in figure["rows"][0]["cells"]}
    assert cells["销号方式"] == "管理措施"


def test_on_the_screen_below_what_the_code_means(office: Office) -> None:
    shown = office.run("explain", "L208", "--county", received(office).folder, *AT).out
    assert shown.index("凭管理措施销号") < shown.index("计入的房屋 2 栋：YS0001、YS0002")


def test_as_a_list(office: Office) -> None:
    path = received(office).folder / "来源.xlsx"
    office.run("explain", "L208", "--county", office.folder, *AT, "--format", "xlsx", "-o", path)
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert [row[3] for row in rows if str(row[3]).startswith("YS")] == ["YS0001", "YS0002"]


def test_what_the_notice_does_not_demand_is_explained_without_houses(office: Office) -> None:
    assert asked(received(office), "L205")["figures"] == []


GRADE_D = {
    "初判结论": "存在严重安全隐患",
    "初判日期": "2024-03-01",
    "鉴定日期": "2024-03-05",
    "鉴定机构": "某鉴定公司",
    "鉴定标准": "JGJ125",
    "鉴定等级": "D",
    "管控措施": "停止使用",
    "整治责任人": "周工",
    "整治期限": "2024-12-31",
}


def test_a_duty_that_a_ledger_has_no_column_for_is_unknown_wherever_it_is_told(office: Office) -> None:
    """云阳 附2三(五): whether a report was sent in time; 鉴定报告报送日期 is a column that a return may lack."""
    office.change_settings("jiaxiang-2024", "yunyang-2022")
    office.receive("台账.xlsx", ledger(TOWN, GRADE_D))
    office.receive("青石.xlsx", ledger(GREENSTONE, {}))
    office.aggregate()
    (figure,) = asked(office, "R609")["figures"]
    assert [unit["unit"] for unit in figure["units"]] == [GREENSTONE]
    office.run("weekly", "--county", office.folder, *AT, "--as", "md")
    paper = (office.out / "周报.md").read_text("utf-8")
    assert f"{TOWN}的自建房台账没有填鉴定报告报送日期，有没有" in paper
    assert "R609" not in office.run("house", "YS0001", "--county", office.folder, *AT).out


def test_a_column_that_is_there_and_blank_is_a_duty_unmet_in_every_command(office: Office) -> None:
    """What `validate` lists, the county counts: the ledger has the column, and no report was sent."""
    office.change_settings("jiaxiang-2024", "yunyang-2022")
    sheet = ledger(TOWN, GRADE_D | {"鉴定报告报送日期": ""})
    office.receive("台账.xlsx", sheet)
    checked = office.run("validate", office.folder / "returns", "--county", office.folder, *AT)
    assert "R609" in checked.out
    office.aggregate()
    (figure,) = asked(office, "R609")["figures"]
    assert [(unit["unit"], unit["counts"]) for unit in figure["units"]] == [(TOWN, {"R609": 1})]
    assert "R609" in office.run("house", "YS0001", "--county", office.folder, *AT).out
