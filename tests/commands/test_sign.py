"""`zjf sign`: who signed which table; what `zjf status` says of it, and once a figure has changed."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zjf.ledger import Ledger
from zjf.schemas import FORMS

from .office import GREENSTONE, PERIOD, TOWN, WRONG, Office, Ran
from .papers import made, report, take_in, two_houses_a_unit
from .prepared import prepared

MORE = {GREENSTONE: [{}, {}, {}]}
"""A corrected return of 青石镇, with a house more."""
TO_SIGN = [
    form.id for form in FORMS.values() if form.info.signed and any(field.counted for field in form.fields)
]
"""The tables that are signed and counted from houses: each unit has all of them."""


printed = prepared(two_houses_a_unit)


def sign(office: Office, form: str = "attachment-2", unit: str = GREENSTONE, *arguments: str | Path) -> Ran:
    words = ("--form", form, "--unit", unit, "--by", "王志远", "--on", "2024-06-07", *arguments)
    return office.run("sign", "--county", office.folder, "--period", PERIOD, *words)


def test_a_table_s_name_in_the_place_of_its_file_is_told_where_it_goes(office: Office) -> None:
    ran = office.run("sign", "附件2", "--unit", GREENSTONE, "--by", "王志远", "--county", office.folder)
    assert (ran.code, ran.err) == (2, "✗ 没有 附件2 这个文件。表的名称写在 --form 后面，如 --form 附件2。\n")


def status(office: Office, unit: str = GREENSTONE) -> dict[str, Any]:
    """What the board says of a unit."""
    document = office.run("status", "--county", office.folder, "--period", PERIOD, "--format", "json").json
    return next(line for line in document["units"] if line["unit"] == unit)


def shown(office: Office) -> str:
    """The board as a clerk sees it, its frame left out."""
    ran = office.run("status", "--county", office.folder, "--period", PERIOD)
    return "".join(letter for letter in ran.out if letter not in "│┃ \n")


def test_nothing_is_signed_until_somebody_says_so(printed: Office) -> None:
    assert (status(printed)["signed"], status(printed)["signatures"]) == (False, [])
    assert "未签" in shown(printed)


def test_a_unit_has_signed_when_all_its_tables_are(printed: Office) -> None:
    for form in TO_SIGN:
        assert form == "attachment-1" or sign(printed, form).code == 0
    assert not status(printed)["signed"]
    assert "未签（附件1）" in shown(printed)
    sign(printed, "attachment-1")
    assert status(printed)["signed"]
    assert not status(printed, TOWN)["signed"]
    assert "已签" in shown(printed)


def test_it_says_who_when_and_by_which_code(printed: Office) -> None:
    ran = sign(printed)
    (signed,) = status(printed)["signatures"]
    assert (signed["form"], signed["by"], signed["on"]) == ("attachment-2", "王志远", "2024-06-07")
    assert f"校验码 {signed['code']}" in ran.out
    report(printed, "attachment-2", "--unit", GREENSTONE)
    table = next(printed.out.rglob("附件2_青石镇.xlsx"))
    assert signed["code"] in printed.run("verify", table, "--county", printed.folder).out


def test_a_scan_is_known_by_its_digest(printed: Office) -> None:
    scan = printed.folder / "青石镇附件2.pdf"
    scan.write_bytes(b"a scan")
    sign(printed, "attachment-2", GREENSTONE, "--scan", scan)
    digest = hashlib.sha256(b"a scan").hexdigest()
    (signed,) = status(printed)["signatures"]
    assert signed["scan"] == {"file": "青石镇附件2.pdf", "sha256": digest}


def test_signing_again_the_same_way_changes_nothing(printed: Office) -> None:
    sign(printed)
    ran = sign(printed)
    assert (ran.code, "先前已经登记过" in ran.out) == (0, True)
    assert len(status(printed)["signatures"]) == 1


def test_a_figure_that_changed_after_signing_is_flagged_until_it_is_signed_again(printed: Office) -> None:
    for form in TO_SIGN:
        sign(printed, form)
    take_in(printed, MORE)
    changed = {signature["form"]: signature["changed"] for signature in status(printed)["signatures"]}
    assert (changed["attachment-1"], changed["attachment-2"]) == (False, True)
    assert not status(printed)["signed"]
    assert "签后有变（附件2" in shown(printed)
    for form in TO_SIGN:
        sign(printed, form)
    assert status(printed)["signed"]


def test_the_same_figures_sent_once_more_are_still_signed(printed: Office) -> None:
    for form in TO_SIGN:
        sign(printed, form)
    take_in(printed, {GREENSTONE: [{"房屋地址": "东村甲1号"}, {}]})
    assert status(printed)["signed"]


def test_what_was_printed_before_a_correction_is_signed_by_its_own_code(printed: Office) -> None:
    sign(printed)
    (before,) = status(printed)["signatures"]
    take_in(printed, MORE)
    sign(printed)
    sign(printed, "attachment-2", GREENSTONE, "--code", before["code"].lower())
    (signed,) = status(printed)["signatures"]
    assert (signed["code"], signed["changed"]) == (before["code"], True)


def test_the_county_signs_too(printed: Office) -> None:
    for form in TO_SIGN:
        sign(printed, form, "云水县")
    assert "全县的表：已签" in shown(printed)
    assert not status(printed)["signed"]


def test_every_signature_stays_on_record(printed: Office) -> None:
    sign(printed)
    take_in(printed, MORE)
    sign(printed)
    ledger = Ledger.open("sqlite:///ledger.db", folder=printed.folder)
    assert [event.what for event in ledger.events(PERIOD)].count("signed") == 2
    assert [signature.signed_on for signature in ledger.signatures(PERIOD)] == [date(2024, 6, 7)]


def signs_file(office: Office, name: str) -> Ran:
    return office.run("sign", made(office, name), "--by", "王志远", "--on", "2024-06-07")


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_a_draft_is_not_signed(office: Office, style: str) -> None:
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    report(office, "attachment-2", "--as", style)
    for unit in (GREENSTONE, "云水县"):
        for ran in (sign(office, "attachment-2", unit), signs_file(office, f"附件2_{unit}.{style}")):
            assert (ran.code, "还是草稿" in ran.err, "退回1行" in ran.err) == (3, True, True)
    assert sign(office, "attachment-2", TOWN).code == 0
    assert status(office)["signatures"] == []


def test_a_table_that_nobody_printed_yet_is_not_signed_as_a_draft(office: Office) -> None:
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    assert "还是草稿" in sign(office).err


def test_what_was_no_draft_when_it_was_printed_is_signed_though_a_later_return_was_sent_back(
    printed: Office,
) -> None:
    report(printed, "attachment-2")
    take_in(printed, {GREENSTONE: [{}, WRONG]})
    assert signs_file(printed, "附件2_青石镇.xlsx").code == 0


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_a_draft_whose_figures_became_final_is_printed_anew_to_be_signed(printed: Office, style: str) -> None:
    sound = (printed.inbox / "青石镇.xlsx").read_bytes()
    take_in(printed, {GREENSTONE: [{}, WRONG]})
    report(printed, "attachment-2", "--as", style)
    printed.receive("青石镇.xlsx", sound)
    printed.aggregate()
    name = f"附件2_青石镇.{style}"
    assert "还是草稿" in sign(printed).err
    draft = made(printed, name).rename(printed.folder / name)
    report(printed, "attachment-2", "--as", style)
    assert "表上印有“草稿”" in printed.run("sign", draft, "--by", "王志远", "--county", printed.folder).err
    assert signs_file(printed, name).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--unit", "青石乡"), 2, "是否为「青石镇」"),
        (("--form", "attachment-x"), 2, "没有「attachment-x」这种表"),
        (("--on", "2999-01-01"), 2, "还没有到"),
        (("--by", " "), 2, "没有写签字人"),
        (("--code", "0000-000-000"), 3, "没有出过"),
        (("--scan", "没有.pdf"), 3, "打不开"),
        (("--form", "sweep-table"), 3, "台账中没有青石镇的"),
    ],
)
def test_what_cannot_be_signed(printed: Office, words: tuple[str, str], code: int, said: str) -> None:
    ran = sign(printed, "attachment-2", GREENSTONE, *words)
    assert (ran.code, said in ran.err) == (code, True)
    assert status(printed)["signatures"] == []
