"""Own and copied text: printed first in every unit, counted an hour later against the prints of all."""

from celery import shared_task

from news.enums import ArticleStatus
from news.models import Article
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.print_texts")
def print_texts() -> int:
    """Hash the unit's new and changed texts."""
    from news.actions.originality import print_texts as print_now

    return print_now()


@shared_task(base=TenantTask, name="news.measure_originality")
def measure_originality() -> int:
    """Count the unit's running month, and the closed one once."""
    from news.actions.originality import measure_due_months

    return len(measure_due_months())


@shared_task(name="news.print_all_texts")
def print_all_texts() -> int:
    """Start the printing in every unit that has published."""
    return fan_out(print_texts, _publishing_unit_ids())


@shared_task(name="news.measure_all_originality")
def measure_all_originality() -> int:
    """Start the counting in every unit that has published."""
    return fan_out(measure_originality, _publishing_unit_ids())


def _publishing_unit_ids() -> list[int]:
    return unit_ids_with(lambda: Article.objects.filter(status=ArticleStatus.PUBLISHED))
