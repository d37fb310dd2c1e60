"""Where a page can be passed on to: plain links, no script of others (templates/components/share.html)."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _


def share_links(title: str, address: str) -> list[dict[str, str]]:
    """Facebook, Zalo and mail for the page at the absolute ``address``."""
    mail = urlencode({"subject": title, "body": address}).replace("+", "%20")
    return [
        {"label": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"},
        {"label": "Zalo", "url": f"https://zalo.me/share?{urlencode({'url': address})}"},
        {"label": _("Thư điện tử"), "url": f"mailto:?{mail}"},
    ]
