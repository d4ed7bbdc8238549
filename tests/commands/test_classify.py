"""`zjf classify`: what comes next for each house, to be handed to those in charge."""

from pathlib import Path

import openpyxl
import pytest

from tests.sheets import Cells, workbook
from zjf.analysis.classification import LABELS
from zjf.notices.lines import diff
from zjf.notices.notice import Notice

from .office import GREENSTONE, Office, ledger, table

TEMPLE_STREET = {
    "是否经营性": "是",
    "经营业态": "民宿",
    "使用人数": "12",
    "地上层数": "3",
    "专业设计": "是",
    "专业施工": "是",
    "初判结论": "存在严重安全隐患",
    "初判日期": "2024-03-01",
    "管控措施": "停止经营",
    "联系电话": "13800138000",
}
OLD_MILL = {
    "初判结论": "存在一定安全隐患",
    "初判日期": "2024-03-01",
    "鉴定日期": "2024-04-01",
    "鉴定机构": "江岳鉴定所",
    "鉴定等级": "C",
    "管控措施": "观察使用",
    "整治责任人": "田春雷",
    "整治期限": "2024-12-31",
}
HANDED_OVER: Cells = [
    ["填报单位：城关街道"],
    ["问题编号", "房屋编号", "来源", "发现日期", "问题描述", "移送部门", "移送日期", "整改完成日期"],
    ["W1", "YS0001", "省级检查", "2024-05-01", "消防通道堵塞", "消防救援大队", "2024-05-08", ""],
]
"""A problem of the first house, which the fire brigade has not answered yet."""


@pytest.fixture
def street(office: Office) -> Office:
    office.receive("城关街道.xlsx", ledger("城关街道", OLD_MILL, TEMPLE_STREET, {}))
    return office


