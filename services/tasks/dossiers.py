"""Background work on dossiers: reading units' feeds, counting their months."""

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from services.models import DossierFeed


@shared_task(base=TenantTask, name="services.read_feeds")
def read_feeds() -> int:
    """Read what is due in one unit; returns how many feeds were looked at."""
    from services.actions.dossiers import read_due_feeds

    return read_due_feeds()


@shared_task(base=TenantTask, name="services.read_feed_now")
def read_feed_now(feed_id: int) -> bool:
    """One feed, because somebody asked or has just written it down; False when it is gone or being read."""
    from services.actions.dossiers import read_feed

    return read_feed(feed_id=feed_id)


@shared_task(name="services.dispatch_feeds")
def dispatch_feeds() -> int:
    """Wake every unit with a feed whose time has come, and those a killed worker has left; returns how many."""
    return fan_out(read_feeds, unit_ids_with(lambda: DossierFeed.objects.due(timezone.now())))


@shared_task(base=TenantTask, name="services.count_months")
def count_months() -> int:
    """Count one unit's months anew; returns how many rows stand then."""
    from services.actions.dossier_months import count_months as count

    return count(today=timezone.localdate())


@shared_task(name="services.count_all_months")
def count_all_months() -> int:
    """Every night: the same for all units that have a feed; returns how many were started."""
    return fan_out(count_months, unit_ids_with(DossierFeed.objects.read_before))
