"""The site map for people and for search engines."""

from typing import Any

from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums import PageLanguage
from news.forms.document_register import GROUP_SLUGS, GROUP_WORDS
from news.models import Album, Article, ArticleTranslation, Category, Consultation, Document, Page, Video
from portal.core.page_cache import public_page
from portal.pages.views.directory import unit_groups
from portal.pages.views.sitemap_disclosure import disclosure_addresses, disclosure_section
from portal.pages.views.sitemap_feedback import feedback_addresses, feedback_section
from portal.pages.views.sitemap_services import service_parts, services_section
from units.enums import Module
from units.middleware import site_of
from units.models import Person
from units.schedule.pages import month_url

# The protocol allows 50,000 addresses a file; a tenth keeps one answer small enough for a small server.
PART_SIZE = 5000
XML = "application/xml; charset=utf-8"


def _documents(request: HttpRequest) -> list[dict[str, Any]]:
    """The register by group, as its tabs are, and the drafts; nothing where the unit keeps that part switched off."""
    if not site_of(request).has(Module.DOCUMENTS):
        return []
    page = reverse("news:document-list")
    groups = [{"title": GROUP_WORDS[group], "url": f"{page}?nhom={slug}"} for group, slug in GROUP_SLUGS.items()]
    drafts = {"title": _("Lấy ý kiến dự thảo"), "url": reverse("news:consultation-list")}
    return [{"title": _("Văn bản"), "url": page, "children": [*groups, drafts]}]


def _schedule(request: HttpRequest) -> list[dict[str, Any]]:
    """This week, this month, the weeks gone by; nothing where the unit keeps that part switched off."""
    if not site_of(request).has(Module.SCHEDULE):
        return []
    page = reverse("units:schedule")
    pages = [
        {"title": _("Tháng này"), "url": month_url(timezone.localdate())},
        {"title": _("Các tuần đã công bố"), "url": reverse("units:schedule-archive")},
        {"title": _("Thêm lịch công tác vào lịch của bạn"), "url": reverse("units:calendar-subscribe")},
    ]
    return [{"title": _("Lịch công tác"), "url": page, "children": pages}]


def _reception(request: HttpRequest) -> list[dict[str, Any]]:
    """Sessions and finding one's registration; nothing where the unit keeps that part switched off."""
    if not site_of(request).has(Module.RECEPTION):
        return []
    own = {"title": _("Tra cứu đăng ký gặp"), "url": reverse("units:reception-own")}
    return [{"title": _("Lịch tiếp công dân"), "url": reverse("units:reception"), "children": [own]}]


def _people(request: HttpRequest) -> list[dict[str, Any]]:
    """Leaders, chart, directory, spokespersons, hotlines; nothing where the unit keeps that part switched off."""
    if not site_of(request).has(Module.PEOPLE):
        return []
    names = {
        "organisation-chart": _("Sơ đồ tổ chức"),
        "directory": _("Danh bạ"),
        "spokespersons": _("Người phát ngôn"),
        "hotlines": _("Đường dây nóng"),
    }
    children = [{"title": title, "url": reverse(f"units:{name}")} for name, title in names.items()]
    return [{"title": _("Lãnh đạo"), "url": reverse("units:leader-list"), "children": children}]


def _lookups() -> list[dict[str, Any]]:
    return [
        {"title": _("Tìm trên trang này"), "url": reverse("pages:search")},
        {"title": _("Tin theo ngày"), "url": reverse("news:article-day-form")},
        {"title": _("Đính chính"), "url": reverse("news:corrections")},
        {"title": _("Tên phường, xã cũ và mới"), "url": reverse("pages:unit-directory")},
    ]


def _about() -> list[dict[str, Any]]:
    return [
        {"title": _("Trợ năng"), "url": reverse("pages:accessibility")},
        {"title": _("Nhận tin qua thư"), "url": reverse("news:subscription")},
        {"title": "RSS", "url": reverse("news:feed")},
        {"title": "English", "url": reverse("pages:english")},
    ]


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    pages = [
        {"title": page.title, "url": page.get_absolute_url()}
        for page in Page.objects.published().in_language(PageLanguage.VI)
    ]
    categories = [{"title": row.name, "url": row.get_absolute_url()} for row in Category.objects.in_order()]
    library = [
        {"title": _("Album ảnh"), "url": reverse("news:album-list")},
        {"title": _("Video"), "url": reverse("news:video-list")},
    ]
    return [
        {"title": _("Trang chủ"), "url": "/", "children": []},
        {"title": _("Giới thiệu"), "url": reverse("news:page-index"), "children": pages},
        *_people(request),
        *services_section(request),
        {"title": _("Tin tức"), "url": reverse("news:article-list"), "children": categories},
        *_documents(request),
        *disclosure_section(request),
        *_schedule(request),
        *_reception(request),
        *feedback_section(request),
        {"title": _("Thư viện"), "url": reverse("news:library"), "children": library},
        {"title": _("Tra cứu"), "url": reverse("pages:search"), "children": _lookups()},
        {"title": _("Về trang này"), "url": reverse("pages:accessibility"), "children": _about()},
    ]


