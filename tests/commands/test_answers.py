"""What a unit writes behind a problem comes back with its return, and only the county makes a waiver of it."""

import io
import tomllib
from datetime import date

import openpyxl
import pytest

from zjf.county import County
from zjf.errors import CannotDoError
from zjf.intake.answers import ANSWER, LISTING
from zjf.ledger.of_county import ledger_to_read
from zjf.locking import exclusive
from zjf.services.returns.answered_waivers import proposals, write_waivers

from .office import PERIOD, TOWN, UNREVIEWED, Office, ledger
from .prepared import prepared


def answered(office: Office, answers: dict[str, str]) -> None:
    """The unit gets its marked copy, writes its answers into the list, and sends the file again."""
    office.receive("城关街道.xlsx", ledger(TOWN, {}, UNREVIEWED, {"联系电话": "1390000123"}))
    office.validate("--annotate", office.folder / "标注")
    book = openpyxl.load_workbook(office.folder / "标注" / "城关街道.xlsx")
    headings = [cell.value for cell in book[LISTING][4]]
    for row in book[LISTING].iter_rows(min_row=5):
        line = dict(zip(headings, row, strict=True))
        if line["代码"].value in answers:
            line[ANSWER].value = answers[line["代码"].value]
    file = io.BytesIO()
    book.save(file)
    office.receive("城关街道.xlsx", file.getvalue())


@prepared
def told(office: Office) -> Office:
    """An office to which a return with two answers has come back, and was accepted."""
    answered(office, {"L208": "技术人员 6 月 12 日到场", "C108": "座机，属实"})
    office.aggregate()
    return office


def test_answers_are_shown_with_the_problems(office: Office) -> None:
    answered(office, {"L208": "技术人员 6 月 12 日到场"})
    assert "情况说明 L208 YS0002 销号方式：技术人员 6 月 12 日到场" in office.validate().out
    (file,) = office.validate("--format", "json").json["files"]
    assert file["answers"] == [
        {
            "code": "L208",
            "form": "house-ledger",
            "about": "YS0002",
            "field": "closure_basis",
            "text": "技术人员 6 月 12 日到场",
            "standing": 1,
        }
    ]


def test_an_answer_to_what_was_mended_is_said_to_be_about_nothing_any_more(office: Office) -> None:
    answered(office, {"C108": "马上改"})
    book = openpyxl.load_workbook(office.inbox / "城关街道.xlsx")
    page = book.worksheets[1]
    (cell,) = (cell for cell in page[5] if cell.value == "1390000123")
    cell.value = "13900001234"
    book.save(office.inbox / "城关街道.xlsx")
    assert "情况说明 C108 YS0003 联系电话：马上改（所说的问题已没有或已豁免）" in office.validate().out


def test_a_query_that_was_asked_and_not_answered_is_said(office: Office) -> None:
    office.receive("城关街道.xlsx", ledger(TOWN, {}, UNREVIEWED, {"联系电话": "1390000123"}))
    assert "没有写情况说明" not in office.validate().out  # nobody has asked yet
    answered(office, {"L208": "技术人员 6 月 12 日到场"})
    assert "还有 1 处没有答复（C108 1）" in office.validate().out
    (file,) = office.validate("--format", "json").json["files"]
    assert file["unanswered"] == 1
    answered(office, {"L208": "技术人员 6 月 12 日到场", "C108": "座机"})
    assert "没有写情况说明" not in office.validate().out


def test_the_county_sees_them_in_the_status(told: Office) -> None:
    ran = told.run("status", "--county", told.folder, "--period", PERIOD)
    assert "情况说明　城关街道　L208 YS0002 销号方式：技术人员 6 月 12 日到场" in ran.out
    lines = told.run("status", "--county", told.folder, "--period", PERIOD, "--format", "json").json["units"]
    assert [answer["code"] for answer in lines[0]["answers"]] == ["L208", "C108"]


WAIVED = ("--by", "李主任", "--until", "2024-12-31")


def waive(office: Office, *more: str) -> str:
    ran = office.run("waive", "--from-answers", "--county", office.folder, "--period", PERIOD, *more)
    return ran.out + ran.err


def test_nothing_is_waived_by_itself(told: Office) -> None:
    assert "1. 城关街道　L208 YS0002 销号方式：技术人员 6 月 12 日到场（1 处）" in waive(told)
    assert not (told.folder / "waivers.toml").exists()


def test_what_the_county_chooses_is_written_with_reason_name_and_end(told: Office) -> None:
    (told.folder / "waivers.toml").write_text("# 本县的豁免\n", "utf-8")
    assert "已写入 1 条豁免" in waive(told, "--number", "1", *WAIVED)
    text = (told.folder / "waivers.toml").read_text("utf-8")
    assert text.startswith("# 本县的豁免\n")
    (written,) = tomllib.loads(text)["waivers"]
    assert written | {"until": str(written["until"])} == {
        "code": "L208",
        "house": "YS0002",
        "reason": "城关街道说明：技术人员 6 月 12 日到场",
        "by": "李主任",
        "until": "2024-12-31",
    }
    assert "豁免 1 处：L208（YS0002）" in told.validate().out


def test_what_is_waived_keeps_its_number(told: Office) -> None:
    """A clerk takes the first of the list he has seen, then the second."""
    assert "\n  L208　YS0002\n" in waive(told, "--number", "1", *WAIVED)
    assert "L208：waivers.toml 中已有" in waive(told, "--number", "1", *WAIVED)
    assert "\n  C108　YS0003\n" in waive(told, "--number", "2", *WAIVED)


def test_a_waiver_wants_a_name_and_an_end(told: Office) -> None:
    assert "--by" in waive(told, "--number", "1")
    assert "没有第 9 条" in waive(told, "--number", "9", *WAIVED)
    assert not (told.folder / "waivers.toml").exists()


def test_two_clerks_who_saw_the_same_list_write_each_waiver_once(told: Office) -> None:
    home = County.load(told.folder)
    chosen = proposals(home, ledger_to_read(home), PERIOD)
    until = date(2024, 12, 31)
    assert len(write_waivers(home, chosen[:1], "李主任", until)) == 1
    assert [waiver.code for waiver in write_waivers(home, chosen, "王主任", until)] == ["C108"]
    written = tomllib.loads((told.folder / "waivers.toml").read_text("utf-8"))["waivers"]
    assert [(waiver["code"], waiver["by"]) for waiver in written] == [("L208", "李主任"), ("C108", "王主任")]


def test_while_another_writes_one_waits_and_takes_nothing_away(told: Office) -> None:
    home = County.load(told.folder)
    chosen = proposals(home, ledger_to_read(home), PERIOD)
    with exclusive(told.folder, "zjf waive", wait=1), pytest.raises(CannotDoError, match="另一个 zjf"):
        write_waivers(home, chosen, "李主任", date(2024, 12, 31), wait=0)


def test_a_file_to_whose_end_nothing_can_be_added_stays_as_it_is(told: Office) -> None:
    path = told.folder / "waivers.toml"
    path.write_text("waivers = []\n", "utf-8")
    assert "没有改动它" in waive(told, "--number", "1", *WAIVED)
    assert path.read_text("utf-8") == "waivers = []\n"


def test_an_answer_of_several_lines_is_one_line_on_the_screen(office: Office) -> None:
    answered(office, {"L208": "技术人员外出，\n6 月 12 日到场"})
    assert "情况说明 L208 YS0002 销号方式：技术人员外出， 6 月 12 日到场" in office.validate().out
