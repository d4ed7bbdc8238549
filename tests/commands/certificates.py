"""An official's certificate, as an authority would hand it out on a file, and the authority's own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "云水2024"
_SIGNS = x509.KeyUsage(True, False, False, False, False, False, False, False, False)


@dataclass(frozen=True)
class Certificates:
    """The files: one to sign with, locked by `PASSWORD`, and the authority's that others trust."""

    p12: Path
    authority: Path


def certificates(folder: Path, name: str) -> Certificates:
    """Certificates in force from 2024 to 2074."""
    folder.mkdir()
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _subject("云水县试验证书机构")
    root = (
        _certificate(authority, authority, root_key)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    own = (
        _certificate(_subject(name), authority, key)
        .add_extension(_SIGNS, critical=True)
        .sign(root_key, hashes.SHA256())
    )
    made = Certificates(folder / f"{name}.p12", folder / "authority.pem")
    lock = BestAvailableEncryption(PASSWORD.encode())
    made.p12.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, own, [root], lock))
    made.authority.write_bytes(root.public_bytes(Encoding.PEM))
    return made


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(whose: x509.Name, by: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2024, 1, 1))
        .not_valid_after(datetime(2074, 1, 1))
    )
