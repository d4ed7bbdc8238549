"""`zjf aggregate`: what is taken into the ledger, what is sent back, and what the period comes to."""

from pathlib import Path

import openpyxl
import pytest

from tests.sheets import A_PLAIN_HOUSE, Cells
from zjf.ledger import Ledger
from zjf.schemas import FORMS

from .office import (
    FACT_1,
    GREENSTONE,
    MINE,
    PERIOD,
    SETTINGS,
    TOWN,
    UNITS,
    UNREVIEWED,
    WRONG,
    Office,
    attachment,
    ledger,
    table,
)

FACT_1_RATES = {
    "appraisal_rate": {"numerator": 63, "denominator": 70, "value": "90.00", "display": "90.00%"},
    "rectification_rate": {"numerator": 34, "denominator": 40, "value": "85.00", "display": "85.00%"},
    "closure_rate": {"numerator": 87, "denominator": 100, "value": "87.00", "display": "87.00%"},
}
NIL: Cells = [[f"填报单位：{GREENSTONE}"], list(A_PLAIN_HOUSE), ["零报"]]


def test_the_document_field_by_field(office: Office) -> None:
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    ran = office.aggregate("--format", "json")
    document = ran.json
    assert (document["schema"], document["period"]) == ("zjf.aggregate/1", PERIOD)
    assert document["notice"] == "jiaxiang-2024"
    assert document["coverage"] == {
        "expected": [TOWN, GREENSTONE, MINE],
        "accepted": [MINE],
        "partial": [],
        "rejected": [TOWN],
        "missing": [GREENSTONE],
    }
    assert document["rows"] == {"read": 3, "accepted": 1, "rejected": 2}
    figures = {"forms": {"attachment-2": FACT_1}, "counts": FACT_1, "rates": FACT_1_RATES}
    (unit,) = document["units"]
    assert unit.items() >= ({"unit": MINE, "source": "attachment-2"} | figures).items()
    assert document["county"].items() >= figures.items()
    assert (ran.code, ran.err) == (1, "")


def test_the_summary_is_what_is_printed(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    printed = office.aggregate("--format", "json", merged=True).out
    assert (office.out / "summary.json").read_text(encoding="utf-8") == printed.rstrip("\n")
    assert sorted(office.results()) == ["summary.json", "合并台账.xlsx", "汇总表.xlsx", "退回清单.xlsx"]


def test_a_county_that_has_reported_well_is_done(office: Office) -> None:
    for unit in UNITS:
        office.receive(f"{unit}.xlsx", ledger(unit, {}, {}))
    ran = office.aggregate()
    assert ran.code == 0
    assert ran.out.splitlines()[-2:] == [
        "读入 6 行 = 接收 6 行 ＋ 退回 0 行。",
        "应报 3 个单位 = 已接收 3 ＋ 退回 0 ＋ 未报 0。",
    ]


def test_a_duty_unmet_is_counted_and_told(office: Office) -> None:
    for unit in UNITS:
        office.receive(f"{unit}.xlsx", ledger(unit, UNREVIEWED))
    ran = office.aggregate("--format", "json")
    assert ran.code == 1
    assert ran.json["rows"] == {"read": 3, "accepted": 3, "rejected": 0}
    assert ran.json["coverage"]["accepted"] == list(UNITS)
    assert ran.json["county"]["forms"]["attachment-1"]["noncommercial_closed"] == 3


def test_one_error_sends_the_whole_return_back(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, WRONG))
    ran = office.aggregate()
    assert ran.code == 1
    assert office.houses() == {}
    assert ran.out.splitlines()[-2:] == [
        "读入 3 行 = 接收 0 行 ＋ 退回 3 行。",
        "应报 3 个单位 = 已接收 0 ＋ 退回 1（城关街道） ＋ 未报 2（青石镇、石岭矿区管理处）。",
    ]


def test_the_list_of_rejected_rows_accounts_for_each(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, WRONG | {"地上层数": "120"}))
    office.aggregate()
    wrong, sound = table(office.out / "退回清单.xlsx")
    assert wrong[1:7] == (TOWN, f"{TOWN}.xlsx", "Sheet1", 5, "YS0003", "C103\nC104")
    assert str(wrong[7]).count("请") == 2
    assert (sound[4], sound[7]) == (
        None,
        "整份退回：其余 2 行本身没有错误，请在改正后随整份重新报送。",
    )


