"""Recording the signature of a printed table: which table it is, that it agrees with the ledger, and the
scan or certificate.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from zjf.county import County
from zjf.errors import CannotDoError, UsageError, reason
from zjf.files import replacing
from zjf.ledger import Signature
from zjf.period import Period, office_today
from zjf.register import paper_signature
from zjf.register.print_context import PrintContext
from zjf.register.verdicts import Verdict
from zjf.register.verification import Verification, judge
from zjf.schemas import FORMS
from zjf.services.returns.fenced_reading import is_draft, verify_saved


@dataclass(frozen=True)
class Beside:
    """The files given with a signature.

    Args:
        file: The saved table that was signed; None: it was named.
        scan: The scan of the signed paper.
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
        signature: What is on record.
        new: Whether it was not before.
        certificate: Whose certificate was put on the PDF; empty: none was.
        papers: The PDF that bears it.
    """

    signature: Signature
    new: bool
    certificate: str = ""
    papers: list[Path] = field(default_factory=list)


def signed_on(on: datetime | None) -> date:
    """The day of a signature; today where none was given.

    Raises:
        UsageError: It is still to come.
    """
    today = office_today()
    day = on.date() if on else today
    if day > today:
        raise UsageError(f"--on {day} 还没有到", "请填写实际签字的日期。")
    return day


def saved(file: Path, home: County) -> Verification:
    """A saved table.

    Raises:
        CannotDoError: Its figures are the ledger's neither of now nor of then.
    """
    found = verify_saved(file, home)
    if found.verdict is Verdict.ALTERED or not found.legible:
        raise CannotDoError(
            f"{file.name} 与台账不一致，不能登记签字", f"请用 zjf verify {file.name} 查看是哪里不同。"
        )
    return found


def named(home: County, period: Period, form: str, whose: str, code: str | None) -> Verification:
    """A table by its period, form and unit: the one that bears the code on the paper, else the ledger's of now.

    Raises:
        CannotDoError: The ledger has none, or never gave it this code.
    """
    context = PrintContext.open(home, period)
    variants = context.variants(FORMS[form], context.unit_named(whose))
    now = [variant.seal for variant in variants if variant.seal]
    if not now:
        raise CannotDoError(
            f"{period} 的台账中没有{whose}的「{FORMS[form].info.title}」",
            "请核对期次和单位，或先运行 zjf aggregate。",
        )
    seal = replace(now[0], code=code.strip().upper()) if code else now[0]
    found = judge(seal, home)
    if found.verdict is Verdict.ALTERED:
        raise CannotDoError(
            f"台账没有出过校验码为 {seal.code} 的这张表", "请核对纸上的校验码、期次、单位和表。"
        )
    return found


def sign(table: Verification, home: County, by: str, day: date, beside: Beside) -> Signed:
    """Puts a signature on record.

    Args:
        table: What was signed.
        home: The county.
        by: Who signed.
        day: When.
        beside: What is kept with it.

    Raises:
        UsageError: Nobody is named, or a scan and a certificate are given together.
        CannotDoError: The table is a draft, or a file cannot be read or written.
    """
    if not by:
        raise UsageError("没有写签字人", "请用 --by 写明姓名。")
    _refuse_a_draft(table, beside.file, home)
    seal, ledger = table.seal, PrintContext.open(home, Period.parse(table.seal.period)).ledger
    with _kept(beside) as kept:
        signature = Signature(
            **vars(seal), signed_by=by, signed_on=day, scan_name=kept.name, scan_sha256=kept.sha256
        )
        new = ledger.sign(signature, table.printed)
    return Signed(signature, new, kept.certificate, kept.papers)


def _refuse_a_draft(table: Verification, file: Path | None, home: County) -> None:
    why = table.shortcomings or (["表上印有“草稿”"] if file and is_draft(file, home) else [])
    if why:
        raise CannotDoError(f"这张表还是草稿，不能签字（{why[0]}）", "请数据齐全后重新出表再签。")


@dataclass(frozen=True)
class _Kept:
    """A file that is registered beside a signature."""

    name: str = ""
    sha256: str = ""
    certificate: str = ""
    papers: list[Path] = field(default_factory=list)


@contextmanager
def _kept(beside: Beside) -> Iterator[_Kept]:
    """What is registered beside a signature: the scan, or the PDF that it is put on.

    The PDF takes its place once the signature is on record: what cannot be registered leaves none behind,
    and can be tried again.
    """
    file, p12 = beside.file, beside.p12
    if p12 is None:
        yield _scanned(beside.scan)
        return
    if file is None or file.suffix.lower() != ".pdf":
        raise UsageError("--p12 要签在 PDF 上", "请写上 zjf report --as pdf 出的文件。")
    if beside.scan:
        raise UsageError("--p12 与 --scan 不能同时用", "电子签名的 PDF 就是登记的文件。")
    target = paper_signature.signed_path(file)
    if target != file and target.exists():
        raise CannotDoError(
            f"已经有 {target.name}", "要再加一个签名，请对它运行 zjf sign；要重新签，请先把它移走。"
        )
    paper, whose = paper_signature.signed(file.read_bytes(), p12, beside.password(p12))
    with replacing(target) as temporary:
        temporary.write_bytes(paper)
        yield _Kept(target.name, hashlib.sha256(paper).hexdigest(), whose, [target])


def _scanned(scan: Path | None) -> _Kept:
    if scan is None:
        return _Kept()
    try:
        return _Kept(scan.name, hashlib.sha256(scan.read_bytes()).hexdigest())
    except OSError as gone:
        raise CannotDoError(f"{scan} 打不开（{reason(gone)}）", "请核对扫描件的路径。") from gone
