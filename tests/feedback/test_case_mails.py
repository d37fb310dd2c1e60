"""Mails about cases: what each says and to whom, once each, while the server is down, and when nobody wants them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.template.loader import get_template
from django.test import override_settings

from feedback.actions.case_mailing import _send, send_waiting
from feedback.actions.case_steps import Step, take_step
from feedback.actions.sender_steps import token_of, withdraw_consent
from feedback.enums.cases import CaseKind, CaseStatus, ConsentPurpose, EventKind, LetterKind, LetterState, PartyRole
from feedback.models import Case, CaseJoin, CaseLetter, CaseSender
from feedback.tasks.cases import CLAIM_LASTS, send_letters, sweep_letters
from portal.core.sealing import seal
from portal.core.tenancy import unit_scope
from tests.factories.cases import EMAIL, PHONE, make_case, make_public_case
from tests.factories.cast import NOW, Cast, House
from tests.factories.mail_sink import MailSink, running_sink
from tests.factories.own_cases import OFFICE_WORDS, answer, ask, fresh
from units.models import Unit

pytestmark = pytest.mark.django_db
SMTP = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_TIMEOUT": 3}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with running_sink() as (found, port), override_settings(**SMTP, EMAIL_PORT=port, EMAIL_USE_TLS=False):
        yield found


def send(house: House) -> int:
    with unit_scope(house.unit):
        return send_waiting()


def letter_of(house: House, case: Case, kind: LetterKind, **more: Any) -> CaseLetter:
    with unit_scope(house.unit):
        return CaseLetter.objects.create(case=case, kind=kind, **more)


def states(house: House) -> list[tuple[str, int]]:
    with unit_scope(house.unit):
        return [(row.state, row.attempts) for row in CaseLetter.objects.order_by("pk")]


def both(letter: Any) -> list[str]:
    """Plain text and HTML."""
    return [str(letter.body), str(letter.alternatives[0][0])]


# --- words ------------------------------------------------------------------------------------------------------------


def test_receiving_is_told_with_code_and_private_link(cast: Cast) -> None:
    case = make_case(cast.a)
    assert send(cast.a) == 1
    assert send(cast.a) == 0
    letter: Any = mail.outbox[0]
    assert letter.to == [EMAIL]
    assert letter.subject == f"Phản ánh {case.code_words}: đã nhận"
    assert letter.from_email.startswith(("=?", cast.a.unit.name, f'"{cast.a.unit.name}'))
    link = f"//{cast.a.host}"
    for text in both(letter):
        assert token_of(case) in text
        assert link in text
        assert f"Kính gửi ông/bà Nguyễn Thị {cast.a.marker}" in text
        assert "Thứ Sáu, 04/12/2026" in text
        assert PHONE not in text
        assert "rất nguy hiểm" not in text
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_every_kind_has_words(cast: Cast) -> None:
    case = make_case(cast.a)
    for kind in LetterKind:
        get_template(f"emails/case_{kind.lower()}.txt")
        more: dict[str, Any] = {}
        if kind == LetterKind.JOINER_ANSWERED:
            with unit_scope(cast.a.unit):
                more = {"join": CaseJoin.objects.create(case=case, sealed_email=seal("cung-gap@example.vn"))}
        if kind in {"STAFF_NEW", "STAFF_DUE", "STAFF_LATE", "PROVINCE_LATE"}:
            cast.a.admin.email = "can-bo@example.vn"
            cast.a.admin.save()
            more = {"staff": cast.a.admin}
        letter_of(cast.a, case, kind, **more)
    with unit_scope(cast.a.unit):
        CaseLetter.objects.filter(event__isnull=False).delete()
    assert send(cast.a) == len(LetterKind)
    for kind, letter in zip(LetterKind, mail.outbox, strict=True):
        for text in both(letter):
            assert "{{" not in text
            assert "{%" not in text
            assert "None" not in text, kind
            assert PHONE not in text
        if kind.startswith("STAFF") or kind in {LetterKind.JOINER_ANSWERED, LetterKind.PROVINCE_LATE}:
            assert token_of(case) not in both(letter)[0], kind
            assert f"Nguyễn Thị {cast.a.marker}" not in both(letter)[0], kind
        else:
            assert token_of(case) in both(letter)[0], kind
        assert case.code_words in letter.subject or kind == LetterKind.JOINER_ANSWERED


def test_the_answer_asks_whether_it_is_solved(cast: Cast) -> None:
    case = make_case(cast.a)
    answer(cast.a, case, "Đã thay <b>nắp</b> cống.\n\nXin mời kiểm tra.")
    send(cast.a)
    text, markup = both(mail.outbox[1])
    assert "Đã thay <b>nắp</b> cống." in text
    assert "Đã thay &lt;b&gt;nắp&lt;/b&gt; cống." in markup
    assert f"/phan-anh/cua-toi/{token_of(case)}/da-xong/" in text
    assert "Phó Chủ tịch" in text


def test_what_was_asked_leads_to_the_form(cast: Cast) -> None:
    case = make_case(cast.a)
    ask(cast.a, case, "Nắp ở bên nào?")
    send(cast.a)
    text = both(mail.outbox[1])[0]
    assert "Nắp ở bên nào?" in text
    assert f"{token_of(case)}/bo-sung/" in text


def test_a_request_is_answered_without_its_words(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.PERSONAL, wish="VIEW")
    answer(cast.a, case, f"Căn cước {cast.a.marker} đang giữ")
    send(cast.a)
    for letter in mail.outbox:
        for text in both(letter):
            assert "Căn cước" not in text
            assert "Nắp cống" not in text


def test_the_link_leads_to_who_received_it_whoever_writes(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        row = fresh(case)
        changes = {"holder": cast.b.unit}
        step = Step(
            EventKind.TRANSFERRED, [CaseStatus.RECEIVED], changes, text="Đường thuộc Phú Vinh", to_unit=cast.b.unit,
            letters=(LetterKind.TRANSFERRED,), parties={cast.b.unit.pk: PartyRole.HOLDER},
        )  # fmt: skip
        take_step(row, step, actor=None)
    letter_of(cast.b, case, LetterKind.PROGRESS)
    send(cast.a)
    send(cast.b)
    moved, progress = mail.outbox[1], mail.outbox[2]
    assert cast.b.unit.name in moved.body
    assert "Đường thuộc Phú Vinh" in moved.body
    assert f"{cast.a.host}" in progress.body
    assert cast.b.unit.name in progress.body


def test_a_hostile_name_makes_no_header(cast: Cast) -> None:
    make_case(cast.a, name="Sen\r\nBcc: x@y.vn <i>")
    send(cast.a)
    letter: Any = mail.outbox[0]
    assert letter.message()["Bcc"] is None
    assert "<i>" not in both(letter)[1]


def test_who_joined_gets_the_public_link_alone(cast: Cast) -> None:
    case = make_public_case(cast.a)
    with unit_scope(cast.a.unit):
        join = CaseJoin.objects.create(case=case, sealed_email=seal("cung-gap@example.vn"))
        Case.everywhere.filter(pk=case.pk).update(answer=OFFICE_WORDS)
        CaseLetter.objects.all().delete()
    letter_of(cast.a, case, LetterKind.JOINER_ANSWERED, join=join)
    assert send(cast.a) == 1
    text = both(mail.outbox[0])[0]
    assert mail.outbox[0].to == ["cung-gap@example.vn"]
    assert case.get_absolute_url() in text
    assert OFFICE_WORDS in text
    assert "cua-toi" not in text


# --- once each --------------------------------------------------------------------------------------------------------


def test_a_server_that_is_down_leaves_it_waiting_untried(cast: Cast) -> None:
    make_case(cast.a)
    make_case(cast.a, phone="0905999999")
    with override_settings(**SMTP, EMAIL_PORT=9):
        for _turn in range(10):
            assert send_letters(unit_id=cast.a.unit.pk) == 0
    assert states(cast.a) == [("WAITING", 0), ("WAITING", 0)]
    with time_machine.travel(NOW + CLAIM_LASTS + timedelta(seconds=1), tick=False):
        assert send(cast.a) == 2


def test_a_mailbox_that_is_not_there_fails_and_stops_nobody(cast: Cast, sink: MailSink) -> None:
    make_case(cast.a, email="khong-co@example.vn")
    make_case(cast.a)
    sink.refused.add("khong-co@example.vn")
    assert send(cast.a) == 1
    assert sink.to == [EMAIL]
    assert [state for state, _tries in states(cast.a)] == [LetterState.FAILED, LetterState.SENT]


def test_a_claimed_letter_is_left_alone_until_the_claim_lapses(cast: Cast) -> None:
    make_case(cast.a)
    with unit_scope(cast.a.unit):
        CaseLetter.objects.update(claimed_at=NOW, attempts=1)
    assert send(cast.a) == 0
    with time_machine.travel(NOW + CLAIM_LASTS + timedelta(seconds=1), tick=False):
        assert send(cast.a) == 1


def test_while_one_worker_sends_another_has_nothing_to_do(cast: Cast, sink: MailSink) -> None:
    make_case(cast.a)
    again: list[int] = []
    sink.on_mail = lambda: again.append(1)
    with unit_scope(cast.a.unit):
        stale = CaseLetter.objects.waiting(NOW).get()
        assert send_waiting() == 1
        # What a second worker read before the first one claimed it.
        assert not _send(stale, Unit.objects.get(pk=cast.a.unit.pk))
    assert len(again) == 1


def test_six_tries_are_enough(cast: Cast) -> None:
    make_case(cast.a)
    with unit_scope(cast.a.unit):
        CaseLetter.objects.update(attempts=6)
    assert send(cast.a) == 0
    assert states(cast.a)[0][0] == LetterState.FAILED


def test_nobody_is_written_to_who_does_not_want_it(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        withdraw_consent(case=case, purpose=ConsentPurpose.MAIL)
    assert send(cast.a) == 0
    forgotten = make_case(cast.a)
    with unit_scope(cast.a.unit):
        CaseSender.objects.filter(case=forgotten).update(forgotten_at=NOW)
    assert send(cast.a) == 0
    make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    assert [state for state, _tries in states(cast.a)] == [LetterState.FAILED, LetterState.FAILED]
    assert not mail.outbox


def test_a_lost_key_fails_quietly(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=case.pk).update(sealed_token="gAAAA-damaged")
    assert send(cast.a) == 0
    assert states(cast.a)[0][0] == LetterState.FAILED


def test_the_sweep_finds_every_unit(cast: Cast, eager_tasks: None) -> None:
    for house in (cast.a, cast.b):
        make_case(house)
    assert sweep_letters() == 2
    assert len(mail.outbox) == 2
    for house, letter in zip((cast.a, cast.b), mail.outbox, strict=True):
        other = cast.b if house is cast.a else cast.a
        assert other.marker not in letter.body


def test_mails_lie_in_the_folder_of_the_demo(cast: Cast, tmp_path: Path) -> None:
    make_case(cast.a)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=str(tmp_path)):
        assert send(cast.a) == 1
    assert len(list(tmp_path.iterdir())) == 1
