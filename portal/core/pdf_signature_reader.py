"""Reads the digital signatures of one PDF from standard input and says as JSON what they are; run as a program of its own.

A PDF is a stranger's file and its parsers are large: what they cost is bounded from outside (portal.core.pdf_signatures
starts this with limits on time and memory), and what they stumble over ends this process and no other. So it imports
nothing of the portal. ``argv[1]`` may name a folder of trusted root certificates.
"""

import io
import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

MEMORY_BYTES: Final = 1_500 * 1024 * 1024
CPU_SECONDS: Final = 20
SIGNATURES_READ: Final = 10
TEXT_LIMIT: Final = 200
# What may come after a signature without changing what was signed: more signatures, time stamps, filled form fields.
_HARMLESS: Final = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING})


def read(content: bytes, roots: list[x509.Certificate] | None) -> dict[str, Any]:
    """The facts of a PDF's signatures; see portal.core.pdf_signatures.signature_facts for their shape."""
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    found = reader.embedded_regular_signatures[:SIGNATURES_READ]
    signers = [_signer(signature, roots) for signature in found]
    answers = [signer["is_intact"] for signer in signers]
    is_intact = False if False in answers else None if None in answers or not answers else True
    return {"is_signed": bool(signers), "signers": signers, "is_intact": is_intact}


def _signer(signature: EmbeddedPdfSignature, roots: list[x509.Certificate] | None) -> dict[str, Any]:
    moment: datetime | None = signature.self_reported_timestamp
    facts: dict[str, Any] = {**_names(signature), "at": _iso(moment), "is_intact": None, "is_trusted": None}
    try:
        status = _status(signature, roots or [], moment)
    except Exception as error:  # noqa: BLE001 - what the signature is made of decides; then nothing is known of it
        return {**facts, "error": type(error).__name__}
    facts["is_intact"] = _is_intact(status)
    facts["changed_after"] = status.modification_level not in _HARMLESS if status.modification_level else None
    if roots is not None:
        facts["is_trusted"] = bool(status.trusted)
    return facts


def _status(
    signature: EmbeddedPdfSignature, roots: list[x509.Certificate], moment: datetime | None
) -> PdfSignatureStatus:
    """What pyHanko says, with old algorithms let through (SHA-1 is in most files of the 2010s) and nothing fetched."""
    timed: dict[str, Any] = {"moment": moment} if moment and moment.tzinfo else {}
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", algorithm_usage_policy=AcceptAllAlgorithms(),
        **timed,
    )  # fmt: skip
    anything = KeyUsageConstraints(key_usage=set(), match_all_key_usages=False)
    return validate_pdf_signature(signature, signer_validation_context=context, key_usage_settings=anything)


def _is_intact(status: PdfSignatureStatus) -> bool | None:
    """Whether the signed bytes are as they were signed and nothing but signatures and form fields came after."""
    if not status.intact or not status.valid:
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    return None if status.modification_level is None else status.modification_level in _HARMLESS


def _names(signature: EmbeddedPdfSignature) -> dict[str, str]:
    """Who signed, as the certificate says; the file's own /Name where there is no certificate to read."""
    try:
        subject = signature.signer_cert.subject.native
    except Exception:  # noqa: BLE001 - a broken certificate has no name to show
        subject = {}
    name = subject.get("common_name") or signature.sig_object.get("/Name", "")
    return {"name": _text(name), "organisation": _text(subject.get("organization_name") or "")}


def _text(value: Any) -> str:
    """One line of plain text, bounded; a certificate may give a list."""
    first = value[0] if isinstance(value, list) and value else value
    return " ".join(str(first).split())[:TEXT_LIMIT]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def load_roots(folder: str) -> list[x509.Certificate]:
    """Every certificate in the folder's files (PEM or DER); files that are none are passed over."""
    roots = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() not in {".pem", ".crt", ".cer", ".der"}:
            continue
        raw = path.read_bytes()
        try:
            parts = [body for _kind, _headers, body in pem.unarmor(raw, multiple=True)] if pem.detect(raw) else [raw]
            for part in parts:
                certificate = x509.Certificate.load(part)
                # Parsed lazily: ask now, so that a broken one is passed over here.
                _ = certificate.subject.native
                roots.append(certificate)
        except (ValueError, TypeError):
            continue
    return roots


def main() -> None:
    """Read standard input within the limits, write JSON to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    roots = load_roots(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read(), roots)))


if __name__ == "__main__":
    main()
