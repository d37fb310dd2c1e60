"""What sharing puts on “Việc hôm nay”."""

from typing import Any

from django.http import HttpRequest

from news.models import ShareDelivery

ROWS = 8


def share_panel(request: HttpRequest) -> dict[str, Any]:
    """Texts that wait for a decision and copies whose source changed, for whoever decides; nothing when there are none."""
    if not request.user.has_perm("news.share_article"):
        return {}
    found = ShareDelivery.objects.incoming().needing_a_person().with_parcel()
    rows = list(found.order_by("-alert", "-sent_at", "-pk")[:ROWS])
    if not rows:
        return {}
    return {
        "template": "admin/news/sharing/desk_panel.html",
        "waiting": [row for row in rows if not row.alert],
        "alerts": [row for row in rows if row.alert],
    }
