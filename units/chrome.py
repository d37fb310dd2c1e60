"""The frame of every page: navigation words, footer facts, the way to the province."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from units.enums import Module, UnitKind
from units.models import Site, Unit, UnitSuccession


@dataclass(frozen=True, slots=True)
class NavItem:
    """One word of the navigation."""

    label: str
    url: str
    is_current: bool = False
    is_external: bool = False


def site_url(request: HttpRequest, unit: Unit, path: str = "/") -> str:
    """Absolute address of a path on another unit's site, with the port this request came in on."""
    host = request.get_host()
    port = f":{host.rsplit(':', 1)[1]}" if ":" in host else ""
    return f"{request.scheme}://{unit.canonical_host}{port}{path}"


def navigation(request: HttpRequest, site: Site) -> list[NavItem]:
    """The words that lead to what this site has; at most eight, one level."""
    path = request.path

    def item(label: str, url: str) -> NavItem:
        return NavItem(label, url, is_current=path == url if url == "/" else path.startswith(url))

    items = [item(_("Trang chủ"), "/")]
    if site.has(Module.ABOUT):
        items.append(item(_("Giới thiệu"), reverse("news:page-index")))
    if settings.SERVICES_URL:
        items.append(NavItem(_("Dịch vụ công"), settings.SERVICES_URL, is_external=True))
    if site.has(Module.NEWS):
        items.append(item(_("Tin tức"), reverse("news:article-list")))
    if settings.REPORTS_URL:
        items.append(NavItem(_("Phản ánh"), settings.REPORTS_URL, is_external=True))
    items.append(item(_("Phường, xã"), reverse("pages:unit-directory")))
    items.append(item(_("Sơ đồ trang"), reverse("pages:site-map")))
    return items


def _footer_columns(unit: Unit, province: Unit | None, request: HttpRequest) -> list[dict[str, Any]]:
    work = [
        {"label": _("Tìm trên trang này"), "url": reverse("pages:search")},
        {"label": _("Làm thủ tục (Cổng quốc gia)"), "url": settings.SERVICES_URL},
        {"label": _("Gửi phản ánh"), "url": settings.REPORTS_URL},
        {"label": _("Tra tên phường, xã cũ"), "url": reverse("pages:unit-directory")},
    ]
    office = [
        {"label": _("Giới thiệu"), "url": reverse("news:page-index")},
        {"label": _("Tin tức"), "url": reverse("news:article-list")},
        {"label": _("Các phường, xã và sở, ngành"), "url": reverse("pages:unit-directory")},
    ]
    if province and province.pk != unit.pk:
        office.append({"label": _("Trang %(name)s") % {"name": province.name}, "url": site_url(request, province)})
    about = [
        {"label": _("Sơ đồ trang"), "url": reverse("pages:site-map")},
        {"label": _("Tin theo ngày"), "url": reverse("news:article-day-form")},
        {"label": _("RSS"), "url": reverse("news:feed")},
        {"label": _("Trợ năng"), "url": reverse("pages:accessibility")},
        {"label": "English", "url": reverse("pages:english")},
    ]
    return [
        {"title": _("Việc hay làm"), "links": [link for link in work if link["url"]]},
        {"title": _("Cơ quan"), "links": office},
        {"title": _("Về trang này"), "links": about},
    ]


def full_name(unit: Unit, site: Site) -> str:
    """“Ủy ban nhân dân phường Thuận An”; a department's own name says it all."""
    if unit.kind == UnitKind.DEPARTMENT or not site.over_line:
        return unit.name
    return f"{site.over_line} {unit.name[:1].lower()}{unit.name[1:]}"


def _footer(site: Site, unit: Unit, province: Unit | None, request: HttpRequest) -> dict[str, Any]:
    return {
        "responsible": site.responsible,
        "address": site.address,
        "phone": site.phone,
        "email": site.email,
        "unit_name": full_name(unit, site),
        "columns": _footer_columns(unit, province, request),
        "updated_at": unit.changed_at,
        "badge_url": site.trust_badge_url,
        "province_name": province.name if province else "",
        "province_url": site_url(request, province) if province else "",
    }


def _alert(site: Site, now: datetime) -> dict[str, str] | None:
    if not site.alert_text or (site.alert_until and site.alert_until < now):
        return None
    return {"text": site.alert_text, "url": site.alert_url}


def closed_notice(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """What a closed unit's every page says first: when it ended, and who took over."""
    if not unit.is_closed:
        return None
    links = UnitSuccession.objects.successors_of(unit)
    return {
        "name": unit.name,
        "closed_on": unit.valid_to,
        "successors": [{"name": link.successor.name, "url": site_url(request, link.successor)} for link in links],
    }


def site_chrome(request: HttpRequest, unit: Unit, site: Site, now: datetime) -> dict[str, Any]:
    """Everything the base template needs, in a constant number of queries."""
    top = Unit.objects.current().provinces().defer("boundary").prefetch_related("domains").first()
    province = top if top is None or top.pk != unit.pk else unit
    english = get_language() == "en"
    return {
        "unit": unit,
        "site": site,
        "shown_name": (unit.name_en or unit.name) if english else unit.name,
        "over_line": _("Ủy ban nhân dân") if english and site.over_line.startswith("Ủy ban") else site.over_line,
        "palette": site.palette,
        "nav": navigation(request, site),
        "footer": _footer(site, unit, province, request),
        "province": province,
        "province_url": site_url(request, province) if province else "",
        "is_province": unit.kind == UnitKind.PROVINCE,
        "alert": _alert(site, now),
        "closed": closed_notice(request, unit),
        "canonical_url": request.build_absolute_uri(request.path),
        "page_path": request.path,
    }
