"""`zjf reconcile`: the platform's list against the ledger, on the screen, as JSON and as workbooks."""

from pathlib import Path

import openpyxl

from tests.commands.office import PERIOD, WRONG, Office, Ran, ledger
from tests.sheets import parse, workbook
from tests.sweep_tables import SWEEP_HEADER
from zjf.intake.sheets.own_lists import is_own_list

from .prepared import prepared

SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
PLATFORM = """
    | 房屋编号 | 所属乡镇 | 行政村 | 地址              | 类别   | 层数 |
    | YS0001   | 城关街道 | 东村   | 云水县东村1号     | 自建房 | 3    |
    | YS0002   | 城关街道 | 东村   | 城关街道东村2号   | 自建房 | 2    |
    | YS1001   | 青石镇   | 东村   | 青石镇东村1001号  | 自建房 | 2    |
    | YS9999   | 青石镇   | 南村   | 青石镇南村9号     | 自建房 | 2    |
"""


@prepared
def listed(office: Office) -> Office:
    """A county whose ledger holds three houses of 城关街道 and one of 青石镇, all of them businesses."""
    office.receive("城关街道.xlsx", ledger("城关街道", *[SHOP] * 3))
    office.receive("青石镇.xlsx", ledger("青石镇", SHOP))
    office.aggregate()
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    return office


def reconcile(office: Office, *arguments: str | Path) -> Ran:
    return office.run("reconcile", office.folder / "平台.xlsx", "--county", office.folder, *arguments)


def test_the_document_names_what_is_missed_wrong_and_unlisted(listed: Office) -> None:
    document = reconcile(listed, "--period", PERIOD, "--format", "json").json
    assert (document["schema"], document["period"]) == ("zjf.reconciliation/1", PERIOD)
    assert (document["missed"], document["unlisted"]) == (["YS9999"], ["YS0003"])
    assert document["differences"] == [
        {
            "unit": "城关街道",
            "village": "东村",
            "house_id": "YS0001",
            "heading": "地上层数",
            "ledger": "2",
            "platform": "3",
        }
    ]
    assert document["villages"] == [
        {"unit": "城关街道", "village": "东村", "wl_checked": 2, "wl_wrong": 1, "wl_missed": 0},
        {"unit": "青石镇", "village": "东村", "wl_checked": 1, "wl_wrong": 0, "wl_missed": 0},
        {"unit": "青石镇", "village": "南村", "wl_checked": 0, "wl_wrong": 0, "wl_missed": 1},
    ]


def test_units_of_which_the_list_has_no_house_are_said_not_to_be_compared(listed: Office) -> None:
    only_town = "\n".join(line for line in PLATFORM.splitlines() if "青石镇" not in line)
    (listed.folder / "平台.xlsx").write_bytes(workbook(parse(only_town)[0]))
    document = reconcile(listed, "--format", "json").json
    assert (document["unlisted"], document["units_not_compared"]) == (["YS0003"], ["青石镇"])
    assert "平台清单中没有青石镇的房屋，这些单位没有核对。" in reconcile(listed).out


def test_of_a_list_of_which_no_house_can_be_compared_no_result_is_said(listed: Office) -> None:
    no_units = [row[:1] + row[2:] for row in parse(PLATFORM)[0]]
    (listed.folder / "平台.xlsx").write_bytes(workbook(no_units))
    said = reconcile(listed).out
    assert "平台清单中没有一栋可以核对的房屋，错排、漏排都不清楚。" in said
    assert "（漏排）0 栋" not in said
    document = reconcile(listed, "--format", "json").json
    assert (document["houses_compared"], len(document["units_not_compared"])) == (0, 2)


def test_houses_of_a_unit_without_a_ledger_are_not_said_to_be_missed(office: Office) -> None:
    """青石镇 did not report: nobody knows whether its houses are surveyed."""
    office.receive("城关街道.xlsx", ledger("城关街道", *[SHOP] * 3))
    office.aggregate()
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    document = reconcile(office, "--format", "json").json
    assert (document["missed"], document["houses_without_ledger"]) == ([], 2)
    assert document["units_without_ledger"] == ["青石镇", "石岭矿区管理处"]
    words = "没有报自建房台账、没有核对的单位：青石镇、石岭矿区管理处（平台清单中有 2 栋）。"
    assert words in "".join(reconcile(office).out.splitlines())
    assert reconcile(office, "--format", "xlsx").code == 0
    (path,) = office.out.rglob("平台核对结果.xlsx")
    assert is_own_list(path)
    assert words in [row[0] for row in openpyxl.load_workbook(path)["没有核对的"].values]


def test_of_a_unit_taken_in_part_what_seems_missed_is_doubted(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger("城关街道", SHOP, SHOP | WRONG, SHOP))
    office.receive("青石镇.xlsx", ledger("青石镇", SHOP))
    header = [[cell.replace("青石镇", "城关街道") for cell in row] for row in SWEEP_HEADER]
    office.receive("摸排.xlsx", [*header, *[[name, *"00030000"] for name in ("东村", "总计")]])
    office.aggregate("--partial")
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    document = reconcile(office, "--format", "json").json
    assert (document["units_in_part"], document["sweep_table"]) == ({"城关街道": 1}, [])
    words = "自建房台账只接收了一部分的单位：城关街道（退回1行），漏排的可能在没有接收的行中"
    assert words in "".join(reconcile(office).out.splitlines())


def test_without_a_period_it_is_the_last_one_in_the_ledger(listed: Office) -> None:
    assert reconcile(listed, "--format", "json").json["period"] == PERIOD


def test_the_screen_says_it_in_words(listed: Office) -> None:
    ran = reconcile(listed)
    assert ran.code == 0
    assert "漏排）1 栋（YS9999）" in ran.out
    assert "YS0001 地上层数：台账「2」，平台「3」" in ran.out


def test_the_workbooks_hold_the_lists_and_the_sweep_table_filled_in(listed: Office) -> None:
    assert reconcile(listed, "--format", "xlsx").code == 0
    folder = listed.out / "平台核对"
    lists, table = folder / "平台核对结果.xlsx", folder / "集中摸排情况表（错漏排已填）.xlsx"
    assert openpyxl.load_workbook(lists).sheetnames == [
        "分村统计",
        "漏排",
        "错排",
        "平台没有的房屋",
        "与情况表不符",
        "销号不一致",
        "疑似同一栋",
        "没有核对的",
    ]
    said = [row[:5] for row in openpyxl.load_workbook(table).active.iter_rows(values_only=True)]
    assert ("城关街道", "东村", 2, 1, 0) in said


def test_a_row_of_the_platform_that_cannot_be_read_is_left_out_and_said(listed: Office) -> None:
    wrong = PLATFORM.replace("| 自建房 | 3    |", "| 自建房 | 三层 |")
    (listed.folder / "平台.xlsx").write_bytes(workbook(parse(wrong)[0]))
    ran = reconcile(listed)
    assert ran.code == 1
    assert "C102" in ran.out
    assert "平台清单中有 1 行有错误、没有核对；台账有、平台没有的可能在其中。" in "".join(
        ran.out.splitlines()
    )


def test_another_table_is_not_taken_for_the_platforms(listed: Office) -> None:
    ran = listed.run("reconcile", listed.inbox, "--county", listed.folder)
    assert ran.code == 3
    assert "没有《信息平台导出清单》" in ran.err
