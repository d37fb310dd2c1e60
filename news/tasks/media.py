"""Renditions of pictures: one right after its upload, and a sweep for what a killed worker left undone."""

import logging
from typing import Final

from celery import shared_task
from django.core.exceptions import ObjectDoesNotExist

from news.models import Picture
from portal.core.tasks import TenantTask, fan_out, unit_ids_with

logger = logging.getLogger(__name__)
# Small on purpose: a beat's worth of pictures never keeps publishing waiting for more than half a minute.
UNITS_A_BEAT: Final = 5
PICTURES_A_BEAT: Final = 4


@shared_task(base=TenantTask, name="news.render_picture")
def render_picture(*, picture_id: int) -> bool:
    """Make one picture's renditions; repeating it is harmless."""
    from news.actions.media import render

    try:
        return render(picture_id=picture_id)
    except (OSError, ValueError, ObjectDoesNotExist):
        # A file that is missing or broken is tried again by the sweep, a few times; the page shows what is stored.
        logger.warning("picture %s: no renditions made", picture_id, exc_info=True)
        return False


@shared_task(base=TenantTask, name="news.render_pictures")
def render_pictures() -> int:
    """Make the renditions of a unit's next few pictures; returns how many were made."""
    waiting = Picture.objects.unrendered().order_by("pk").values_list("pk", flat=True)[:PICTURES_A_BEAT]
    return sum(render_picture.run(picture_id=pk) for pk in list(waiting))


@shared_task(name="news.sweep_renditions")
def sweep_renditions() -> int:
    """Beat: let a few units at a time make the renditions that are missing."""
    # The manager gives rows only once the escape is open, hence no bound method.
    units = unit_ids_with(lambda: Picture.objects.unrendered())  # noqa: PLW0108
    return fan_out(render_pictures, units[:UNITS_A_BEAT])
