"""Publishing on time: until when a document must be public, and how late it was (news.DisclosureRule, core.Holiday)."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from news.models import DisclosureRule, Document
from portal.core.audit import record
from portal.core.models import User
from portal.core.working_days import WorkingCalendar

LOOKED_BACK: Final = timedelta(days=400)
"""How far back published documents are measured anew when a rule or a holiday was put right: this year and the last."""
_BATCH: Final = 500


class Terms:
    """The rules and the calendar, read once for any number of documents."""

    def __init__(self, first: date, last: date) -> None:
        """For documents signed from ``first`` on and published up to ``last``; two queries."""
        self._rules = list(DisclosureRule.objects.order_by("-valid_from"))
        most = max((rule.days for rule in self._rules), default=0)
        self._calendar = WorkingCalendar.around(first, last + timedelta(days=most * 2 + 40))

    def due_day(self, document: Document) -> date | None:
        """The last day on which publishing is in time; None without a day of signing or without a rule for it."""
        signed = document.issued_on
        if signed is None:
            return None
        for rule in self._rules:
            is_valid = rule.valid_from <= signed and (rule.valid_to is None or signed <= rule.valid_to)
            if is_valid and rule.group == document.group and rule.is_own == document.is_own:
                return self._calendar.after(signed, rule.days)
        return None

    def days_late(self, due: date | None, published_at: datetime | None) -> int:
        """Working days between the last day in time and the day of publishing; 0 in time or not measured."""
        if due is None or published_at is None:
            return 0
        return self._calendar.between(due, timezone.localdate(published_at))


def measure(document: Document, *, published_at: datetime | None = None) -> dict[str, date | int | None]:
    """``due_on`` and ``days_late`` of one document that is or will be published then; a document is late only once public."""
    if document.issued_on is None:
        return {"due_on": None, "days_late": 0}
    last = timezone.localdate(published_at) if published_at else timezone.localdate()
    terms = Terms(document.issued_on, max(last, document.issued_on))
    due = terms.due_day(document)
    return {"due_on": due, "days_late": terms.days_late(due, published_at)}


@transaction.atomic
def remeasure_documents() -> int:
    """Put right, in the unit in scope, what a changed rule or holiday moved: drafts, and what was published lately.

    Documents published without being measured (imports) stay so. Returns how many rows changed; can be repeated.
    """
    since = timezone.now() - LOOKED_BACK
    rows = list(Document.objects.measured_since(since))
    signed = [row.issued_on for row in rows if row.issued_on]
    if not signed:
        return 0
    terms = Terms(min(signed), timezone.localdate())
    changed = []
    for row in rows:
        due = terms.due_day(row)
        late = terms.days_late(due, row.published_at)
        if (due, late) != (row.due_on, row.days_late):
            row.due_on, row.days_late = due, late
            changed.append(row)
    if changed:
        Document.objects.bulk_update(changed, ["due_on", "days_late"], batch_size=_BATCH)
    return len(changed)


@transaction.atomic
def save_rule(*, rule: DisclosureRule, actor: User | None) -> DisclosureRule:
    """Create or change a deadline; units' documents follow in the night (news.dispatch_documents)."""
    rule.save()
    record(verb="disclosurerule.save", target=rule, actor=actor, detail={"days": rule.days})
    return rule


@transaction.atomic
def delete_rule(*, rule: DisclosureRule, actor: User | None) -> None:
    """Take a deadline away; documents that were measured by it are measured anew in the night."""
    record(verb="disclosurerule.delete", target=rule, actor=actor, detail={"days": rule.days})
    rule.delete()