@require_safe
@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """Everything this site has, as a tree; the province's other sites below."""
    crumbs = [{"label": _("Trang chủ"), "url": "/"}, {"label": _("Sơ đồ trang"), "url": None}]
    context = {"sections": _sections(request), "units": unit_groups(request), "breadcrumbs": crumbs}
    return render(request, "pages/site_map.html", context)


def _parts() -> int:
    edge = Article.objects.published().aggregate(first=Min("pk"), last=Max("pk"))
    return 0 if edge["last"] is None else int(edge["last"]) // PART_SIZE + 1


@require_safe
@public_page
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The index of the XML site map: part 0 is pages and categories, the others articles and documents by ranges of ids."""
    first = Article.objects.published().aggregate(first=Min("pk"))["first"] or 1
    numbers = [0, *range(first // PART_SIZE + 1, _parts() + 1)]
    paths = [reverse("pages:sitemap-part", args=[number]) for number in numbers]
    paths += [reverse("pages:sitemap-documents", args=[number]) for number in _document_parts()]
    paths += [reverse("pages:sitemap-services", args=[number]) for number in service_parts(request)]
    parts = [request.build_absolute_uri(path) for path in paths]
    return render(request, "pages/sitemap_index.xml", {"parts": parts}, content_type=XML)


def _leaders(request: HttpRequest) -> list[dict[str, Any]]:
    if not site_of(request).has(Module.PEOPLE):
        return []
    rows = Person.objects.published().only("slug", "unit", "edited_at").order_by("pk")[:PART_SIZE]
    return [{"path": row.get_absolute_url(), "changed": row.edited_at} for row in rows]


def _fixed_addresses(request: HttpRequest) -> list[dict[str, Any]]:
    names = (
        *("news:article-list", "news:library", "pages:english", "news:article-list-en", "news:corrections"),
        *("pages:unit-directory", "pages:site-map"),
        *(("news:document-list", "news:consultation-list") if site_of(request).has(Module.DOCUMENTS) else ()),
        *(("units:schedule", "units:schedule-archive") if site_of(request).has(Module.SCHEDULE) else ()),
        *(("units:reception",) if site_of(request).has(Module.RECEPTION) else ()),
    )
    fixed = [
        "/",
        *[reverse(name) for name in names],
        *[row["url"] for part in _people(request) for row in (part, *part["children"])],
    ]
    rows: list[dict[str, Any]] = [{"path": address, "changed": None} for address in fixed]
    rows += _leaders(request)
    rows += [{"path": category.get_absolute_url(), "changed": None} for category in Category.objects.in_order()]
    drafts = Consultation.objects.published().only("slug", "unit", "edited_at").order_by("-pk")[:PART_SIZE]
    rows += [{"path": row.get_absolute_url(), "changed": row.edited_at} for row in drafts]
    rows += disclosure_addresses(request, PART_SIZE)
    rows += feedback_addresses(request, PART_SIZE)
    shown = [*Album.objects.published()[:PART_SIZE], *Video.objects.published().defer("transcript")[:PART_SIZE]]
    rows += [{"path": row.get_absolute_url(), "changed": row.published_at} for row in shown]
    pages = Page.objects.published().defer("body")[:PART_SIZE]
    rows += [{"path": page.get_absolute_url(), "changed": page.revised_at} for page in pages]
    english = ArticleTranslation.objects.published().order_by("-pk").only("slug", "article_id", "unit", "edited_at")
    return rows + [{"path": row.get_absolute_url(), "changed": row.edited_at} for row in english[:PART_SIZE]]


@require_safe
@public_page
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """One part of the XML site map; 404 beyond the last."""
    if part == 0:
        rows = _fixed_addresses(request)
    elif part <= _parts():
        # A copy of another unit's text is listed where the text stands for good.
        own = Article.objects.published().filter(canonical_url="")
        span = own.filter(pk__gte=(part - 1) * PART_SIZE, pk__lt=part * PART_SIZE)
        articles = span.select_related("category").only("slug", "category__slug", "unit", "published_at", "revised_at")
        rows = [
            {"path": article.get_absolute_url(), "changed": article.revised_at or article.published_at}
            for article in articles.order_by("pk")
        ]
    else:
        raise Http404
    context = {"rows": rows, "base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "pages/sitemap.xml", context, content_type=XML)


def _document_parts() -> range:
    edge = Document.objects.published().aggregate(first=Min("pk"), last=Max("pk"))
    if edge["last"] is None:
        return range(0)
    return range(int(edge["first"]) // PART_SIZE + 1, int(edge["last"]) // PART_SIZE + 2)


@require_safe
@public_page
def sitemap_documents(request: HttpRequest, part: int) -> HttpResponse:
    """Documents by ranges of ids; 404 beyond the last. The province's stand in the province's map only."""
    if part not in _document_parts():
        raise Http404
    span = Document.objects.published().filter(pk__gte=(part - 1) * PART_SIZE, pk__lt=part * PART_SIZE)
    documents = span.only("slug", "unit", "edited_at").order_by("pk")
    rows = [{"path": document.get_absolute_url(), "changed": document.edited_at} for document in documents]
    context = {"rows": rows, "base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "pages/sitemap.xml", context, content_type=XML)
