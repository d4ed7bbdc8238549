"""Every code that was handed out is on record: what came later makes no genuine table a forged one."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.sheets import parse
from zjf.documents.attachment import AttachmentLine
from zjf.ledger.storage.checksums import renew_all
from zjf.ledger.storage.database import engine_of_file
from zjf.register.print_context import PrintContext
from zjf.schemas import Form

from .conftest import OfficeAfter
from .office import GREENSTONE, HASTY, PERIOD, TOWN, Office, Ran
from .papers import PAPERS, altered, made, print_tables, report, take_in, verify
from .test_sign import shown, sign, status

EARLIER = "2024-W22"
NEW_UNIT = ("[reporting]\n", '[[units]]\nname = "新设镇"\n\n[reporting]\n')
ANOTHER_NAME = ('name = "云水县"', 'name = "云水市"')
APPRAISED = {
    "初判结论": "存在一定安全隐患",
    "初判日期": "2024-03-01",
    "复核结论": "有隐患",
    "复核日期": "2024-03-09",
    "复核人": "程立群",
    "鉴定日期": "2024-05-01",
    "鉴定机构": "云水鉴定所",
    "鉴定标准": "JGJ125",
    "鉴定等级": "B",
    "鉴定报告编号": "B1",
}
AUDIT, _ = parse("""
    | 报告编号 | 房屋编号 | 鉴定机构   | 抽查日期   | 抽查结论 | 问题类型 |
    | B1       | YS1001   | 云水鉴定所 | 2024-05-20 | 不合格   | 缺项漏项 |
