"""The register's screens: a clerk enters and publishes a document, and what stands in the way of doing it wrongly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.actions.documents import FileDraft, RelationDraft, set_files, set_relations
from news.enums.documents import DocumentReach, DocumentStatus, FileRole, RelationKind
from news.models import Attachment, Document, DocumentFile, DocumentRelation
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.register import make_document, make_file, published_document, stored, type_of
from tests.factories.signed_pdfs import plain_pdf, signed_pdf
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

pytestmark = pytest.mark.anywhere

LIST = "/quan-tri/news/document/"
ADD = f"{LIST}add/"
MOST_QUERIES = 30
MOST_ON_THE_DESK = 40


def form(**changes: Any) -> dict[str, Any]:
    """A complete form as the browser sends it, without files."""
    return {
        "number": "so 54/2026/qd–ubnd", "type": "", "issued_on": "2026-11-20", "issuer": "UBND phường Thuận An",
        "is_own": "on", "signer_name": "Trần Thử", "signer_post": "Chủ tịch", "abstract": "Quy định về vỉa hè",
        "group": "", "effective_from": "2026-12-01", "own_end": "", "field": "", "notes": "", "source_url": "",
        "attached_shown": "1", "relations_rows": "0", **changes,
    }  # fmt: skip


def relation(place: int, kind: str = "REPLACES", number: str = "1/2020/QĐ-UBND", **more: str) -> dict[str, str]:
    """One row of relations."""
    values = {"kind": kind, "number": number, "part": "", "from": "", "what": "", "title": "", **more}
    return {f"relations_{place}_{name}": value for name, value in values.items()}


def pdf(name: str = "quyet-dinh.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or plain_pdf())


def newest(house: House) -> Document:
    with unit_scope(house.unit):
        return Document.objects.select_related("type").latest("pk")


def change_path(document: Document) -> str:
    return f"{LIST}{document.pk}/change/"


@pytest.fixture
def approver(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.APPROVER)


# --- entering -------------------------------------------------------------------------------------------------------------


def test_a_document_is_entered_and_published_in_one_go(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        earlier = published_document("1/2020/QĐ-UBND", issued_on=date(2020, 1, 2))
    files = [pdf("quyet-dinh.pdf", signed_pdf()), pdf("phu-luc.pdf", plain_pdf(300))]
    data = form(_publish="1", secrecy="on", new_files=files, relations_rows="2", **relation(0), **relation(1, "", ""))
    page = body_of(approver.post(ADD, data))
    document = newest(cast.a)
    assert (document.number, document.type.name, document.group) == ("54/2026/QĐ-UBND", "Quyết định", "NORMATIVE")
    assert document.status == DocumentStatus.PUBLISHED
    for words in (
        "Đã đăng văn bản.",
        "Số ký hiệu ghi là 54/2026/QĐ-UBND.",
        "Loại văn bản ghi theo số ký hiệu: Quyết định.",
    ):
        assert words in page
    assert "người ký theo chứng thư: Nguyễn Văn Thử" in page
    with unit_scope(cast.a.unit):
        links = DocumentFile.objects.filter(document=document)
        assert [link.role for link in links] == [FileRole.MAIN, FileRole.APPENDIX]
        assert stored(earlier).expires_on == date(2026, 11, 30)
    assert visit(cast.a.host, document.get_absolute_url()).status_code == 200


def test_without_the_tick_nothing_is_kept_and_the_screen_says_why(cast: Cast, approver: Clerk) -> None:
    before = newest(cast.a).pk
    page = body_of(approver.post(ADD, form(_publish="1", new_files=[pdf()])))
    assert "Văn bản chưa đăng: đọc văn bản và tệp, rồi đánh dấu đã kiểm tra bí mật nhà nước." in page
    assert "Quy định về vỉa hè" in page, "what was typed stays"
    assert newest(cast.a).pk == before
    with unit_scope(cast.a.unit):
        assert not Attachment.objects.filter(original_name="quyet-dinh.pdf").exists()


def test_what_is_missing_for_publishing_is_named_together(approver: Clerk) -> None:
    page = body_of(approver.post(ADD, form(_publish="1", secrecy="on", issued_on="")))
    assert "Nhập ngày ban hành để đăng." in page
    assert "Tải tệp của văn bản lên để đăng." in page


def test_a_draft_needs_only_number_or_type_issuer_and_abstract(cast: Cast) -> None:
    clerk = Clerk(cast.a, Role.AUTHOR)
    page = body_of(clerk.post(ADD, form(issued_on="", effective_from="")))
    assert "Đã lưu." in page
    assert "Lưu nháp, rồi báo người duyệt đăng." in page
    document = newest(cast.a)
    assert (document.status, document.created_by) == (DocumentStatus.DRAFT, cast.a.people[Role.AUTHOR])
    page = body_of(clerk.post(ADD, form(number="", abstract="", issuer="")))
    for words in ("Nhập trích yếu.", "Nhập cơ quan ban hành.", "Chọn loại văn bản: số ký hiệu không cho biết."):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "kept", "abbreviation", "group"),
    [
        ("289/kh-ubnd", "289/KH-UBND", "KH", "PLAN"),
        ("1289 / QĐ - UBND", "1289/QĐ-UBND", "QĐ", "STEERING"),
        ("Số: 7/2026/nq-hđnd", "7/2026/NQ-HĐND", "NQ", "NORMATIVE"),
        ("12/CTr-UBND", "12/CTr-UBND", "CTr", "PLAN"),
        ("03/tb-ubnd", "03/TB-UBND", "TB", "NOTICE"),
    ],
)
def test_the_number_tells_type_and_group(
    cast: Cast, approver: Clerk, typed: str, kept: str, abbreviation: str, group: str
) -> None:
    approver.post(ADD, form(number=typed))
    document = newest(cast.a)
    assert (document.number, document.type.abbreviation, document.group) == (kept, abbreviation, group)


def test_the_clerks_own_word_goes_before_the_guess(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        notice = type_of("TB")
    approver.post(ADD, form(type=str(notice.pk), group="GUIDANCE"))
    document = newest(cast.a)
    assert (document.type.abbreviation, document.group) == ("TB", "GUIDANCE")


def test_the_form_remembers_issuers_and_signers_of_this_unit_only(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        make_document(issuer="UBND phường nhớ", signer_name="Người ký nhớ", signer_post="Chức vụ nhớ")
    text = body_of(visit(cast.a.host, ADD, user=cast.a.admin))
    for words in ("UBND phường nhớ", "Người ký nhớ", "Chức vụ nhớ"):
        assert f'<option value="{words}"' in text
    assert cast.b.marker not in text


def test_hostile_files_and_words_are_refused_or_shown_as_text(cast: Cast, approver: Clerk) -> None:
    page = body_of(approver.post(ADD, form(new_files=[pdf("x.pdf", b"MZ" + b"\0" * 100)])))
    assert "x.pdf:" in page
    assert newest(cast.a).number == "99/QĐ-UBND"
    page = body_of(approver.post(ADD, form(abstract="<script>alert(1)</script>", number="<b>1</b>/QĐ-UBND")))
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"relations_rows": "999999999999"},
        {"relations_rows": "-1"},
        {"relations_rows": "1", **relation(0, "HACKS")},
        {"relations_rows": "1", **relation(0, number="///")},
        {"relations_rows": "1", **relation(0, **{"from": "31/02/2026"})},
        {"attached": ["1", "99999999999999999999", "x"], "attached_role_1": "HACKS"},
        {"type": "99999"},
        {"group": "HACKS"},
        {"issued_on": "2026-13-99"},
        {"seen": "hôm qua", "number": "\x00"},
        {"notes": "x" * 100_000},
        {"abstract": "x" * 50_000},
    ],
)
def test_senseless_fields_are_answered_with_a_form(approver: Clerk, changes: dict[str, Any]) -> None:
    response = approver.post(ADD, form(**changes))
    assert response.status_code == 200


# --- files and relations --------------------------------------------------------------------------------------------------


def test_files_change_role_and_order_and_leave(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        document = make_document()
        one, two, three = make_file("a.pdf"), make_file("b.pdf", plain_pdf(300)), make_file("c.pdf", plain_pdf(400))
        set_files(document=document, files=[FileDraft(one), FileDraft(two), FileDraft(three)], actor=None)
    data = form(
        attached=[str(two.pk), str(one.pk)],
        **{f"attached_order_{two.pk}": "1", f"attached_role_{two.pk}": "MAIN"},
        **{f"attached_order_{one.pk}": "2", f"attached_role_{one.pk}": "APPENDIX"},
    )
    approver.post(change_path(document), data)
    with unit_scope(cast.a.unit):
        links = DocumentFile.objects.filter(document=document)
        assert [(link.attachment_id, link.role) for link in links] == [(two.pk, "MAIN"), (one.pk, "APPENDIX")]
        assert Attachment.objects.filter(pk=three.pk).exists(), "it stays in the library"


def test_another_units_file_is_refused(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.b.unit):
        other = make_file("cua-nguoi-khac.pdf")
    before = newest(cast.a).pk
    data = form(attached=[str(other.pk)], **{f"attached_role_{other.pk}": "MAIN", f"attached_order_{other.pk}": "1"})
    page = body_of(approver.post(ADD, data))
    assert "Có tệp không còn trong thư viện." in page
    assert "cua-nguoi-khac" not in page
    assert newest(cast.a).pk == before


def test_rows_of_relations_are_kept_changed_and_taken_out(cast: Cast, approver: Clerk) -> None:
    rows = {
        **relation(0, "AMENDS", what="Điều 5", **{"from": "2027-01-01"}),
        **relation(3, "GUIDES", "2/QĐ-TTg", title="Gốc"),
    }
    approver.post(ADD, form(relations_rows="4", **rows))
    document = newest(cast.a)
    with unit_scope(cast.a.unit):
        kept = DocumentRelation.objects.filter(document=document).order_by("pk")
        assert [(row.kind, row.earlier_number, row.is_partial, row.what, row.earlier_title) for row in kept] == [
            ("AMENDS", "1/2020/QĐ-UBND", True, "Điều 5", ""), ("GUIDES", "2/QĐ-TTg", False, "", "Gốc"),
        ]  # fmt: skip
        assert kept[0].takes_effect_on == date(2027, 1, 1)
    text = approver.get(change_path(document)).content.decode()
    assert 'value="2/QĐ-TTg"' in text
    approver.post(
        change_path(document), form(relations_rows="2", **relation(0, number=""), **relation(1, "GUIDES", "2/QĐ-TTg"))
    )
    with unit_scope(cast.a.unit):
        assert [row.earlier_number for row in DocumentRelation.objects.filter(document=document)] == ["2/QĐ-TTg"]


def test_a_wrong_row_is_named_and_stays_as_it_was_typed(cast: Cast, approver: Clerk) -> None:
    page = body_of(approver.post(ADD, form(relations_rows="2", **relation(0), **relation(1, "", "5/QĐ-UBND"))))
    assert "dòng 2: Chọn văn bản này làm gì với văn bản trước." in page
    assert 'value="5/QĐ-UBND"' in page
    assert 'class="relation relation--bad"' in page
    assert newest(cast.a).number == "99/QĐ-UBND"


def test_among_documents_of_one_number_the_clerk_chooses(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        published_document("12/KH-UBND", "Kế hoạch năm 2024", issued_on=date(2024, 2, 1))
        second = published_document("12/KH-UBND", "Kế hoạch năm 2025", issued_on=date(2025, 2, 3))
    with unit_scope(cast.b.unit):
        published_document("12/KH-UBND", f"Kế hoạch {cast.b.marker}", issued_on=date(2025, 2, 3))
    data = form(relations_rows="1", **relation(0, number="12/kh-ubnd"))
    page = body_of(approver.post(ADD, data))
    assert "Sổ có nhiều văn bản mang số này. Chọn một văn bản." in page
    assert "Kế hoạch năm 2024" in page
    assert cast.b.marker not in page
    approver.post(ADD, {**data, "relations_0_earlier": str(second.pk)})
    with unit_scope(cast.a.unit):
        assert DocumentRelation.objects.get(document=newest(cast.a)).earlier_id == second.pk
        assert stored(second).expires_on is None, "a draft changes nothing yet"


# --- publishing, changing, withdrawing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_who_may_not_publish_has_no_button_and_can_not(cast: Cast, role: Role) -> None:
    with unit_scope(cast.a.unit):
        document = make_document(source_url="https://x.vn/")
        shown = published_document("2/QĐ-UBND", "Đang hiện")
    clerk = Clerk(cast.a, role)
    text = clerk.get(change_path(document)).content.decode()
    assert 'name="_save"' in text
    assert 'name="_publish"' not in text
    sent = clerk.post(change_path(document), form(_publish="1", secrecy="on", source_url="https://x.vn/"))
    assert sent.status_code == 403
    read = clerk.get(change_path(shown)).content.decode()
    assert "Đang hiện" in read
    assert 'name="abstract"' not in read
    assert clerk.post(change_path(shown), form()).status_code == 403
    assert clerk.get(f"{LIST}{shown.pk}/go/").status_code == 403
    with unit_scope(cast.a.unit):
        assert stored(document).status == DocumentStatus.DRAFT
        assert stored(shown).abstract == "Đang hiện"


def test_a_published_document_is_corrected_by_who_publishes(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        document = published_document("2/QĐ-UBND", "Sai chính tả")
    approver.post(change_path(document), form(number="2/QĐ-UBND", abstract="Đúng chính tả", source_url="https://x.vn/"))
    with unit_scope(cast.a.unit):
        row = stored(document)
        assert (row.abstract, row.status) == ("Đúng chính tả", DocumentStatus.PUBLISHED)
    assert "Đúng chính tả" in body_of(visit(cast.a.host, row.get_absolute_url()))


def test_a_form_opened_before_somebody_saved_comes_back_with_what_was_typed(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        document = make_document()
    seen = document.edited_at.isoformat()
    Clerk(cast.a, Role.UNIT_ADMIN).post(change_path(document), form(abstract="Bản của người kia", seen=seen))
    page = body_of(approver.post(change_path(document), form(abstract="Bản của tôi", seen=seen)))
    assert "Người khác vừa lưu văn bản này." in page
    assert "Bản của tôi" in page
    with unit_scope(cast.a.unit):
        assert stored(document).abstract == "Bản của người kia"


def test_late_publishing_is_said_at_once_and_in_the_list(cast: Cast, approver: Clerk) -> None:
    page = body_of(approver.post(ADD, form(_publish="1", secrecy="on", new_files=[pdf()], issued_on="2026-11-11")))
    # Due on Friday 13/11; 16 to 20/11 are five working days.
    assert "Đã đăng, trễ 5 ngày làm việc so với hạn 13/11/2026." in page
    assert "Đăng trễ 5 ngày" in approver.get(LIST).content.decode()


def test_withdrawing_asks_why_and_the_page_says_it(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        document = published_document()
    path = f"{LIST}{document.pk}/go/"
    assert "Viết một câu để người đọc biết" in body_of(approver.post(path, {"note": " "}))
    page = body_of(approver.post(path, {"note": "Đăng nhầm bản <chưa> ký."}))
    assert "Đã gỡ văn bản khỏi sổ." in page
    assert "Đăng lại" in page
    public = body_of(visit(cast.a.host, document.get_absolute_url()))
    assert "Đăng nhầm bản &lt;chưa&gt; ký." in public
    assert "không cần gỡ" in body_of(approver.post(path, {"note": "Lần nữa"}))
    with unit_scope(cast.a.unit):
        assert stored(document).withdrawal_note == "Đăng nhầm bản <chưa> ký."


def test_only_drafts_are_deleted(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        draft, shown = make_document("3/QĐ-UBND"), published_document("4/QĐ-UBND")
        set_relations(
            document=shown, relations=[RelationDraft(RelationKind.GUIDES, "3/QĐ-UBND")], actor=None
        )  # fmt: skip
    author = Clerk(cast.a, Role.AUTHOR)
    assert author.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403, "not the author's own"
    assert approver.post(f"{LIST}{shown.pk}/delete/", {"post": "yes"}).status_code == 403
    approver.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})
    with unit_scope(cast.a.unit):
        assert not Document.objects.filter(pk=draft.pk).exists()
        assert DocumentRelation.objects.get(document=shown).earlier_number == "3/QĐ-UBND"


def test_only_the_province_offers_and_takes_every_site(cast: Cast, approver: Clerk) -> None:
    assert 'name="reach"' not in approver.get(ADD).content.decode()
    approver.post(ADD, form(reach="ALL"))
    assert newest(cast.a).reach == DocumentReach.OWN
    province = visit(cast.province.canonical_host, ADD, user=cast.operator)
    assert 'name="reach"' in body_of(province)


def test_a_document_entered_twice_is_told_at_once(cast: Cast, approver: Clerk) -> None:
    words = "Sổ đã có một văn bản mang số này trong cùng năm."
    with unit_scope(cast.b.unit):
        make_document("54/2026/QĐ-UBND", issued_on=date(2026, 11, 20))
    assert words not in body_of(approver.post(ADD, form()))
    page = body_of(approver.post(ADD, form(number="54/2026/QĐ-UBND", abstract="Lần hai")))
    assert words in page
    assert "Quy định về vỉa hè" in page


# --- list, desk, other units ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["54/2023", "QĐ 54/2023", "54/2023/qd-ubnd", "quyết định 54 năm 2023", "via he"])
def test_the_list_finds_a_number_in_any_spelling(cast: Cast, approver: Clerk, query: str) -> None:
    with unit_scope(cast.a.unit):
        make_document("54/2023/QĐ-UBND", "Quản lý vỉa hè", issued_on=date(2023, 9, 30))
        make_document("55/2023/QĐ-UBND", "Việc khác hẳn", issued_on=date(2023, 9, 30))
    text = approver.client.get(LIST, {"q": query}, headers={"host": cast.a.host}).content.decode()
    assert "Quản lý vỉa hè" in text
    assert "Việc khác hẳn" not in text


def test_the_lists_filters_answer_what_they_say(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        make_document("1/QĐ-UBND", "Quá hạn chưa đăng", issued_on=date(2026, 11, 2))
        published_document("2/QĐ-UBND", "Đã đăng trễ", issued_on=date(2026, 11, 3))
        published_document("3/QĐ-UBND", "Hết hiệu lực rồi", issued_on=date(2026, 11, 19), own_end=date(2026, 11, 20))
    for query, here, absent in (
        ("viec=qua-han", "Quá hạn chưa đăng", "/QĐ-UBND</strong> Đã đăng trễ"),
        ("viec=chua-dang", "Quá hạn chưa đăng", "Hết hiệu lực rồi"),
        ("viec=dang-tre", "/QĐ-UBND</strong> Đã đăng trễ", "Hết hiệu lực rồi"),
        ("hieu-luc=het", "Hết hiệu lực rồi", "/QĐ-UBND</strong> Đã đăng trễ"),
    ):
        text = approver.get(f"{LIST}?{query}").content.decode()
        assert here in text, query
        assert absent not in text, query


def test_the_desk_names_what_is_late_and_due(cast: Cast, approver: Clerk) -> None:
    with unit_scope(cast.a.unit):
        make_document("1/QĐ-UBND", "Văn bản quá hạn", issued_on=date(2026, 11, 2))
        make_document("2/QĐ-UBND", "Văn bản hạn mai", issued_on=date(2026, 11, 16))
    with unit_scope(cast.b.unit):
        make_document("3/QĐ-UBND", "Của đơn vị kia", issued_on=date(2026, 11, 2))
    text = approver.get("/quan-tri/").content.decode()
    assert text.index("Văn bản quá hạn") < text.index("Văn bản hạn mai")
    assert "Hạn ngày mai" in text
    assert "Của đơn vị kia" not in text


@pytest.mark.parametrize("screen", ["change/", "delete/", "history/", "go/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_units_document_is_not_there(cast: Cast, screen: str, method: str) -> None:
    with unit_scope(cast.b.unit):
        other = published_document("7/QĐ-UBND", f"Văn bản {cast.b.marker} {cast.b.word}")
    clerk = Clerk(cast.a, Role.UNIT_ADMIN)
    path = f"{LIST}{other.pk}/{screen}"
    data = {**form(), "post": "yes", "note": "x"}
    response = clerk.get(path) if method == "get" else clerk.post(path, data)
    assert response.status_code == 404
    assert_nothing_of(cast.b, response, path)
    with unit_scope(cast.b.unit):
        assert stored(other).status == DocumentStatus.PUBLISHED


@pytest.mark.parametrize("screen", ["list", "change", "add", "desk"])
def test_screens_cost_the_same_at_one_row_and_at_three(cast: Cast, approver: Clerk, screen: str) -> None:
    def one_more(number: int) -> Document:
        with unit_scope(cast.a.unit):
            document = make_document(f"{number}/QĐ-UBND", f"Số {number}", source_url="https://x.vn/")
            for target in (document, *([first] if number > 1 else [])):
                files = [FileDraft(make_file(f"{place}.pdf", plain_pdf(100 + place))) for place in range(number)]
                set_files(document=target, files=files, actor=None)
                drafts = [RelationDraft(RelationKind.GUIDES, f"{place}/NĐ-CP") for place in range(1, number + 1)]
                set_relations(document=target, relations=drafts, actor=None)
            return document

    first: Any = None
    first = one_more(1)
    path = {"list": LIST, "change": change_path(first), "add": ADD, "desk": "/quan-tri/"}[screen]
    counts = []
    for number in (2, 3):
        approver.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert approver.get(path).status_code == 200
        counts.append(len(queries))
        one_more(number)
    assert counts[0] == counts[1] <= (MOST_ON_THE_DESK if screen == "desk" else MOST_QUERIES)
