"""集中摸排情况表: counted from the ledger, handed out filled in, and held against what was sent (A309)."""

import openpyxl

from tests.commands.office import PERIOD, UNITS, Cells, House, Office, ledger, table
from tests.sheets import parse, workbook

TOWN, GREENSTONE, _ = UNITS
SHOP = {"是否经营性": "是", "经营业态": "超市", "专业设计": "是", "专业施工": "是"}
TALL = SHOP | {"地上层数": "3", "初判结论": "未发现安全隐患", "初判日期": "2024-03-05"}
STEEL = SHOP | {"结构类型": "钢结构", "初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
DONE = STEEL | {"复核结论": "无隐患", "复核日期": "2024-04-01", "复核人": "冯技"}
LOW = SHOP | {"初判结论": "存在一定安全隐患", "初判日期": "2024-03-05"}
HOME = {"地上层数": "5", "专业设计": "是", "专业施工": "是"}
IN_WEST = {"村（社区）": "西村"}

SWEPT = """
    | 填报单位：城关街道 |  |  |  |  |  |  |  |  |
    | 行政村 | 错漏排专项核查 | 错漏排专项核查 | 错漏排专项核查 | “三类重点”全面复核 | “三类重点”全面复核 | “三类重点”全面复核 | 安全鉴定专项抽查 | 安全鉴定专项抽查 |
    | 行政村 | 共核查房屋 | 错排房屋 | 漏排房屋 | 共核查房屋 | 发现隐患房屋 | 整改完成 | 共核查 | 发现安全鉴定不合格 |
"""


def sweep(*rows: str) -> Cells:
    """A sweep-table of 城关街道: its villages' lines, then the sums."""
    lines = [line.split() for line in rows]
    sums = [str(sum(int(line[at]) for line in lines)) for at in range(1, 9)]
    return [*parse(SWEPT)[0], *lines, ["总计", *sums]]


def findings(office: Office, *options: str) -> list[tuple[str | None, str]]:
    """Cell and message of every A309."""
    return [
        (problem["cell"], problem["message"])
        for file in office.validate("--format", "json", *options).json["files"]
        for problem in file["problems"]
        if problem["code"] == "A309"
    ]


def receive(office: Office, *rows: str, houses: tuple[House, ...] = (TALL, STEEL, DONE, LOW, HOME)) -> None:
    office.receive("台账.xlsx", ledger(TOWN, *houses))
    office.receive("摸排.xlsx", sweep(*rows))


def test_a_figure_that_the_houses_do_not_come_to_is_named_with_it(office: Office) -> None:
    receive(office, "东村 9 0 0 4 2 0 0 0")
    (checked, what), (rectified, also) = findings(office)
    assert (checked, rectified) == ("E4", "G4")
    assert "东村“三类重点”" in what
    assert "填 4，按城关街道报送的自建房台账统计为 3" in what
    assert "填 0，按城关街道报送的自建房台账统计为 1" in also


def test_it_is_a_reminder_and_the_return_is_taken(office: Office) -> None:
    receive(office, "东村 9 0 0 4 2 0 0 0")
    assert office.aggregate().code == 1  # two units are missing
    assert office.summary()["coverage"]["accepted"] == [TOWN]


def test_figures_that_agree_are_silent_and_so_is_what_houses_do_not_tell(office: Office) -> None:
    receive(office, "东村 9 1 7 3 2 1 5 2")
    assert findings(office) == []


def test_a_village_that_the_table_leaves_out_is_named_once(office: Office) -> None:
    receive(office, "东村 9 0 0 1 0 0 0 0", houses=(TALL, TALL | IN_WEST, HOME | {"村（社区）": "北村"}))
    ((cell, what),) = findings(office)
    assert cell is None
    assert "没有填西村" in what


def test_a_table_without_rows_says_nothing_and_one_that_says_nil_leaves_all_villages_out(
    office: Office,
) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL))
    office.receive("摸排.xlsx", parse(SWEPT)[0])
    assert findings(office) == []
    office.receive("摸排.xlsx", [*parse(SWEPT)[0], ["零报"]])
    assert ["没有填东村" in what for _, what in findings(office)] == [True]


def test_it_is_unknown_without_a_ledger_or_with_rows_sent_back(office: Office) -> None:
    office.receive("摸排.xlsx", sweep("东村 9 0 0 4 2 0 0 0"))
    assert findings(office) == []
    office.receive("台账.xlsx", ledger(TOWN, TALL, {"结构类型": "砖昆"}))
    assert findings(office) == []


def test_a_week_of_which_only_the_sweep_is_known_ranks_nobody(office: Office) -> None:
    """A township that sent what 嘉峰 asks for has reported: its rates are unknown, not 未报."""
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    office.receive("摸排.xlsx", sweep("东村 9 0 0 3 1 0 0 0"))
    office.aggregate()
    office.run("weekly", "--period", PERIOD, "--county", office.folder, "--as", "md")
    text = (office.out / "周报.md").read_text("utf-8")
    unknown = "、".join(
        f"经营性自建房{rate}" for rate in ("初判率", "结论率", "管控率", "隐患消除率", "销号率")
    )
    assert f"各单位的报表都没有反映{unknown}，情况不清楚。" in text
    assert "排名" not in text.partition("进展和排名")[2]
    assert text.count("不清楚") == len((unknown, "逾期", "未落实"))
    headings, *_ = table(office.out / "汇总表.xlsx")
    assert [heading for heading in headings if heading and "附件" in str(heading)] == [
        "附件　经营性自建房问题整改“百日攻坚”行动集中摸排情况表"
    ]


