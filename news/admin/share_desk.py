"""What sharing puts on “Việc hôm nay”."""

from typing import Any

from django.http import HttpRequest

from news.models import ShareDelivery

ROWS = 5


def share_panel(request: HttpRequest) -> dict[str, Any]:
    """Texts that wait for a decision and copies whose source changed, for whoever decides; nothing when there are none."""
    if not request.user.has_perm("news.share_article"):
        return {}
    rows = ShareDelivery.objects.incoming().with_parcel()
    waiting = list(rows.waiting().order_by("-sent_at", "-pk")[:ROWS])
    alerts = list(rows.alerting().order_by("-parcel__changed_at")[:ROWS])
    if not waiting and not alerts:
        return {}
    return {"template": "admin/news/sharing/desk_panel.html", "waiting": waiting, "alerts": alerts}
