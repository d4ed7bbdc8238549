"""Spot-checks that were taken in: what they fall short of is said by aggregate and status (R606, R607)."""

import openpyxl

from .office import GREENSTONE, MINE, PERIOD, TOWN, Office, ledger

COUNTY = "云水县"
LATER = "2024-W24"
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


def drawn(office: Office) -> list[str]:
    """Has the houses drawn from what was accepted, and tells which of 城关街道's they are."""
    office.aggregate()
    ran = office.run("sample", "--county", office.folder, "--period", PERIOD, "--format", "json")
    return next(unit["houses"] for unit in ran.json["units"] if unit["unit"] == TOWN)


def checked(houses: list[str], *found: str) -> list[list[str]]:
    """Spot-checks of 城关街道's houses: what each found."""
    rows = [
        [house, "2024-06-05", "未发现安全隐患", finding, "周工"]
        for house, finding in zip(houses, found, strict=False)
    ]
    return [[f"填报单位：{TOWN}"], HEADINGS, *rows]


def said(office: Office) -> list[tuple[str, str]]:
    """The codes and units that both commands name."""
    by_aggregate = office.aggregate("--format", "json").json["reporting"]
    status = office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json
    named = [
        (problem["code"], problem["unit"])
        for problem in by_aggregate
        if problem["code"] in ("R606", "R607", "R610")
    ]
    assert named == [
        (problem["code"], problem["unit"])
        for problem in status["problems"]
        if problem["code"] in ("R606", "R607", "R610")
    ]
    return named


def test_checks_that_found_the_survey_wrong_are_said(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 3))
    office.receive("抽查.xlsx", checked(drawn(office), "错排"))
    assert said(office) == [("R607", TOWN), ("R607", COUNTY)]
    shown = office.run("status", "--county", office.folder, "--period", PERIOD).out
    assert f"提醒 R607 抽查合格率低于规定：城关街道、{COUNTY}。" in shown


def test_too_few_checks_are_said(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked(drawn(office), "无误"))
    assert said(office) == [("R606", TOWN), ("R606", COUNTY)]


def test_enough_right_checks_are_silent(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked(drawn(office), "无误", "无误"))
    assert said(office) == []


def test_houses_that_nobody_drew_are_no_spot_check(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked(["YS0001", "YS0002"], "无误", "无误"))
    assert said(office) == [("R606", TOWN), ("R606", COUNTY)]


def test_where_nothing_was_drawn_and_nothing_sent_nothing_is_known(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    assert said(office) == []


def test_where_the_notice_asks_for_checks_and_its_day_is_past_none_at_all_are_too_few(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "yunyang-2022")
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    assert said(office) == [("R606", COUNTY)]
    words = f"{COUNTY}（没有报自建房台账的{GREENSTONE}、{MINE}不清楚）已抽查 0 栋，应不少于 2 栋"
    office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md")
    assert words in (office.out / "周报.md").read_text("utf-8")


def test_a_share_of_a_part_of_a_ledger_says_that_it_is_of_a_part(office: Office) -> None:
    """The houses that were sent back belong to the tenth, too; how many they are nobody knows."""
    office.change_settings("jiaxiang-2024", "yunyang-2022")
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11, SHOP | {"结构类型": "砖昆"}))
    office.aggregate("--partial")
    office.run("weekly", "--county", office.folder, "--period", PERIOD, "--as", "md")
    said_of_part = f"{TOWN}的自建房台账只接收了一部分，没有接收的不清楚）已抽查 0 栋，应不少于 2 栋"
    assert said_of_part in (office.out / "周报.md").read_text("utf-8")


def test_a_unit_that_was_drawn_from_and_sent_no_checks_is_short(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 2))
    office.receive("青石.xlsx", ledger(GREENSTONE, *[SHOP] * 2))
    office.receive("抽查.xlsx", checked(drawn(office), "无误"))
    assert said(office) == [("R606", GREENSTONE)]


def test_a_house_of_no_ledger_is_named(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 2))
    office.receive("抽查.xlsx", checked([*drawn(office), "YS0099"], "无误", "无误"))
    assert said(office) == [("R610", TOWN)]


def test_a_later_week_neither_asks_again_nor_forgets_what_was_found(office: Office) -> None:
    """Both houses drawn were checked in the week of the draw; the week after, only the ledger comes."""
    houses = office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked(drawn(office), "无误", "错排"))
    assert said(office) == [("R607", TOWN), ("R607", COUNTY)]
    office.run("aggregate", "--county", office.folder, "--period", LATER, str(houses))
    status = office.run("status", "--county", office.folder, "--period", LATER, "--format", "json").json
    assert [problem["code"] for problem in status["problems"] if problem["code"] in ("R606", "R607")] == [
        "R607", "R607",
    ]  # fmt: skip
    ran = office.run("paper", "重新排查", "--county", office.folder, "--period", LATER)
    assert ran.code == 0


def test_a_house_drawn_and_checked_that_is_struck_later_is_no_stranger(office: Office) -> None:
    """It was in the ledger when it was drawn; the county approved that it left."""
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    (gone, stayed) = drawn(office)
    office.receive("抽查.xlsx", checked([gone, stayed], "无误", "无误"))
    assert said(office) == []
    waiver = f'[[waivers]]\ncode = "T501"\nhouse = "{gone}"\nreason = "已拆除"\nby = "王主任"\nuntil = 2099-12-31\n'
    (office.folder / "waivers.toml").write_text(waiver, "utf-8")
    rows = ledger(TOWN, *[SHOP] * 11)
    later = office.receive(f"../{LATER}/台账.xlsx", [row for row in rows if gone not in row])
    ran = office.run("aggregate", "--county", office.folder, "--period", LATER, str(later))
    assert "接收 10" in ran.out
    status = office.run("status", "--county", office.folder, "--period", LATER, "--format", "json").json
    assert [problem["code"] for problem in status["problems"] if problem["code"] == "R610"] == []


def test_the_results_of_a_later_week_do_not_say_that_earlier_checks_are_left_out(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *[SHOP] * 11))
    office.receive("抽查.xlsx", checked(drawn(office), "无误", "错排"))
    office.aggregate()
    (_, *rows) = checked(["YS0101"], "无误")
    later = office.receive(f"../{LATER}/青石抽查.xlsx", [[f"填报单位：{GREENSTONE}"], *rows])
    office.run("aggregate", "--county", office.folder, "--period", LATER, str(later))
    sheet = openpyxl.load_workbook(office.folder / "out" / LATER / "抽查结果.xlsx").worksheets[0]
    left_out = [cell for (cell, *_) in sheet.iter_rows(values_only=True) if "没有计入" in str(cell)]
    assert left_out == [f"没有报抽查台账、没有计入的单位：{MINE}。"]
