"""Each night: what is missing or late since midnight, and deadlines that a changed duty or holiday moved."""

from celery import shared_task

from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.measure_disclosures")
def measure_disclosures() -> int:
    """Put one unit's deadlines right."""
    from news.actions.disclosure_terms import remeasure_disclosures

    return remeasure_disclosures()


@shared_task(name="news.measure_all_disclosures", ignore_result=True)
def measure_all_disclosures() -> int:
    """A little after midnight: no cached page goes on saying what was true yesterday; then every unit's deadlines."""
    from news.actions.disclosure_terms import turn_the_day
    from news.models import DisclosureEntry

    turn_the_day()
    return fan_out(measure_disclosures, unit_ids_with(DisclosureEntry.objects.drafts_or_published))
