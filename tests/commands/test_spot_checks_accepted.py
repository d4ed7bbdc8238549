"""Spot-checks that were taken in: what they fall short of is said by aggregate and status (R606, R607)."""

from .office import GREENSTONE, PERIOD, TOWN, Office, ledger

SHOP = {
    "是否经营性": "是",
    "经营业态": "农家乐",
    "使用人数": "3",
    "专业设计": "是",
    "专业施工": "是",
    "初判结论": "未发现安全隐患",
    "初判日期": "2024-03-01",
}
HEADINGS = ["房屋编号", "抽查日期", "原结论", "抽查结论", "抽查人"]


def checked(*found: str) -> list[list[str]]:
    """Spot-checks of 城关街道's houses, from the first on: what each found."""
    rows = [
        [f"YS{number:04}", "2024-06-05", "未发现安全隐患", each, "周工"]
        for number, each in enumerate(found, 1)
    ]
    return [[f"填报单位：{TOWN}"], HEADINGS, *rows]


def said(office: Office) -> list[tuple[str, str]]:
    """The codes and units that both commands name."""
    by_aggregate = office.aggregate("--format", "json").json["reporting"]
    status = office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json
    named = [(each["code"], each["unit"]) for each in by_aggregate if each["code"] in ("R606", "R607")]
    assert named == [
        (each["code"], each["unit"]) for each in status["problems"] if each["code"] in ("R606", "R607")
    ]
    return named


def test_checks_that_found_the_survey_wrong_are_said(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 3))
    office.receive("抽查.xlsx", checked("错排"))
    assert said(office) == [("R607", TOWN)]
    shown = office.run("status", "--county", office.folder, "--period", PERIOD).out
    assert "提醒 R607 抽查合格率低于规定：城关街道。" in shown


def test_too_few_checks_are_said(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked("无误"))
    assert said(office) == [("R606", TOWN)]


def test_enough_right_checks_are_silent(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked("无误", "无误"))
    assert said(office) == []


def test_of_a_unit_that_sent_no_checks_nothing_is_known(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 2))
    office.receive("青石.xlsx", ledger(GREENSTONE, *[SHOP] * 2))
    office.receive("抽查.xlsx", checked("无误"))
    assert said(office) == []
