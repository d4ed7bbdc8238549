"""What a department sums up: its houses, whoever sent them, and the problems found there or handed to it (嘉祥 四(三))."""

from .office import PERIOD, TOWN, UNITS, Office, ledger
from .papers import take_in
from .prepared import prepared
from .test_paper_reports import APPRAISED, JUDGED, judged, made, paper
from .test_spot_checks_accepted import SHOP

county = prepared(judged)


def test_each_department_sums_up_its_own_houses(office: Office) -> None:
    shop, school = ({**SHOP, **JUDGED, "经营业态": business} for business in ("超市", "学校幼儿园"))
    take_in(office, {TOWN: [shop, {**shop, **APPRAISED}, school, JUDGED]})
    assert paper(office, "部门总结", "--period", PERIOD).code == 0
    said, figures = made(office, "部门总结_县商务委")
    assert "监管范围内自建房2栋，其中经营性2栋，初判隐患2栋。" in said
    assert (figures["all/resolved"]["value"], figures["all/resolved"]["of"]) == (1, 2)
    assert "没有收到问题整改台账，有没有问题不清楚。" in said
    assert made(office, "部门总结_县教委")[1]["houses"]["value"] == 1


def test_a_department_s_problems_are_those_at_its_houses_or_handed_to_it(office: Office) -> None:
    headings = [
        "问题编号",
        "来源",
        "发现日期",
        "问题描述",
        "房屋编号",
        "移送部门",
        "移送日期",
        "整改完成日期",
    ]
    at_its_house = ["W1", "自查", "2024-05-02", "墙体开裂", "YS0001", "", "", "2024-05-20"]
    handed_over = ["W2", "自查", "2024-05-02", "没有许可", "", "县商务委", "2024-05-06", ""]
    of_others = ["W3", "自查", "2024-05-02", "没有许可", "", "县公安局", "2024-05-06", ""]
    shop = {**SHOP, **JUDGED, "经营业态": "超市"}
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, shop))
    issues = [[f"填报单位：{TOWN}"], headings, at_its_house, handed_over, of_others]
    office.receive("问题.xlsx", issues)
    at_another_s_house = [*at_its_house[:-1], ""]
    office.receive("别的问题.xlsx", [[f"填报单位：{UNITS[1]}"], headings, at_another_s_house])
    office.aggregate()
    paper(office, "部门总结", "--period", PERIOD)
    said, _ = made(office, "部门总结_县商务委")
    assert f"发现问题2个，已整改1个，确认不属实0个。{UNITS[2]}没有报问题整改台账，没有计入。" in said
    assert f"{UNITS[1]}、{UNITS[2]}没有报自建房台账，没有计入。" in said


def test_a_department_s_summary_is_not_a_township_s(county: Office) -> None:
    ran = paper(county, "部门总结", "--period", PERIOD, "--unit", TOWN)
    assert (ran.code, "不按乡镇出" in ran.err) == (2, True)