def test_it_is_held_against_the_ledger_that_was_taken_before(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL))
    office.aggregate()
    (office.inbox / "台账.xlsx").unlink()
    office.receive("摸排.xlsx", sweep("东村 9 0 0 2 0 0 0 0"))
    assert [cell for cell, _ in findings(office, "--period", PERIOD)] == ["E4"]


def filled_in(office: Office, form: str, *unit: str) -> list[tuple[object, ...]]:
    path = office.folder / "填好.xlsx"
    made = office.run(
        "template", form, "--from-ledger", "--unit", *unit, "-o", path, "--county", office.folder
    )
    assert made.code == 0, made.err
    assert "统计" in made.err
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def test_the_form_is_handed_out_with_what_the_ledger_counts(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL, STEEL, DONE, LOW, HOME, TALL | IN_WEST))
    office.aggregate()
    said = filled_in(office, "sweep-table", TOWN)
    assert ("东村", None, None, None, 3, 2, 1, None, None) in said
    assert ("西村", None, None, None, 1, 0, 0, None, None) in said


def test_a_form_that_was_handed_out_filled_in_agrees_with_the_ledger(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL, STEEL, DONE, LOW, HOME, TALL | IN_WEST))
    office.aggregate()
    filled_in(office, "sweep-table", TOWN)
    path = office.receive("摸排.xlsx", (office.folder / "填好.xlsx").read_bytes())
    book = openpyxl.load_workbook(path)
    for cell in (cell for row in book.active["B6:I7"] for cell in row if cell.value is None):
        cell.value = 0
    book.save(path)
    assert findings(office, "--period", PERIOD) == []


def test_attachments_are_handed_out_counted_from_the_houses(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL, STEEL, HOME))
    office.aggregate()
    (counted,) = (row for row in filled_in(office, "attachment-2", TOWN) if row[0] == 3)
    assert counted[:4] == (3, 2, 1, 0)


PLATFORM = """
    | 房屋编号 | 所属乡镇 | 行政村 | 地址   | 类别   | 层数 | 平台状态 |
    | YS0001   | 城关街道 | 东村   | 东村1号 | 自建房 | 3   | 已销号   |
    | YS0002   | 城关街道 | 东村   | 东村2号 | 自建房 | 2   | 整治中   |
    | YS0003   | 城关街道 | 东村   | 东村3号 | 自建房 | 2   | 未销号   |
    | YS9999   | 城关街道 | 东村   | 东村2号 | 自建房 | 2   |          |
"""


def reconcile(office: Office, *arguments: str) -> str:
    (office.folder / "平台.xlsx").write_bytes(workbook(parse(PLATFORM)[0]))
    ran = office.run(
        "reconcile", office.folder / "平台.xlsx", "--period", PERIOD, "--county", office.folder, *arguments
    )
    assert ran.code == 0, ran.err
    return ran.out


def test_reconciling_counts_all_three_parts_of_the_table_and_holds_them_against_what_was_sent(
    office: Office,
) -> None:
    receive(office, "东村 4 0 0 4 2 1 0 0")
    office.aggregate()
    said = reconcile(office)
    assert "“三类重点”全面复核／共核查房屋，集中摸排情况表填 4，核对结果为 3" in said
    reconcile(office, "--format", "xlsx")
    table = office.out / "平台核对" / "集中摸排情况表（错漏排已填）.xlsx"
    (east,) = (
        row
        for row in openpyxl.load_workbook(table).active.iter_rows(values_only=True)
        if row[:2] == (TOWN, "东村")
    )
    assert east[2:8] == (3, 0, 1, 3, 2, 1)


CLOSED = DONE | {"销号日期": "2024-05-01", "销号方式": "复核无隐患"}


def test_what_the_platform_calls_closed_and_the_ledger_does_not_is_told_with_the_reason(
    office: Office,
) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL, STEEL, CLOSED))
    office.aggregate()
    said = reconcile(office)
    assert "平台写明是否销号的 2 栋中，与台账不一致的 2 栋。" in said
    assert "YS0001：平台「已销号」，台账没有销号（没有填销号日期）" in said
    assert "YS0003：平台「未销号」，台账已销号" in said


def test_two_numbers_at_one_address_may_be_one_house(office: Office) -> None:
    office.receive("台账.xlsx", ledger(TOWN, TALL, STEEL, CLOSED, {"房屋地址": "东村3组"}))
    office.aggregate()
    said = reconcile(office)
    assert "疑似同一栋 1 处（地址没有门牌、不能比较的 1 栋）" in said
    assert "YS0002（台账和平台）、YS9999（平台）" in said
