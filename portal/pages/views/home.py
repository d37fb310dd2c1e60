"""The front page of a unit, in Vietnamese and in English."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums import PageLanguage
from news.models import Article, ArticleTranslation, Document, Page
from news.structured_data import script_safe
from portal.core.page_cache import public_page
from units.chrome import has_reports, has_services, host_url, reports_url, site_url
from units.enums import LinkGroup, Module, UnitKind
from units.mapping import outline_map
from units.middleware import site_of, unit_of
from units.models import Person, Site, SiteLink, Unit, UnitSuccession
from units.schedule.today import today_lines

NEWS_ITEMS = 7
NOTICES = 5
ENGLISH_NEWS = 5


def _hero(unit: Unit, site: Site) -> dict[str, Any]:
    """The question at the top; the unit's own words go before the general ones. A closed unit only keeps its archive."""
    if unit.is_closed:
        title = _("Trang lưu trữ của %(name)s") % {"name": unit.name[:1].lower() + unit.name[1:]}
        lead = _("Tin và văn bản cũ vẫn đọc được. Việc hằng ngày do đơn vị mới làm.")
        return {
            "title": title,
            "lead": lead,
            "placeholder": _("Tìm trong tin cũ"),
            "popular": [],
            **_banner(site),
        }
    if unit.kind == UnitKind.COMMUNE:
        title, lead = (
            _("%(name)s giúp gì được cho bạn?") % {"name": unit.name},
            _("Tìm thông báo, tin tức, người cần gặp."),
        )
    else:
        title, lead = _("Bạn cần tìm gì?"), _("Gõ bằng lời thường ngày, có dấu hay không dấu đều được.")
    popular = [line.strip() for line in site.popular_searches.splitlines() if line.strip()][:4]
    return {
        "title": site.hero_title or title,
        "lead": site.hero_lead or lead,
        "placeholder": site.search_example or _("Ví dụ: lịch tiếp công dân"),
        "popular": [{"label": word, "url": f"{reverse('pages:search')}?{urlencode({'q': word})}"} for word in popular],
        **_banner(site),
    }


def _banner(site: Site) -> dict[str, str]:
    return {"banner": site.banner, "banner_url": site.banner_file.url if site.banner_file else ""}


def _services_task(unit: Unit, site: Site) -> dict[str, Any]:
    """To the menu here; to the national portal where the unit keeps none."""
    if has_services(unit, site):
        return {"icon": "clipboard-list", "label": _("Làm thủ tục"), "text": _("Cần giấy tờ gì, mất bao lâu, nộp ở đâu"),
                "url": reverse("services:menu"), "is_external": False}  # fmt: skip
    return {"icon": "clipboard-list", "label": _("Làm thủ tục"), "text": _("Nộp và theo dõi hồ sơ trên Cổng Dịch vụ công quốc gia"),
            "url": settings.SERVICES_URL, "is_external": True}  # fmt: skip


def _meeting_task(unit: Unit, site: Site) -> dict[str, Any]:
    """When leaders receive citizens; news by day where the unit keeps no reception here."""
    if site.has(Module.RECEPTION) and not unit.is_closed:
        return {"icon": "calendar-days", "label": _("Lịch tiếp công dân"), "text": _("Ngày nào, ai tiếp, đăng ký trước"),
                "url": reverse("units:reception"), "is_external": False}  # fmt: skip
    return {"icon": "newspaper", "label": _("Tin theo ngày"), "text": _("Chọn ngày trong lịch để xem lại tin đã đăng"),
            "url": reverse("news:article-day-form"), "is_external": False}  # fmt: skip


def _leaders_path(site: Site) -> str:
    """To the leaders where some have been entered; to the about page of that name as long as there are none."""
    has_leaders = site.has(Module.PEOPLE) and Person.objects.published().exists()
    return reverse("units:leader-list") if has_leaders else "/gioi-thieu/lanh-dao/"


def _tasks(unit: Unit, site: Site, written: set[str]) -> list[dict[str, Any]]:
    """What people come for; ``written`` are the slugs of the about pages that exist, so that no card leads nowhere."""
    tasks = [
        _services_task(unit, site),
        {"icon": "megaphone", "label": _("Gửi phản ánh"), "text": _("Hố ga, đèn đường, rác, ngập nước: gửi, rồi theo dõi"),
         "url": reports_url(unit, site), "is_external": not has_reports(unit, site)},
        {"icon": "map-pin", "label": _("Phường, xã của bạn"), "text": _("Tên mới, địa chỉ trang sau sắp xếp"),
         "url": reverse("pages:unit-directory"), "is_external": False},
        {"icon": "users", "label": _("Gặp ai, ở đâu"), "text": _("Địa chỉ, điện thoại, giờ làm việc"),
         "url": "/gioi-thieu/lien-he/", "is_external": False},
        _meeting_task(unit, site),
        {"icon": "building-2", "label": _("Lãnh đạo"), "text": _("Ai phụ trách việc gì"),
         "url": _leaders_path(site), "is_external": False},
    ]  # fmt: skip
    tasks = [task for task in tasks if task["url"]]
    if unit.is_closed:
        archive = {"icon": "inbox", "label": _("Tin đã đăng"), "text": _("Mọi tin, thông báo còn lưu"),
                   "url": reverse("news:article-list"), "is_external": False}  # fmt: skip
        return [task for task in tasks if str(task["url"]).startswith(("/phuong-xa/", "/tin-tuc/"))] + [archive]
    absent = {f"/gioi-thieu/{slug}/" for slug in ("lien-he", "lanh-dao") if slug not in written}
    return [task for task in tasks if task["url"] not in absent]


