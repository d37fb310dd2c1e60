"""Mails of the desk: a text waits for you, a text came back, a date has passed.

Each mail is claimed by a row of the audit trail, written in the transaction that sends it: sending again finds the row, a mail
server that refuses takes the row back with the transaction, and the sweep tries again. Twice goes out only what a worker sent
in the moment in which it was killed.
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from news.actions.rights import is_own_change, is_own_text
from news.enums import ArticleStatus, CategoryRightKind
from news.models import Article, ArticleTransition, Category, CategoryRight
from news.rules.permissions import ROLE_PERMISSIONS
from portal.core.audit import record
from portal.core.models import AuditEntry, User
from portal.core.tenancy import current_unit_id
from units.chrome import absolute_url
from units.enums import Role
from units.models import Membership, Unit

logger = logging.getLogger(__name__)
TOLD_WITHIN: Final = timedelta(days=1)
PEOPLE_A_MAIL: Final = 30
ROWS_A_RUN: Final = 50
_TO_APPROVERS: Final = frozenset({"submit", "unapprove", "publish-urgent", "correct"})


@transaction.atomic
def tell_about_step(*, article_id: int) -> int:
    """Write to whom the newest step of an article concerns, once; returns how many mails went out.

    Approvers hear of what waits for them, the author of what came back. What has moved on since is told to nobody.
    """
    # Locked, so that two workers with the same step write one after the other: the second finds the first one's row.
    rows = ArticleTransition.objects.select_for_update(of=("self",)).filter(article_id=article_id)
    step = rows.select_related("article__category", "actor").order_by("-pk").first()
    if step is None or step.at < timezone.now() - TOLD_WITHIN or step.verb not in {*_TO_APPROVERS, "return"}:
        return 0
    if AuditEntry.objects.about(step).filter(verb="article.mail").exists():
        return 0
    article = step.article
    people = _authors(article) if step.verb == "return" else _approvers(article, look=step.verb)
    people = [person for person in people if person != step.actor]
    record(verb="article.mail", target=step, actor=None, detail={"to": [person.pk for person in people]})
    template = {"return": "returned", "submit": "submitted", "unapprove": "submitted"}.get(step.verb, "second_look")
    return sum(_send(f"emails/desk_{template}.txt", person, article=article, step=step) for person in people)


def send_missing() -> int:
    """Send what is missing of the last day in the unit in scope, and remind of second looks whose time is over."""
    now = timezone.now()
    waiting = Article.objects.filter(status__in=[ArticleStatus.SUBMITTED, ArticleStatus.RETURNED])
    recent = waiting.filter(edited_at__gte=now - TOLD_WITHIN).order_by("-edited_at")
    keys = [*recent.values_list("pk", flat=True)[:ROWS_A_RUN]]
    keys += Article.objects.unseen().values_list("pk", flat=True)[:ROWS_A_RUN]
    sent = sum(tell_about_step(article_id=key) for key in keys)
    late = Article.objects.unseen().filter(second_look_due_at__lt=now).values_list("pk", flat=True)[:ROWS_A_RUN]
    return sent + sum(_remind_of_second_look(key) for key in late)


@transaction.atomic
def _remind_of_second_look(article_id: int) -> int:
    """Say once that the 24 hours are over."""
    rows = Article.objects.select_for_update(of=("self",)).filter(pk=article_id, second_look_due_at__lt=timezone.now())
    article = rows.select_related("category").first()
    if article is None or article.second_look_due_at is None:
        return 0
    told = AuditEntry.objects.about(article).filter(verb="article.remind-look", at__gte=article.second_look_due_at)
    if told.exists():
        return 0
    people = _approvers(article, look="publish-urgent")
    record(verb="article.remind-look", target=article, actor=None, detail={"to": [person.pk for person in people]})
    return sum(_send("emails/desk_second_look.txt", person, article=article, is_late=True) for person in people)


@transaction.atomic
def remind_of_approvals() -> int:
    """Remind approvers of texts whose date has passed, one mail a person and day; returns how many mails went out."""
    now = timezone.now()
    morning = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Article.objects.select_for_update(of=("self",)).overdue_for_approval(now).select_related("category")
    lists: dict[User, list[Article]] = defaultdict(list)
    for article in rows[:ROWS_A_RUN]:
        if _is_reminded_since(article, morning):
            continue
        record(verb="article.remind-approval", target=article, actor=None)
        for person in _approvers(article, look="submit"):
            lists[person].append(article)
    return sum(_send("emails/desk_overdue.txt", person, articles=articles) for person, articles in lists.items())


def _is_reminded_since(article: Article, moment: datetime) -> bool:
    return AuditEntry.objects.about(article).filter(verb="article.remind-approval", at__gte=moment).exists()


def _approvers(article: Article, *, look: str) -> list[User]:
    """Who may approve this text, or look at it a second time, and has an address; bounded."""
    is_own = is_own_text if look in {"submit", "unapprove"} else is_own_change
    people = [member.user for member in _members() if _may_approve(member, _named(article.category))]
    return [person for person in people if person.email and not is_own(article, person)]


def _members() -> list[Membership]:
    roles = [role for role, rights in ROLE_PERMISSIONS.items() if "news.publish_article" in rights]
    rows = Membership.objects.filter(role__in=roles, user__is_active=True).select_related("user")
    return list(rows.order_by("pk")[:PEOPLE_A_MAIL])


def _named(category: Category) -> set[int]:
    return CategoryRight.objects.named_for(category).get(CategoryRightKind.APPROVE, set())


def _may_approve(member: Membership, named: set[int]) -> bool:
    """As news.actions.rights has it: everybody where nobody is named, and always who arranges the categories."""
    arranges = "news.change_category" in ROLE_PERMISSIONS[Role(member.role)]
    return not named or arranges or member.user_id in named


def _authors(article: Article) -> list[User]:
    """Who wrote the text and who submitted it, each once, where they work here still and have an address."""
    keys = [key for key in (article.created_by_id, article.submitted_by_id) if key is not None]
    rows = Membership.objects.filter(user_id__in=keys, user__is_active=True).select_related("user")
    return [member.user for member in rows if member.user.email]


def _send(template: str, person: User, **facts: Any) -> int:
    """One mail in plain words; an address that the server refuses keeps nobody else waiting."""
    unit = Unit.objects.get(pk=current_unit_id())
    article = facts.get("article")
    path = f"/quan-tri/news/article/{article.pk}/" if article else "/quan-tri/news/article/?viec=cho-duyet"
    context = {**facts, "unit": unit, "person": person, "url": absolute_url(unit, path)}
    text = render_to_string(template, context).strip()
    subject, body = text.split("\n", maxsplit=1)
    try:
        EmailMessage(subject=f"{subject} – {unit.name}", body=body.strip(), to=[person.email]).send()
    except SMTPRecipientsRefused as error:
        logger.warning("user %s: the mail server refuses the address: %s", person.pk, error)
        return 0
    return 1
