"""Electronic signatures on a PDF: made with an official's certificate, and validated."""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zjf.errors import CannotDoError, refused
from zjf.extras import not_installed, optional
from zjf.public_json import verification
from zjf.register.damaged_files import refuse_damaged

SIGNED_MARK = "_已签"
"""What the name of a signed PDF ends in."""

_BY_EVERY_PROGRAM = {"/ModDate", "/Producer"}
"""What a program writes anew into a PDF's properties whenever it saves the file, a signer's too."""
_SAID_IN_XMP = ("dc_title", "dc_creator", "dc_subject", "dc_description", "pdf_keywords")
_CERTIFICATES = ("*.pem", "*.crt", "*.cer")


@dataclass(frozen=True)
class PaperSignature:
    """A signature found in a PDF.

    Args:
        by: The certificate's holder.
        at: When it was signed, by the clock of the signer's machine.
        intact: Whether the paper is as it was when signed (a further signature changes nothing).
        trusted: Whether the certificate was issued under one that the county trusts, and is in force.
        field: The form field that holds it.
    """

    by: str
    at: datetime | None
    intact: bool
    trusted: bool
    field: str = ""

    def as_json(self) -> verification.ElectronicSignature:
        at = self.at.isoformat() if self.at else None
        return {"by": self.by, "at": at, "intact": self.intact, "trusted": self.trusted}


def signed_path(paper: Path) -> Path:
    """Returns where a signed PDF is written: beside the paper; a further signature replaces the signed file."""
    return paper if paper.stem.endswith(SIGNED_MARK) else paper.with_stem(paper.stem + SIGNED_MARK)


def signed(paper: bytes, certificate: Path, password: str) -> tuple[bytes, str]:
    """Signs a PDF; its pages stay as they are, byte for byte.

    Args:
        paper: The PDF; it may bear signatures.
        certificate: A PKCS#12 file (.p12, .pfx): the certificate and its key.

    Returns:
        The signed PDF, and whose certificate it was.

    Raises:
        CannotDoError: pyHanko is not installed, the certificate does not open, or the PDF is damaged.
    """
    with _pyhanko():
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

        if not certificate.is_file():
            raise CannotDoError(f"找不到证书 {certificate}", "请核对路径。")
        signer = SimpleSigner.load_pkcs12(certificate, passphrase=password.encode())  # type: ignore[no-untyped-call]
        if signer is None or signer.signing_cert is None:
            raise CannotDoError(
                f"证书 {certificate.name} 打不开",
                "请核对密码；须是含私钥的 .p12 或 .pfx 文件（国密 SM2 证书请用发证机构的签章软件）。",
            )
        holder = _name(signer.signing_cert)
        with refuse_damaged("这份 PDF 签不上", "请用 zjf report 重新出表后再签。"):
            writer = IncrementalPdfFileWriter(io.BytesIO(paper))
            number = len(writer.prev.embedded_signatures) + 1
            metadata = PdfSignatureMetadata(
                field_name=f"Signature{number}", md_algorithm="sha256", name=holder
            )
            return sign_pdf(writer, metadata, signer=signer).getvalue(), holder


def signatures_on(paper: bytes, folder: Path) -> tuple[PaperSignature, ...]:
    """Returns the signatures of a PDF in the order in which they were made.

    Args:
        folder: A county's folder; in its `certificates` are those that the county trusts (.pem, .crt, .cer).

    Raises:
        CannotDoError: It bears signatures and pyHanko is not installed, or a certificate of the folder
            cannot be read.
    """
    if b"/ByteRange" not in paper:
        return ()
    with _pyhanko():
        from pyhanko.pdf_utils.reader import PdfFileReader

        roots = list(_certificates(folder / "certificates"))
        with refuse_damaged("PDF 上的电子签名已损坏，核对不了", "请用签名后未经改动的原来的文件。"):
            return tuple(
                _validated(paper, signature, roots)
                for signature in PdfFileReader(io.BytesIO(paper)).embedded_signatures
            )


def _validated(paper: bytes, embedded: Any, roots: Sequence[Any]) -> PaperSignature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    status = validate_pdf_signature(
        embedded,
        ValidationContext(trust_roots=roots, allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
    )
    modification = status.modification_level
    untouched = modification is not None and modification <= ModificationLevel.FORM_FILLING
    return PaperSignature(
        by=_name(status.signing_cert),
        at=status.signer_reported_dt,
        intact=bool(
            status.intact and status.valid and untouched and not _are_properties_changed(paper, embedded)
        ),
        trusted=bool(status.trusted),
        field=str(embedded.field_name),
    )


def _are_properties_changed(paper: bytes, embedded: Any) -> bool:
    """Whether title, author and the like are others than when it was signed: pyHanko allows for that."""
    _, _, start, length = map(int, embedded.byte_range)
    return _properties(paper[: start + length]) != _properties(paper)


def _properties(paper: bytes) -> dict[str, str]:
    """Returns what a PDF says of itself, in both of the places for it."""
    reader = optional("pypdf", extra="pdf").PdfReader(io.BytesIO(paper))
    info, xmp = reader.metadata or {}, reader.xmp_metadata
    said = {key: str(value) for key, value in info.items() if key not in _BY_EVERY_PROGRAM}
    return said | {name: str(getattr(xmp, name)) for name in _SAID_IN_XMP if xmp is not None}


def _certificates(folder: Path) -> Iterator[Any]:
    from pyhanko.keys import load_certs_from_pemder

    for path in sorted(path for kind in _CERTIFICATES for path in folder.glob(kind)):
        try:
            yield from load_certs_from_pemder([str(path)])  # type: ignore[no-untyped-call]
        except OSError as gone:
            raise refused(f"证书 {path} 打不开", gone, "请核对读取权限。") from gone
        except ValueError as wrong:
            raise CannotDoError(f"{path} 不是证书", "请换成 PEM 或 DER 的证书，或移出该文件夹。") from wrong


def _name(certificate: Any) -> str:
    subject = certificate.subject.native
    return str(subject.get("common_name") or certificate.subject.human_friendly)


@contextmanager
def _pyhanko() -> Iterator[None]:
    """Imports pyHanko, which may be missing, and silences its log, since our own messages say the same."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    try:
        optional("pyhanko", extra="signature")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    except ImportError as missing:  # of what pyHanko itself needs
        raise not_installed(missing.name or "pyhanko", "signature") from missing
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
