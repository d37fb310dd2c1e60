"""Background work: what is forgotten about senders of cases."""

from celery import shared_task
from django.db.models import F

from feedback.enums.cases import OPEN
from feedback.models import Case, DialogueQuestion, PollBallot
from feedback.rules.limits import today_began
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.forget_case_senders")
def forget_case_senders() -> int:
    """Forget those of one unit whose time is over, by the dated rows."""
    from feedback.actions.forget_cases import forget_address_hashes, forget_old_senders

    return forget_old_senders() + forget_address_hashes()


@shared_task(base=TenantTask, name="feedback.forget_voters")
def forget_voters() -> int:
    """Forget the devices of one unit's polls that are over, and yesterday's addresses."""
    from feedback.actions.dialogues import forget_askers
    from feedback.actions.polls import forget_voters as forget

    return forget() + forget_askers()


@shared_task(name="feedback.forget_all_voters", ignore_result=True)
def forget_all_voters() -> int:
    """Each night: every unit whose ballots still carry something."""
    over = lambda: PollBallot.objects.filter(poll__closes_at__lt=today_began()).exclude(device_hash="")  # noqa: E731 - asked for as a callable
    hashed = lambda: PollBallot.objects.hashed_before(today_began())  # noqa: E731 - likewise
    asked = lambda: DialogueQuestion.objects.hashed_before(today_began())  # noqa: E731 - likewise
    units = {*unit_ids_with(over), *unit_ids_with(hashed), *unit_ids_with(asked)}
    return fan_out(forget_voters, sorted(units))


@shared_task(name="feedback.forget_all_case_senders", ignore_result=True)
def forget_all_case_senders() -> int:
    """Each night: every unit that holds an ended case whose sender is known, or has hashes of days that are over."""
    ended = lambda: Case.objects.exclude(status__in=OPEN).filter(sender__forgotten_at__isnull=True).by_holder()  # noqa: E731 - asked for as a callable
    hashed = lambda: (  # noqa: E731 - likewise
        Case.objects.filter(received_at__lt=today_began())
        .exclude(address_hash="")
        .annotate(unit_id=F("intake_unit_id"))
    )
    return fan_out(forget_case_senders, sorted({*unit_ids_with(ended), *unit_ids_with(hashed)}))
