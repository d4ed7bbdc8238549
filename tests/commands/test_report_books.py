"""Ledgers made from the ledgers: hazards, departments, transfers, clearing, households."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

import zjf.documents.books  # noqa: F401  # registers every kind of book
from tests.sheets import parse
from zjf.documents.books.book import BOOKS

from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office, Ran, ledger
from .papers import take_in
from .prepared import prepared

JUDGED = {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-20"}
OLD = {**JUDGED, "初判日期": "2023-03-05", "村（社区）": "西村"}
CLEARED = {
    **OLD,
    "复核结论": "无隐患",
    "复核日期": "2023-04-05",
    "复核人": "周工",
    "销号日期": "2023-05-01",
    "销号方式": "复核无隐患",
}
SHOP = {**JUDGED, "是否经营性": "是", "经营业态": "影院", "专业设计": "是", "专业施工": "是"}
HANDED_OVER = {**JUDGED, "移送部门": "城市管理局", "移送日期": "2024-05-28"}


def many_kinds(office: Office) -> Office:
    """Houses of every kind that a book lists, and a plain one."""
    take_in(office, {TOWN: [JUDGED, OLD, CLEARED, SHOP, HANDED_OVER, {}], GREENSTONE: [CLEARED]})
    return office


county = prepared(many_kinds)


def report(office: Office, *arguments: str) -> Ran:
    return office.run("report", *arguments, "--period", PERIOD, "--county", office.folder)


def sheet(office: Office, name: str, title: str) -> list[dict[str, Any]]:
    """The rows of one list of a book, by heading."""
    (path,) = office.out.rglob(name)
    page = openpyxl.load_workbook(path)[title]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    header = max(
        number for number, row in enumerate(rows[:4]) if row[0] in ("序号", None, "填报单位", "移送部门")
    )
    heads = [below or above for above, below in zip(rows[header - 1], rows[header], strict=True)]
    return [
        dict(zip(heads, row, strict=True))
        for row in rows[header + 1 :]
        if row[1] is not None or row[0] == "合计"
    ]


def test_every_hazard_has_its_row_and_its_state(county: Office) -> None:
    assert report(county, "隐患台账").code == 0
    rows = sheet(county, f"隐患台账_{TOWN}.xlsx", "台账")
    assert {row["房屋编号"]: row["状态"] for row in rows if row["房屋编号"]} == {
        "YS0001": "待消除",
        "YS0002": "待消除",
        "YS0003": "已销号",
        "YS0004": "待消除",
        "YS0005": "待消除",
    }
    whole = sheet(county, "隐患台账_云水县.xlsx", "汇总")
    assert whole[-1]["隐患房屋（栋）"] == 6
    assert whole[-1]["已销号"] == 2


def test_personal_data_is_masked_unless_it_is_asked_for(county: Office) -> None:
    report(county, "hazard-ledger", "--unit", TOWN)
    assert sheet(county, f"隐患台账_{TOWN}.xlsx", "台账")[0]["产权人"].endswith("*")
    report(county, "hazard-ledger", "--unit", TOWN, "--show-personal")
    assert sheet(county, f"隐患台账_{TOWN}.xlsx", "台账")[0]["产权人"] == "赵1"


def test_a_department_has_its_own_houses(county: Office) -> None:
    report(county, "部门台账")
    rows = sheet(county, "行业部门台账_县委宣传部.xlsx", "排查台账")
    assert [row["房屋编号"] for row in rows] == ["YS0004"]


def test_days_of_waiting_are_counted_to_the_closing_day(county: Office) -> None:
    report(county, "移送台账")
    (row,) = sheet(county, f"移送台账_{TOWN}.xlsx", "台账")
    assert (row["移送部门"], row["已移送天数"], row["状态"]) == ("城市管理局", 10, "待处理")


def test_a_problem_that_was_not_true_waits_for_nobody(office: Office) -> None:
    take_in(office, {TOWN: [{}]})
    office.receive("问题.xlsx", parse(REFUTED)[0])
    office.aggregate()
    report(office, "移送台账")
    (row,) = sheet(office, f"移送台账_{TOWN}.xlsx", "台账")
    assert (row["状态"], row["处理结果"], row["已移送天数"]) == ("已处理", "确认不属实", None)


REFUTED = """
    | 问题编号 | 乡镇（街道） | 村（社区） | 来源     | 发现日期   | 问题描述 | 是否确认 | 确认日期   | 移送部门 | 移送日期   |
    | W1       | 城关街道     | 东村       | 群众举报 | 2024-03-05 | 墙体开裂 | 否       | 2024-05-06 | 教委     | 2024-05-09 |
