"""What is alike: asked before sending, found among open public reports of the place, joined instead of sent again."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions.join_case import join
from feedback.cases.alike import alike
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, Moderation
from feedback.models import Case, CaseDraft, CaseEvent, CaseJoin, CaseParty
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import a_sending, category_of, make_case, make_public_case
from tests.factories.cast import Cast, House
from tests.factories.sending import Sender, key_of
from tests.factories.visits import body_of, headers_of

pytestmark = pytest.mark.django_db
SAMPLE = Path(os.environ.get("HUE_FEEDBACK_SAMPLE", "/work/shared/data/hue_feedback_sample.csv"))
HOLE = "Nắp cống vỡ trước số 12 Hoàng Sa, xe máy suýt lọt bánh buổi tối vì thiếu đèn."
SAME = "Trước nhà số 12 Hoàng Sa có nắp cống vỡ đã hai tuần, mong cơ quan chức năng xử lý. Xin cảm ơn."
OTHER = (
    "Hàng quán đốt than tổ ong đầu kiệt 5 Nguyễn Văn Tuyết, khói bay vào trường mầm non. Mong cơ quan chức năng xử lý."
)


def _alike(house: House, text: str, **more: object) -> list[Case]:
    facts = {"kind": CaseKind.REPORT, "category_id": category_of().pk, "commune_id": house.unit.pk, **more}
    with unit_scope(house.unit):
        return [row.case for row in alike(text=text, **facts)]  # type: ignore[arg-type]


def test_the_same_hole_is_found_and_politeness_is_no_likeness(cast: Cast) -> None:
    case = make_public_case(cast.a, text=HOLE, place_text="")
    smoke = category_of("rac-moi-truong")
    make_public_case(cast.a, text=OTHER, place_text="", category=smoke)
    assert _alike(cast.a, SAME) == [case]
    assert _alike(cast.a, "Mong cơ quan chức năng kiểm tra, xử lý. Xin cảm ơn.", category_id=None) == []


def test_only_what_everybody_may_read_and_what_is_still_open(cast: Cast) -> None:
    make_case(cast.a, text=HOLE)
    closed = make_public_case(cast.a, text=HOLE)
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=closed.pk).update(status=CaseStatus.ANSWERED)
        CaseParty.everywhere.filter(case=closed).update(status=CaseStatus.ANSWERED)
    make_public_case(cast.b, text=HOLE)
    assert _alike(cast.a, SAME) == []
    assert _alike(cast.a, SAME, commune_id=None, category_id=category_of().pk) == []


def test_near_and_of_the_same_kind_is_enough(cast: Cast) -> None:
    here = {"latitude": Decimal("16.55210"), "longitude": Decimal("107.63840")}
    case = make_public_case(cast.a, text="Nước đọng cả ngày không rút, học sinh lội qua.", place_text="", **here)
    near = {"latitude": Decimal("16.55300"), "longitude": Decimal("107.63840")}
    far = {"latitude": Decimal("16.56300"), "longitude": Decimal("107.63840")}
    text = "Miệng cống bốc mùi, rác lấp đầy."
    assert _alike(cast.a, text, **near) == [case]
    assert _alike(cast.a, text, **far) == []


def test_it_costs_the_same_at_one_and_at_three(cast: Cast) -> None:
    counts = []
    for _turn in range(2):
        make_public_case(cast.a, text=HOLE)
        with unit_scope(cast.a.unit), CaptureQueriesContext(connection) as seen:
            assert alike(kind=CaseKind.REPORT, text=SAME, category_id=None, commune_id=cast.a.unit.pk)
        counts.append(len(seen))
        make_public_case(cast.a, text=HOLE)
    assert counts == [3, 3]


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"no sample at {SAMPLE}")
@pytest.mark.parametrize(("one", "other"), [("a221222", "a221792"), ("a221792", "a221222")])
def test_natural_duplicates_find_each_other(cast: Cast, one: str, other: str) -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        texts = {row["source_id"]: row["content"] for row in csv.DictReader(file)}
    # All at one commune and of one category: the hardest case.
    cases = {
        key: make_public_case(cast.a, text=text, place_text="", phone="") for key, text in texts.items() if key != one
    }
    found = _alike(cast.a, texts[one])
    assert found[:1] == [cases[other]]
    assert len(found) <= 2


def test_somebody_is_asked_once_before_step_three(cast: Cast) -> None:
    case = make_public_case(cast.a, text=HOLE)
    sender = Sender(cast.a)
    asked = sender.text(sender.what(), SAME)
    assert asked.endswith("/tuong-tu/")
    page = body_of(sender.get(asked))
    assert "Tôi cũng gặp việc này" in page
    assert f"/phan-anh/{case.code}/cung-gap/?ban-viet={key_of(asked)}" in page
    third = sender.post(asked, {}).headers["Location"]
    assert third.endswith("/3/")
    assert sender.text(third.replace("/3/", "/2/"), SAME) == third


# --- joining ------------------------------------------------------------------------------------------------------------


def test_joining_takes_the_place_of_sending(cast: Cast) -> None:
    case = make_public_case(cast.a, text=HOLE)
    sender = Sender(cast.a)
    asked = sender.text(sender.what(), SAME)
    path = f"/phan-anh/{case.code}/cung-gap/"
    assert "sẽ bỏ, không gửi" in body_of(sender.get(f"{path}?ban-viet={key_of(asked)}"))
    data = {"ban-viet": key_of(asked), "email": "toi@example.vn", "agree_mail": "on"}
    done = sender.post(path, data)
    assert done.status_code == 302
    assert "Đã ghi thêm" in body_of(sender.get(done.headers["Location"]))
    case.refresh_from_db(from_queryset=Case.everywhere.all())
    assert (case.joins, case.version) == (1, 1)
    with unit_scope(cast.a.unit):
        assert not CaseDraft.objects.exists()
        assert unseal(CaseJoin.objects.get().sealed_email) == "toi@example.vn"
        assert CaseEvent.objects.filter(kind=EventKind.JOINED, is_public=True).count() == 1
    # The same address the same day: answered alike, counted once.
    assert sender.post(path, {}).status_code == 302
    case.refresh_from_db(from_queryset=Case.everywhere.all())
    assert case.joins == 1


def test_an_address_for_mails_needs_its_tick(cast: Cast) -> None:
    case = make_public_case(cast.a)
    response = Sender(cast.a).post(f"/phan-anh/{case.code}/cung-gap/", {"email": "toi@example.vn"})
    assert response.status_code == 422
    with unit_scope(cast.a.unit):
        assert not CaseJoin.objects.exists()


def test_what_is_not_public_or_elsewhere_can_not_be_joined(cast: Cast) -> None:
    private, public = make_case(cast.a), make_public_case(cast.a)
    for sender, case in ((Sender(cast.a), private), (Sender(cast.b), public)):
        for response in (
            sender.get(f"/phan-anh/{case.code}/cung-gap/"), sender.post(f"/phan-anh/{case.code}/cung-gap/", {})
        ):  # fmt: skip
            assert response.status_code == 404
            assert case.title not in body_of(response) + headers_of(response)


def test_a_closed_case_says_so(cast: Cast) -> None:
    case = make_public_case(cast.a)
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=case.pk).update(status=CaseStatus.ANSWERED)
    sender = Sender(cast.a)
    assert "đã kết thúc" in body_of(sender.get(f"/phan-anh/{case.code}/cung-gap/"))
    assert sender.post(f"/phan-anh/{case.code}/cung-gap/", {}).status_code == 409
    with unit_scope(cast.a.unit):
        assert not CaseJoin.objects.exists()


def test_a_merged_case_leads_to_the_one_it_went_into(cast: Cast) -> None:
    case, into = make_public_case(cast.a), make_public_case(cast.a)
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=case.pk).update(status=CaseStatus.MERGED, merged_into=into)
    assert into.moderation == Moderation.PUBLIC
    response = Sender(cast.a).get(f"/phan-anh/{case.code}/cung-gap/")
    assert response.headers["Location"] == f"/phan-anh/{into.code}/cung-gap/"


def test_one_address_joins_few_without_proof(cast: Cast) -> None:
    sending = a_sending()
    cases = [make_public_case(cast.a) for _turn in range(4)]
    with unit_scope(cast.a.unit):
        for case in cases[:3]:
            assert join(case=case, email="", sending=sending)
        with pytest.raises(TooMany):
            join(case=cases[3], email="", sending=sending)
