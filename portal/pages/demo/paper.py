"""Small real PDF files for the demo: one page of plain words, and the same signed with a certificate that is thrown away.

The words stand without marks: the fonts every PDF reader has know no Vietnamese, and a font of our own would be larger than all
of the demo's texts.
"""

import io
import textwrap
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from portal.core.text import without_marks

LINE: Final = 18
WIDTH: Final = 78
TOP: Final = 780
# Only ever between two lines of this module: the bundle is never written anywhere.
_PHRASE: Final = b"minh hoa"


def plain_pdf(title: str, paragraphs: Sequence[str]) -> bytes:
    """One A4 page: a title and paragraphs, without marks."""
    lines = [*textwrap.wrap(without_marks(title), WIDTH - 14), ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(without_marks(paragraph), WIDTH), ""]
    shown = "".join(f"({_escaped(line)}) Tj 0 -{LINE} Td\n" for line in lines)
    stream = f"BT /F1 12 Tf 60 {TOP} Td\n{shown}ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _file_of(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file_of(objects: Sequence[bytes]) -> bytes:
    """Objects numbered from 1, the first one the catalogue, with their cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


@cache
def _throw_away_signer(name: str, organisation: str) -> signers.SimpleSigner:
    """A certificate of nobody's: made now, signed by itself, its key forgotten with the process."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    now = timezone.now()
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30)).not_valid_after(now + timedelta(days=365))
        .add_extension(usage, critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    bundle = pkcs12.serialize_key_and_certificates(
        b"minh-hoa", key, certificate, None, serialization.BestAvailableEncryption(_PHRASE)
    )
    signer: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(bundle, [], passphrase=_PHRASE)
    return signer


def signed_pdf(content: bytes, *, name: str, organisation: str) -> bytes:
    """The same file with a digital signature of an invented person."""
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)),
        signers.PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256"),
        signer=_throw_away_signer(name, organisation),
    )
    return bytes(out.getvalue())
