"""Voices in the administration: words to read, numbers of quarters, and new versions of the questionnaire."""

from typing import Any, ClassVar, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from portal.core.admin_base import PlainAdmin, TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.templatetags.portal_text import date_full
from services.actions.questionnaires import add_questionnaire
from services.forms.questionnaires import QuestionnaireForm
from services.models import Questionnaire, SatisfactionAnswer
from services.rules.satisfaction import quarters_until
from services.satisfaction_page import quarter_name

QUARTERS: Final = 4


@admin.register(SatisfactionAnswer)
class SatisfactionAnswerAdmin(TenantAdmin):
    """“Lời nhắn sau khi phục vụ”: words only, by month, so that nobody at the counter guesses who it was."""

    purpose = gettext_lazy(
        "Điều người dân nói thêm khi đánh giá. Không ai biết lời của ai; kết quả chung có ở trang công khai."
    )
    change_list_template = "admin/services/satisfactionanswer/change_list.html"
    list_display = ("words", "level", "about", "month_word")
    list_display_links = None
    list_filter = ("level",)
    search_fields = ("words",)
    search_help_text = gettext_lazy("Tìm trong lời nhắn")
    list_select_related: ClassVar = ["procedure"]
    ordering = ("-pk",)
    sortable_by = ()
    fields = ("level", "words", "after_visit")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those that say something."""
        return super().get_queryset(request).exclude(words="").defer("procedure__source")

    @admin.display(description=gettext_lazy("Về thủ tục"))
    def about(self, voice: SatisfactionAnswer) -> str:
        """The procedure's name, where it is known."""
        return voice.procedure.short_name if voice.procedure else "–"

    @admin.display(description=gettext_lazy("Tháng"))
    def month_word(self, voice: SatisfactionAnswer) -> str:
        """The month: a day would tell too much."""
        return f"{voice.day.month}/{voice.day.year}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With how many voices the last quarters had."""
        quarters = quarters_until(timezone.localdate(), QUARTERS)
        numbers = SatisfactionAnswer.objects.by_quarter(quarters)
        shown = [(quarter_name(quarter), numbers[quarter]) for quarter in quarters]
        return super().changelist_view(request, {**(extra_context or {}), "quarters": shown})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Citizens speak."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Words stay as they were said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return False


@admin.register(Questionnaire)
class QuestionnaireAdmin(PlainAdmin):
    """Versions for all sites; operators only. A version that was used is never rewritten."""

    form = QuestionnaireForm
    purpose = gettext_lazy(
        "Bộ câu hỏi chung cho mọi trang. Bộ mới thay bộ cũ từ ngày ghi; câu trả lời cũ giữ theo bộ cũ."
    )
    add_label = gettext_lazy("Lập bộ mới")
    list_display = ("title", "version", "from_day", "to_day")
    ordering = ("-version",)
    sortable_by = ()

    @admin.display(description=gettext_lazy("Dùng từ"))
    def from_day(self, row: Questionnaire) -> str:
        """As official documents write it."""
        return date_full(row.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, row: Questionnaire) -> str:
        """A dash while it has no end."""
        return date_full(row.valid_to) or "–"

    @admin.display(description=gettext_lazy("Các câu hỏi"))
    def question_lines(self, row: Questionnaire) -> str:
        """The questions, a line each."""
        return "\n".join(f"{question.order}. {question.text}" for question in row.questions.all())

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form for a new one; what it says for an old one."""
        if obj is None:
            return ["title", "source", "valid_from", "valid_to", "questions", "class_lines"]
        return ["title", "source", "valid_from", "valid_to", "question_lines"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The questions of an old one."""
        return () if obj is None else ("question_lines",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new version begins as a copy of the one in force."""
        row = Questionnaire.objects.on(timezone.localdate())
        if row is None:
            return {}
        questions = [(line.text, line.answer_0, line.answer_1, line.answer_2) for line in row.questions.all()]
        return {
            "title": row.title,
            "questions": "\n".join(" | ".join(parts) for parts in questions),
            "class_lines": "\n".join(f"{step['from']}: {step['name']}" for step in row.classes),
        }

    def save_model(self, request: HttpRequest, obj: Questionnaire, form: Any, change: bool) -> None:
        """Save through the action."""
        add_questionnaire(
            questionnaire=obj,
            questions=form.cleaned_data["questions"],
            classes=form.cleaned_data["class_lines"],
            actor=person_at(request),
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators."""
        return bool(getattr(request.user, "is_operator", False))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return bool(getattr(request.user, "is_operator", False))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators."""
        return bool(getattr(request.user, "is_operator", False))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


def register(site: Any) -> None:
    """Their lines in the menu."""
    site.add_to_menu(
        "services",
        MenuItem(
            gettext_lazy("Lời nhắn phục vụ"),
            "admin:services_satisfactionanswer_changelist",
            "message-square",
            "services.view_satisfactionanswer",
            "services.satisfactionanswer",
            70,
        ),
    )
    site.add_to_menu(
        "system",
        MenuItem(
            gettext_lazy("Bộ câu hỏi hài lòng"),
            "admin:services_questionnaire_changelist",
            "list",
            "",
            "services.questionnaire",
            90,
        ),
    )
