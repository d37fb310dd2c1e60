"""What PDF files say about their signatures: real files, really signed, then tampered with, cut, or made to hurt."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from portal.core import pdf_signatures
from portal.core.documents import check_document
from portal.core.pdf_signatures import UNSIGNED, signature_facts, signature_words, signed_at
from tests.factories.signed_pdfs import CHAIR, CLERK, certificate, changed_after, plain_pdf, signed_pdf, tampered

pytestmark = pytest.mark.anywhere


def test_a_signed_file_names_its_signer_and_is_intact() -> None:
    facts = signature_facts(signed_pdf())
    assert (facts["is_signed"], facts["is_intact"]) == (True, True)
    [signer] = facts["signers"]
    assert (signer["name"], signer["organisation"]) == CHAIR
    assert signer["is_trusted"] is None, "nothing is said of trust where no root certificates are kept"
    assert signed_at(signer) is not None
    words = signature_words(facts)
    assert words.startswith("Tệp chưa bị sửa sau khi ký; người ký theo chứng thư: Nguyễn Văn Thử")
    assert "tin cậy" not in words


def test_an_ordinarily_signed_file_is_taken_in_and_stays_byte_identical() -> None:
    content = signed_pdf(signed_pdf(), CLERK, "ChuKy2")
    upload = io.BytesIO(content)
    assert check_document(upload, size=len(content)).extension == "pdf"
    assert hashlib.sha256(upload.getvalue()).digest() == hashlib.sha256(content).digest()


def test_a_second_signature_does_not_break_the_first() -> None:
    facts = signature_facts(signed_pdf(signed_pdf(), CLERK, "ChuKy2"))
    assert [signer["name"] for signer in facts["signers"]] == [CHAIR[0], CLERK[0]]
    assert facts["is_intact"] is True


def test_one_changed_figure_is_seen() -> None:
    content = signed_pdf()
    broken = tampered(content)
    assert broken != content
    facts = signature_facts(broken)
    assert facts["is_intact"] is False
    assert facts["signers"][0]["name"] == CHAIR[0], "who signed is still said"
    assert signature_words(facts).startswith("Tệp đã bị sửa sau khi ký")


def test_tampering_with_what_two_people_signed_is_seen() -> None:
    facts = signature_facts(tampered(signed_pdf(signed_pdf(), CLERK, "ChuKy2")))
    assert facts["is_intact"] is False


def test_something_added_after_signing_is_seen() -> None:
    facts = signature_facts(changed_after(signed_pdf()))
    assert facts["is_intact"] is False
    assert facts["signers"][0]["changed_after"] is True


def test_a_file_without_a_signature_says_nothing() -> None:
    assert signature_facts(plain_pdf()) == UNSIGNED
    assert signature_words(UNSIGNED) == ""
    assert signature_words({}) == "", "nobody has looked yet"


def test_trust_is_judged_where_operators_keep_root_certificates(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "goc.pem").write_bytes(certificate(*CHAIR)[1])
    (tmp_path / "hong.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n")
    (tmp_path / "doc-toi.txt").write_text("không phải chứng thư", encoding="utf-8")
    settings.SIGNATURE_ROOTS = str(tmp_path)
    facts = signature_facts(signed_pdf(signed_pdf(), CLERK, "ChuKy2"))
    assert [signer["is_trusted"] for signer in facts["signers"]] == [True, False]
    assert facts["is_intact"] is True, "an unknown authority does not make a file a changed one"
    words = signature_words(facts)
    assert "chứng thư do tổ chức được tin cậy cấp" in words
    assert "chứng thư không thuộc tổ chức được tin cậy" in words


def test_a_signature_that_does_not_cover_the_beginning_is_not_intact() -> None:
    # The classic trick: the signed range is moved, the rest of the file is somebody else's.
    content = signed_pdf()
    place = content.index(b"/ByteRange")
    start = content.index(b"[", place) + 1
    end = content.index(b"]", place)
    numbers = content[start:end].split()
    moved = b" ".join([b"9", str(int(numbers[1]) - 9).encode(), *numbers[2:]])
    broken = content[:start] + moved.ljust(end - start)[: end - start] + content[end:]
    facts = signature_facts(broken)
    assert facts["is_signed"] is not False
    assert facts["is_intact"] is not True


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n/ByteRange",
        b"/ByteRange" * 10_000,
        b"%PDF-1.4\n1 0 obj<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n" + b"[" * 50_000 + b"/ByteRange" + b"]" * 50_000,
        signed_pdf()[:-700],
        signed_pdf()[: len(signed_pdf()) // 2],
        signed_pdf().replace(b"/SubFilter", b"/SubFiltex", 1),
        bytes(reversed(signed_pdf())) + b"/ByteRange",
    ],
    ids=["empty", "head", "many", "fake", "nested", "cut", "half", "no-filter", "reversed"],
)
def test_hostile_files_are_answered_and_never_called_intact(content: bytes) -> None:
    facts = signature_facts(content)
    assert facts["is_intact"] is not True
    assert facts["is_signed"] in (True, False, None)
    signature_words(facts)


def test_a_bomb_ends_its_own_process_and_no_other() -> None:
    # 800 MB of nothing in a stream that the cross-reference table needs.
    packed = zlib.compress(b"\0" * 800_000_000, 9)
    head = b"%PDF-1.5\n/ByteRange\n"
    stream = (
        b"1 0 obj<</Type/XRef/W[1 4 2]/Index[0 100000000]/Size 100000000/Root 1 0 R/Filter/FlateDecode/Length "
        + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream endobj\n"
    )  # fmt: skip
    content = head + stream + b"startxref\n" + str(len(head)).encode() + b"\n%%EOF"
    began = time.monotonic()
    assert signature_facts(content) == {**UNSIGNED, "is_signed": None}
    assert time.monotonic() - began < pdf_signatures.TIME_LIMIT + 5


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_signatures, "TIME_LIMIT", 0.01)
    facts = signature_facts(signed_pdf())
    assert facts["is_signed"] is None
    assert signature_words(facts) == "Tệp có phần chữ ký số mà máy chưa đọc được. Kiểm tra bằng phần mềm đọc PDF."


def test_a_file_too_large_to_look_at_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_signatures, "READ_BYTES", 100)
    assert signature_facts(signed_pdf())["is_signed"] is None


def test_names_from_a_certificate_are_plain_bounded_text() -> None:
    hostile = ("<script>alert(1)</script> Ấ", "Cơ quan\nkhác")
    [signer] = signature_facts(signed_pdf(who=hostile))["signers"]
    assert signer["name"].startswith("<script>"), "kept as it is; templates escape it"
    assert "\n" not in signer["organisation"]
    assert len(signer["name"]) <= 200


@pytest.mark.parametrize("at", ["", "hôm qua", "2026-13-45T99:00:00", "9999999", None, 5])
def test_a_senseless_moment_is_no_moment(at: Any) -> None:
    assert signed_at({"at": at}) is None
    assert "ký lúc" not in signature_words({"is_signed": True, "is_intact": True, "signers": [{"name": "A", "at": at}]})


def test_the_reader_imports_nothing_of_the_portal() -> None:
    reader = Path(pdf_signatures.__file__).with_name("pdf_signature_reader.py")
    answer = subprocess.run(
        [sys.executable, "-I", str(reader), ""], input=signed_pdf(), capture_output=True, check=True, timeout=30
    )
    assert json.loads(answer.stdout)["is_signed"] is True
    assert "django" not in reader.read_text(encoding="utf-8").lower()


def test_the_factory_makes_files_that_others_can_read() -> None:
    assert len(PdfReader(io.BytesIO(signed_pdf())).pages) == 1
