"""Reminding who owes the summary of a consultation: four weeks before it is due, one week before, and when it is late."""

from datetime import date
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Consultation
from news.rules.summary_reminders import FIRST_REMINDER, stage_on
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from units.chrome import absolute_url
from units.enums import Role
from units.models import Membership, Unit

ROWS_AT_ONCE: Final = 50
PEOPLE_LIMIT: Final = 8


def remind_of_summaries() -> int:
    """Mail what is due now in the unit in scope; returns how many consultations were mailed about.

    A row is claimed by raising its stage, in the same transaction as the mail: after a crash a mail may come twice, never not
    at all.
    """
    today = timezone.localdate()
    rows = Consultation.objects.owing_summary(today).filter(summary_due_on__lte=today + FIRST_REMINDER)
    return sum(_remind(row, today) for row in rows.light().select_related("owner")[:ROWS_AT_ONCE])


@transaction.atomic
def _remind(consultation: Consultation, today: date) -> bool:
    due = consultation.summary_due_on
    stage = stage_on(today, due) if due else 0
    waiting = Consultation.objects.filter(
        pk=consultation.pk, reminded_stage__lt=stage, summary_published_at__isnull=True
    )
    if due is None or not waiting.update(reminded_stage=stage):
        return False
    people = [person for person in _people(consultation) if person.email]
    unit = Unit.objects.get(pk=current_unit_id())
    for person in people:
        _mail(unit, person, consultation, due, today)
    return bool(people)


def _people(consultation: Consultation) -> list[User]:
    """The owner; without one, those who may publish."""
    if consultation.owner and consultation.owner.is_active:
        return [consultation.owner]
    rows = Membership.objects.filter(role__in=[Role.UNIT_ADMIN, Role.APPROVER], user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("role", "pk")[:PEOPLE_LIMIT]]


def _mail(unit: Unit, person: User, consultation: Consultation, due: date, today: date) -> None:
    path = f"/quan-tri/news/consultation/{consultation.pk}/tong-hop/"
    context = {
        "person": person,
        "consultation": consultation,
        "due": due,
        "days": (due - today).days,
        "late": (today - due).days,
        "url": absolute_url(unit, path),
    }
    late = today > due
    subject = (_("Quá hạn đăng tổng hợp ý kiến: %(title)s") if late else _("Cần đăng tổng hợp ý kiến: %(title)s")) % {
        "title": consultation.title[:120]
    }
    body = render_to_string("emails/consultation_summary.txt", context)
    EmailMessage(subject=subject, body=body, to=[person.email]).send()
