"""Sheets are named after people, too: what is told of a file as a whole names none of its people."""

import io

import openpyxl

from tests.commands.office import GREENSTONE, ledger
from tests.sheets import check, workbook
from zjf.checking.one_return import CheckedReturn

OWNER = "郑淼昶"


def with_a_note_sheet() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(ledger(GREENSTONE, {"产权人": OWNER}))))
    book.create_sheet(f"{OWNER}的说明")["A1"] = "已电话联系"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def told(checked: CheckedReturn) -> list[str]:
    return [problem.message for problem in checked.problems if problem.code == "F015"]


def test_a_sheet_that_was_passed_over_is_told_without_the_person() -> None:
    (message,) = told(check(with_a_note_sheet(), "青石镇.xlsx"))
    assert "「郑**的说明」" in message


def test_and_with_the_person_to_who_asks() -> None:
    (message,) = told(check(with_a_note_sheet(), "青石镇.xlsx", show_personal=True))
    assert f"「{OWNER}的说明」" in message
