"""Subscribing by e-mail: asked, confirmed by a button, left with one click; nothing tells who is known here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from news.enums import Rhythm
from news.rules import digests as rules
from news.tasks.subscriptions import forget_unconfirmed, mail_confirmation, mail_confirmations, sweep_subscriptions
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.readers import proof_for
from tests.factories.subscribers import FORM, form_data, make_subscriber, path_in, subscribers_of
from tests.factories.visits import body_of, visit
from units.enums import Role

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = LOCMEM


def _ask(cast: Cast, email: str = "ba.buoi@example.vn", client: Client | None = None, **more: Any) -> Any:
    """Post the form, then do what the worker does with it."""
    response = (client or Client()).post(FORM, form_data(email, **more), headers={"host": cast.a.host})
    for row in subscribers_of(cast.a):
        mail_confirmation(unit_id=cast.a.unit.pk, subscription_id=row.pk)
    return response


def test_from_the_form_to_the_confirmed_row(cast: Cast) -> None:
    assert _ask(cast).headers["Location"] == "/nhan-tin/da-nhan/"
    (row,) = subscribers_of(cast.a)
    assert row.confirmed_at is None
    assert (row.consent_version, row.whole_unit) == (rules.CONSENT_VERSION, True)
    (sent,) = mail.outbox
    assert sent.to == ["ba.buoi@example.vn"]
    assert "Phường Thuận An" in sent.subject
    assert "http://thuan-an.localhost" in str(sent.body)
    path = path_in(sent, "xac-nhan")
    page = visit(cast.a.host, path)
    assert "Xác nhận, gửi tin cho tôi" in body_of(page)
    assert "ba.buoi@example.vn" not in body_of(page), "whoever gets hold of the link does not read the address"
    assert subscribers_of(cast.a)[0].confirmed_at is None, "a program that opens links confirms nothing"
    assert Client().post(path, headers={"host": cast.a.host}).headers["Location"] == "/nhan-tin/xac-nhan/"
    (row,) = subscribers_of(cast.a)
    assert row.confirmed_at
    assert row.next_due_at == rules.next_sending(Rhythm.WEEKLY, row.confirmed_at)
    assert visit(cast.a.host, path).status_code == 410, "used up"
    with unit_scope(cast.a.unit):
        verbs = list(AuditEntry.objects.about(row).values_list("verb", "target_name"))
    assert verbs == [("subscription.confirm", "b•••@example.vn"), ("subscription.ask", "b•••@example.vn")]


def test_a_confirming_press_needs_its_token(cast: Cast) -> None:
    _ask(cast)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_in(mail.outbox[0], "xac-nhan"), headers={"host": cast.a.host}).status_code == 403
    assert Client(enforce_csrf_checks=True).post(FORM, form_data(), headers={"host": cast.a.host}).status_code == 403


def test_chosen_categories(cast: Cast) -> None:
    chosen = [str(cast.a.notices.pk)]
    assert _ask(cast, scope="chon", categories=chosen, rhythm="DAILY").status_code == 302
    (row,) = subscribers_of(cast.a)
    assert [category.pk for category in row.categories.all()] == [cast.a.notices.pk]
    assert not row.whole_unit
    assert cast.a.notices.name in str(mail.outbox[0].body)
    none = _ask(cast, scope="chon")
    assert none.status_code == 422
    assert "Chọn ít nhất một chuyên mục" in none.content.decode()
    foreign = _ask(cast, scope="chon", categories=[str(cast.b.notices.pk)])
    assert foreign.status_code == 422
    assert cast.b.marker not in foreign.content.decode()


def test_a_category_that_is_gone_does_not_become_everything(cast: Cast) -> None:
    from news.models import Category

    with unit_scope(cast.a.unit):
        empty = Category.objects.create(name="Sắp bỏ", slug="sap-bo")
    make_subscriber(cast.a, "a@example.vn", categories=(empty,))
    with unit_scope(cast.a.unit):
        empty.delete()
    (row,) = subscribers_of(cast.a)
    assert not row.whole_unit
    assert not row.categories.all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"consent": ""}, "Đánh dấu đồng ý"),
        ({"email": ""}, "Ghi địa chỉ thư"),
        ({"email": "không phải thư"}, "cần có dạng"),
        ({"email": "a@b.vn\nBcc: c@d.vn"}, "cần có dạng"),
        ({"email": f"{'x' * 250}@example.vn"}, "Chưa gửi được"),
    ],
)
def test_what_is_missing_is_said(cast: Cast, change: dict[str, str], words: str) -> None:
    response = Client().post(FORM, {**form_data(), **change}, headers={"host": cast.a.host})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert subscribers_of(cast.a) == []


def test_the_consent_is_asked_for_and_not_ticked(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, f"{FORM}?chuyen-muc=thong-bao"))
    assert "91/2025/QH15" in text
    box = text.split('name="consent"')[1].split(">")[0]
    assert "checked" not in box
    assert f'value="{cast.a.notices.pk}"' in text
    assert cast.b.marker not in text
    assert visit(cast.a.host, FORM).headers["Cache-Control"].startswith(("no-store", "max-age=0"))


def test_a_known_address_gets_the_same_answer(cast: Cast) -> None:
    make_subscriber(cast.a, "da.co@example.vn")
    known, unknown = _ask(cast, "da.co@example.vn"), _ask(cast, "chua.co@example.vn", Client(REMOTE_ADDR="192.0.2.2"))
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.content == unknown.content


def test_a_stranger_changes_nothing_of_a_known_address(cast: Cast) -> None:
    before = make_subscriber(cast.a, "da.co@example.vn", rhythm=Rhythm.DAILY)
    _ask(cast, "Da.Co@Example.vn", scope="chon", categories=[str(cast.a.notices.pk)])
    kept = next(row for row in subscribers_of(cast.a) if row.pk == before.pk)
    assert (kept.rhythm, kept.whole_unit) == (Rhythm.DAILY, True)
    Client().post(path_in(mail.outbox[0], "xac-nhan"), headers={"host": cast.a.host})
    (row,) = subscribers_of(cast.a)
    assert (row.pk, row.rhythm, row.whole_unit) == (before.pk, Rhythm.WEEKLY, False)
    assert row.last_sent_at == before.last_sent_at, "nothing is sent twice or left out"


def test_asking_again_ends_the_first_link(cast: Cast, clock: time_machine.Traveller) -> None:
    _ask(cast)
    clock.shift(timedelta(minutes=5))
    _ask(cast, scope="chon", categories=[str(cast.a.notices.pk)])
    first, second = (path_in(sent, "xac-nhan") for sent in mail.outbox)
    assert visit(cast.a.host, first).status_code == 410
    assert visit(cast.a.host, second).status_code == 200


def test_the_link_lives_48_hours_and_the_row_three_days(cast: Cast, clock: time_machine.Traveller) -> None:
    _ask(cast)
    make_subscriber(cast.a, "dang.nhan@example.vn")
    path = path_in(mail.outbox[0], "xac-nhan")
    clock.shift(timedelta(hours=47))
    assert visit(cast.a.host, path).status_code == 200
    clock.shift(timedelta(hours=2))
    late = visit(cast.a.host, path)
    assert late.status_code == 410
    assert "Đăng ký lại" in body_of(late)
    assert Client().post(path, headers={"host": cast.a.host}).status_code == 410
    assert sweep_subscriptions() == 0
    clock.shift(timedelta(days=1))
    assert sweep_subscriptions() == 1
    forget_unconfirmed(unit_id=cast.a.unit.pk)
    assert [row.email for row in subscribers_of(cast.a)] == ["dang.nhan@example.vn"]


def test_a_mailbox_is_not_flooded(cast: Cast) -> None:
    for number in range(6):
        assert _ask(cast, client=Client(REMOTE_ADDR=f"192.0.2.{number}")).status_code == 302
    assert len(mail.outbox) == rules.MAILS_PER_ADDRESS_A_DAY


def test_asking_is_limited_and_proof_gives_more_room(cast: Cast) -> None:
    client = Client()
    statuses = [_ask(cast, f"so{number}@example.vn", client).status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    proof = proof_for(client, cast.a.host, "subscribe")
    assert _ask(cast, "so4@example.vn", client, altcha=proof).status_code == 302
    assert _ask(cast, "so5@example.vn", client, altcha=proof).status_code == 429, "an answer counts once"


def test_one_click_leaves_without_login_or_token(cast: Cast) -> None:
    from news.actions.subscriptions import leave_path

    row = make_subscriber(cast.a, "thoi@example.vn")
    with unit_scope(cast.a.unit):
        path = leave_path(row)
    page = visit(cast.a.host, path)
    assert "Thôi nhận tin" in body_of(page)
    assert len(subscribers_of(cast.a)) == 1, "looking is not leaving"
    strict = Client(enforce_csrf_checks=True)
    done = strict.post(path, {"List-Unsubscribe": "One-Click"}, headers={"host": cast.a.host})
    assert done.status_code == 200
    assert subscribers_of(cast.a) == []
    again = strict.post(path, headers={"host": cast.a.host})
    assert again.status_code == 200, "pressing twice is no error"


def test_forged_links_lead_nowhere(cast: Cast) -> None:
    from news.actions.subscriptions import confirm_path, leave_path

    mine = make_subscriber(cast.a, "a@example.vn")
    other = make_subscriber(cast.a, "b@example.vn")
    foreign = make_subscriber(cast.b, "c@example.vn")
    waiting = make_subscriber(cast.b, "d@example.vn", confirmed=False)
    with unit_scope(cast.a.unit):
        good = leave_path(mine)
    with unit_scope(cast.b.unit):
        leave_b, confirm_b = leave_path(foreign), confirm_path(waiting)
    swapped = good.replace(f"/{mine.pk}/", f"/{other.pk}/")
    for path in (swapped, leave_b, good.replace("/thoi/", "/xac-nhan/"), f"/nhan-tin/thoi/{mine.pk}/{'x' * 43}/"):
        for method in ("get", "post"):
            assert getattr(Client(), method)(path, headers={"host": cast.a.host}).status_code in {404, 410}
    assert visit(cast.a.host, confirm_b).status_code == 410
    assert len(subscribers_of(cast.a)) == 2
    assert len(subscribers_of(cast.b)) == 2


def test_mail_that_could_not_go_out_goes_out_later(cast: Cast, settings: Any, clock: time_machine.Traveller) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    assert _ask(cast).status_code == 302, "the form says received although no mail server answers"
    assert mail.outbox == []
    settings.EMAIL_BACKEND = LOCMEM
    assert sweep_subscriptions() == 1
    assert mail_confirmations(unit_id=cast.a.unit.pk) == 1
    assert mail_confirmations(unit_id=cast.a.unit.pk) == 0
    assert len(mail.outbox) == 1


def test_only_the_administrator_sees_subscribers_and_only_in_part(cast: Cast) -> None:
    row = make_subscriber(cast.a, "hoa.sen@example.vn", categories=(cast.a.notices,))
    make_subscriber(cast.b, "kin@example.vn")
    path = "/quan-tri/news/subscription/"
    for role in Role:
        assert visit(cast.a.host, path, user=cast.a.people[role]).status_code == (
            200 if role == Role.UNIT_ADMIN else 403
        )
    text = body_of(visit(cast.a.host, path, user=cast.a.admin))
    assert "h•••@example.vn" in text
    assert "hoa.sen" not in text
    assert "k•••" not in text
    assert "h•••@example.vn" in body_of(visit(cast.a.host, f"{path}?q=hoa.sen@example.vn", user=cast.a.admin))
    assert "h•••@example.vn" not in body_of(visit(cast.a.host, f"{path}?q=hoa", user=cast.a.admin))
    client = Client()
    client.force_login(cast.a.admin)
    assert client.post(f"{path}{row.pk}/delete/", {"post": "yes"}, headers={"host": cast.a.host}).status_code == 302
    assert subscribers_of(cast.a) == []


def test_feeds_and_mail_are_found_on_lists(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/tin-tuc/thong-bao/"))
    assert '<link rel="alternate" type="application/atom+xml"' in text
    assert text.count('href="/tin-tuc/thong-bao/atom/"') == 2
    assert 'href="/nhan-tin/?chuyen-muc=thong-bao"' in text
    feed = visit(cast.a.host, "/tin-tuc/thong-bao/atom/")
    assert feed.status_code == 200
    assert "<feed" in body_of(feed)
    everything = body_of(visit(cast.a.host, "/tin-tuc/"))
    assert 'href="/nhan-tin/"' in everything
    assert 'href="/atom/"' in everything
