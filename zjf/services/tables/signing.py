"""Recording the signature of a printed table: the table is verified, a scan or signed PDF registered with it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from zjf.county import County
from zjf.errors import CannotDoError, UsageError, refused
from zjf.files import replacing
from zjf.ledger import Signature
from zjf.period import Period, office_today
from zjf.register import paper_signature
from zjf.register.print_context import PrintContext
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification, judge
from zjf.schemas import FORMS
from zjf.services.returns.isolated_reading import is_draft, verify_saved


@dataclass(frozen=True)
class AttachedFiles:
    """The files given with a signature.

    Args:
        file: The saved table that was signed; None where period, form and unit were given instead.
        p12: The signer's certificate, which is put on the PDF.
        password: Asks for the certificate's password.
    """

    file: Path | None
    scan: Path | None
    p12: Path | None
    password: Callable[[Path], str]


@dataclass
class Signed:
    """The result of recording a signature.

    Args:
        new: Whether it was not on record before.
        certificate: The holder of the certificate with which the PDF was signed; empty: none was.
        papers: The PDF that bears it.
    """

    signature: Signature
    new: bool
    certificate: str = ""
    papers: list[Path] = field(default_factory=list)


def signed_on(on: datetime | None) -> date:
    """Returns the day of a signature: today unless given.

    Raises:
        UsageError: It is in the future.
    """
    today = office_today()
    day = on.date() if on else today
    if day > today:
        raise UsageError(f"--on {day} 还没有到", "请填写实际签字的日期。")
    return day


def verify_saved_table(file: Path, home: County) -> Verification:
    """Verifies the saved table that was signed.

    Raises:
        CannotDoError: Its figures are neither the ledger's now, nor were they when it was made.
    """
    verification = verify_saved(file, home)
    if verification.redrawn:
        raise CannotDoError(
            f"{file.name} 的字形和样式不能与出表时的比对，不能登记签字",
            "请签出表时原来的文件，或重新出表再签。",
        )
    if verification.verdict is Verdict.ALTERED or not verification.legible:
        raise CannotDoError(
            f"{file.name} 与台账不一致，不能登记签字", f"请用 zjf verify {file.name} 查看是哪里不同。"
        )
    return verification


def verify_named_table(home: County, period: Period, form: str, owner: str, code: str | None) -> Verification:
    """Verifies the signed table of a period, form and unit: the one with the code, else the present one.

    Raises:
        CannotDoError: The ledger has none, or has never had one with this code.
    """
    context = PrintContext.open(home, period)
    variants = context.variants(FORMS[form], context.unit_named(owner))
    current_seals = [variant.seal for variant in variants if variant.seal]
    if not current_seals:
        raise CannotDoError(
            f"{period} 的台账中没有{owner}的「{FORMS[form].info.title}」",
            "请核对期次和单位，或先运行 zjf aggregate。",
        )
    seal = replace(current_seals[0], code=code.strip().upper()) if code else current_seals[0]
    verification = judge(seal, home)
    if verification.verdict is Verdict.ALTERED:
        raise CannotDoError(
            f"台账没有出过校验码为 {seal.code} 的这张表", "请核对纸上的校验码、期次、单位和表。"
        )
    return verification


def sign(table: Verification, home: County, by: str, day: date, attached: AttachedFiles) -> Signed:
    """Puts a signature on record.

    Raises:
        UsageError: Nobody is named, or a scan and a certificate are given together.
        CannotDoError: The table is a draft, or a file cannot be read or written.
    """
    if not by:
        raise UsageError("没有写签字人", "请用 --by 写明姓名。")
    _refuse_draft(table, attached.file, home)
    seal, ledger = table.seal, PrintContext.open(home, Period.parse(table.seal.period)).ledger
    with _register_file(attached) as registered:
        signature = Signature(
            **vars(seal),
            signed_by=by,
            signed_on=day,
            scan_name=registered.name,
            scan_sha256=registered.sha256,
        )
        new = ledger.sign(signature, table.printed)
    return Signed(signature, new, registered.certificate, registered.papers)


def _refuse_draft(table: Verification, file: Path | None, home: County) -> None:
    reasons = table.shortcomings or (["表上印有“草稿”"] if file and is_draft(file, home) else [])
    if reasons:
        raise CannotDoError(f"这张表还是草稿，不能签字（{reasons[0]}）", "请数据齐全后重新出表再签。")


@dataclass(frozen=True)
class _RegisteredFile:
    """A file that is registered with a signature."""

    name: str = ""
    sha256: str = ""
    certificate: str = ""
    papers: list[Path] = field(default_factory=list)


@contextmanager
def _register_file(attached: AttachedFiles) -> Iterator[_RegisteredFile]:
    """Gives the file that is registered with a signature: the scan, or the PDF that is signed electronically.

    The signed PDF is moved into place when the block ends without an error, that is when the signature is on
    record: a failure leaves no file behind, and can be tried again.
    """
    file, p12 = attached.file, attached.p12
    if p12 is None:
        yield _registered_scan(attached.scan)
        return
    if file is None or file.suffix.lower() != ".pdf":
        raise UsageError("--p12 要签在 PDF 上", "请写上 zjf report --as pdf 出的文件。")
    if attached.scan:
        raise UsageError("--p12 与 --scan 不能同时用", "电子签名的 PDF 就是登记的文件。")
    target = paper_signature.signed_path(file)
    if target != file and target.exists():
        raise CannotDoError(
            f"已经有 {target.name}", "要再加一个签名，请对它运行 zjf sign；要重新签，请先把它移走。"
        )
    paper, holder = paper_signature.signed(file.read_bytes(), p12, attached.password(p12))
    with replacing(target) as temporary:
        temporary.write_bytes(paper)
        yield _RegisteredFile(target.name, hashlib.sha256(paper).hexdigest(), holder, [target])


def _registered_scan(scan: Path | None) -> _RegisteredFile:
    if scan is None:
        return _RegisteredFile()
    try:
        return _RegisteredFile(scan.name, hashlib.sha256(scan.read_bytes()).hexdigest())
    except OSError as error:
        raise refused(f"{scan} 打不开", error, "请核对扫描件的路径。") from error
