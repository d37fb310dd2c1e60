"""Mails to people who registered, once each; the bell of the day before; forgetting when the time is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import override_settings

from portal.core import letter_codes
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.mail_sink import running_sink
from tests.factories.reception import head_of, register, session_of
from units.actions.reception import cancel_session, restore_session, save_session
from units.actions.reception_bookings import cancel_booking, find_booking
from units.actions.reception_desk import open_list, to_call
from units.actions.reception_mail import remind, tell
from units.actions.reception_retention import forget_people
from units.enums.people import TermCode
from units.enums.reception import BookingStatus
from units.models import LegalTerm, ReceptionBooking, ReceptionSession
from units.tasks.reception import forget_all_people, remind_all_of_receptions, remind_of_receptions, tell_all_of_changes

DAY_BEFORE = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_the_day_before_everybody_with_an_address_is_reminded_once(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, receiver=head_of(cast.a))
    booking = register(a, session, email="sen@example.vn")
    register(a, session, phone="0905999999")
    gone = register(a, session, phone="0905888888", email="gone@example.vn")
    with unit_scope(a.unit):
        cancel_booking(booking=gone)
        assert remind() == 0
        with time_machine.travel(DAY_BEFORE, tick=False):
            assert remind() == 1
            assert remind() == 0
    letter: Any = mail.outbox[0]
    assert letter.to == ["sen@example.vn"]
    for words in (
        "Thứ Năm, 26/11/2026", "7:30 – 11:00", letter_codes.code_words(booking.code), f"Chủ tịch {a.word}", "Số thứ tự 1",
        "/tiep-cong-dan/tra-cuu/", f"Lê Thị {a.marker}",
    ):  # fmt: skip
        assert words in letter.body, words
        assert words in str(letter.alternatives[0][0]), words
    assert "0905" not in letter.body


def test_nothing_goes_to_sessions_called_off_hidden_or_begun(cast: Cast) -> None:
    a = cast.a
    session = session_of(a)
    register(a, session, email="sen@example.vn")
    with unit_scope(a.unit):
        with time_machine.travel(DAY_BEFORE + timedelta(days=1, minutes=1), tick=False):
            assert remind() == 0
        ReceptionSession.objects.update(status="CANCELLED")
        with time_machine.travel(DAY_BEFORE, tick=False):
            assert remind() == 0


def test_a_mail_server_that_is_down_leaves_it_to_the_next_beat(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, email="sen@example.vn")
    smtp = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_TIMEOUT": 3,
    }
    with time_machine.travel(DAY_BEFORE, tick=False):
        with override_settings(**smtp, EMAIL_PORT=9):
            assert remind_of_receptions(unit_id=a.unit.pk) == 0
        with running_sink() as (sink, port), override_settings(**smtp, EMAIL_PORT=port, EMAIL_USE_TLS=False):
            assert remind_of_receptions(unit_id=a.unit.pk) == 1
            assert remind_of_receptions(unit_id=a.unit.pk) == 0
        assert sink.to == ["sen@example.vn"]


def test_a_mailbox_that_is_not_there_stops_nobody_and_is_called(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, email="khong-co@example.vn")
    register(a, session, phone="0905999999", email="sen@example.vn")
    smtp = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
    with running_sink() as (sink, port), override_settings(**smtp, EMAIL_PORT=port, EMAIL_USE_TLS=False):
        sink.refused.add("khong-co@example.vn")
        with unit_scope(a.unit), time_machine.travel(NOW + timedelta(hours=1), tick=False):
            cancel_session(session=session, reason="Bão", actor=a.admin)
            assert tell() == 1
            assert tell() == 0
            waiting = to_call(open_list(session=session, actor=a.admin))
        assert sink.to == ["sen@example.vn"]
    assert [line.phone for line in waiting] == ["0905 123 456"]


def test_whoever_registered_is_told_of_a_change_and_reminded_of_the_new_day(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, email="sen@example.vn")
    with unit_scope(a.unit):
        with time_machine.travel(DAY_BEFORE, tick=False):
            assert remind() == 1
            row = ReceptionSession.objects.get()
            row.day += timedelta(days=7)
            save_session(session=row, actor=a.admin, note="Dời một tuần vì bão.")
            assert tell() == 1
            assert tell() == 0
        with time_machine.travel(DAY_BEFORE + timedelta(hours=1), tick=False):
            register(a, row, phone="0905999999", email="moi@example.vn")
            assert tell() == 0
        with time_machine.travel(DAY_BEFORE + timedelta(days=7), tick=False):
            assert remind() == 2
    assert "Thay đổi" in mail.outbox[1].subject
    assert "Dời một tuần vì bão." in mail.outbox[1].body
    assert "Thứ Năm, 03/12/2026" in mail.outbox[1].body


def test_calling_off_and_holding_after_all_are_both_told(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, email="sen@example.vn")
    with unit_scope(a.unit):
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            cancel_session(session=session, reason="Bão số 9", actor=a.admin)
            assert tell() == 1
        with time_machine.travel(NOW + timedelta(hours=2), tick=False):
            restore_session(session=session, actor=a.admin)
            assert tell() == 1
    assert mail.outbox[0].subject.startswith("Hoãn buổi tiếp công dân")
    assert "Bão số 9" in mail.outbox[0].body
    assert "Vẫn tiếp" in mail.outbox[1].body


def test_a_hostile_name_makes_no_header_and_no_html(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, email="sen@example.vn", name="Sen\r\nBcc: x@y.vn <b>")
    with unit_scope(a.unit), time_machine.travel(DAY_BEFORE, tick=False):
        remind()
    letter: Any = mail.outbox[0]
    assert letter.message()["Bcc"] is None
    assert "&lt;b&gt;" in str(letter.alternatives[0][0])


def test_beat_finds_every_unit_with_somebody_to_mail(cast: Cast, eager_tasks: None) -> None:
    for house in (cast.a, cast.b):
        register(house, session_of(house), email=f"sen@{house.word}.vn")
    assert remind_all_of_receptions() == 0
    with time_machine.travel(DAY_BEFORE, tick=False):
        assert remind_all_of_receptions() == 2
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(f"sen@{h.word}.vn" for h in (cast.a, cast.b))
        for house, letter in zip((cast.a, cast.b), mail.outbox, strict=True):
            other = cast.b if house is cast.a else cast.a
            assert other.marker not in letter.body
        with unit_scope(cast.a.unit):
            cancel_session(session=ReceptionSession.objects.get(), reason="Bão", actor=None)
        assert tell_all_of_changes() == 1


# --- forgetting -------------------------------------------------------------------------------------------------------


def test_thirty_days_after_the_session_names_are_gone_and_figures_stay(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    booking = register(a, session, email="sen@example.vn")
    last = NOW + timedelta(days=4 + 30)
    with unit_scope(a.unit):
        with time_machine.travel(last, tick=False):
            assert forget_people() == 0
        with time_machine.travel(last + timedelta(days=1), tick=False):
            assert forget_people() == 1
            assert forget_people() == 0
            assert find_booking(code=booking.code, phone="0905123456", address_hash="x" * 64) is None
        row = ReceptionBooking.objects.get()
        assert (row.status, ReceptionSession.objects.get().booked) == (BookingStatus.BOOKED, 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sealed_name, sealed_phone, sealed_email, phone_hash, subject FROM units_receptionbooking"
            )
            assert cursor.fetchall() == [("", "", "", "", "")]


def test_the_dated_row_decides(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session)
    LegalTerm.objects.create(
        code=TermCode.RECEPTION_KEEP_DAYS, number=3, valid_from=date(2026, 11, 23), source="Quy chế 5"
    )
    with unit_scope(a.unit), time_machine.travel(NOW + timedelta(days=8), tick=False):
        assert forget_people() == 1


def test_without_a_row_names_are_forgotten_all_the_same(cast: Cast) -> None:
    LegalTerm.objects.all().delete()
    register(cast.a, session_of(cast.a))
    with unit_scope(cast.a.unit), time_machine.travel(NOW + timedelta(days=40), tick=False):
        assert forget_people() == 1


def test_the_night_forgets_in_every_unit(cast: Cast, eager_tasks: None) -> None:
    for house in (cast.a, cast.b):
        register(house, session_of(house))
    with time_machine.travel(NOW + timedelta(days=40), tick=False):
        assert forget_all_people() == 2
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            assert ReceptionBooking.objects.get().forgotten_at is not None
