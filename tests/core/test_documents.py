"""Files for download are told by their content; what could run on a reader's computer is refused with a way out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from portal.core import documents
from portal.core.documents import check_document
from tests.factories.media import OLE, PROGRAM, docx_bytes, pdf_bytes, zip_bytes

XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}


def _checked(content: bytes) -> documents.CheckedDocument:
    return check_document(io.BytesIO(content), size=len(content))


KINDS = {
    "pdf": pdf_bytes(),
    "docx": docx_bytes(),
    "xlsx": zip_bytes(XLSX),
    "odt": zip_bytes(ODT),
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "xls": OLE + "Workbook".encode("utf-16-le"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_documents_are_known_by_their_content(kind: str) -> None:
    assert _checked(KINDS[kind]).extension == kind


def test_the_pages_of_a_pdf_are_counted() -> None:
    assert _checked(pdf_bytes(12)).pages == 12


REFUSED = {
    "program": (PROGRAM, "một chương trình"),
    "script in a pdf": (pdf_bytes(running="script"), "tự chạy"),
    "program started by a pdf": (pdf_bytes(running="launch"), "tự chạy"),
    "file in a pdf": (pdf_bytes(running="file"), "tệp khác gắn bên trong"),
    "pdf with a password": (pdf_bytes(running="locked"), "mật khẩu"),
    "pdf cut off": (pdf_bytes(40)[:300], "bị hỏng"),
    "pdf without pages": (pdf_bytes(0), "không có trang"),
    "word macros": (docx_bytes(more={"word/vbaProject.bin": b"x"}), "macro"),
    "macros by type": (zip_bytes({"[Content_Types].xml": b"macroEnabled.main+xml", "word/document.xml": b""}), "macro"),
    "program in a document": (docx_bytes(more={"word/embeddings/oleObject1.bin": b"x"}), "macro"),
    "template from elsewhere": (
        docx_bytes(more={"word/_rels/settings.xml.rels": b'<Relationship TargetMode="External"/>'}),
        "macro",
    ),
    "odt macros": (zip_bytes({**ODT, "Basic/Standard/Module1.xml": b""}), "macro"),
    "old macros": (OLE + "WordDocument_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "archive": (zip_bytes({"anh.jpg": b"x"}), "Giải nén"),
    "docx cut off": (docx_bytes("x" * 5000)[:-40], "bị hỏng"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Không nhận loại tệp này"),
    "html before a pdf": (b"<script>alert(1)</script>" + pdf_bytes(), "Không nhận loại tệp này"),
    "installer": (OLE + "Property".encode("utf-16-le"), "Không nhận loại tệp này"),
    "empty": (b"", "Không nhận loại tệp này"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_do_harm_is_refused_with_what_to_do(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(ValidationError, match=words):
        _checked(content)


def test_an_office_file_that_unpacks_to_too_much_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(documents, "ZIP_UNPACKED_LIMIT", 10_000)
    with pytest.raises(ValidationError, match="bung ra quá lớn"):
        _checked(docx_bytes("x" * 20_000))


def test_a_pdf_of_endless_objects_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(documents, "PDF_OBJECT_LIMIT", 5)
    with pytest.raises(ValidationError, match="quá phức tạp"):
        _checked(pdf_bytes(10))


def test_too_many_bytes_are_refused(settings: Any) -> None:
    settings.ATTACHMENT_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="lớn hơn 1 MB"):
        check_document(io.BytesIO(pdf_bytes()), size=2 * 1024 * 1024)
