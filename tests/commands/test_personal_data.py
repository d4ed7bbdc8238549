"""Nobody's number leaves the office, wherever a clerk typed it: only the merged ledger is whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.intake.test_documents import OTHER, PERSON
from tests.sheets import parse, workbook

from .live_parts import texts
from .office import PERIOD, TOWN, WRONG, Office, ledger
from .prepared import prepared

BEFORE = "2024-W22"
MOBILE = "13500001234"
NOTE = f"李四 {MOBILE} 证号{PERSON}"
"""What a clerk types into 备注: nobody's name can be told from other words, the numbers can."""
SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
GRAVE = {
    "初判结论": "存在严重安全隐患",
    "初判日期": "2024-01-05",
    "备注": NOTE,
    "房屋地址": f"东村（{MOBILE}）",
}
NAMED_BY_A_NUMBER = {"房屋编号": PERSON, "鉴定报告编号": "鉴202400123"}
APPRAISED = {"鉴定日期": "2024-02-01", "鉴定机构": "云水检测", "鉴定等级": "C", "管控措施": "停止使用"}
DUE = {"整治责任人": "孙某", "整治期限": "2024-03-01"}
HOUSES = [SHOP | GRAVE | NAMED_BY_A_NUMBER | APPRAISED | DUE, SHOP | {"备注": f"{MOBILE}"}]
SMALLER = {
    "问题整改台账.xlsx": f"""
    | 问题编号 | 乡镇     | 村（社区） | 房屋编号 | 来源     | 发现日期   | 问题描述 | 处理结果 | 移送部门 | 整改期限   |
    | WT01     | 城关街道 | 东村       | {PERSON} | 线上巡检 | 2024-04-02 | {NOTE}   | {NOTE}   | 住建局   | 2024-05-01 |
    """,
    "抽查台账.xlsx": f"""
    | 房屋编号 | 乡镇     | 村（社区） | 抽查日期   | 原结论         | 抽查结论 | 抽查人 | 备注   |
    | {PERSON} | 城关街道 | 东村       | 2024-05-20 | 未发现安全隐患 | 错排     | 周工   | {NOTE} |
    """,
    "鉴定报告抽查台账.xlsx": f"""
    | 报告编号     | 乡镇     | 村（社区） | 房屋编号 | 鉴定机构 | 抽查日期   | 抽查结论 | 问题类型 | 备注   |
    | 鉴202400123  | 城关街道 | 东村       | {PERSON} | 云水检测 | 2024-05-20 | 不合格   | 缺项漏项 | {NOTE} |
    """,
    "困难群众住房安全台账.xlsx": f"""
    | 户编号   | 乡镇     | 村（社区） | 户主姓名 | 类别   | 结构类型 | 房屋编号 | 仍住危房 | 备注   |
    | {PERSON} | 城关街道 | 东村       | 吴某某   | 低保户 | 砖混结构 | {OTHER}  | 是       | {NOTE} |
    """,
}
PLATFORM = f"""
    | 房屋编号 | 所属乡镇 | 行政村 | 地址            | 类别   | 层数 |
    | {PERSON} | 城关街道 | 东村   | 南村{MOBILE}号  | 自建房 | 3    |
    | {OTHER}  | 城关街道 | 南村   | 南村{MOBILE}号  | 自建房 | 2    |
"""
WHOLE = {"合并台账.xlsx"}


@prepared
def kept(office: Office) -> Office:
    """A county in whose returns numbers stand where they do not belong, for two weeks."""
    (office.folder / "notices").mkdir()
    (office.folder / "notices" / "jiaxiang-2024.toml").write_text(
        'inherits = "jiaxiang-2024"\n[switches]\nlook_again_at_grade_ab = { on = true }\n',
        encoding="utf-8",
    )
    office.receive(f"../{BEFORE}/城关街道.xlsx", ledger(TOWN, *HOUSES, {"房屋编号": OTHER}))
    office.run("aggregate", office.inbox.parent / BEFORE, "--period", BEFORE, "--county", office.folder)
    office.receive("城关街道.xlsx", ledger(TOWN, *HOUSES, {"房屋编号": OTHER, "房屋地址": f"南村{MOBILE}"}))
    for name, sheet in SMALLER.items():
        office.receive(name, parse(sheet)[0])
    office.aggregate(merged=True)
    assert office.houses()[TOWN] == 3
    return office


def secrets_in(said: str) -> set[str]:
    plain = "".join(said.split())
    return {secret for secret in (PERSON[6:16], OTHER[6:16], MOBILE[3:9]) if secret in plain}


def files(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.suffix in {".xlsx", ".pdf", ".csv", ".html", ".json", ".md"}
    )


