"""The frame of every page: navigation words, footer facts, the way to the province."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.tenancy import units_scope
from units.enums import AlertLevel, Module, UnitKind
from units.models import Alert, Domain, Site, Unit, UnitSuccession

# Of the navigation: one level, one line on a desktop.
MOST_ITEMS: Final = 8


@dataclass(frozen=True, slots=True)
class NavItem:
    """One word of the navigation."""

    label: str
    url: str
    is_current: bool = False
    is_external: bool = False


def host_url(request: HttpRequest, host: str, path: str = "/") -> str:
    """Absolute address of a path on another host of this portal, with the port this request came in on."""
    own = request.get_host()
    port = f":{own.rsplit(':', 1)[1]}" if ":" in own else ""
    return f"{request.scheme}://{host}{port}{path}"


def site_url(request: HttpRequest, unit: Unit, path: str = "/") -> str:
    """The same on another unit's site."""
    return host_url(request, unit.canonical_host, path)


def province_of(request: HttpRequest) -> Unit | None:
    """The province of today, ready to be linked; asked once a request, in one query. On its own site a second copy of it."""
    if not hasattr(request, "province"):
        domain = Domain.objects.of_province()
        if domain is not None:
            # What a prefetch would have brought in a query of its own.
            domain.unit.__dict__["_prefetched_objects_cache"] = {"domains": [domain]}
        request.province = domain.unit if domain else None  # type: ignore[attr-defined]
    return cast("Unit | None", request.province)  # type: ignore[attr-defined]  # kept on the request, as its unit is


def absolute_url(unit: Unit, path: str) -> str:
    """Address of a path on a unit's site where no request says how it was reached: mails, background work."""
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{unit.canonical_host}{settings.PUBLIC_PORT}{path}"


def has_services(unit: Unit, site: Site) -> bool:
    """Whether this site leads citizens through procedures: switched on, and the unit still exists."""
    return site.has(Module.SERVICES) and not unit.is_closed


def has_reports(unit: Unit, site: Site) -> bool:
    """Whether this site takes reports of citizens: switched on, and the unit still exists."""
    return site.has(Module.REPORTS) and not unit.is_closed


def has_questions(unit: Unit, site: Site) -> bool:
    """Whether this site takes questions, and holds polls and dialogues."""
    return site.has(Module.QUESTIONS) and not unit.is_closed


def reports_url(unit: Unit, site: Site) -> str:
    """Where a report is sent: here, or the province's system where the unit takes none; empty where there is neither."""
    return reverse("feedback:report-new") if has_reports(unit, site) else str(settings.REPORTS_URL)


def _item(request: HttpRequest, label: str, url: str) -> NavItem:
    path, home = request.path, url in {"/", "/en/"}
    return NavItem(label, url, is_current=path == url if home else path.startswith(url))


def _reports_items(request: HttpRequest, unit: Unit, site: Site) -> list[NavItem]:
    if has_reports(unit, site):
        return [_item(request, _("Phản ánh"), reverse("feedback:reports"))]
    return [NavItem(_("Phản ánh"), settings.REPORTS_URL, is_external=True)] if settings.REPORTS_URL else []


def navigation(request: HttpRequest, unit: Unit, site: Site) -> list[NavItem]:
    """The words that lead to what this site has; at most eight, one level. In English to the English pages."""
    english = get_language() == "en"
    items = [_item(request, _("Trang chủ"), "/en/" if english else "/")]
    if site.has(Module.ABOUT):
        items.append(_item(request, _("Giới thiệu"), reverse("news:page-index-en" if english else "news:page-index")))
    if has_services(unit, site):
        items.append(_item(request, _("Dịch vụ công"), reverse("services:menu")))
    if site.has(Module.NEWS):
        items.append(_item(request, _("Tin tức"), reverse("news:article-list-en" if english else "news:article-list")))
    if site.has(Module.DOCUMENTS) and not english:
        items.append(_item(request, _("Văn bản"), reverse("news:document-list")))
    if site.has(Module.DISCLOSURE) and not english:
        items.append(_item(request, _("Công khai"), reverse("news:disclosure-list")))
    items += [] if english else _reports_items(request, unit, site)
    if len(items) < MOST_ITEMS - 1:
        # Also in the footer of every page.
        items.append(_item(request, _("Phường, xã"), reverse("pages:unit-directory")))
    items.append(_item(request, _("Sơ đồ trang"), reverse("pages:site-map")))
    return items


def _voice_links(unit: Unit, site: Site) -> list[dict[str, Any]]:
    takes_reports = has_reports(unit, site)
    return [
        {"label": _("Gửi phản ánh"), "url": reports_url(unit, site)},
        {"label": _("Tra cứu phản ánh"), "url": reverse("feedback:case-lookup") if takes_reports else ""},
        {"label": _("Hỏi đáp"), "url": reverse("feedback:questions") if has_questions(unit, site) else ""},
    ]


def _work_links(unit: Unit, site: Site) -> list[dict[str, Any]]:
    services = [
        {"label": _("Tìm thủ tục"), "url": reverse("services:menu")},
        # From every page: field, procedure; so any procedure is three clicks away without typing.
        {"label": _("Thủ tục theo lĩnh vực"), "url": reverse("services:field-list")},
        {"label": _("Tra cứu hồ sơ"), "url": reverse("services:dossier")},
    ]
    gone = unit.is_closed
    people = [
        {"label": _("Lịch công tác"), "url": reverse("units:schedule") if site.has(Module.SCHEDULE) else ""},
        {
            "label": _("Lịch tiếp công dân"),
            "url": reverse("units:reception") if site.has(Module.RECEPTION) and not gone else "",
        },
        {
            "label": _("Đường dây nóng"),
            "url": reverse("units:hotlines") if site.has(Module.PEOPLE) and not gone else "",
        },
    ]
    links = [
        {"label": _("Tìm trên trang này"), "url": reverse("pages:search")},
        *(services if has_services(unit, site) else ()),
        *_voice_links(unit, site),
        *people,
        {"label": _("Tra tên phường, xã cũ"), "url": reverse("pages:unit-directory")},
        {"label": _("Nhận tin qua thư"), "url": reverse("news:subscription")},
    ]
    return [link for link in links if link["url"]]


