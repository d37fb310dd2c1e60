"""Texts on their way between units."""

from celery import shared_task
from django.utils import timezone

from news.models import ShareDelivery
from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from portal.core.tenancy import current_unit_id


@shared_task(base=TenantTask, name="news.receive_shares")
def receive_shares() -> int:
    """Publish what the unit must publish, and let its copies follow their sources; returns how many were done."""
    from news.actions.following import receive_due
    from portal.core.tasks import start_after_commit

    done, is_more = receive_due()
    if is_more:
        start_after_commit(receive_shares, unit_id=current_unit_id())
    return done


@shared_task(base=TenantTask, name="news.spread_parcel")
def spread_parcel(parcel_id: int) -> int:
    """Wake every unit that has something to do about one parcel; returns how many."""
    rows = ShareDelivery.objects.outgoing().filter(parcel_id=parcel_id).due(timezone.now())
    return fan_out(receive_shares, sorted(set(rows.order_by().values_list("to_unit_id", flat=True))))


@shared_task(name="news.sweep_shares")
def sweep_shares() -> int:
    """Wake every unit with something undone: what a killed worker or a broker that was down has left."""
    return fan_out(receive_shares, unit_ids_with(lambda: ShareDelivery.objects.due(timezone.now()).by_receiver()))
