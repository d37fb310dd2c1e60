"""The calendar, what must be read again, and what stands in front until its end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from news.actions import save_page
from news.actions.planning import confirm_review, remind_of_reviews
from news.calendar import entries_between
from news.enums import ArticleStatus
from news.models import Article, Page
from news.tasks.planning import remind_all_of_reviews
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House, make_article
from tests.factories.visits import body_of, visit
from units.enums import Role

pytestmark = pytest.mark.anywhere

CALENDAR = "/quan-tri/news/article/lich/"
REVIEWS = "/quan-tri/news/article/can-xem-lai/"
TODAY = date(2026, 11, 22)


def _client(house: House, role: Role) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def _get(house: House, path: str, role: Role = Role.APPROVER) -> Any:
    return _client(house, role).get(path, headers={"host": house.host})


def _post(house: House, path: str, data: dict[str, str], role: Role = Role.EDITOR) -> Any:
    return _client(house, role).post(path, data, headers={"host": house.host}, follow=True)


def _set(house: House, **changes: Any) -> None:
    with unit_scope(house.unit):
        Article.objects.filter(pk=house.article.pk).update(**changes)


def _give_address(house: House, role: Role, address: str) -> None:
    person = house.people[role]
    person.email = address
    person.save()


def test_the_calendar_shows_each_thing_on_its_day_in_words(cast: Cast) -> None:
    _set(
        cast.a,
        expires_at=NOW + timedelta(days=2),
        review_by=TODAY - timedelta(days=1),
        pinned_until=NOW,
        is_pinned=True,
    )
    with unit_scope(cast.a.unit):
        make_article(f"Hẹn {cast.a.marker}", category=cast.a.category, status=ArticleStatus.SCHEDULED,
                     scheduled_for=NOW + timedelta(days=3), published_at=NOW)  # fmt: skip
        entries = entries_between(date(2026, 11, 1), date(2026, 12, 1))
    kinds = {entry.kind: entry.day for entry in entries}
    assert kinds["scheduled"] == date(2026, 11, 25)
    assert kinds["expires"] == date(2026, 11, 24)
    assert kinds["review"] == date(2026, 11, 21)
    assert kinds["pin"] == TODAY
    text = body_of(_get(cast.a, CALENDAR))
    assert f"Hẹn {cast.a.marker}" in text
    assert "quá hạn" in text, "the review of yesterday"
    assert "07:30 · Đăng" in text


def test_the_calendar_of_another_unit_shows_nothing_of_ours(cast: Cast) -> None:
    _set(cast.b, expires_at=NOW + timedelta(days=2))
    assert cast.b.marker not in body_of(_get(cast.a, CALENDAR))
    assert cast.b.marker in body_of(_get(cast.b, CALENDAR))


@pytest.mark.parametrize("month", ["", "2026-13", "xx", "0000-01", "2026-11-01", "99999-01"])
def test_a_month_that_is_none_shows_this_one(cast: Cast, month: str) -> None:
    assert "Tháng 11 năm 2026" in body_of(_get(cast.a, f"{CALENDAR}?thang={month}"))


def test_the_edge_of_a_day_is_vietnamese_time(cast: Cast) -> None:
    """23:59 on the 30th in Huế is 16:59 UTC, and 0:00 on the 1st already the next month."""
    last = NOW.replace(day=30, hour=23, minute=59)
    _set(cast.a, expires_at=last)
    with unit_scope(cast.a.unit):
        assert [e.day for e in entries_between(date(2026, 11, 1), date(2026, 12, 1)) if e.kind == "expires"] == [
            date(2026, 11, 30)
        ]
    _set(cast.a, expires_at=last + timedelta(minutes=1))
    with unit_scope(cast.a.unit):
        assert not [e for e in entries_between(date(2026, 11, 1), date(2026, 12, 1)) if e.kind == "expires"]


def test_the_owner_is_reminded_once_a_week_until_somebody_confirms(cast: Cast, clock: Any) -> None:
    owner = cast.a.people[Role.AUTHOR]
    _give_address(cast.a, Role.AUTHOR, "tacgia@example.vn")
    _set(cast.a, review_by=TODAY + timedelta(days=7), owner=owner)
    with unit_scope(cast.a.unit):
        assert remind_of_reviews() == 1
        assert remind_of_reviews() == 0, "told already"
        clock.move_to(NOW + timedelta(days=8))
        assert remind_of_reviews() == 1
        assert confirm_review(row=cast.a.article, next_on=TODAY + timedelta(days=180), actor=owner) is False, "old copy"
        row = Article.objects.get(pk=cast.a.article.pk)
        assert confirm_review(row=row, next_on=TODAY + timedelta(days=180), actor=owner)
        assert remind_of_reviews() == 0
    first = mail.outbox[0]
    assert first.to == ["tacgia@example.vn"]
    assert cast.a.article.title in first.body
    assert f"http://{cast.a.host}" in first.body
    assert cast.b.marker not in first.body


def test_what_belongs_to_nobody_goes_to_the_administrator_and_pages_too(cast: Cast) -> None:
    _give_address(cast.a, Role.UNIT_ADMIN, "quantri@example.vn")
    with unit_scope(cast.a.unit):
        Page.objects.filter(pk=cast.a.page.pk).update(review_by=TODAY - timedelta(days=3))
        assert remind_of_reviews() == 1
    assert mail.outbox[0].to == ["quantri@example.vn"]
    assert cast.a.page.title in mail.outbox[0].body
    assert "Đã quá ngày 19/11/2026" in mail.outbox[0].body


def test_a_mail_server_that_is_down_loses_no_reminder(cast: Cast, settings: Any) -> None:
    _give_address(cast.a, Role.AUTHOR, "tacgia@example.vn")
    _set(cast.a, review_by=TODAY, owner=cast.a.people[Role.AUTHOR])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with unit_scope(cast.a.unit), pytest.raises(OSError, match="refused"):
        remind_of_reviews()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with unit_scope(cast.a.unit):
        assert remind_of_reviews() == 1


def test_the_morning_task_starts_only_units_with_something_to_read(cast: Cast) -> None:
    """The broker is real (files): one message, for Thuận An."""
    _set(cast.a, review_by=TODAY)
    assert remind_all_of_reviews() == 1
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        queue = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
        assert any("celery" in path.name for path in queue.iterdir())


def test_still_right_is_said_with_one_button_and_audited(cast: Cast) -> None:
    _set(cast.a, review_by=TODAY - timedelta(days=1))
    text = body_of(_get(cast.a, REVIEWS))
    assert cast.a.article.title in text
    assert "Quá hạn từ 21/11/2026" in text
    answer = _post(cast.a, f"{REVIEWS}article/{cast.a.article.pk}/", {"ngay": "90"})
    assert "vẫn đúng" in answer.text
    with unit_scope(cast.a.unit):
        assert Article.objects.get(pk=cast.a.article.pk).review_by == TODAY + timedelta(days=90)
        assert AuditEntry.objects.about(cast.a.article).filter(verb="review.confirm").count() == 1


def test_who_may_not_change_a_text_may_not_confirm_it_but_its_owner_may(cast: Cast) -> None:
    _set(cast.a, review_by=TODAY)
    path = f"{REVIEWS}article/{cast.a.article.pk}/"
    assert _post(cast.a, path, {"ngay": "90"}, Role.AUTHOR).status_code == 403
    _set(cast.a, owner=cast.a.people[Role.AUTHOR])
    assert _post(cast.a, path, {"ngay": "90"}, Role.AUTHOR).status_code == 200


def test_the_others_text_can_not_be_confirmed(cast: Cast) -> None:
    _set(cast.b, review_by=TODAY)
    for kind in ("article", "page", "khac"):
        assert _post(cast.a, f"{REVIEWS}{kind}/{cast.b.article.pk}/", {"ngay": "90"}).status_code == 404
    assert cast.b.marker not in body_of(_get(cast.a, REVIEWS))


def test_a_pin_ends_by_itself_and_the_featured_article_leads(cast: Cast, clock: Any) -> None:
    old = cast.a.articles[2]
    with unit_scope(cast.a.unit):
        Article.objects.filter(pk=old.pk).update(
            is_pinned=True,
            is_featured=True,
            pinned_until=NOW + timedelta(hours=1),
            featured_until=NOW + timedelta(hours=1),
        )
        news, _notices = Article.objects.all().front_page(7, 5)
        assert news[0] == old
    context = visit(cast.a.host, "/").context
    assert context["lead_article"] == old
    clock.move_to(NOW + timedelta(hours=1, minutes=2))
    caches["pages"].clear()  # Redis counts real seconds
    context = visit(cast.a.host, "/").context
    assert context["lead_article"] != old
    assert [row.pk for row in context["articles"]].index(old.pk) == len(context["articles"]) - 1


def test_the_form_refuses_ends_in_the_past_and_people_of_other_units(cast: Cast) -> None:
    path = f"/quan-tri/news/article/{cast.a.draft.pk}/change/"
    form = {"title": cast.a.draft.title, "category": str(cast.a.category.pk), "summary": "x", "body": "<p>x</p>",
            "expires_at": "2026-11-21T08:00", "review_by": "2026-11-22", "owner": str(cast.b.admin.pk),
            "base_version": "0"}  # fmt: skip
    text = _post(cast.a, path, form).text
    assert "Chọn một lúc sau bây giờ." in text
    assert "Chọn một ngày sau hôm nay." in text
    assert 'href="#id_owner"' in text


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_rows(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    with unit_scope(cast.a.unit):
        for count in range(number):
            make_article(f"Bài {count}", category=cast.a.category, review_by=TODAY, owner=cast.a.admin,
                         expires_at=timezone.now() + timedelta(days=1))  # fmt: skip
        with django_assert_num_queries(9):
            entries_between(date(2026, 11, 1), date(2026, 12, 1))
    client = _client(cast.a, Role.EDITOR)
    client.get(REVIEWS, headers={"host": cast.a.host})
    with django_assert_num_queries(11):
        client.get(REVIEWS, headers={"host": cast.a.host})


def test_a_page_takes_an_owner_and_a_day_on_its_form(cast: Cast) -> None:
    page = cast.a.page
    form = {"title": page.title, "body": page.body, "slug": page.slug, "language": "vi", "order": "0", "parent": "",
            "is_published": "on", "owner": str(cast.a.admin.pk), "review_by": "2026-12-24"}  # fmt: skip
    _post(cast.a, f"/quan-tri/news/page/{page.pk}/change/", form)
    with unit_scope(cast.a.unit):
        row = Page.objects.get(pk=page.pk)
        assert (row.owner, row.review_by) == (cast.a.admin, date(2026, 12, 24))
        save_page(page=row)
        assert Page.objects.get(pk=page.pk).review_by == date(2026, 12, 24)
