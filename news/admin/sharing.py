"""Sharing across units in the administration: where the screens are, who sees them, the card beside an article."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from news.actions.sharing import has_units_below, may_go_anew, unit_above
from news.admin import originality, push_screens, share_screens
from news.enums import ArticleStatus
from news.enums.sharing import ShareDirection
from news.models import Article, ShareDelivery
from units.middleware import unit_of


def inbox_count(request: HttpRequest) -> int:
    """What waits in the inbox for whoever decides; the number in the menu."""
    return ShareDelivery.objects.incoming().needing_a_person().count()


def card_of(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the card “Trao đổi bài” says of one article: where it came from, where it went, what can be done."""
    may_share = request.user.has_perm("news.share_article")
    is_published = article.status == ArticleStatus.PUBLISHED
    unit = unit_of(request)
    copy = ShareDelivery.objects.of_copy(article)
    went = list(ShareDelivery.objects.of_article(article))
    offered = next((row for row in went if row.direction == ShareDirection.UP), None)
    may_offer = is_published and copy is None and request.user.has_perm("news.offer_article")
    above = unit_above(unit) if may_offer else None
    down = [row for row in went if row.direction == ShareDirection.DOWN]
    return {
        "copy": copy,
        "is_locked": ShareDelivery.objects.locks(article) if copy else False,
        "may_place": copy is not None and request.user.has_perm("news.publish_article"),
        "above": above,
        "offered": offered,
        "may_offer_anew": bool(above and offered and may_go_anew(offered)),
        "parcel_id": went[0].parcel_id if went else None,
        "sums": share_screens.sums_of(down),
        "may_push": is_published and may_share and has_units_below(unit),
    }


class SharingScreens:
    """Offering an article upwards, pushing it downwards, taking and declining what other units send."""

    admin_site: AdminSite

    def sharing_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [
            path("trao-doi/", view(share_screens.inbox), name="news_article_sharing"),
            path("trao-doi/gui-di/", view(share_screens.outbox), name="news_article_sharing_sent"),
            path("trao-doi/gui-di/<int:pk>/", view(share_screens.parcel), name="news_article_sharing_parcel"),
            path("trao-doi/<int:pk>/", view(share_screens.delivery), name="news_article_share"),
            path("trao-doi/<int:pk>/anh/<int:number>/", view(share_screens.picture), name="news_article_share_picture"),
            path("<int:pk>/de-nghi/", view(push_screens.offer), name="news_article_offer"),
            path("<int:pk>/gui-xuong/", view(push_screens.push), name="news_article_push"),
            path("<int:pk>/cho-dat/", view(push_screens.place), name="news_article_place"),
            path("tu-viet/", view(originality.own_unit), name="news_article_originality"),
            path("tu-viet/cac-don-vi/", view(originality.all_units), name="news_article_originality_units"),
            path("tu-viet/cac-don-vi.csv", view(originality.all_units_csv), name="news_article_originality_csv"),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add what the card “Trao đổi bài” shows."""
        article = kwargs.get("obj")
        if article is not None:
            context["sharing"] = card_of(request, article)
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]  # a mixin of ModelAdmin
        return answer
