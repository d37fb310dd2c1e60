"""Real PDF files with real signatures, made with certificates that no authority gave."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pypdf import PdfWriter

CHAIR = ("Nguyễn Văn Thử", "Ủy ban nhân dân phường Thử")
CLERK = ("Văn thư phường Thử", "Ủy ban nhân dân phường Thử")


@lru_cache(maxsize=4)
def certificate(name: str, organisation: str) -> tuple[signers.SimpleSigner, bytes]:
    """A self-made certificate: what signs with it, and itself as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    start = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=12_000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    bundle = pkcs12.serialize_key_and_certificates(
        b"thu", key, made, None, serialization.BestAvailableEncryption(b"mat-khau")
    )
    signer = signers.SimpleSigner.load_pkcs12_data(bundle, [], passphrase=b"mat-khau")
    return signer, made.public_bytes(serialization.Encoding.PEM)


def plain_pdf(width: int = 200) -> bytes:
    """One empty page."""
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width, 200)
    writer.write(stream)
    return stream.getvalue()


def signed_pdf(content: bytes | None = None, who: tuple[str, str] = CHAIR, field: str = "ChuKy1") -> bytes:
    """The file with one signature more, as signing programs write it: an increment at its end."""
    signer, _pem = certificate(*who)
    writer = IncrementalPdfFileWriter(io.BytesIO(content or plain_pdf()))
    stream = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer=signer)
    return bytes(stream.getvalue())


def changed_after(content: bytes) -> bytes:
    """The same with something added behind the signature that is none."""
    writer, stream = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    writer.root["/Lang"] = generic.TextStringObject("vi")
    writer.update_root()
    writer.write(stream)
    return stream.getvalue()


def tampered(content: bytes) -> bytes:
    """The same with one figure of the signed bytes changed."""
    return content.replace(b"200 200", b"200 900", 1)
