"""`zjf verify`: the ledger's figures now, its figures then, or altered."""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from zjf.county import County
from zjf.documents.attachment import AttachmentLine
from zjf.period import Period
from zjf.register.print_context import PrintContext
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.schemas import FORMS

from .conftest import OfficeAfter
from .office import FACT_1, GREENSTONE, MINE, PERIOD, TOWN, Office, attachment
from .papers import altered, made, print_tables, report, take_in, two_houses_a_unit, verify
from .prepared import prepared

PROGRESS = FORMS["attachment-2"]
MORE = {GREENSTONE: [{}, {}, {}]}
"""A corrected return of 青石镇, with a house more."""


county = prepared(two_houses_a_unit)


@pytest.fixture
def printed(office: Office, office_after: OfficeAfter) -> Office:
    """The office when it has printed its tables: two houses a unit."""
    return office_after(office, print_tables)


@pytest.mark.usefixtures("read_here")
def test_untouched_tables_verify(printed: Office) -> None:
    tables = [path for path in printed.out.rglob("*_*") if path.suffix in {".xlsx", ".pdf"}]
    assert len(tables) == 24
    for path in tables:
        ran = verify(printed, path)
        assert (ran.code, ran.err) == (0, "")
        assert "✓ 与台账现在的数字一致" in ran.out


def test_an_altered_digit_is_named_by_its_cell(printed: Office) -> None:
    ran = verify(printed, altered(made(printed, "附件2_云水县.xlsx"), B8=3))
    assert ran.code == 1
    assert "B8 青石镇 已排查自建房总量：表上是「3」，台账是「2」" in ran.out
    assert ran.out.count("表上是") == 1


def test_an_altered_rate_a_formula_and_a_name_are_named(printed: Office) -> None:
    path = altered(made(printed, "附件2_云水县.xlsx"), B10="=SUM(B7:B9)+1", A9="石岭镇", R7="100.00%")
    found = verify(printed, path, "--format", "json").json
    places = {(difference["place"], difference["printed"]) for difference in found["differences"]}
    assert ("R7", "100.00%") in places
    assert ("A9", "石岭镇") in places
    assert any(place == "B10" for place, _ in places)


def test_what_is_filled_in_by_hand_is_no_alteration(printed: Office) -> None:
    path = altered(made(printed, "附件2_青石镇.xlsx"), A3="填报人：张三", A8="主要负责同志签字：李四")
    assert verify(printed, path).code == 0


def test_columns_and_rows_put_around_the_table_do_no_harm(printed: Office) -> None:
    """As a program leaves it that moves cells and formulas along: here figures only, moved by hand."""
    path = made(printed, "附件1_青石镇.xlsx")
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    sheet.move_range("A1:I7", rows=2, cols=1)
    for area in list(sheet.merged_cells.ranges):
        area.shift(col_shift=1, row_shift=2)
    sheet.print_area = "B3:J9"
    book.save(path)
    assert verify(printed, path).code == 0


def test_a_forged_paper_is_named_by_row_and_column(printed: Office) -> None:
    desk = PrintContext.open(County.load(printed.folder), Period.parse(PERIOD))
    table = desk.attachment(PROGRESS)
    assert table is not None
    lines = [
        AttachmentLine(line.names, {**line.counts, "surveyed": 7}) if line.names == (MINE,) else line
        for line in table.lines
    ]
    forged = printed.folder / "伪造.pdf"
    write_attachment_paper(forged, replace(table, lines=lines), Press(), Imprint("", desk.document_date))
    ran = verify(printed, forged)
    assert ran.code == 1
    assert f"第1页 {MINE} 已排查自建房总量：表上是「7」，台账是「2」" in ran.out
    assert "第1页 合计 已排查自建房总量：表上是「11」，台账是「6」" in ran.out
    assert ran.out.count("表上是") == 2


def test_a_forged_ledger_is_named_by_house_and_column(printed: Office) -> None:
    path = altered(made(printed, "自建房台账_青石镇.xlsx"), M3=9)
    ran = verify(printed, path)
    assert ran.code == 1
    assert "M3 YS1001 地上层数：表上是「9」，台账是「2」" in ran.out


@pytest.mark.parametrize("style", ["xlsx", "pdf"])
def test_a_table_of_then_is_out_of_date_not_altered(printed: Office, style: str) -> None:
    take_in(printed, MORE)
    ran = verify(printed, made(printed, f"附件2_云水县.{style}"))
    assert ran.code == 1
    assert "没有改动；但其后有报表更正" in ran.out
    assert "青石镇 已排查自建房总量：表上是「2」，台账是「3」" in ran.out
    assert verify(printed, made(printed, f"附件2_{TOWN}.{style}")).code == 0