@pytest.mark.parametrize(
    "command",
    [
        f"validate {{inbox}} --period {PERIOD}",
        f"validate {{inbox}} --period {PERIOD} --format json",
        f"report house-ledger issue-ledger spot-check attachment-2 --period {PERIOD} --as xlsx,pdf",
        f"export --period {PERIOD} --as csv,xlsx",
        f"weekly --period {PERIOD} --as md,html,xlsx",
        f"status --period {PERIOD}",
        f"explain 整治率 --period {PERIOD} --unit 城关街道",
        f"diff {BEFORE} {PERIOD}",
        f"diff {BEFORE} {PERIOD} --format json",
        "reconcile {platform}",
        "reconcile {platform} --format json",
        "reconcile {platform} --format xlsx",
    ],
)
def test_no_number_is_said_or_written(kept: Office, command: str) -> None:
    platform = kept.folder / "平台.xlsx"
    platform.write_bytes(workbook(parse(PLATFORM)[0]))
    words = command.format(inbox=kept.inbox, platform=platform).split()
    ran = kept.run(*words, "--county", kept.folder)
    assert ran.code in (0, 1), ran.err
    assert not secrets_in(ran.out + ran.err)
    written = {path.name: secrets_in(texts(path)) for path in files(kept.folder / "out")}
    assert {name for name, found in written.items() if found} == WHOLE


def test_the_merged_ledger_is_whole_and_a_report_for_who_asks(kept: Office) -> None:
    assert NOTE in texts(kept.out / "合并台账.xlsx")
    kept.run("report", "house-ledger", "--period", PERIOD, "--show-personal", "--county", kept.folder)
    assert NOTE in texts(kept.out / "台账" / "自建房台账_城关街道.xlsx")


def test_a_report_s_own_number_stands_whole(kept: Office) -> None:
    """It is as long as a person's, and nobody's."""
    kept.run("report", "house-ledger", "--period", PERIOD, "--county", kept.folder)
    assert "鉴202400123" in texts(kept.out / "台账" / "自建房台账_城关街道.xlsx")


def test_a_missing_house_named_by_a_number_is_masked_and_can_be_waived(kept: Office) -> None:
    """T501 names it, T504 those that no longer count, and the footnote the one that was waived."""
    kept.receive("城关街道.xlsx", ledger(TOWN, HOUSES[0], number_from=1))
    said = [
        kept.validate().out,
        kept.validate("--format", "json").out,
        kept.aggregate().out,
        texts(kept.out / "退回清单.xlsx"),
    ]
    assert "T501" in said[0]
    assert "不再计入的：" in said[0]
    assert not secrets_in("".join(said))
    values = [problem["value"] for problem in _problems(said[1]) if problem["code"] == "T501"]
    assert values == ["YS0002", f"{OTHER[:2]}{'*' * 14}{OTHER[-2:]}"]
    (kept.folder / "waivers.toml").write_text(
        "".join(
            f'[[waivers]]\ncode = "T501"\nhouse = "{house}"\nreason = "已拆除"\nby = "贺建平"\nuntil = 2024-12-31\n'
            for house in ("YS0002", OTHER)
        ),
        encoding="utf-8",
    )
    ran = kept.aggregate()
    assert "豁免 1 处：T501" in ran.out
    assert kept.houses()[TOWN] == 1
    kept.run("report", "attachment-2", "--period", PERIOD, "--county", kept.folder)
    footnoted = texts(kept.out / "附件" / "附件2_城关街道.xlsx")
    assert "T501" in footnoted
    assert not secrets_in(ran.out + footnoted)


def test_a_wrong_line_on_a_ledger_printed_whole_is_told_without_the_person(kept: Office) -> None:
    kept.run("report", "house-ledger", "--period", PERIOD, "--show-personal", "--county", kept.folder)
    path = kept.out / "台账" / "自建房台账_城关街道.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            if cell.value == NOTE:
                cell.value = f"{NOTE}（改）"
    book.save(path)
    ran = kept.run("verify", path, "--county", kept.folder)
    assert "备注：表上是" in ran.out
    assert not secrets_in(ran.out)


def _problems(document: str) -> list[dict[str, str]]:
    return [problem for file in json.loads(document)["files"] for problem in file["problems"]]


def test_classes_name_no_number(kept: Office) -> None:
    kept.receive("城关街道.xlsx", ledger(TOWN, *HOUSES, {"房屋编号": OTHER} | WRONG))
    returns = kept.inbox / "城关街道.xlsx"
    for style in ("table", "json", "xlsx"):
        listing = [] if style != "xlsx" else ["-o", kept.out / "分类.xlsx"]
        ran = kept.run("classify", returns, "--format", style, "--county", kept.folder, *listing)
        assert not secrets_in(ran.out)
    assert not secrets_in(texts(kept.out / "分类.xlsx"))