def _facts(site: Site) -> dict[str, Any]:
    return {"hours": site.hours, "address": site.address, "phone": site.phone, "email": site.email}


def _place(unit: Unit, site: Site, pages: list[Page]) -> dict[str, Any] | None:
    """What the place is, where it lies and what it was made from; for the province the finder's words and map."""
    if unit.kind == UnitKind.PROVINCE:
        return {"title": "", "text": "", "chips": [], "map": outline_map(unit)}
    if not site.intro:
        return None
    made_of = [link.predecessor.name for link in UnitSuccession.objects.predecessors_of(unit)[:20]]
    chips = [{"label": page.title, "url": page.get_absolute_url()} for page in pages[:6]]
    if site.has(Module.DISCLOSURE):
        chips.append({"label": _("Công khai"), "url": reverse("news:disclosure-list")})
    on_ground = unit.kind in (UnitKind.COMMUNE, UnitKind.DISTRICT)
    title = _("Địa bàn %(name)s") if on_ground else _("Giới thiệu %(name)s")
    name = unit.name[:1].lower() + unit.name[1:]
    return {
        "title": title % {"name": name},
        "text": site.intro,
        "made_of": made_of,
        "chips": chips,
        "map": outline_map(unit) if unit.kind == UnitKind.COMMUNE and not unit.is_closed else None,
    }


def _link_groups(request: HttpRequest) -> list[dict[str, Any]]:
    links = list(SiteLink.objects.for_site())
    groups = []
    for value, label in LinkGroup.choices:
        rows = [
            {"label": link.label, "url": host_url(request, link.target_host) if link.target_host else link.url}
            for link in links
            if link.group == value
        ]
        if rows:
            groups.append({"label": label, "links": rows})
    return groups


def _organisation_json_ld(request: HttpRequest, unit: Unit, site: Site) -> Any:
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": unit.name,
        "url": request.build_absolute_uri("/"),
        "address": site.address,
        "telephone": site.phone,
        "email": site.email,
    }
    return script_safe({key: value for key, value in data.items() if value})


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, tasks second, then what is new here."""
    unit, site = unit_of(request), site_of(request)
    pages = list(Page.objects.published().in_language(PageLanguage.VI)) if site.has(Module.ABOUT) else []
    news, notices = Article.objects.all().front_page(NEWS_ITEMS, NOTICES) if site.has(Module.NEWS) else ([], [])
    featured = next((article for article in [*news, *notices] if article.leads_front_page), None)
    pictured = featured or next((article for article in news[:3] if article.picture), news[0] if news else None)
    context = {
        "hero": _hero(unit, site),
        "tasks": _tasks(unit, site, {page.slug for page in pages}),
        "notices": [article for article in notices if article != pictured],
        "lead_article": pictured,
        "articles": [article for article in news if article != pictured],
        "today": today_lines(unit) if site.has(Module.SCHEDULE) else None,
        "documents": Document.objects.all().newest() if site.has(Module.DOCUMENTS) else [],
        "facts": _facts(site) if unit.kind != UnitKind.PROVINCE and not unit.is_closed else None,
        "contacts": [] if unit.is_closed else site.contacts,
        "place": _place(unit, site, pages),
        "finder": site.has(Module.FINDER) and unit.kind == UnitKind.PROVINCE,
        "link_groups": _link_groups(request) if site.has(Module.LINKS) else [],
        "json_ld": _organisation_json_ld(request, unit, site),
    }
    return render(request, "pages/home.html", context)


def _english_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Links that somebody has named in English."""
    return [
        {"label": link.label_en, "url": host_url(request, link.target_host) if link.target_host else link.url}
        for link in SiteLink.objects.for_site()
        if link.label_en
    ]


@require_safe
@public_page
def english(request: HttpRequest) -> HttpResponse:
    """Who this is and how to reach it, in English (structure, functions, contacts: NĐ 42/2022 Điều 7, now NĐ 224)."""
    unit, site = unit_of(request), site_of(request)
    pages = [
        {"title": row.title, "url": row.get_absolute_url()}
        for row in Page.objects.published().in_language(PageLanguage.EN)
    ]
    units = [
        {"name": row.name_en, "url": site_url(request, row, "/en/")}
        for row in (Unit.objects.for_directory() if unit.kind == UnitKind.PROVINCE else [])
        if row.name_en
    ]
    context = {
        "pages": pages,
        "units": units,
        "name": site.hero_title_en or unit.name_en or unit.name,
        "lead": site.hero_lead_en,
        "translations": ArticleTranslation.objects.all().newest(ENGLISH_NEWS) if site.has(Module.NEWS) else [],
        "links": _english_links(request) if site.has(Module.LINKS) else [],
        "alternates": [("vi", request.build_absolute_uri("/"))],
    }
    return render(request, "pages/english.html", context)
