"""Looking at published texts again: reminders to who is in charge, and saying that a text is still right."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import ArticleStatus
from news.models import Article, Page
from portal.core.audit import record
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from units.chrome import absolute_url
from units.enums import Role
from units.models import Membership, Unit

REMIND_BEFORE: Final = timedelta(days=7)
REMIND_AGAIN: Final = timedelta(days=7)
ROWS_A_MAIL: Final = 50


def _due(model: type[Article] | type[Page], now: datetime) -> Any:
    """Rows whose review is near or late and of which nobody was told within the last week."""
    manager: Any = model._default_manager
    rows = manager.filter(review_by__isnull=False, review_by__lte=timezone.localdate(now) + REMIND_BEFORE)
    return rows.filter(Q(review_reminded_at__isnull=True) | Q(review_reminded_at__lte=now - REMIND_AGAIN))


def reviews_due(now: datetime) -> list[Article | Page]:
    """What is to be reminded of now in the unit in scope: published articles and pages, soonest first, bounded."""
    articles = _due(Article, now).filter(status=ArticleStatus.PUBLISHED).select_related("owner").defer("body")
    pages = _due(Page, now).filter(is_published=True).select_related("owner").defer("body")
    rows = [*articles.order_by("review_by")[:ROWS_A_MAIL], *pages.order_by("review_by")[:ROWS_A_MAIL]]
    return sorted(rows, key=lambda row: (row.review_by or date.max, row.pk))


@transaction.atomic
def remind_of_reviews() -> int:
    """Mail everybody in charge one list of what they should read again; returns how many mails went out.

    Rows are claimed first and the claim falls with the transaction when the mail server refuses, so a reminder may come
    twice after a crash, and never gets lost. What belongs to nobody goes to the unit's administrators.
    """
    now = timezone.now()
    mine: dict[User, list[Article | Page]] = defaultdict(list)
    fallback = list(_administrators())
    for row in reviews_due(now):
        manager: Any = type(row)._default_manager
        if not _due(type(row), now).filter(pk=row.pk).exists():
            continue
        manager.filter(pk=row.pk).update(review_reminded_at=now)
        owner = row.owner if row.owner and row.owner.is_active else None
        for person in [owner] if owner else fallback:
            mine[person].append(row)
    with_address = {person: rows for person, rows in mine.items() if person.email}
    unit = Unit.objects.get(pk=current_unit_id())
    for person, rows in with_address.items():
        _mail(unit, person, rows)
    return len(with_address)


def _administrators() -> list[User]:
    rows = Membership.objects.filter(role=Role.UNIT_ADMIN, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("pk")[:5]]


def _mail(unit: Unit, person: User, rows: list[Article | Page]) -> None:
    lines = [
        {"title": row.title, "day": row.review_by, "is_late": (row.review_by or date.max) < timezone.localdate(),
         "url": absolute_url(unit, _screen(row))}
        for row in rows
    ]  # fmt: skip
    context = {"unit": unit, "person": person, "lines": lines}
    subject = _("%(number)d nội dung cần xem lại – %(unit)s") % {"number": len(rows), "unit": unit.name}
    body = render_to_string("emails/reviews_due.txt", context)
    EmailMessage(subject=subject, body=body, to=[person.email]).send()


def _screen(row: Article | Page) -> str:
    name = "article" if isinstance(row, Article) else "page"
    return f"/quan-tri/news/{name}/{row.pk}/change/"


@transaction.atomic
def confirm_review(*, row: Article | Page, next_on: date, actor: User | None) -> bool:
    """Say that a text was read and is still right; ``next_on`` is when it is read again. False when somebody just did."""
    manager: Any = type(row)._default_manager
    before = row.review_by
    if not manager.filter(pk=row.pk, review_by=before).update(review_by=next_on, review_reminded_at=None):
        return False
    row.review_by = next_on
    detail = {"from": before.isoformat() if before else "", "next": next_on.isoformat()}
    record(verb="review.confirm", target=row, actor=actor, detail=detail)
    return True