def test_in_part_the_good_rows_are_taken(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}, WRONG))
    ran = office.aggregate("--partial", merged=True)
    assert ran.code == 1
    assert office.houses() == {TOWN: 2}
    assert [row[5] for row in table(office.out / "退回清单.xlsx")] == ["YS0003"]
    assert [row[0] for row in table(office.out / "合并台账.xlsx")] == ["YS0001", "YS0002"]
    assert ran.out.splitlines()[-2:] == [
        "读入 3 行 = 接收 2 行 ＋ 退回 1 行。",
        "应报 3 个单位 = 已接收 1（其中部分接收 1：城关街道） ＋ 退回 0 ＋ 未报 2（青石镇、石岭矿区管理处）。",
    ]
    coverage = office.summary("--partial")["coverage"]
    assert coverage["accepted"] == coverage["partial"] == [TOWN]


def test_a_wrong_total_alone_rejects_the_return_and_in_part_none_of_its_rows(office: Office) -> None:
    cells = ledger(TOWN, {"使用人数": "3"}, {"使用人数": "4"})
    total = [
        "合计" if heading == "房屋编号" else "9" if heading == "使用人数" else "" for heading in cells[1]
    ]
    office.receive(f"{TOWN}.xlsx", [*cells, total])
    assert office.summary()["rows"] == {"read": 2, "accepted": 0, "rejected": 2}
    assert office.summary("--partial")["rows"] == {"read": 2, "accepted": 2, "rejected": 0}
    assert office.summary("--partial")["coverage"]["partial"] == [TOWN]


def test_houses_go_before_the_attachment_and_what_they_do_not_tell_is_kept(office: Office) -> None:
    plain = dict.fromkeys(FACT_1, 0) | {"surveyed": 2, "noncommercial": 2}
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    online = {"online_confirmed": 3, "online_issues": 5}
    office.receive(f"{TOWN}附件2.xlsx", attachment("attachment-2", {TOWN: plain | online}))
    (unit,) = office.summary()["units"]
    assert unit["source"] == "house-ledger"
    assert unit["counts"] == plain
    assert unit["forms"]["attachment-2"] == plain | online


def test_two_sheets_of_one_ledger_are_one_ledger(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}), ledger(TOWN, {}, {}, number_from=2))
    assert office.summary()["rows"]["accepted"] == 3
    assert office.houses() == {TOWN: 3}


def test_one_house_from_two_units_is_counted_for_neither(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {"房屋编号": "YS7"}, {}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {"房屋编号": "YS7"}, {}))
    summary = office.summary("--partial")
    assert summary["rows"] == {"read": 4, "accepted": 2, "rejected": 2}
    assert office.houses() == {TOWN: 1, GREENSTONE: 1}


def test_a_roll_up_is_accepted_for_each_of_its_units(office: Office) -> None:
    office.receive("汇总.xlsx", attachment("attachment-2", dict.fromkeys(UNITS, FACT_1)))
    summary = office.summary()
    assert summary["coverage"]["accepted"] == list(UNITS)
    assert [unit["counts"] for unit in summary["units"]] == [FACT_1] * 3
    assert summary["county"]["counts"] == {name: 3 * count for name, count in FACT_1.items()}
    assert summary["county"]["rates"]["closure_rate"]["value"] == "87.00"


def test_of_a_roll_up_in_part_the_unit_with_the_error_is_sent_back(office: Office) -> None:
    wrong = FACT_1 | {"closed": 88}
    figures = {TOWN: FACT_1, GREENSTONE: wrong, MINE: FACT_1}
    office.receive("汇总.xlsx", attachment("attachment-2", figures))
    assert office.summary()["coverage"]["rejected"] == list(UNITS)
    summary = office.summary("--partial")
    assert summary["rows"] == {"read": 3, "accepted": 2, "rejected": 1}
    assert summary["coverage"]["partial"] == summary["coverage"]["accepted"] == [TOWN, MINE]
    assert summary["coverage"]["rejected"] == [GREENSTONE]


def test_a_nil_return_is_a_return(office: Office) -> None:
    office.receive(f"{GREENSTONE}.xlsx", NIL)
    summary = office.summary()
    assert summary["coverage"]["accepted"] == [GREENSTONE]
    assert summary["units"][0]["counts"]["surveyed"] == 0
    assert summary["county"]["rates"]["closure_rate"] == {
        "numerator": 0,
        "denominator": 0,
        "value": None,
        "display": "—",
    }


def test_an_empty_table_is_none(office: Office) -> None:
    office.receive(f"{GREENSTONE}.xlsx", NIL[:2])
    assert office.summary()["coverage"]["rejected"] == [GREENSTONE]