"""


def test_hazards_of_before_and_since_are_told_apart(county: Office) -> None:
    report(county, "清零")
    before = sheet(county, "静态清零_云水县.xlsx", "静态清零分村")[-1]
    since = sheet(county, "静态清零_云水县.xlsx", "动态清零分村")[-1]
    names = ("列入（栋）", "已消除（栋）", "未消除（栋）")
    assert [before[name] for name in names] == [3, 2, 1]
    assert [since[name] for name in names] == [3, 0, 3]


def said_on(office: Office, name: str, sheet: str) -> str:
    book = openpyxl.load_workbook(office.out / "台账" / name)
    return "\n".join(str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row if cell)


def test_what_nobody_reported_is_said_to_be_unknown_and_who_is_not_counted_is_named(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP))
    office.aggregate()
    for book in ("行业部门台账", "清零"):
        ran = office.run("report", book, "--period", PERIOD, "--county", office.folder)
        assert ran.code == 0, ran.err
    department = next((office.out / "台账").glob("行业部门台账_*.xlsx")).name
    assert "没有收到问题整改台账，有没有问题不清楚" in said_on(office, department, "问题台账")
    clearing = next((office.out / "台账").glob("静态清零_*.xlsx")).name
    said = said_on(office, clearing, "静态清零分村")
    assert "2024年3月15日以前初判的隐患" in said, "the day of the notice"
    assert f"没有报自建房台账、没有计入的单位：{GREENSTONE}、" in said
    assert "没有计入的单位" in said_on(office, clearing, "动态清零未消除")


def test_of_whom_a_part_is_counted_is_named_on_his_own_book_too(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, SHOP, WRONG))
    office.receive("青石.xlsx", ledger(GREENSTONE, SHOP))
    office.aggregate("--partial")
    assert report(office, "hazard-ledger").code == 0
    whose = f"自建房台账只接收了一部分、其余没有计入的单位：{TOWN}（退回1行）。"
    said = {path.stem.partition("_")[2]: said_on(office, path.name, "汇总") for path in made_books(office)}
    assert {owner for owner, text in said.items() if whose in text} == {TOWN, "云水县"}
    assert GREENSTONE in said


def made_books(office: Office) -> list[Path]:
    return sorted((office.out / "台账").glob("隐患台账_*.xlsx"))


@pytest.mark.parametrize(("styles", "told"), [("xlsx,pdf", True), ("xlsx", False)])
def test_a_book_is_a_workbook_whatever_else_is_asked_for(county: Office, styles: str, told: bool) -> None:
    ran = county.run("report", "隐患台账", "--as", styles, "--period", PERIOD, "--county", county.folder)
    assert ran.code == 0
    assert {path.suffix for path in (county.out / "台账").iterdir()} == {".xlsx"}
    assert ("隐患台账只出 xlsx" in ran.err) == told


def test_a_book_of_nothing_is_refused_and_not_written(office: Office) -> None:
    take_in(office)
    ran = report(office, "household-books")
    assert (ran.code, "没有可出" in ran.err) == (3, True)
    assert not list(office.out.rglob("困难群众台账*"))


def test_what_has_nothing_to_say_keeps_no_other_table_from_being_written(county: Office) -> None:
    ran = report(county, "household-books", "transfer-ledger", "hazard-ledger", "attachment-2")
    assert (ran.code, "没有可出《" in ran.err) == (3, True)
    assert list((county.out / "附件").glob("附件2_*"))
    assert made_books(county)


def test_a_county_of_households_needs_no_house_ledger_for_its_books(office: Office) -> None:
    """云霄 counts households: nobody there sends a house ledger."""
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    headings = ["户编号", "户主姓名", "类别", "结构类型", "村（社区）"]
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], headings, ["H1", "赵一", "低保户", "砖混结构", "东村"]])
    office.aggregate()
    assert report(office, "困难群众台账").code == 0
    assert len(list(office.out.rglob("困难群众台账_*"))) == 2


def test_the_book_of_households_counts_as_the_circular_does(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "yunxiao-2020")
    headings = ["户编号", "户主姓名", "类别", "结构类型", "村（社区）", "鉴定日期", "鉴定等级", "漏雨透风"]
    rows = [
        ["H1", "赵一", "低保户", "砖混结构", "东村", "2024-03-05", "", ""],
        ["H2", "赵二", "建档立卡贫困户", "土坯结构", "东村", "2024-03-05", "C", "是"],
    ]
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], headings, *rows])
    office.aggregate("--partial")
    report(office, "困难群众台账")
    told = office.run("monthly", "--period", "2024-06", "--county", office.folder, "--as", "md")
    assert told.code in (0, 1), told.err
    (document,) = office.folder.rglob("monthly.json")
    total = json.loads(document.read_text("utf-8"))["households"]["total"]
    (path,) = office.out.rglob(f"困难群众台账_{TOWN}.xlsx")
    heads, *_, sums = openpyxl.load_workbook(path)["汇总按类别"].iter_rows(min_row=2, values_only=True)
    line = dict(zip(heads, sums, strict=True))
    assert line["户数"] == total["households"] > 0
    assert line["已鉴定（户）"] == total["appraised"]
    assert line["C、D级未改造（户）"] == total["unimproved"]
    assert line["没有填写仍住危房或漏雨透风（户）"] == total["living_not_told"] > 0


@pytest.mark.parametrize("kind", sorted(BOOKS))
def test_books_are_never_read_as_returns(county: Office, kind: str) -> None:
    rows = county.validate("--format", "json").json["totals"]["rows"]
    report(county, kind)
    for path in (county.out / "台账").glob("*.xlsx"):
        (county.inbox / path.name).write_bytes(path.read_bytes())
    assert county.validate("--format", "json").json["totals"]["rows"] == rows


def test_all_units_tables_are_bound_in_order_with_their_contents(county: Office) -> None:
    assert report(county, "attachment-1", "attachment-2", "--as", "pdf", "--one-file").code == 0
    (path,) = county.out.rglob(f"合订_{PERIOD}.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    parts = [entry.title for entry in pypdf.PdfReader(path).outline]
    assert len(parts) == len(pages) - 1 == len(list(path.parent.glob("附件*_*.pdf")))
    for number, title in enumerate(parts, 2):
        assert title in pages[0].replace("\n", "")
        assert title.replace("云水县", "")[:6] in pages[number - 1].replace("\n", "")
    assert (report(county, "attachment-2", "--one-file").code) == 2
