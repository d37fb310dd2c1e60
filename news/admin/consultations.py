"""Consultations in the administration: write the draft, open it, sum up, tell what came of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.actions.consultations import delete_consultation, save_consultation, shorter_than_term, what_is_missing
from news.admin.consultation_screens import ConsultationScreens
from news.admin.editor import editor_page
from news.admin.refusals import keep_refusal, refused
from news.enums.documents import DocumentStatus
from news.forms.consultations import ConsultationForm
from news.models import Consultation, ConsultationRule
from portal.core.admin_base import PlainAdmin, TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full

PANEL_ROWS = 3


@admin.register(Consultation)
class ConsultationAdmin(ConsultationScreens, TenantAdmin):
    """The unit's drafts, newest first."""

    form = ConsultationForm
    purpose = gettext_lazy("Dự thảo đưa ra lấy ý kiến. Hết hạn phải đăng bản tổng hợp: ý nào tiếp thu, ý nào không.")
    add_label = gettext_lazy("Lấy ý kiến dự thảo mới")
    change_form_template = "admin/news/consultation/change_form.html"
    list_display = ("title", "state", "days", "summary_state")
    list_filter = ("status",)
    search_fields = ("title", "drafting_office")
    search_help_text = gettext_lazy("Tìm theo tên dự thảo, đơn vị soạn thảo")
    ordering = ("-closes_on", "-pk")
    fieldsets = (
        (None, {"fields": ("title", "drafting_office", "field")}),
        (gettext_lazy("Thời gian"), {"fields": ("opens_on", "closes_on", "summary_due_on")}),
        (gettext_lazy("Nội dung"), {"fields": ("intro", "draft", "contact")}),
        (gettext_lazy("Tệp"), {"fields": ("attachments", "new_files")}),
        (gettext_lazy("Ai theo dõi"), {"fields": ("owner",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists need no long texts."""
        rows: Any = super().get_queryset(request)
        return rows.defer("draft", "summary", "intro")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once citizens have seen the draft its text is no field any more."""
        if obj is None or not obj.published_at:
            return self.fieldsets
        seen = [
            (name, {**part, "fields": tuple(one for one in part["fields"] if one != "draft")})
            for name, part in self.fieldsets
        ]
        return tuple(seen)

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def state(self, row: Consultation) -> SafeString:
        """Draft, coming, open, closed or withdrawn, as a word in its colour."""
        today = timezone.localdate()
        if row.status == DocumentStatus.DRAFT:
            kind, words = "draft", _("Chưa đăng")
        elif row.status == DocumentStatus.WITHDRAWN:
            kind, words = "withdrawn", _("Đã gỡ")
        elif row.opens_on > today:
            kind, words = "scheduled", _("Sắp mở")
        else:
            kind, words = ("published", _("Đang mở")) if row.is_open else ("expired", _("Đã đóng"))
        return format_html('<span class="tag tag--{}">{}</span>', kind, words)

    @admin.display(description=gettext_lazy("Nhận góp ý"), ordering="closes_on")
    def days(self, row: Consultation) -> str:
        """First and last day."""
        return f"{date_full(row.opens_on)} – {date_full(row.closes_on)}"

    @admin.display(description=gettext_lazy("Tổng hợp"), ordering="summary_due_on")
    def summary_state(self, row: Consultation) -> str:
        """Published, due, or late."""
        if row.summary_published_at:
            return _("Đã đăng %(day)s") % {"day": date_full(row.summary_published_at)}
        if row.summary_due_on is None or row.status != DocumentStatus.PUBLISHED:
            return "–"
        day = {"day": date_full(row.summary_due_on)}
        return (_("Quá hạn %(day)s") if row.summary_due_on < timezone.localdate() else _("Hạn %(day)s")) % day

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor's page. What the action refuses comes back in the form, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            keep_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The draft's form; after a refusal one that carries it as its error."""
        return refused(super().get_form(request, obj, change=change, **kwargs), request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Beside the form: where the draft stands, what is missing, what can be done next."""
        row: Consultation | None = kwargs.get("obj")
        if row is not None:
            context |= {
                "steps": self.steps_for(request, row),
                "missing": what_is_missing(row) if row.status == DocumentStatus.DRAFT else [],
                "short_term": shorter_than_term(row) if row.status == DocumentStatus.DRAFT else None,
                "state_words": self.state(row),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Consultation, form: Any, change: bool) -> None:
        """Save through the action, new files first."""
        data, user = form.cleaned_data, person_at(request)
        chosen, brought = data.get("attachments"), data.get("new_files") or []
        files = None
        if chosen is not None or brought:
            fresh = [
                actions.take_attachment(upload=one, name=one.name, size=one.size, actor=user)[0] for one in brought
            ]
            files = [*(chosen or []), *fresh]
        save_consultation(consultation=obj, actor=user, files=files)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the draft itself: the next step stands there."""
        return HttpResponseRedirect(reverse("admin:news_consultation_change", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what citizens never saw, by who may change it."""
        never_seen = obj is not None and obj.published_at is None
        return never_seen and bool(request.user.has_perm("news.change_consultation"))

    def delete_model(self, request: HttpRequest, obj: Consultation) -> None:
        """Delete through the action."""
        try:
            delete_consultation(consultation=obj, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            raise PermissionDenied from error


@admin.register(ConsultationRule)
class ConsultationRuleAdmin(PlainAdmin):
    """Terms of consultations; operators keep them, since they are law."""

    purpose = gettext_lazy(
        "Dự thảo phải mở ít nhất bao nhiêu ngày, tổng hợp đăng trong bao nhiêu ngày. Theo luật, có ngày áp dụng."
    )
    add_label = gettext_lazy("Thêm thời hạn")
    list_display = ("valid_from", "valid_to", "least_days", "summary_days", "source")


def consultations_panel(request: HttpRequest) -> dict[str, Any]:
    """On “Việc hôm nay”: summaries that are owed, and drafts that close within a week; nothing where none is."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("news.change_consultation"):
        return {}
    today = timezone.localdate()
    owed = list(Consultation.objects.owing_summary(today).light()[: PANEL_ROWS + 1])
    if not owed:
        return {}
    return {
        "template": "admin/news/consultation/desk_panel.html",
        "owed": owed[:PANEL_ROWS],
        "has_more": len(owed) > PANEL_ROWS,
        "today": today,
    }
