"""Royalty on “Việc hôm nay”."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from news.actions.royalty_reckoning import unscored
from news.models import RoyaltySheet
from news.rules.royalty import first_of, month_before

DUE_SOON = timedelta(days=20)


def royalty_panel(request: HttpRequest) -> dict[str, Any]:
    """On “Việc hôm nay”: money that is due, and last month's sheet while it is not locked; only where sheets are kept."""
    if not request.user.has_perm("news.compute_royaltysheet"):
        return {}
    today = timezone.localdate()
    last = month_before(first_of(today))
    sheets = list(RoyaltySheet.objects.unpaid_by(today + DUE_SOON)[:5])
    newest = RoyaltySheet.objects.order_by("-month").first()
    if newest is None:
        return {}
    sheet = RoyaltySheet.objects.filter(month=last).first()
    waits = sheet is None or not sheet.is_locked
    if not sheets and not waits:
        return {}
    return {
        "template": "admin/news/royalty/desk_panel.html", "due": sheets, "today": today,
        "last": last if waits else None, "last_sheet": sheet, "left": unscored(last).count() if waits else 0,
    }  # fmt: skip
