"""Small pages about the site itself."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from units.middleware import site_of


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: all but administration and endless search pages."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /tim-kiem/",
        f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap-xml'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What this site does for people with disabilities, and whom to tell what is missing."""
    crumbs = [{"label": _("Trang chủ"), "url": "/"}, {"label": _("Trợ năng"), "url": None}]
    return render(request, "pages/accessibility.html", {"breadcrumbs": crumbs})


@require_safe
@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); asked for by TCVN 14423:2026."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = site_of(request).email or f"an-toan@{settings.PORTAL_DOMAIN}"
    text = f"Contact: mailto:{contact}\nExpires: {expires}\nPreferred-Languages: vi, en\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
