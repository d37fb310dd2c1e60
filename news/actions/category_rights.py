"""Who is named for which category: naming nobody leaves it open to everybody whose role allows it."""

from collections.abc import Iterable

from django.db import transaction

from news.enums import CategoryRightKind
from news.models import Category, CategoryRight
from portal.core.audit import record
from portal.core.models import User


@transaction.atomic
def set_category_rights(
    *, category: Category, writers: Iterable[User], approvers: Iterable[User], actor: User | None
) -> bool:
    """Name who may write and who may approve in a category; True when that changed anything, which the audit trail tells."""
    wanted = {
        *((CategoryRightKind.WRITE.value, person.pk) for person in writers),
        *((CategoryRightKind.APPROVE.value, person.pk) for person in approvers),
    }
    # Locked, so that two people who name others at once leave one of the two lists, not a mixture.
    Category.objects.select_for_update().get(pk=category.pk)
    rows = {(row.right, row.user_id): row for row in CategoryRight.objects.filter(category=category)}
    gone = [row.pk for key, row in rows.items() if key not in wanted]
    new = [
        CategoryRight(category=category, right=right, user_id=user_id)
        for right, user_id in sorted(wanted - rows.keys())
    ]
    if not gone and not new:
        return False
    CategoryRight.objects.filter(pk__in=gone).delete()
    CategoryRight.objects.bulk_create(new)
    named: dict[str, list[int]] = {kind.value: [] for kind in CategoryRightKind}
    for right, user_id in sorted(wanted):
        named[right].append(user_id)
    record(verb="category.rights", target=category, actor=actor, detail=named)
    return True
