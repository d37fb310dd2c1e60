"""Warnings above every page."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from units.enums import AlertReach
from units.models import Alert, Unit


def _show(alert: Alert, before: str) -> None:
    """Let every page that shows it, or showed it before, be made anew."""
    if AlertReach.ALL in {alert.reach, before}:
        Unit.objects.current().update(generation=F("generation") + 1)
    else:
        bump_generation(alert.unit_id)


@transaction.atomic
def save_alert(*, alert: Alert, actor: User | None = None) -> Alert:
    """Put a warning above the unit's pages, or above every site's where its reach says so; seen within two seconds.

    Raises ScopeError outside its own unit. Only the province may reach every site; from others it counts for their own.
    """
    created: bool = alert.pk is None
    before = "" if created else Alert.objects.values_list("reach", flat=True).get(pk=alert.pk)
    alert.save()
    if alert.reach == AlertReach.ALL and not Unit.objects.provinces().filter(pk=alert.unit_id).exists():
        alert.reach = AlertReach.OWN
        alert.save(update_fields=["reach"])
    record(verb="alert.set" if created else "alert.change", target=alert, actor=actor, detail={"reach": alert.reach})
    _show(alert, before)
    return alert


@transaction.atomic
def end_alert(*, alert: Alert, actor: User | None = None) -> bool:
    """Take a warning away now; False when it was over already."""
    now = timezone.now()
    rows = Alert.objects.filter(pk=alert.pk, ends_at__gt=now)
    # One that never began is ended at its beginning: an end must lie behind it.
    if not rows.filter(starts_at__lt=now).update(ends_at=now) and not rows.update(
        starts_at=now, ends_at=now + timedelta(microseconds=1)
    ):
        return False
    record(verb="alert.end", target=alert, actor=actor)
    _show(alert, alert.reach)
    return True
