"""The ways in which a calendar program takes a feed."""

from urllib.parse import quote

from django.http import HttpRequest


def calendar_links(request: HttpRequest, path: str) -> dict[str, str]:
    """The ways to one feed: download, ``webcal:`` for Apple, Outlook and Thunderbird, and Google's own page."""
    host = request.get_host()
    webcal = f"webcal://{host}{path}"
    return {
        "path": path,
        "address": f"{request.scheme}://{host}{path}",
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
    }
