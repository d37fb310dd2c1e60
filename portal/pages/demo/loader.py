"""Bring a demo province's plan into the database: repeatable, one transaction a unit."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from news.actions import keep_picture, load_articles, save_category, save_page
from news.enums import ArticleStatus
from news.models import Article, Category, Page, Tag
from portal.core.pictures import PreparedPicture, prepare_picture
from portal.core.tenancy import unit_scope
from portal.core.text import slugify_vi
from portal.pages.demo.markup import to_html
from portal.pages.demo.plan import ArticlePlan, ProvincePlan, UnitPlan
from units.actions import close_unit, create_unit, link_successor, save_alert, save_site, save_site_link
from units.enums import Extent, LinkGroup, UnitKind
from units.models import Alert, Site, SiteLink, Unit

HERE = Path(__file__).parent
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class DemoReport:
    """What a load changed."""

    units: int = 0
    articles: int = 0
    pages: int = 0


@cache
def art(scene: str) -> PreparedPicture:
    """A drawn scene as the library stores pictures; made once in a process."""
    return prepare_picture(io.BytesIO((HERE / "art" / f"{scene}.webp").read_bytes()))


@lru_cache(maxsize=1)
def _boundaries() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((HERE / "data" / "boundaries.json").read_text(encoding="utf-8"))
    return data


def load_province(plan: ProvincePlan, progress: Progress) -> DemoReport:
    """Create what is missing of the plan; a second load of the same plan changes nothing."""
    report = DemoReport()
    for number, unit_plan in enumerate(plan.units, start=1):
        with transaction.atomic():
            _load_unit(unit_plan, plan, report)
        progress(number, len(plan.units), unit_plan.name)
    with transaction.atomic():
        _link_units(plan)
        for succession in plan.successions:
            link_successor(
                predecessor=_unit(succession.predecessor),
                successor=_unit(succession.successor),
                extent=Extent(succession.extent.upper()),
            )
    return report


def _unit(key: tuple[str, Any]) -> Unit:
    return Unit.objects.get(code=key[0], valid_from=key[1])


def _load_unit(plan: UnitPlan, province: ProvincePlan, report: DemoReport) -> None:
    unit = Unit.objects.filter(code=plan.code, valid_from=plan.valid_from).first()
    if unit is None:
        parent = _unit((plan.parent_code, plan.parent_from)) if plan.parent_code else None
        unit = create_unit(
            code=plan.code, valid_from=plan.valid_from, valid_to=plan.valid_to, kind=UnitKind(plan.kind),
            type_name=plan.type_name, name=plan.name, name_en=plan.name_en, slug=plan.slug, parent=parent,
        )  # fmt: skip
        report.units += 1
        _outline(unit)
        with unit_scope(unit):
            _dress(unit, plan)
    elif plan.valid_to and unit.valid_to is None:
        close_unit(unit=unit, last_day=plan.valid_to)
    with unit_scope(unit):
        _write(plan, province, report)


def _outline(unit: Unit) -> None:
    if unit.kind == UnitKind.PROVINCE:
        unit.boundary = _boundaries()["view_box"]
    elif unit.kind == UnitKind.COMMUNE and unit.valid_to is None and unit.valid_from.isoformat() >= "2025-07-01":
        unit.boundary = _boundaries()["areas"].get(unit.code, "")
    unit.save(update_fields=["boundary"])


def _dress(unit: Unit, plan: UnitPlan) -> None:
    """Site settings and the link directory."""
    site = Site.objects.of_current_unit()
    wanted = plan.site
    for name in ("palette", "banner", "over_line", "responsible", "address", "phone", "email", "hours", "intro"):
        setattr(site, name, getattr(wanted, name))
    site.banner = wanted.banner.removeprefix("banner-")
    site.hero_title, site.hero_lead = wanted.hero_title, wanted.hero_lead
    site.search_example, site.popular_searches = wanted.search_placeholder, "\n".join(wanted.popular)
    site.contacts = [{"label": row.label, "detail": row.detail, "url": row.url} for row in wanted.contacts]
    if unit.kind == UnitKind.PROVINCE:
        text = "biết trước nơi tránh trú và số điện thoại khẩn cấp 112, 114, 115."
        ends = timezone.now() + timedelta(days=7)
        save_alert(alert=Alert(title="Mùa mưa lũ:", text=text, url="/tin-tuc/phong-chong-thien-tai/", ends_at=ends))
    save_site(site=site)
    for link in plan.links:
        if not link.unit_slug:  # those with one wait for _link_units
            row = SiteLink(group=LinkGroup(link.group), label=link.label, url=link.url, order=link.order)
            save_site_link(link=row)


def _link_units(plan: ProvincePlan) -> None:
    """The links to sites of this portal, which need all units to exist; only for sites that have none yet."""
    units = {unit.slug: unit for unit in Unit.objects.defer("boundary")}
    for unit_plan in plan.units:
        with unit_scope(units[unit_plan.slug]):
            if SiteLink.objects.exclude(target_unit=None).exists():
                continue
            SiteLink.objects.bulk_create(
                SiteLink(
                    group=LinkGroup(link.group), label=link.label, order=link.order, target_unit=units[link.unit_slug]
                )
                for link in unit_plan.links
                if link.unit_slug
            )


def _write(plan: UnitPlan, province: ProvincePlan, report: DemoReport) -> None:
    """Categories, about pages and articles that are not there yet."""
    known = set(Category.objects.values_list("slug", flat=True))
    for row in plan.categories:
        if row.slug not in known:
            save_category(category=Category(name=row.name, slug=row.slug, order=row.order, is_notice=row.is_notice))
    pages = {(page.language, page.slug): page for page in Page.objects.all()}
    for page_plan in plan.pages:
        if (page_plan.language, page_plan.slug) not in pages:
            page = Page(
                slug=page_plan.slug, title=page_plan.title, body=to_html(page_plan.body), order=page_plan.order,
                language=page_plan.language, parent=pages.get((page_plan.language, page_plan.parent_slug)),
            )  # fmt: skip
            pages[(page.language, page.slug)] = save_page(page=page)
            report.pages += 1
    _write_articles(plan, province, report)


def _write_articles(plan: UnitPlan, province: ProvincePlan, report: DemoReport) -> None:
    references = [row.source_ref for row in plan.articles]
    known = set(Article.objects.filter(source_ref__in=references).values_list("source_ref", flat=True))
    categories = {category.slug: category for category in Category.objects.all()}
    missing = [row for row in plan.articles if row.source_ref not in known]
    report.articles += load_articles(articles=[_article(row, categories, plan, province) for row in missing])
    tags_of = {row.source_ref: row.tags for row in missing}
    names = {slugify_vi(name): name for row in missing for name in row.tags}
    have = {tag.slug: tag for tag in Tag.objects.filter(slug__in=names)}
    new = [Tag(name=name, slug=slug) for slug, name in names.items() if slug not in have]
    have |= {tag.slug: tag for tag in Tag.objects.bulk_create(new)}
    for article in Article.objects.filter(source_ref__in=tags_of).only("source_ref", "unit"):
        article.tags.set({have[slugify_vi(name)] for name in tags_of[article.source_ref]})


def _article(row: ArticlePlan, categories: dict[str, Category], unit: UnitPlan, province: ProvincePlan) -> Article:
    moment = row.published_on(province.today)
    if unit.valid_to and moment.date() > unit.valid_to:
        # An archive holds nothing newer than the unit's last day.
        moment = datetime.combine(unit.valid_to, moment.time())
    at = timezone.make_aware(moment)
    picture = None
    if row.picture:
        drawn = row.picture
        picture = keep_picture(
            prepared=art(drawn.scene),
            alt_text=drawn.alt_text,
            caption=drawn.caption,
            credit="" if "minh họa" in drawn.caption else drawn.credit,
        )
    return Article(
        category=categories[row.category_slug], title=row.title, summary=row.summary, body=to_html(_without_source(row)),
        author_name=row.author_name, source_name=row.source_name, picture=picture, status=ArticleStatus.PUBLISHED,
        published_at=_not_in_the_future(at), edited_at=_not_in_the_future(at), is_pinned=row.is_pinned,
        is_demo=row.is_demo, source_ref=row.source_ref,
    )  # fmt: skip


def _without_source(row: ArticlePlan) -> str:
    """The page prints the source under every article; a last line that says the same is left out."""
    head, _line, last = row.body.rstrip().rpartition("\n")
    return head.rstrip() if row.source_name and last.strip().startswith(f"Nguồn: {row.source_name}") else row.body


def _not_in_the_future(at: datetime) -> datetime:
    return at if at <= timezone.now() else at - timedelta(days=1)
