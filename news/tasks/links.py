"""Background work of the link check."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from news.models import DeadLink, LinkRound
from portal.core.tasks import TenantTask, fan_out, start_after_commit, unit_ids_with
from portal.core.tenancy import current_unit_id
from units.models import Unit

WAITS = timedelta(minutes=15)


@shared_task(base=TenantTask, name="news.begin_link_round")
def begin_link_round() -> None:
    """Start the unit's weekly round."""
    from news.actions.links import begin_round

    begin_round()
    start_after_commit(check_links, unit_id=current_unit_id())


@shared_task(base=TenantTask, name="news.check_links")
def check_links() -> None:
    """The next part of the unit's round; starts itself again until the round is at its end."""
    from news.actions.links import go_on_with_round

    if go_on_with_round():
        start_after_commit(check_links, unit_id=current_unit_id())


@shared_task(base=TenantTask, name="news.recheck_link")
def recheck_link(link_id: int) -> None:
    """One link again, because somebody asked."""
    from news.actions.links import recheck

    recheck(link_id=link_id)


@shared_task(base=TenantTask, name="news.recheck_suspects")
def recheck_suspects() -> None:
    """Links that failed once, on another day."""
    from news.actions import links

    links.recheck_suspects()


@shared_task(name="news.begin_all_link_rounds")
def begin_all_link_rounds() -> None:
    """Every week: a round in every unit that exists."""
    fan_out(begin_link_round, Unit.objects.current().order_by("pk").values_list("pk", flat=True))


@shared_task(name="news.find_link_work")
def find_link_work() -> None:
    """Rounds that a killed worker left, and links to be tried a second time."""
    now = timezone.now()
    fan_out(check_links, unit_ids_with(lambda: LinkRound.objects.unfinished(now - WAITS)))
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    fan_out(recheck_suspects, unit_ids_with(lambda: DeadLink.objects.to_try_again(today)))
