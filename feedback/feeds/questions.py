"""Newest answered questions of a unit as Atom."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from feedback.cases.questions import page_of_pairs
from feedback.models import Case
from units.enums import Module
from units.middleware import site_of, unit_of
from units.models import Unit


class QuestionFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The same for everybody, cacheable like every public page."""

    feed_type = Atom1Feed
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """404 where the unit takes no questions."""
        if not site_of(request).has(Module.QUESTIONS):
            raise Http404
        response = super().__call__(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]  # portal.core.page_cache's mark
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def get_object(self, request: HttpRequest) -> Unit:
        """The unit whose site this is."""
        return unit_of(request)

    def title(self, obj: Unit) -> str:
        """What and whose."""
        return _("Hỏi đáp – %(unit)s") % {"unit": obj}

    def subtitle(self, obj: Unit) -> str:
        """A sentence for feed readers."""
        return _("Câu hỏi của người dân mà %(unit)s đã trả lời") % {"unit": obj}

    def link(self) -> str:
        """The list this feed follows."""
        return reverse("feedback:questions")

    def items(self) -> list[Case]:
        """The newest pairs, bounded."""
        return page_of_pairs(None, None)[0]

    def item_title(self, item: Case) -> str:
        """The question in short."""
        return item.title

    def item_description(self, item: Case) -> str:
        """The answer; plain text."""
        return item.answer

    def item_pubdate(self, item: Case) -> datetime | None:
        """When both could first be read."""
        return item.published_at

    def item_updateddate(self, item: Case) -> datetime | None:
        """When it was answered."""
        return item.answered_at
