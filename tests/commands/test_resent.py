"""Returns that come again: corrected, copied, twice, or just looked at once more."""

import sqlite3

from zjf.ledger import Ledger

from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, WRONG, Office, attachment, ledger


def content(office: Office) -> list[str]:
    """Everything in the ledger."""
    connection = sqlite3.connect(office.folder / "ledger.db")
    dump = list(connection.iterdump())
    connection.close()
    return dump


def test_a_corrected_return_replaces_the_one_before(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.aggregate()
    office.receive(path.name, ledger(TOWN, {}, {}, {}))
    assert office.summary()["units"][0]["counts"]["surveyed"] == 3
    book = Ledger.open("sqlite:///ledger.db", folder=office.folder)
    sent = book.history(TOWN, "house-ledger", PERIOD)
    assert [(submission.rows_accepted, submission.status.value) for submission in sent] == [
        (2, "superseded"),
        (3, "current"),
    ]


def test_a_rejected_resend_leaves_what_was_accepted_standing(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    first = office.summary()
    office.receive(path.name, ledger(TOWN, {}, {}, WRONG))
    second = office.summary()
    assert second["units"] == first["units"]
    assert second["county"] == first["county"]
    assert second["rows"] == {"read": 3, "accepted": 0, "rejected": 3}
    assert second["coverage"]["rejected"] == [TOWN]
    assert office.houses() == {TOWN: 2}


def test_aggregating_again_changes_nothing(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(f"{GREENSTONE}.xlsx", ledger(GREENSTONE, {}, WRONG))
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    first = office.aggregate()
    ledger_before, files_before = content(office), office.results()
    assert office.aggregate() == first
    assert office.results() == files_before
    assert content(office) == ledger_before


def test_a_corrected_file_that_comes_later_supersedes_the_one_beside_it(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    assert office.summary()["coverage"]["rejected"] == [TOWN]
    office.receive(f"{TOWN}（改）.xlsx", ledger(TOWN, {}, {}, {}))
    for _ in "12":  # and so it stays, whoever looks again
        ran = office.aggregate()
        assert f"不再计入  {TOWN}.xlsx" in ran.out
        assert f"自建房台账已由后来的文件 {TOWN}（改）.xlsx 取代" in ran.out
        assert "读入 3 行 = 接收 3 行 ＋ 退回 0 行。" in ran.out
        assert office.summary()["coverage"]["accepted"] == [TOWN]
    assert office.houses() == {TOWN: 3}


def test_who_validates_sees_what_will_be_superseded(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, WRONG))
    assert "不再计入" not in office.validate().out
    office.aggregate()
    office.receive(f"{TOWN}（改）.xlsx", ledger(TOWN, {}, {}, {}))
    ran = office.validate()
    assert ran.code == 0
    assert f"{TOWN}.xlsx  不再计入" in ran.out, "not that it has no problems: it has one"
    assert f"不再计入：自建房台账已由后来的文件 {TOWN}（改）.xlsx 取代" in ran.out
    assert "共 2 个文件，3 行 = 可计入 3 ＋ 退回 0。" in ran.out


def test_what_a_later_file_superseded_stays_so_where_no_period_is_asked_for(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    office.receive(f"{TOWN}（改）.xlsx", ledger(TOWN, {}, {}))
    office.aggregate()
    ran = office.run("validate", office.inbox, "--county", office.folder)
    assert ran.code == 0
    assert "D404" not in ran.out


def test_a_later_file_of_one_unit_leaves_the_others_of_a_roll_up_standing(office: Office) -> None:
    office.receive("汇总.xlsx", attachment("attachment-2", {TOWN: FACT_1, GREENSTONE: FACT_1, MINE: FACT_1}))
    office.run("receive", office.inbox, "--period", PERIOD, "--county", office.folder)
    corrected = FACT_1 | {"closed": 80}
    office.receive("城关附件2.xlsx", attachment("attachment-2", {TOWN: corrected}))
    for _ in range(2):
        ran = office.aggregate()
        assert "中城关街道的数已由后来的文件 城关附件2.xlsx 取代" in ran.out
        summary = office.summary()
        assert summary["rows"] == {"read": 3, "accepted": 3, "rejected": 0}
        assert summary["coverage"]["accepted"] == [TOWN, GREENSTONE, MINE]
        assert [unit["counts"]["closed"] for unit in summary["units"]] == [80, 87, 87]


def test_the_wrong_figure_that_a_later_file_replaces_does_not_reject_the_roll_up(office: Office) -> None:
    wrong = FACT_1 | {"closed": 88}
    office.receive("汇总.xlsx", attachment("attachment-2", {TOWN: wrong, GREENSTONE: FACT_1}))
    assert office.summary()["coverage"]["rejected"] == [TOWN, GREENSTONE]
    office.receive("城关附件2.xlsx", attachment("attachment-2", {TOWN: FACT_1}))
    summary = office.summary()
    assert summary["coverage"]["accepted"] == [TOWN, GREENSTONE]
    assert [unit["counts"]["closed"] for unit in summary["units"]] == [87, 87]


def test_a_later_file_with_none_of_the_houses_is_taken_and_told_of(office: Office) -> None:
    """East village on Monday, west village on Tuesday: most likely both are meant to count."""
    office.receive("东村.xlsx", ledger(TOWN, {"房屋编号": "DC01"}, {"房屋编号": "DC02"}))
    office.aggregate()
    office.receive("西村.xlsx", ledger(TOWN, {"房屋编号": "XC01"}))
    for _ in range(2):
        ran = office.aggregate()
        assert "提醒 D404 它取代了先报的 东村.xlsx，与先报的没有一栋相同的房屋" in ran.out
        assert office.houses() == {TOWN: 1}
    office.receive("西村.xlsx", ledger(TOWN, {"房屋编号": "XC01"}, {"房屋编号": "DC01"}))
    assert "先报的有 1 栋它没有，不再计入：DC02" in office.aggregate().out


def test_houses_that_a_file_written_over_no_longer_has_are_told(office: Office) -> None:
    east, west = ({"房屋编号": number} for number in ("DC01", "XC01"))
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, east))
    assert "D404" not in office.aggregate().out
    office.receive(path.name, ledger(TOWN, west))
    told = f"提醒 D404 它取代了先报的 {TOWN}.xlsx，与先报的没有一栋相同的房屋"
    assert told in office.validate().out
    assert told in office.aggregate().out
    office.receive(path.name, ledger(TOWN, west, east))
    assert "D404" not in office.aggregate().out
    office.receive(path.name, ledger(TOWN, east))
    assert "先报的有 1 栋它没有，不再计入：XC01" in office.aggregate().out


def test_a_file_that_is_sent_back_replaces_nothing_and_says_nothing_of_houses_gone(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.aggregate()
    office.receive(path.name, ledger(TOWN, {}, WRONG))
    assert "D404" not in office.aggregate().out


def test_two_different_files_that_come_together_are_both_sent_back(office: Office) -> None:
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.receive(f"{TOWN}（改）.xlsx", ledger(TOWN, {}, {}))
    for _ in range(2):
        ran = office.aggregate()
        assert ran.out.count("数据错误 D404") == 2
        assert "读入 3 行 = 接收 0 行 ＋ 退回 3 行。" in ran.out
        assert office.summary()["coverage"]["rejected"] == [TOWN]
    (office.inbox / f"{TOWN}.xlsx").unlink()
    assert office.summary()["coverage"]["accepted"] == [TOWN]
    assert office.houses() == {TOWN: 2}


def test_a_nil_return_beside_the_houses_does_not_wipe_out_what_was_accepted(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.aggregate()
    office.receive(path.name, ledger(TOWN, {}, {}, {}))
    office.receive(f"{TOWN}（改）.xlsx", [*ledger(TOWN), ["零报"]])
    ran = office.aggregate("--partial")
    assert ran.out.count("数据错误 D404") == 2
    assert office.houses() == {TOWN: 2}
    assert office.summary("--partial")["coverage"]["rejected"] == [TOWN]


def test_a_nil_return_of_a_unit_that_had_houses_is_not_taken_in_part(office: Office) -> None:
    """零报 where there were houses the week before: every one of them is missing (T501)."""
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.run("aggregate", path, "--county", office.folder, "--period", "2024-W22")
    office.receive(path.name, [*ledger(TOWN), ["零报"]])
    assert office.summary("--partial")["coverage"]["rejected"] == [TOWN]
    assert office.houses() == {}


def test_many_houses_that_are_missing_take_one_line(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, *[{}] * 6))
    office.run("aggregate", path, "--county", office.folder, "--period", "2024-W22")
    office.receive(path.name, ledger(TOWN, {}))
    told = office.aggregate().out
    assert (told.count("T501"), "共 5 处（YS0002、" in told) == (1, True)


def test_a_copy_of_a_file_is_counted_once(office: Office) -> None:
    path = office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}, {}))
    office.receive(f"{TOWN}（副本）.xlsx", path.read_bytes())
    ran = office.aggregate()
    assert "提醒 D404" in ran.out
    assert "读入 2 行 = 接收 2 行 ＋ 退回 0 行。" in ran.out
    assert office.summary()["coverage"]["accepted"] == [TOWN]
    assert office.houses() == {TOWN: 2}


def test_nobody_is_named_by_the_name_of_a_file_that_counts_no_more(office: Office) -> None:
    """Neither of one that a later one replaces, nor of a copy, nor of last week's."""
    owned = {"产权人": "赵璟翀"}
    first = office.receive("城关街道_赵璟翀.xlsx", ledger(TOWN, owned))
    before = first.parent.with_name("2024-W22") / "城关街道.xlsx"
    before.parent.mkdir()
    before.write_bytes(first.read_bytes())
    office.run("aggregate", before.parent, "--period", before.parent.name, "--county", office.folder)
    office.aggregate()
    (first.parent / "城关街道_赵璟翀（副本）.xlsx").write_bytes(first.read_bytes())
    office.receive("城关街道_赵璟翀_改.xlsx", ledger(TOWN, owned | {"地上层数": "3"}))
    ran = office.aggregate()
    assert "不再计入  城关街道_赵**.xlsx" in ran.out
    assert "与 2024-W22 接收的一字不差" in ran.out
    assert "赵璟翀" not in ran.out + ran.err