def test_a_table_of_then_that_was_altered_is_held_against_then(printed: Office) -> None:
    take_in(printed, MORE)
    ran = verify(printed, altered(made(printed, "附件2_青石镇.xlsx"), A7=5))
    assert ran.code == 1
    assert "A7 已排查自建房总量：表上是「5」，台账是「2」" in ran.out


def test_a_return_that_came_later_and_changed_nothing_outdates_nothing(printed: Office) -> None:
    take_in(printed, {GREENSTONE: [{"房屋地址": "西村1号"}, {}]})
    ran = verify(printed, made(printed, "附件2_青石镇.pdf"))
    assert ran.code == 0
    assert "之后又有报表报来，数字没有变" in ran.out


def test_a_table_that_is_the_ledger_s_again_verifies(printed: Office) -> None:
    take_in(printed, MORE)
    take_in(printed)
    assert verify(printed, made(printed, "附件2_云水县.xlsx")).code == 0


def test_what_the_qr_code_says_can_be_asked_without_the_file(printed: Office) -> None:
    found = verify(printed, made(printed, "附件2_云水县.pdf"), "--format", "json").json
    written = "|".join(["zjf1", *(found[name] for name in ("form", "period", "unit", "code"))])
    assert verify(printed, written).code == 0
    wrong = verify(printed, written[:-3] + "000")
    assert wrong.code == 1
    assert "校验码不是本县台账在任何时候出过的" in wrong.out
    take_in(printed, MORE)
    assert verify(printed, written).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_a_file_called_like_a_code_is_looked_at(printed: Office) -> None:
    table = altered(made(printed, "附件2_云水县.xlsx"), B8=3)
    found = verify(printed, table, "--format", "json").json
    named = table.with_name(
        "|".join(["zjf1", *(found[name] for name in ("form", "period", "unit", "code"))]) + ".xlsx"
    )
    table.rename(named)
    assert "B8 青石镇" in verify(printed, named).out


def test_attachments_that_were_reported_themselves_verify_too(office: Office) -> None:
    office.receive("石岭附件2.xlsx", attachment("attachment-2", {MINE: FACT_1}))
    office.aggregate()
    report(office, "attachment-2", "--unit", MINE, "--as", "xlsx,pdf")
    for style in ("xlsx", "pdf"):
        assert verify(office, made(office, f"附件2_{MINE}.{style}")).code == 0


def test_the_document(printed: Office) -> None:
    document = json.loads(verify(printed, made(printed, "附件2_青石镇.xlsx"), "--format", "json").out)
    assert document["schema"] == "zjf.verification/1"
    assert (document["verdict"], document["differences"]) == ("current", [])
    assert (document["form"], document["period"], document["unit"]) == ("attachment-2", PERIOD, GREENSTONE)


@pytest.mark.parametrize(
    ("name", "content"),
    [("没有.xlsx", None), ("文字.xlsx", b"abc"), ("坏了.pdf", b"%PDF-1.7 abc"), ("空.pdf", b"")],
)
def test_what_cannot_be_read(county: Office, tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert verify(county, path).code == 3


def test_a_workbook_without_a_code(printed: Office) -> None:
    ran = verify(printed, printed.out / "汇总表.xlsx")
    assert ran.code == 3
    assert "没有校验码" in ran.err


def test_a_county_that_came_with_a_table_does_not_vouch_for_it(
    printed: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Office(tmp_path / "来件")
    shutil.copytree(printed.folder, sent.folder)
    take_in(sent, MORE)
    report(sent, "attachment-2")
    forged = made(sent, f"附件2_{GREENSTONE}.xlsx")
    own = sent.run("verify", forged)
    assert (own.code, f"县文件夹的台账：{sent.folder}" in own.out) == (0, True)
    monkeypatch.chdir(printed.folder)
    held = printed.run("verify", forged)
    assert (held.code, "不是本县台账在任何时候出过的" in held.out) == (1, True)
    assert printed.run("sign", forged, "--by", "贺建平").code != 0


def test_another_county_s_table(printed: Office, tmp_path: Path) -> None:
    ran = verify(printed, "zjf1|attachment-2|2024-W23|别的县|ABCD-EFG-HJK")
    assert ran.code == 3
    assert "台账中没有别的县" in ran.err