def test_json_says_which_rule_and_clause_gave_each_tag(street: Office) -> None:
    ran = street.run("classify", street.inbox, "--county", street.folder, "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert (document["schema"], document["notice"]) == ("zjf.classification/1", "jiaxiang-2024")
    mill, temple, plain = document["houses"]
    assert (temple["unit"], temple["risk"], temple["duty"]) == ("城关街道", "高", "复核/鉴定")
    assert [tag["tag"] for tag in temple["tags"]] == ["three-storeys", "crowded"]
    assert temple["tags"][0] == {
        "tag": "three-storeys",
        "label": "三层及以上",
        "rule": "地上层数 3 层及以上",
        "clause": "云阳 附2二(二)；融安 二(二)2(3)；嘉峰 三(一)",
    }
    assert temple["departments"] == ["县公安局", "县文化旅游委", "县住房城乡建委", "县消防救援大队"]
    assert (mill["risk"], mill["duty"]) == ("中", "整治")
    assert (plain["risk"], plain["duty"], plain["tags"], plain["departments"]) == ("未判", "初判", [], [])
    assert document["totals"]["houses"] == 3
    assert {kind["list"]: kind["houses"] for kind in document["lists"]} == {
        "look-alikes": [],
        "look-again": [],
        "relist": [],
    }


def test_another_notice_changes_what_the_notices_differ_in(street: Office) -> None:
    one, other = (
        street.run(
            "classify", street.inbox, "--county", street.folder, "--notice", notice, "--format", "json"
        ).json["houses"]
        for notice in ("jiaxiang-2024", "rongan-2022")
    )
    assert "三类房屋（经营性）" in {
        difference.item for difference in diff(Notice.load("jiaxiang-2024"), Notice.load("rongan-2022"))
    }
    assert [house["three_kinds"] for house in one] == [None, None, None]
    assert [house["three_kinds"] for house in other] == [False, True, False]
    assert [house | {"three_kinds": None} for house in other] == one


def test_the_screen_shows_the_counts_and_the_gravest(street: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    ran = street.run("classify", street.inbox, "--county", street.folder)
    lines = [line.replace(" ", "") for line in ran.out.splitlines()]
    assert "┃风险等级┃复核/鉴定┃整治┃初判┃合计┃" in lines
    assert "│高│1│0│0│1│" in lines
    assert any("城关街道（1栋）" in line and "复核/鉴定" in line and "县公安局" in line for line in lines)
    assert ran.err == ""


def test_the_workbook_has_a_sheet_for_each_duty_and_masks_owners(street: Office, tmp_path: Path) -> None:
    path = tmp_path / "交办.xlsx"
    asked = ("classify", street.inbox, "--county", street.folder, "--format", "xlsx", "-o", path)
    for options, owner, phone in (((), "赵*", "13*******00"), (("--show-personal",), "赵2", "13800138000")):
        assert street.run(*asked, *options).code == 0
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == [
            "汇总",
            "管控",
            "复核鉴定",
            "重新鉴定",
            "移送",
            "整治",
            "验收",
            "销号",
            "复看",
            "初判",
            "做样子清单",
            "复看清单",
            "重新纳入清单",
        ]
        sheet = book["复核鉴定"]
        told = dict(zip([cell.value for cell in sheet[2]], [cell.value for cell in sheet[3]], strict=True))
        assert (told["风险等级"], told["产权人"], told["联系电话"]) == ("高", owner, phone)


def test_a_list_that_was_left_among_the_returns_is_not_read(street: Office) -> None:
    path = street.inbox / "分类清单.xlsx"
    for _ in range(2):
        asked = ("classify", street.inbox, "--county", street.folder, "--format", "xlsx", "-o", path)
        assert street.run(*asked).code == 0


def test_a_house_that_cannot_be_told_is_listed_apart(office: Office, tmp_path: Path) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", OLD_MILL | {"鉴定等级": "三级"}, TEMPLE_STREET))
    path = tmp_path / "交办.xlsx"
    ran = office.run("classify", office.inbox, "--county", office.folder, "--format", "xlsx", "-o", path)
    assert ran.code == 1
    assert "有 1 行数据有误" in ran.err
    (house,) = openpyxl.load_workbook(path)["待核实"].iter_rows(min_row=3, values_only=True)
    assert house[:3] == (1, "待核实", "城关街道")


def test_a_problem_with_a_department_is_the_next_duty(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", OLD_MILL))
    office.receive("问题整改台账.xlsx", HANDED_OVER)
    ran = office.run("classify", office.inbox, "--county", office.folder, "--format", "json")
    assert [house["duty"] for house in ran.json["houses"]] == ["移送"]


def test_one_house_sent_twice_is_one_house(street: Office) -> None:
    street.receive("城关街道（改）.xlsx", (street.inbox / "城关街道.xlsx").read_bytes())
    ran = street.run("classify", street.inbox, "--county", street.folder, "--format", "json")
    assert ran.json["totals"]["houses"] == 3


def test_a_notice_will_do_without_a_county(
    street: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = street.run("classify", street.inbox, "--notice", "jiafeng-2024", "--format", "json")
    assert (ran.code, ran.json["notice"]) == (0, "jiafeng-2024")
    assert street.run("classify", street.inbox).code == 3


def test_what_cannot_be_done_is_said(office: Office) -> None:
    office.receive("城关街道.xlsx", [["填报单位：城关街道"], ["别的"], ["表"]])
    near = office.run("classify", office.inbox, "--county", office.folder, "--notice", "jiaxing-2024")
    assert (near.code, "最接近的是 jiaxiang-2024" in near.err) == (2, True)
    listed = office.run("classify", office.inbox, "--county", office.folder, "-o", "甲.xlsx")
    assert (listed.code, "-o 只用于 --format xlsx" in listed.err) == (2, True)
    nothing = office.run("classify", office.inbox, "--county", office.folder)
    assert (nothing.code, "没有自建房台账" in nothing.err) == (3, True)
    (office.inbox / "青石镇.xlsx").write_bytes(workbook(ledger(GREENSTONE, {}))[:2000])
    damaged = office.run("classify", office.inbox, "--county", office.folder)
    assert (damaged.code, "青石镇.xlsx：文件已损坏" in damaged.err) == (3, True)


def test_the_merged_ledger_says_it_too(street: Office) -> None:
    street.aggregate(merged=True)
    sheet = openpyxl.load_workbook(street.out / "合并台账.xlsx").worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert headings[-5:] == list(LABELS.values())
    _, temple, plain = sheet.iter_rows(min_row=3, values_only=True)
    departments = "县公安局、县文化旅游委、县住房城乡建委、县消防救援大队"
    assert temple[-5:] == ("三层及以上、人员密集", None, "高", "复核/鉴定", departments)
    assert plain[-5:] == ("无", None, "未判", "初判", "无")


def test_the_merged_ledger_knows_what_waits_for_a_department(street: Office) -> None:
    street.receive("问题整改台账.xlsx", HANDED_OVER)
    street.aggregate(merged=True)
    mill, temple, _ = table(street.out / "合并台账.xlsx")
    assert (mill[-2], temple[-2]) == ("移送", "复核/鉴定")


def test_nothing_grave_is_said_only_of_what_was_judged(office: Office) -> None:
    sound = {"初判结论": "未发现安全隐患", "初判日期": "2024-03-01"}
    office.receive("城关街道.xlsx", ledger("城关街道", sound, {}, {}))
    shown = office.run("classify", office.inbox, "--county", office.folder).out
    assert "已判定的房屋中没有高风险的；未判 2 栋，还不知道。" in shown
    office.receive("城关街道.xlsx", ledger("城关街道", sound))
    assert "没有高风险房屋。" in office.run("classify", office.inbox, "--county", office.folder).out


def test_progress_is_of_whom_the_notice_is_about_and_of_what_can_be_read(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "rongan-2022")
    unreadable = TEMPLE_STREET | {"初判结论": "看不清"}
    office.receive("城关街道.xlsx", ledger("城关街道", TEMPLE_STREET, OLD_MILL, unreadable))
    told = office.run("classify", office.inbox, "--county", office.folder, "--format", "json").json[
        "progress"
    ]
    assert (told["houses"], told["unknown"]) == (3, 1)
    figures = {name: (figure["numerator"], figure["denominator"]) for name, figure in told["figures"].items()}
    assert figures == {
        "commercial/judged": (1, 1),
        "commercial/verdict": (0, 1),
        "commercial/controlled": (1, 1),
        "commercial/resolved": (0, 1),
        "commercial/closed": (0, 1),
    }
    said = office.run("classify", office.inbox, "--county", office.folder).out
    assert "经营性自建房管控率" in said
    assert "有 1 栋的有关单元格看不清，以上各数没有计入。" in said
