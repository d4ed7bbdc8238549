"""`zjf sign FILE`: a table is signed by its file; a PDF also electronically."""

import hashlib
import io
import shutil
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.annotations import FreeText

from zjf.commands.sign import PASSWORD as PASSWORD_VARIABLE
from zjf.county import County
from zjf.errors import CannotDoError
from zjf.register.verdicts import Verdict
from zjf.register.verification import verify as held_against_the_ledger

from .certificates import PASSWORD, Certificates, certificates
from .conftest import OfficeAfter
from .office import GREENSTONE, HASTY, WRONG, Office, Ran
from .papers import PAPERS, altered, made, report, take_in, verify
from .test_sign import status

TABLE, SIGNED = "附件2_青石镇.pdf", "附件2_青石镇_已签.pdf"


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("signing") / "王志远", "王志远")


def print_attachments(office: Office) -> None:
    take_in(office)
    report(office, *PAPERS, "--as", "xlsx,pdf")


@pytest.fixture
def printed(office: Office, office_after: OfficeAfter, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office when it has printed its tables, and an official has the password at hand."""
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    return office_after(office, print_attachments)


def sign(office: Office, path: Path, *arguments: str | Path) -> Ran:
    return office.run("sign", path, "--by", "王志远", "--on", "2024-06-07", *arguments)


def signatures(office: Office, path: Path) -> list[dict[str, Any]]:
    """What `zjf verify` says of a PDF's signatures."""
    found: list[dict[str, Any]] = verify(office, path, "--format", "json").json["signatures"]
    return found


@pytest.mark.parametrize("name", ["附件2_青石镇.xlsx", TABLE])
def test_a_file_says_itself_which_table_was_signed(printed: Office, name: str) -> None:
    assert sign(printed, made(printed, name)).code == 0
    (signed,) = status(printed)["signatures"]
    assert (signed["form"], signed["by"], signed["scan"]) == ("attachment-2", "王志远", None)


def test_a_pdf_is_signed_beside_itself_and_registered_by_its_digest(
    printed: Office, official: Certificates
) -> None:
    paper = made(printed, TABLE)
    before = paper.read_bytes()
    ran = sign(printed, paper, "--p12", official.p12)
    assert (ran.code, ran.err) == (0, "")
    signed = made(printed, SIGNED)
    assert signed.read_bytes().startswith(before)
    assert paper.read_bytes() == before
    (on_record,) = status(printed)["signatures"]
    digest = hashlib.sha256(signed.read_bytes()).hexdigest()
    assert on_record["scan"] == {"file": SIGNED, "sha256": digest}


def test_a_signed_pdf_verifies_and_says_whose_certificate_it_bears(
    printed: Office, official: Certificates
) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    ran = verify(printed, made(printed, SIGNED))
    assert ran.code == 0
    assert "电子签名：王志远" in ran.out
    assert "签后没有改动；证书未经本县信任的证书证实" in ran.out


def test_the_county_says_whose_certificates_it_trusts(printed: Office, official: Certificates) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    (unknown,) = signatures(printed, made(printed, SIGNED))
    trusted = printed.folder / "certificates"
    trusted.mkdir()
    shutil.copy(official.authority, trusted)
    (known,) = signatures(printed, made(printed, SIGNED))
    assert (unknown["trusted"], known["trusted"]) == (False, True)
    (trusted / "noise.pem").write_text("no certificate", encoding="utf-8")
    ran = verify(printed, made(printed, SIGNED))
    assert (ran.code, "noise.pem 不是证书" in ran.err) == (3, True)


def test_a_second_official_signs_the_signed_pdf(
    printed: Office, official: Certificates, tmp_path: Path
) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    other = certificates(tmp_path / "second", "赵月华")
    again = sign(printed, made(printed, TABLE), "--p12", other.p12)
    assert (again.code, f"已经有 {SIGNED}" in again.err) == (3, True)
    assert sign(printed, made(printed, SIGNED), "--p12", other.p12).code == 0
    both = signatures(printed, made(printed, SIGNED))
    assert [(signature["by"], signature["intact"]) for signature in both] == [
        ("王志远", True),
        ("赵月华", True),
    ]


def test_text_laid_over_a_signed_pdf_breaks_its_signature(printed: Office, official: Certificates) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    paper = made(printed, SIGNED)
    laid_over = pypdf.PdfWriter(paper, incremental=True)
    laid_over.add_annotation(0, FreeText(text="100%", rect=(100, 100, 200, 150)))
    with io.BytesIO() as changed:
        laid_over.write(changed)
        paper.write_bytes(changed.getvalue())
    ran = verify(printed, paper)
    assert ran.code == 1
    assert "签后被改动" in ran.out
    assert "被改动过" in ran.out


def test_a_byte_changed_after_signing_breaks_the_signature_alone(
    printed: Office, official: Certificates
) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    paper = made(printed, SIGNED)
    header, _, rest = paper.read_bytes().partition(b"\n")
    paper.write_bytes(header.replace(b"1.7", b"1.6") + b"\n" + rest)
    ran = verify(printed, paper)
    assert ran.code == 1
    assert "电子签名后文件被改动过；印出的数字没有变" in ran.out


@pytest.mark.parametrize(("said", "intact"), [("Title", False), ("Author", False), ("ModDate", True)])
def test_what_a_signed_pdf_says_of_itself(
    printed: Office, official: Certificates, said: str, intact: bool
) -> None:
    """A title of another's hand is a change; the time of saving is noted by every program."""
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    paper = made(printed, SIGNED)
    writer = pypdf.PdfWriter(paper, incremental=True)
    writer.add_metadata({f"/{said}": "D:20240608000000Z"})
    with io.BytesIO() as changed:
        writer.write(changed)
        paper.write_bytes(changed.getvalue())
    assert [signature["intact"] for signature in signatures(printed, paper)] == [intact]
    assert verify(printed, paper).code == (0 if intact else 1)


def test_a_draft_is_not_signed_electronically(office: Office, official: Certificates) -> None:
    take_in(office, {GREENSTONE: [{}, WRONG]}, "--partial")
    report(office, *PAPERS, "--as", "pdf")
    ran = sign(office, made(office, TABLE), "--p12", official.p12)
    assert (ran.code, "还是草稿" in ran.err, "退回1行" in ran.err) == (3, True, True)
    assert not list(office.out.rglob("*_已签*"))


def test_what_cannot_be_registered_leaves_no_signed_pdf_and_can_be_tried_again(
    printed: Office, official: Certificates
) -> None:
    printed.change_settings(*HASTY)
    paper = made(printed, TABLE)
    with printed.held_by_another_program():
        ran = sign(printed, paper, "--p12", official.p12)
        assert (ran.code, "台账正被另一个程序占用" in ran.err) == (3, True)
    assert [path.name for path in paper.parent.iterdir() if SIGNED in path.name or path.name[0] == "."] == []
    assert sign(printed, paper, "--p12", official.p12).code == 0
    (on_record,) = status(printed)["signatures"]
    assert on_record["scan"]["sha256"] == hashlib.sha256(made(printed, SIGNED).read_bytes()).hexdigest()


def test_an_altered_table_is_not_signed(printed: Office) -> None:
    ran = sign(printed, altered(made(printed, "附件2_青石镇.xlsx"), A7=5))
    assert (ran.code, "与台账不一致，不能登记签字" in ran.err) == (3, True)
    assert status(printed)["signatures"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--period", "2024-W23"), 2, "不用再写"),
        (("--p12", "没有.p12"), 3, "找不到证书"),
        (("--p12", "{p12}", "--scan", "{p12}"), 2, "不能同时用"),
    ],
)
def test_what_is_said_wrongly(
    printed: Office, official: Certificates, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = sign(printed, made(printed, TABLE), *(word.format(p12=official.p12) for word in words))
    assert (ran.code, said in ran.err) == (code, True)
    assert status(printed)["signatures"] == []


def test_a_workbook_bears_no_electronic_signature(printed: Office, official: Certificates) -> None:
    ran = sign(printed, made(printed, "附件2_青石镇.xlsx"), "--p12", official.p12)
    assert (ran.code, "--p12 要签在 PDF 上" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("given", "said"), [("不对", "打不开"), (None, f"请放在环境变量 {PASSWORD_VARIABLE}")]
)
def test_without_its_password_a_certificate_does_not_sign(
    printed: Office,
    official: Certificates,
    monkeypatch: pytest.MonkeyPatch,
    given: str | None,
    said: str,
) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)
    if given:
        monkeypatch.setenv(PASSWORD_VARIABLE, given)
    ran = sign(printed, made(printed, TABLE), "--p12", official.p12)
    assert (ran.code, said in ran.err) == (3, True)
    assert not list(printed.out.rglob("*_已签*"))


def test_a_machine_without_the_component_says_what_to_install(
    printed: Office, official: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(printed, made(printed, TABLE), "--p12", official.p12)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    home = County.load(printed.folder)
    # As `zjf verify` does it in its worker, which the lack cannot be handed to.
    with pytest.raises(CannotDoError) as told:
        held_against_the_ledger(made(printed, SIGNED), home)
    assert "pip install 'zjf[signature]'" in told.value.cure
    assert held_against_the_ledger(made(printed, TABLE), home).verdict is Verdict.CURRENT
