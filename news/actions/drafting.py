"""What happens around a text before it is saved: words kept by themselves, and who is there."""

import json
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, DraftAutosave, EditingSession
from news.querysets.drafting import NEW_SHOWN
from portal.core.models import User

KEPT_FOR: Final = timedelta(days=30)
"""Unsaved words that nobody opened again for so long go."""
PRESENT_FOR: Final = timedelta(seconds=60)
"""Whoever was not heard of for so long is not there any more (the page speaks every 20 seconds)."""
AUTOSAVE_LIMIT: Final = 2 * 1024 * 1024
SESSIONS_KEPT: Final = timedelta(days=1)


def new_form_key(token: str) -> str:
    """The key of the form of a new article."""
    return f"new:{token}"


def form_key_of(article: Article) -> str:
    """The key of an existing article's form: one for each person, on all their screens."""
    return f"article:{article.pk}"


@transaction.atomic
def keep_autosave(
    *, user: User, article: Article | None, form_key: str, data: dict[str, Any], base_version: int
) -> DraftAutosave:
    """Keep what stands in the person's form, in the unit in scope; no version, no audit entry, nobody else sees it.

    Raises ValidationError when it is larger than AUTOSAVE_LIMIT. Of new articles the newest NEW_SHOWN are kept.
    """
    if len(json.dumps(data)) > AUTOSAVE_LIMIT:
        raise ValidationError(_("Bài quá dài để tự lưu. Bấm Lưu, hoặc bớt nội dung."), code="too_large")
    kept, _created = DraftAutosave.objects.update_or_create(
        user=user, form_key=form_key,
        defaults={"article": article, "data": data, "base_version": base_version, "saved_at": timezone.now()},
    )  # fmt: skip
    if article is None:
        newest = DraftAutosave.objects.new_articles_of(user.pk).values_list("pk", flat=True)
        shown = list(newest)
        if len(shown) >= NEW_SHOWN:
            DraftAutosave.objects.filter(user=user, article__isnull=True).exclude(pk__in=shown).delete()
    return kept


@transaction.atomic
def discard_autosave(*, user: User, form_key: str) -> bool:
    """Drop what the person's form held; False when there was nothing."""
    number, _rows = DraftAutosave.objects.of_form(user.pk, form_key).delete()
    return number > 0


@transaction.atomic
def see_editor(*, article: Article, user: User, has_changes: bool) -> None:
    """Note that the person has the article open now, and whether they have typed something."""
    EditingSession.objects.update_or_create(
        article=article, user=user, defaults={"seen_at": timezone.now(), "has_changes": has_changes}
    )


@transaction.atomic
def leave_editor(*, article: Article, user: User) -> None:
    """Note that the person has closed the article."""
    EditingSession.objects.filter(article=article, user=user).delete()


def editors_beside(*, article: Article, user: User) -> list[EditingSession]:
    """Who else has the article open now."""
    return list(EditingSession.objects.others_at(article, user.pk, timezone.now() - PRESENT_FOR))


@transaction.atomic
def sweep_drafting() -> int:
    """Remove unsaved words nobody came back to for 30 days, and old notes of presence, of the unit in scope."""
    now = timezone.now()
    EditingSession.objects.older_than(now - SESSIONS_KEPT).delete()
    number, _rows = DraftAutosave.objects.older_than(now - KEPT_FOR).delete()
    return number