def test_a_unit_outside_the_roster_is_sent_back_and_expected_by_nobody(office: Office) -> None:
    office.receive("城官街道.xlsx", ledger("城官街道", {}))
    for more in ((), ("--partial",)):
        ran = office.aggregate("--format", "json", *more)
        assert ran.code == 1
        assert ran.json["rows"] == {"read": 1, "accepted": 0, "rejected": 1}
        assert ran.json["units"] == []
        assert ran.json["coverage"]["expected"] == ran.json["coverage"]["missing"] == list(UNITS)


def test_a_file_that_cannot_be_read_rejects_the_unit_it_is_named_for(office: Office) -> None:
    office.receive(f"{TOWN}台账.xlsx", b"PK\x03\x04")
    ran = office.aggregate("--format", "json")
    assert ran.json["coverage"]["rejected"] == [TOWN]
    assert ran.json["rows"] == {"read": 0, "accepted": 0, "rejected": 0}
    assert [row[6] for row in table(office.out / "退回清单.xlsx")] == ["F001"]


def test_a_unit_is_accepted_when_it_has_sent_all_that_is_expected(office: Office) -> None:
    expects = 'weekday = "周五"\nforms = ["house-ledger", "attachment-1"]'
    settings = SETTINGS.replace('weekday = "周五"', expects)
    (office.folder / "zjf.toml").write_text(settings, encoding="utf-8")
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    assert office.summary()["coverage"]["accepted"] == []
    nothing = FORMS["attachment-1"].counts
    office.receive(f"{TOWN}附件1.xlsx", attachment("attachment-1", {TOWN: dict.fromkeys(nothing, 0)}))
    assert office.summary()["coverage"]["accepted"] == [TOWN]


def test_periods_are_apart(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.run("aggregate", office.inbox, "--county", office.folder, "--period", "2024-W24")
    book = Ledger.open("sqlite:///ledger.db", folder=office.folder)
    assert [len(book.frame("house-ledger", period)) for period in book.periods()] == [1, 2]
    assert (office.folder / "out" / "2024-W24" / "summary.json").exists()


def test_the_results_go_where_they_are_wanted(office: Office, tmp_path: Path) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate("-o", tmp_path / "结果")
    assert (tmp_path / "结果" / "summary.json").exists()
    assert not office.out.exists()


def test_the_merged_ledger_has_personal_data_whole(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {"产权人": "欧阳小满"}))
    office.aggregate(merged=True)
    assert "欧阳小满" in table(office.out / "合并台账.xlsx")[0]


def test_where_nothing_can_be_written_it_says_so_and_leaves_no_half_file(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate(merged=True)
    files = office.results()
    blocked = office.out / "汇总表.xlsx"
    blocked.unlink()
    (blocked / "挡住").mkdir(parents=True)
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    ran = office.aggregate("--format", "json", merged=True)
    assert (ran.code, ran.out) == (3, "")
    assert "写不出" in ran.err
    assert sorted(path.name for path in office.out.iterdir()) == sorted(files)
    (blocked / "挡住").rmdir()
    blocked.rmdir()
    assert office.summary()["county"]["counts"]["surveyed"] == 2


@pytest.mark.parametrize("bad", [b"no database", b"SQLite format 3\x00" + b"\x00" * 4096])
def test_a_ledger_that_does_not_open_stops_it(bad: bytes, office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    (office.folder / "ledger.db").write_bytes(bad)
    ran = office.aggregate()
    assert ran.code == 3
    assert "Traceback" not in ran.err
    assert "台账" in ran.err
    assert not office.out.exists()


def test_a_list_of_the_county_says_whom_it_does_not_count(office: Office) -> None:
    headings = ["户编号", "户主姓名", "类别", "结构类型", "村（社区）"]
    office.receive("户.xlsx", [[f"填报单位：{TOWN}"], headings, ["H1", "赵一", "低保户", "砖混结构", "东村"]])
    office.aggregate()
    book = openpyxl.load_workbook(office.out / "困难群众住房安全情况.xlsx")
    said = [str(cell) for row in book["分类统计"].iter_rows(values_only=True) for cell in row if cell]
    assert said[-1] == f"没有报困难群众住房安全台账、没有计入的单位：{GREENSTONE}、{MINE}。"


def test_rates_say_of_how_many_units_each_is(office: Office) -> None:
    """One unit's ledger tells who is judged; closures are also told by the other's attachment-2."""
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    office.receive("石岭.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    out = office.aggregate().out
    assert "有数据的1个单位全部自建房初判率 0.00%" in out
    assert "有数据的2个单位全部自建房销号率 87.00%" in out
    explained = office.run("explain", "closure_rate", "--period", PERIOD, "--county", office.folder).out
    assert "：报了有关数据的单位合计还差13栋" in explained.replace("\n", "")