def _about_links(*, english: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("Sơ đồ trang"), "url": reverse("pages:site-map")},
        {"label": _("Tin theo ngày"), "url": reverse("news:article-day-form")},
        {"label": _("Đính chính"), "url": reverse("news:corrections")},
        {"label": _("RSS"), "url": reverse("news:feed")},
        {"label": _("Trợ năng"), "url": reverse("pages:accessibility")},
        *([] if english else [{"label": _("Dữ liệu cá nhân"), "url": reverse("feedback:personal")}]),
        {"label": "Tiếng Việt", "url": "/"} if english else {"label": "English", "url": reverse("pages:english")},
    ]


def _people_links() -> list[dict[str, Any]]:
    return [
        {"label": _("Lãnh đạo"), "url": reverse("units:leader-list")},
        {"label": _("Danh bạ"), "url": reverse("units:directory")},
        {"label": _("Người phát ngôn"), "url": reverse("units:spokespersons")},
    ]


def _footer_columns(unit: Unit, site: Site, province: Unit | None, request: HttpRequest) -> list[dict[str, Any]]:
    english = get_language() == "en"
    office = [
        {"label": _("Giới thiệu"), "url": reverse("news:page-index-en" if english else "news:page-index")},
        *([] if english or not site.has(Module.PEOPLE) else _people_links()),
        {"label": _("Tin tức"), "url": reverse("news:article-list-en" if english else "news:article-list")},
        {"label": _("Ảnh, video"), "url": reverse("news:library")},
        {"label": _("Các phường, xã và sở, ngành"), "url": reverse("pages:unit-directory")},
    ]
    if province and province.pk != unit.pk:
        name = (english and province.name_en) or province.name
        office.append({"label": _("Trang %(name)s") % {"name": name}, "url": site_url(request, province)})
    return [
        {"title": _("Việc hay làm"), "links": _work_links(unit, site)},
        {"title": _("Cơ quan"), "links": office},
        {"title": _("Về trang này"), "links": _about_links(english=english)},
    ]


def full_name(unit: Unit, site: Site) -> str:
    """“Ủy ban nhân dân phường Thuận An”; a department's own name says it all."""
    if get_language() == "en" and unit.name_en:
        is_committee = unit.kind != UnitKind.DEPARTMENT and site.over_line.startswith("Ủy ban")
        return _("Ủy ban nhân dân %(name)s") % {"name": unit.name_en} if is_committee else unit.name_en
    if unit.kind == UnitKind.DEPARTMENT or not site.over_line:
        return unit.name
    return f"{site.over_line} {unit.name[:1].lower()}{unit.name[1:]}"


def _footer(site: Site, unit: Unit, province: Unit | None, request: HttpRequest) -> dict[str, Any]:
    english = get_language() == "en"
    return {
        "responsible": site.in_english("responsible") if english else site.responsible,
        "address": site.in_english("address") if english else site.address,
        # What a translator has not written yet is Vietnamese also on an English page, and says so to screen readers.
        "responsible_lang": "vi" if english and not site.responsible_en else "",
        "address_lang": "vi" if english and not site.address_en else "",
        "phone": site.phone,
        "email": site.email,
        "unit_name": full_name(unit, site),
        "columns": _footer_columns(unit, site, province, request),
        "updated_at": unit.changed_at,
        "badge_url": site.trust_badge_url,
        "province_name": province.name if province else "",
        "province_url": site_url(request, province) if province else "",
    }


def _alert(unit: Unit, province: Unit | None, now: datetime) -> dict[str, str] | None:
    """The gravest warning of the unit itself or of the province for every site; one query."""
    with units_scope([unit, *([province] if province else [])]):
        alert = Alert.objects.all().for_page(unit.pk, now)
    if alert is None:
        return None
    return {
        "title": alert.title,
        "text": alert.text,
        "url": alert.url,
        "link_label": alert.link_label,
        "level": alert.level.lower(),
        "lang": "vi" if get_language() == "en" else "",
        "icon": "info" if alert.level == AlertLevel.NOTICE else "triangle-alert",
    }


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


def _over_line(site: Site) -> str:
    """The English line above the name: the unit's own, else the usual translation of the usual words."""
    return site.over_line_en or (_("Ủy ban nhân dân") if site.over_line.startswith("Ủy ban") else site.over_line)


def site_chrome(request: HttpRequest, unit: Unit, site: Site, now: datetime) -> dict[str, Any]:
    """Everything the base template needs, in a constant number of queries."""
    province = province_of(request)
    english = get_language() == "en"
    return {
        "unit": unit,
        "site": site,
        "shown_name": (unit.name_en or unit.name) if english else unit.name,
        "over_line": _over_line(site) if english else site.over_line,
        "other_language": "vi" if english else "en",
        "palette": site.palette,
        "nav": navigation(request, unit, site),
        "footer": _footer(site, unit, province, request),
        "province": province,
        "province_url": site_url(request, province) if province else "",
        "is_province": unit.kind == UnitKind.PROVINCE,
        "alert": SimpleLazyObject(lambda: _alert(unit, province, now)),
        "closed": closed_notice(request, unit),
        "canonical_url": request.build_absolute_uri(request.path),
        "page_path": request.path,
    }
