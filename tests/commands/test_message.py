"""`zjf message`: what a clerk pastes into the chat of a township."""

import re

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, UNREVIEWED, WRONG, Office, Ran, attachment, ledger


def message(office: Office, *more: str) -> Ran:
    return office.run("message", "--county", office.folder, "--period", PERIOD, *more)


def told(office: Office, unit: str) -> str:
    return (office.out / "messages" / f"{unit}.txt").read_text("utf-8").strip()


def test_a_unit_is_told_how_many_which_most_where_and_until_when(office: Office) -> None:
    office.receive(
        "城关街道张三.xlsx", ledger(TOWN, *[WRONG] * 3, UNREVIEWED, {"产权人": ""}, {"联系电话": "139"}, {})
    )
    message(office, "--until", "2024-06-08 17:00")
    text = told(office, TOWN)
    assert "（读到 7 行）经校验有数据错误 4 处、未落实 1 处、提醒 2 处。" in text
    assert re.search("最多的是：结构类型：[^；]* 3 处；", text)
    assert "《城关街道.xlsx》" in text
    assert "6月8日17:00" in text
    assert (office.out / "marked" / "城关街道.xlsx").exists()
    assert len(text) <= 300
    assert "张三" not in text
    assert "赵" not in text


def test_a_unit_with_nothing_to_mend_need_not_send_its_return_again(office: Office) -> None:
    for houses, asked in (([{"联系电话": "139"}], "改了或写了说明的，请于"), ([{}, WRONG], "改正；请于")):
        office.receive("城关街道.xlsx", ledger(TOWN, *houses))
        message(office)
        assert asked in told(office, TOWN)


def test_who_has_not_reported_is_reminded_and_who_is_done_is_left_alone(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    ran = message(office)
    assert not (office.out / "messages" / f"{TOWN}.txt").exists()
    assert "还没有收到" in told(office, GREENSTONE)
    assert "6月7日23:59" in told(office, GREENSTONE)
    assert len(told(office, MINE)) <= 300
    assert "已写 2 条消息；1 个单位已报" in ran.out


def test_a_unit_whose_houses_are_past_the_notices_day_is_told_so(office: Office) -> None:
    """融安 一(三)2: all houses judged by 2023-06-30. A unit that checks its own return does not hear of it."""
    office.change_settings("jiaxiang-2024", "rongan-2022")
    office.receive("城关街道.xlsx", ledger(TOWN, {}, {}))
    ran = message(office)
    assert "提醒 2 处。最多的是：初判结论：到了通知规定的日子，该做的还没有做到 2 处。" in told(office, TOWN)
    assert "不用写" not in ran.out
    assert (office.out / "marked" / "城关街道.xlsx").exists()


def test_a_message_that_no_longer_holds_is_taken_away(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, WRONG))
    message(office)
    assert "数据错误 1 处" in told(office, TOWN)
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    message(office)
    assert not (office.out / "messages" / f"{TOWN}.txt").exists()
    assert not list((office.out / "marked").iterdir())


def test_a_file_that_cannot_be_opened_is_asked_for_again(office: Office) -> None:
    office.receive("城关街道.xlsx", b"PK\x03\x04 half")
    message(office)
    assert "1 份文件打不开，请重新报送" in told(office, TOWN)


def test_a_period_must_be_named(office: Office) -> None:
    assert office.run("message", "--county", office.folder).code == 2


def test_who_has_not_sent_every_form_is_told_which(office: Office) -> None:
    """嘉峰 asks for the sweep besides; a unit that sent its houses alone has not reported."""
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    office.receive("青石镇.xlsx", ledger(GREENSTONE, WRONG))
    ran = message(office)
    assert "没有报齐，还缺集中摸排情况表。请于" in told(office, TOWN)
    assert "还缺集中摸排情况表，请一并报来。最多的是：" in told(office, GREENSTONE)
    assert "已写 3 条消息。" in ran.out
    lacking = f"其中{TOWN}报来的表不齐，缺集中摸排情况表，按未报计。"
    assert lacking in office.aggregate().out
    assert lacking in office.run("status", "--period", PERIOD, "--county", office.folder).out


def test_a_form_that_is_owed_each_week_and_by_a_day_is_named_once(office: Office) -> None:
    office.change_settings("jiaxiang-2024", "rongan-2022")
    office.receive("石岭.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.aggregate()
    message(office)
    assert "没有报齐，还缺自建房台账（应在2023年6月30日前报）。请于" in told(office, MINE)


def test_who_owes_a_paper_of_a_day_that_has_passed_is_told(office: Office) -> None:
    """嘉祥 五(三): 附件1 and 附件2 by 06-05. They are counted from the houses of who sent a ledger."""
    office.receive("石岭.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.receive("城关街道.xlsx", ledger(TOWN, {}))
    office.aggregate()
    ran = message(office)
    assert "没有报齐，还缺附件1（应在2024年6月5日前报）。请于" in told(office, MINE)
    assert not (office.out / "messages" / f"{TOWN}.txt").exists()
    assert "已写 2 条消息；1 个单位已报" in ran.out
