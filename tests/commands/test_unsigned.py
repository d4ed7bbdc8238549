"""`zjf report --final` and `--cover` name who has not signed; a table comes out all the same."""

from datetime import date

import docx

from zjf.ledger import Ledger, Signature

from .office import GREENSTONE, MINE, PERIOD, TOWN, UNITS, Office, ledger
from .papers import PAPERS, made, report, take_in
from .prepared import prepared

MORE = {GREENSTONE: [{}, {}, {}]}
"""A corrected return of 青石镇, with a house more: its attachment-2 is another."""


def take_in_all(office: Office) -> Office:
    """Every unit's return is taken in, and the county says whom it reports to."""
    office.change_settings("[county]", '[county]\nsuperior = "云州市住房和城乡建设局"')
    take_in(office)
    return office


printed = prepared(take_in_all)


def sign(office: Office, *units: str, forms: tuple[str, ...] = PAPERS) -> None:
    for unit in units:
        for form in forms:
            words = ("--form", form, "--unit", unit, "--by", "王志远", "--on", "2024-06-07")
            assert office.run("sign", "--county", office.folder, "--period", PERIOD, *words).code == 0


def final(office: Office, *arguments: str) -> str:
    """What is said beside the final tables."""
    ran = report(office, *(arguments or PAPERS), "--final")
    assert (ran.code, ".xlsx" in ran.out) == (0, True)
    return "".join(ran.err.split())


def in_letter(office: Office, *forms: str) -> list[str]:
    """What the letter beside the tables says of signatures."""
    assert report(office, *forms, "--cover").code == 0
    letter = docx.Document(str(made(office, "随文函.docx")))
    return [paragraph.text for paragraph in letter.paragraphs if "签" in paragraph.text]


def test_who_has_not_signed_is_named_beside_the_final_tables_and_in_the_letter(printed: Office) -> None:
    sign(printed, TOWN)
    said = f"签字情况：{GREENSTONE}、{MINE}尚未签字。"
    assert final(printed) == said
    assert in_letter(printed, *PAPERS) == [said]


def test_a_table_left_out_is_named_with_the_unit(printed: Office) -> None:
    sign(printed, TOWN, MINE)
    sign(printed, GREENSTONE, forms=("attachment-1",))
    assert final(printed) == f"签字情况：{GREENSTONE}（附件2）尚未签字。"


def test_figures_that_changed_after_signing_are_named_beside_who_has_not_signed(printed: Office) -> None:
    sign(printed, TOWN, GREENSTONE)
    take_in(printed, MORE)
    said = f"签字情况：{MINE}尚未签字；{GREENSTONE}（附件2）签字后数据有变。"
    assert final(printed) == said
    assert in_letter(printed, *PAPERS) == [said]
    assert final(printed, "attachment-1") == f"签字情况：{MINE}尚未签字。"


def test_nothing_is_said_when_all_have_signed(printed: Office) -> None:
    sign(printed, *UNITS)
    assert final(printed) == ""
    assert in_letter(printed, *PAPERS) == []


def test_only_the_units_asked_for_are_named(printed: Office) -> None:
    sign(printed, TOWN)
    assert final(printed, "attachment-2", "--unit", TOWN) == ""
    assert final(printed, "attachment-2", "--unit", MINE) == f"签字情况：{MINE}尚未签字。"


def test_tables_without_a_signature_line_ask_for_none(printed: Office) -> None:
    assert final(printed, "house-ledger") == ""
    assert in_letter(printed, "house-ledger") == []


def test_a_unit_that_sent_nothing_is_missing_and_has_nothing_to_sign(office: Office) -> None:
    office.change_settings("[county]", '[county]\nsuperior = "云州市住房和城乡建设局"')
    office.receive(f"{TOWN}.xlsx", ledger(TOWN, {}))
    office.aggregate()
    assert in_letter(office, *PAPERS) == [f"签字情况：{TOWN}尚未签字。"]


def test_a_signature_that_nothing_can_be_held_against_is_not_said_to_stand(printed: Office) -> None:
    sign(printed, TOWN, MINE)
    kept = Ledger.open("sqlite:///ledger.db", folder=printed.folder)
    for form in PAPERS:
        kept.sign(
            Signature(
                unit=GREENSTONE,
                form=form,
                period=PERIOD,
                code="0000-0000",
                signed_by="王志远",
                signed_on=date(2024, 6, 7),
            )
        )
    assert final(printed) == f"签字情况：{GREENSTONE}签字后数据有没有变无法比对。"
