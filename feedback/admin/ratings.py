"""“Đánh giá của bạn đọc”: which pages helped least, and why."""

from datetime import date
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import PageRating, RatingTotal
from portal.core.admin_base import TenantAdmin
from portal.core.templatetags.portal_text import number_vi

MONTHS_OFFERED: Final = 12


def months_back(number: int) -> list[date]:
    """The first days of this month and of those before it, newest first."""
    first = timezone.localdate().replace(day=1)
    months = [first]
    while len(months) < number:
        last = months[-1]
        months.append(date(last.year - (last.month == 1), 12 if last.month == 1 else last.month - 1, 1))
    return months


class MonthFilter(admin.SimpleListFilter):
    """One month at a time, this one unless said otherwise: sums stay small, and lists fast."""

    title = gettext_lazy("tháng")
    parameter_name = "thang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The last twelve months."""
        return [(month.isoformat()[:7], f"{month.month}/{month.year}") for month in months_back(MONTHS_OFFERED)]

    def value(self) -> str:
        """The chosen month, or this one."""
        known = {key for key, _label in self.lookup_choices}
        chosen = super().value()
        return chosen if chosen in known else months_back(1)[0].isoformat()[:7]

    def choices(self, changelist: Any) -> Any:
        """The months alone: there is no “all”."""
        for key, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": self.value() == key, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of that month."""
        year, month = self.value().split("-")
        return queryset.filter(month=date(int(year), int(month), 1))


@admin.register(RatingTotal)
class RatingTotalAdmin(TenantAdmin):
    """Lowest first. Nothing here tells who gave a mark, and nothing can be changed."""

    purpose = gettext_lazy("Trang có nhiều lượt chưa hài lòng đứng trước. Bấm vào tên để đọc lý do.")
    list_display = ("subject_title", "unsatisfied_word", "satisfied_word", "very_word", "share_word")
    list_filter = (MonthFilter,)
    ordering = ("-unsatisfied", "-pk")
    sortable_by = ()
    change_form_template = "admin/feedback/ratingtotal/voices.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers rate."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Marks stay as they were given."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return False

    @admin.display(description=gettext_lazy("Chưa hài lòng"))
    def unsatisfied_word(self, row: RatingTotal) -> str:
        """As a number."""
        return number_vi(row.unsatisfied)

    @admin.display(description=gettext_lazy("Hài lòng"))
    def satisfied_word(self, row: RatingTotal) -> str:
        """As a number."""
        return number_vi(row.satisfied)

    @admin.display(description=gettext_lazy("Rất hài lòng"))
    def very_word(self, row: RatingTotal) -> str:
        """As a number."""
        return number_vi(row.very)

    @admin.display(description=gettext_lazy("Hài lòng trở lên"))
    def share_word(self, row: RatingTotal) -> SafeString:
        """Share of all marks, with their number."""
        words = _("%(share)d%% của %(number)s lượt") % {"share": row.content_share, "number": number_vi(row.number)}
        return format_html("{}", words)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One page's months, and what readers wrote in this one."""
        row: Any = self.get_object(request, object_id)
        extra: dict[str, Any] = {}
        if row is not None and self.has_view_permission(request):
            extra["voices"] = (
                PageRating.objects.about(row.subject_kind, row.subject_key).in_month(row.month).with_words()
            )
            extra["months"] = list(RatingTotal.objects.of(row.subject_kind, row.subject_key)[:MONTHS_OFFERED])
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})