""")


@pytest.fixture
def printed(office: Office, office_after: OfficeAfter) -> Office:
    """The office when it has printed its tables: two houses a unit."""
    return office_after(office, print_tables)


def on_record(office: Office) -> int:
    """How many tables the register knows."""
    with closing(sqlite3.connect(office.folder / "ledger.db")) as database:
        (number,) = database.execute("select count(*) from printed").fetchone()
        return int(number)


def forget(office: Office) -> None:
    """Leaves the ledger as it is where the tables were printed before there was a register."""
    with engine_of_file(office.folder / "ledger.db").begin() as connection:
        connection.execute(text("drop trigger printed_not_removed"))
        connection.execute(text("delete from printed"))
        renew_all(connection)


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_a_unit_more_makes_no_signed_table_a_forged_one(printed: Office, style: str) -> None:
    sign(printed, "attachment-2", "云水县")
    printed.change_settings(*NEW_UNIT)
    ran = verify(printed, made(printed, f"附件2_云水县.{style}"))
    assert (ran.code, "没有改动；但其后名单、设置或程序有变" in ran.out) == (1, True)
    assert "新设镇" in ran.out
    assert "全县的表：签后有变（附件2）；未签（附件1）" in shown(printed)
    assert verify(printed, made(printed, f"附件2_{TOWN}.{style}")).code == 0


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_an_audit_that_came_late_changes_no_figure_of_a_table(office: Office, style: str) -> None:
    office.change_settings("jiaxiang-2024", "jiafeng-2024")
    take_in(office, {GREENSTONE: [APPRAISED, {}]})
    report(office, "attachment-2", "--as", "xlsx,pdf")
    path = office.receive(f"{GREENSTONE}鉴定报告抽查台账.xlsx", [[f"填报单位：{GREENSTONE}"], *AUDIT])
    office.run("aggregate", path, "--county", office.folder, "--period", EARLIER)
    for whose in (GREENSTONE, "云水县"):
        ran = verify(office, made(office, f"附件2_{whose}.{style}"))
        assert (ran.code, "✓ 与台账现在的数字一致" in ran.out) == (0, True)


@pytest.mark.usefixtures("read_here")
def test_a_zjf_that_counts_otherwise_makes_no_table_a_forged_one(
    printed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = PrintContext._lines

    def one_more(desk: PrintContext, form: Form, unit: str | None) -> list[AttachmentLine]:
        lines = usual(desk, form, unit)
        return [
            AttachmentLine(line.names, {name: count + 1 for name, count in line.counts.items()})
            for line in lines
        ]

    monkeypatch.setattr(PrintContext, "_lines", one_more)
    ran = verify(printed, made(printed, "附件2_青石镇.xlsx"))
    assert (ran.code, "没有改动" in ran.out) == (1, True)
    assert "已排查自建房总量：表上是「2」，台账是「3」" in ran.out


def test_a_table_of_then_that_was_altered_is_still_found_out(printed: Office) -> None:
    printed.change_settings(*NEW_UNIT)
    ran = verify(printed, altered(made(printed, "附件2_云水县.xlsx"), B8=3))
    assert (ran.code, "被改动过，与出表时台账的数字不同" in ran.out) == (1, True)
    assert "B8 青石镇 已排查自建房总量：表上是「3」，台账是「2」" in ran.out
    assert ran.out.count("表上是") == 1


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_a_ledger_of_then_is_made_legible_again(printed: Office, style: str) -> None:
    take_in(printed, {GREENSTONE: [{"房屋地址": "西村8号"}, {}]})
    printed.change_settings(*NEW_UNIT)
    ran = verify(printed, made(printed, f"自建房台账_云水县.{style}"))
    assert "没有改动" in ran.out
    assert "YS1001 房屋地址：表上是「东村1001号」，台账是「西村8号」" in ran.out
    if style == "xlsx":
        forged = altered(made(printed, "自建房台账_云水县.xlsx"), M5=9)
        assert "YS1001 地上层数：表上是「9」，台账是「2」" in verify(printed, forged).out


@pytest.mark.usefixtures("read_here")
def test_a_ledger_that_is_printed_otherwise_by_now_is_no_forged_one(
    printed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zjf.problems.masking.masked", lambda text: "某某")
    ran = verify(printed, made(printed, "自建房台账_青石镇.xlsx"))
    assert (ran.code, "校验码是本县台账出过的；但当时的数字已不能还原" in ran.out) == (1, True)
    assert "产权人" in ran.out
    assert "不能登记签字" in sign_file(printed, made(printed, "自建房台账_青石镇.xlsx")).err


def sign_file(office: Office, path: Path) -> Ran:
    return office.run("sign", path, "--by", "王志远", "--on", "2024-06-07")


def test_the_same_tables_printed_again_add_nothing(printed: Office) -> None:
    assert on_record(printed) == 12
    report(printed, *PAPERS, "house-ledger")
    assert on_record(printed) == 12
    report(printed, "house-ledger", "--show-personal")
    assert on_record(printed) == 16


def test_no_table_is_on_record_that_was_not_printed(office: Office) -> None:
    office.change_settings(*NEW_UNIT)
    take_in(office)
    assert report(office, "attachment-2", "--final").code == 1
    assert on_record(office) == 0


def test_the_register_holds_no_name_of_an_owner(printed: Office) -> None:
    report(printed, "house-ledger", "--show-personal")
    with closing(sqlite3.connect(printed.folder / "ledger.db")) as database:
        from zjf.ledger.registers.printed import unpack

        said = [unpack(packed) for (packed,) in database.execute("select said from printed")]
    assert not re.search("赵|东村", repr(said))


def test_a_ledger_that_cannot_be_written_to_is_printed_and_said_to_be_unrecorded(office: Office) -> None:
    office.change_settings(*HASTY)
    take_in(office)
    with office.held_by_another_program():
        ran = report(office, "attachment-2")
        assert (ran.code, "校验码没有登记进台账" in ran.err) == (0, True)
        assert "台账正被另一个程序占用" in ran.err
    assert on_record(office) == 0
    assert verify(office, made(office, "附件2_云水县.xlsx")).code == 0
    assert report(office, "attachment-2").err == ""
    with office.held_by_another_program():
        assert report(office, "attachment-2").err == ""


class TestBeforeTheRegister:
    """Ledgers whose tables were printed by an older zjf."""

    def test_the_returns_on_record_still_tell_their_code(self, printed: Office) -> None:
        forget(printed)
        take_in(printed, {GREENSTONE: [{}, {}, {}]})
        ran = verify(printed, made(printed, "附件2_云水县.xlsx"))
        assert (ran.code, "没有改动；但其后有报表更正" in ran.out) == (1, True)

    def test_signing_puts_a_table_on_record(self, printed: Office) -> None:
        forget(printed)
        sign(printed, "attachment-2", "云水县")
        assert on_record(printed) == 1
        printed.change_settings(*NEW_UNIT)
        assert "没有改动" in verify(printed, made(printed, "附件2_云水县.xlsx")).out

    def test_a_code_that_was_signed_is_no_forged_one(self, printed: Office) -> None:
        sign(printed, "attachment-2", "云水县")
        forget(printed)
        printed.change_settings(*NEW_UNIT)
        ran = verify(printed, made(printed, "附件2_云水县.xlsx"))
        assert (ran.code, "校验码是本县台账出过的" in ran.out) == (1, True)
        assert "全县的表：不能比对（附件2）" in shown(printed)


class TestAnotherName:
    """The county is called otherwise since its table was signed."""

    @pytest.fixture
    def renamed(self, printed: Office) -> Office:
        sign(printed, "attachment-2", "云水县")
        printed.change_settings(*ANOTHER_NAME)
        return printed

    def test_the_board_says_that_it_cannot_be_compared(self, renamed: Office) -> None:
        assert "名单中已没有云水县，它签过的表：不能比对（附件2）" in shown(renamed)
        document = renamed.run("status", "--county", renamed.folder, "--format", "json").json
        ((former, signed),) = [
            (former_unit["unit"], former_unit["signatures"]) for former_unit in document["former"]
        ]
        assert (former, [signature["changed"] for signature in signed]) == ("云水县", [None])

    def test_the_weekly_summary_is_written(self, renamed: Office) -> None:
        assert renamed.run("weekly", "--county", renamed.folder, "--period", PERIOD).code in (0, 1)

    def test_what_was_printed_is_known_to_be_genuine(self, renamed: Office) -> None:
        ran = verify(renamed, made(renamed, "附件2_云水县.xlsx"))
        assert (ran.code, "没有改动；但台账中现在没有云水县的这种表" in ran.out) == (1, True)
        forged = verify(renamed, altered(made(renamed, "附件2_云水县.xlsx"), B8=3))
        assert "B8 青石镇 已排查自建房总量：表上是「3」，台账是「2」" in forged.out

    def test_a_unit_of_another_name_too(self, printed: Office) -> None:
        sign(printed, "attachment-2", GREENSTONE)
        printed.change_settings('name = "青石镇"', 'name = "青石街道"')
        assert "名单中已没有青石镇，它签过的表：不能比对（附件2）" in shown(printed)
        assert status(printed, "青石街道")["signatures"] == []
