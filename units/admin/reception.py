"""Citizen reception in the administration: sessions, regular reception, what “Việc hôm nay” says about them."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full, date_long
from units.actions.reception import delete_session, may_delete, save_session
from units.actions.reception_series import delete_series, save_series
from units.admin.reception_desk import ReceptionDesk
from units.admin.reception_screens import ReceptionSteps
from units.enums.reception import ReceptionKind, SessionStatus
from units.forms.reception_admin import SeriesForm, SessionForm
from units.forms.recurrence import REPEAT_FIELDS
from units.middleware import unit_of
from units.models import ReceptionSeries, ReceptionSession
from units.reception.cards import hours_words
from units.reception.measures import NoticeRule, counts_planned
from units.rules.recurrence import rule_words
from units.schedule.conflicts import conflicts_between

PAST: Final = "qua"
ALL: Final = "het"


class WhenFilter(admin.SimpleListFilter):
    """What is coming first: past sessions are looked up, not kept."""

    title = gettext_lazy("Buổi nào")
    parameter_name = "khi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Beside the usual list of what is coming."""
        return [(PAST, _("Đã qua")), (ALL, _("Tất cả"))]

    def choices(self, changelist: Any) -> Any:
        """Its own name for the usual list."""
        first, *rest = super().choices(changelist)
        return [{**first, "display": _("Hôm nay và sắp tới")}, *rest]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the choice."""
        today = timezone.localdate()
        if self.value() == PAST:
            return queryset.past(today)
        return queryset if self.value() == ALL else queryset.coming(today)


@admin.register(ReceptionSession)
class ReceptionSessionAdmin(ReceptionDesk, ReceptionSteps, TenantAdmin):
    """The unit's sessions, the next one first."""

    form = SessionForm
    purpose = gettext_lazy("Từng buổi tiếp công dân. Đăng trước ngày tiếp đủ số ngày làm việc; hoãn thì ghi lý do.")
    add_label = gettext_lazy("Thêm buổi")
    change_list_template = "admin/units/receptionsession/change_list.html"
    change_form_template = "admin/units/receptionsession/change_form.html"
    list_display = ("when", "kind_words", "who", "state", "known", "places")
    list_filter = (WhenFilter, "kind")
    list_select_related = ("receiver",)
    ordering = ("day", "starts_at", "pk")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The sentence about a change only once citizens have seen the session."""
        seen = obj is not None and obj.published_at is not None
        return (
            (None, {"fields": ("day", "starts_at", "ends_at", "kind", "subject")}),
            (_("Ai tiếp, ở đâu"), {"fields": ("receiver", "receiver_text", "place")}),
            (_("Đăng ký trước"), {"fields": ("takes_bookings", "capacity", "note")}),
            *([(_("Báo cho người dân"), {"fields": ("change_note",)})] if seen else ()),
        )

    @admin.display(description=gettext_lazy("Ngày, giờ"), ordering="day")
    def when(self, row: ReceptionSession) -> str:
        """“Thứ Năm, 26/11/2026, 7:30 – 11:30”."""
        return f"{date_long(row.day)}, {hours_words(row.starts_at, row.ends_at)}"

    @admin.display(description=gettext_lazy("Loại"), ordering="kind")
    def kind_words(self, row: ReceptionSession) -> str:
        """Regular or special."""
        return str(row.get_kind_display())

    @admin.display(description=gettext_lazy("Người tiếp"))
    def who(self, row: ReceptionSession) -> str:
        """The person, or the post."""
        return row.receiver.full_name if row.receiver else row.receiver_text

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, row: ReceptionSession) -> SafeString:
        """A word in its colour."""
        if row.status == SessionStatus.CANCELLED:
            kind, words = "withdrawn", _("Hoãn")
        elif row.status == SessionStatus.DONE:
            kind, words = "published", _("Đã tiếp")
        elif row.published_at is None:
            kind, words = "draft", _("Chưa công bố")
        else:
            kind, words = (
                ("published", _("Đã công bố")) if row.day >= timezone.localdate() else ("expired", _("Đã qua"))
            )
        return format_html('<span class="tag tag--{}">{}</span>', kind, words)

    @admin.display(description=gettext_lazy("Công bố trước"))
    def known(self, row: ReceptionSession) -> SafeString | str:
        """How many working days before; or until when to publish."""
        rule = self.notice_rule
        notice = rule.of(row)
        if row.kind == ReceptionKind.SPECIAL:
            return _("buổi đột xuất")
        if notice is None:
            if row.status != SessionStatus.PLANNED:
                return "–"
            due = rule.publish_by(row.day)
            words = _("quá hạn %(day)s") if due < timezone.localdate() else _("hạn %(day)s")
            return words % {"day": date_full(due)}
        words = _("%(number)d ngày làm việc") % {"number": notice.days}
        return format_html("{} <b>({})</b>", words, _("muộn")) if notice.is_late else words

    @admin.display(description=gettext_lazy("Đã đăng ký"), ordering="booked")
    def places(self, row: ReceptionSession) -> str:
        """“4/10”."""
        return f"{row.booked}/{row.capacity}" if row.takes_bookings else "–"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Above the list: what is to be published, and the month's days against the law."""
        today = timezone.localdate()
        self.notice_rule = NoticeRule.read(today - timedelta(days=370), today + timedelta(days=370))
        words = {
            "unpublished": ReceptionSession.objects.unpublished(today).count(),
            "counts": counts_planned(unit_of(request).kind, today),
            "may_publish": request.user.has_perm("units.change_receptionsession"),
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Beside the form: where the session stands and what can be done next."""
        row: ReceptionSession | None = kwargs.get("obj")
        if row is not None:
            context |= {"steps": self.steps_for(request, row), "state_words": self.state(row)}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: ReceptionSession, form: Any, change: bool) -> None:
        """Save through the action; say it where the receiver has another matter at that time, which the week's desk decides."""
        save_session(session=obj, actor=person_at(request), note=form.cleaned_data.get("change_note", ""))
        taken = [one for one in conflicts_between(obj.day, obj.day) if one.is_reception and one.other_id == obj.pk]
        if taken:
            words = {"name": taken[0].name, "number": len(taken)}
            messages.warning(
                request, _("%(name)s có %(number)d việc khác cùng giờ trong lịch công tác. Xem lại lịch.") % words
            )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Where somebody else changed or registered between looking and saving: say what is wrong, lose nothing stored."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the session itself: the next step stands there."""
        return HttpResponseRedirect(reverse("admin:units_receptionsession_change", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is over or called off is looked at, not changed."""
        is_fixed = obj is not None and (obj.status != SessionStatus.PLANNED or obj.day < timezone.localdate())
        return super().has_change_permission(request, obj) and not is_fixed

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what citizens never saw and no series would make again, by who may change it."""
        return obj is not None and may_delete(obj) and bool(request.user.has_perm("units.change_receptionsession"))

    def delete_model(self, request: HttpRequest, obj: ReceptionSession) -> None:
        """Delete through the action."""
        try:
            delete_session(session=obj, actor=person_at(request))
        except ValidationError as error:
            raise PermissionDenied from error


@admin.register(ReceptionSeries)
class ReceptionSeriesAdmin(TenantAdmin):
    """Regular reception: how often, who, where."""

    form = SeriesForm
    purpose = gettext_lazy(
        "Lịch định kỳ tự lập các buổi cho chín tuần tới. Trùng ngày nghỉ thì chuyển sang ngày làm việc kế tiếp; trùng luôn "
        "buổi sau thì bỏ."
    )
    add_label = gettext_lazy("Thêm lịch định kỳ")
    list_display = ("turns", "hours", "who", "place", "is_active")
    list_select_related = ("receiver",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """How often first."""
        return (
            (_("Bao lâu một lần"), {"fields": (*REPEAT_FIELDS, "starts_on", "ends_on", "is_active")}),
            (_("Giờ, người, nơi"), {"fields": ("starts_at", "ends_at", "receiver", "receiver_text", "place")}),
            (_("Đăng ký trước"), {"fields": ("takes_bookings", "capacity", "note")}),
        )

    @admin.display(description=gettext_lazy("Lặp lại"))
    def turns(self, row: ReceptionSeries) -> str:
        """“Thứ Năm hằng tuần”."""
        return rule_words(row.rule)

    @admin.display(description=gettext_lazy("Giờ"))
    def hours(self, row: ReceptionSeries) -> str:
        """“7:30 – 11:30”."""
        return hours_words(row.starts_at, row.ends_at)

    @admin.display(description=gettext_lazy("Người tiếp"))
    def who(self, row: ReceptionSeries) -> str:
        """The person, or the post."""
        return row.receiver.full_name if row.receiver else row.receiver_text

    def save_model(self, request: HttpRequest, obj: ReceptionSeries, form: Any, change: bool) -> None:
        """Save through the action, which makes the sessions."""
        save_series(series=obj, actor=person_at(request))

    def _said(self, request: HttpRequest, obj: ReceptionSeries) -> HttpResponse:
        rows = ReceptionSession.objects.filter(series=obj).unpublished(timezone.localdate())
        words = {"turns": rule_words(obj.rule), "number": rows.count()}
        messages.success(request, _("Đã lưu: %(turns)s. Có %(number)d buổi chờ công bố.") % words)
        return HttpResponseRedirect(reverse("admin:units_receptionsession_publish"))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """On to publishing what was made."""
        return self._said(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The same."""
        return self._said(request, obj)

    def delete_model(self, request: HttpRequest, obj: ReceptionSeries) -> None:
        """Delete through the action."""
        delete_series(series=obj, actor=person_at(request))
