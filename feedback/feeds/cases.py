"""Public reports as Atom 1.0: of the unit, of one category, of one commune; bounded, lasting addresses."""

from datetime import datetime
from typing import Any, cast

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from feedback.cases import public_list
from feedback.cases.map import communes_of, map_units
from feedback.cases.standing import calendar_for, standing_of
from feedback.enums.cases import CaseKind
from feedback.models import Case, CaseCategory
from portal.core.working_days import WorkingCalendar
from units.middleware import unit_of

EXCERPT = 300


class ReportsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newest public reports, each with where it stands."""

    feed_type = Atom1Feed
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the same feed for everybody, cacheable like every public page."""
        response = super().__call__(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]  # portal.core.page_cache's mark
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        """The unit and what is asked; 404 for a category or commune that there is not."""
        given = {name: request.GET.get(name, "") for name in (public_list.CATEGORY, public_list.COMMUNE)}
        categories = CaseCategory.objects.all() if given[public_list.CATEGORY] else ()
        communes = communes_of(map_units()) if given[public_list.COMMUNE] else ()
        try:
            asked = public_list.read_filter(given, categories, communes)
        except public_list.UnknownFilter as error:
            raise Http404 from error
        return {"unit": unit_of(request), "asked": asked}

    def title(self, obj: dict[str, Any]) -> str:
        """What, where, whose."""
        asked: public_list.Asked = obj["asked"]
        parts = [_("Phản ánh"), asked.category and asked.category.name, asked.commune and asked.commune.name]
        return " – ".join([*(str(part) for part in parts if part), obj["unit"].name])

    def link(self, obj: dict[str, Any]) -> str:
        """The list this feed follows."""
        return public_list.address(reverse("feedback:reports"), obj["asked"].parameters())

    def subtitle(self, obj: dict[str, Any]) -> str:
        """A sentence for feed readers."""
        return _("Phản ánh công khai và tình trạng xử lý ở %(unit)s") % {"unit": obj["unit"].name}

    def items(self, obj: dict[str, Any]) -> list[Case]:
        """The newest, bounded."""
        today = timezone.localdate()
        cases = public_list.newest(public_list.listed(obj["asked"], CaseKind.REPORT, today), public_list.FEED_SIZE)
        calendar = calendar_for(cases, today)
        for case in cases:
            # Feeds hand each method one item and nothing else.
            case.__dict__["_calendar"] = calendar
        return cases

    def item_title(self, item: Case) -> str:
        """As the list says it."""
        return item.title

    def item_description(self, item: Case) -> str:
        """Where it stands, who handles it, the first words; text, not markup."""
        calendar = cast("WorkingCalendar", item.__dict__["_calendar"])
        line = standing_of(item, timezone.localdate(), calendar).line
        return f"{line}. {item.holder.name}. {item.text[:EXCERPT]}"

    def item_link(self, item: Case) -> str:
        """The lasting address."""
        return item.get_absolute_url()

    def item_pubdate(self, item: Case) -> datetime | None:
        """When it was let in."""
        return item.published_at

    def item_updateddate(self, item: Case) -> datetime | None:
        """When it was last answered or let in."""
        return max((moment for moment in (item.published_at, item.answered_at, item.solved_at) if moment), default=None)

    def item_categories(self, item: Case) -> list[str]:
        """Its category and its commune."""
        return [str(part) for part in (item.category, item.commune) if part]
