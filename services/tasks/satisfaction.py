"""Background work on voices: forgetting devices, and telling what may be told."""

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from services.models import SatisfactionAnswer
from services.rules.satisfaction import QUARTERS_SHOWN, quarters_until


@shared_task(base=TenantTask, name="services.forget_devices")
def forget_devices() -> int:
    """Empty what is left of yesterday's devices in one unit."""
    from services.actions.satisfaction import forget_devices as forget

    return forget(today=timezone.localdate())


@shared_task(name="services.dispatch_device_forgetting")
def dispatch_device_forgetting() -> int:
    """Start it for every unit that has something to forget; returns how many were started."""
    today = timezone.localdate()
    return fan_out(forget_devices, unit_ids_with(lambda: SatisfactionAnswer.objects.hashed_before(today)))


@shared_task(base=TenantTask, name="services.publish_satisfaction")
def publish_satisfaction() -> int:
    """What may be told of one unit's voices."""
    from services.actions.satisfaction import publish_quarters

    return publish_quarters(today=timezone.localdate())


@shared_task(name="services.publish_all_satisfaction")
def publish_all_satisfaction() -> int:
    """Every night: the same for all units that were given a voice in the quarters that are shown."""
    today = timezone.localdate()
    first = quarters_until(today, QUARTERS_SHOWN)[-1]
    return fan_out(publish_satisfaction, unit_ids_with(lambda: SatisfactionAnswer.objects.between(first, today)))
