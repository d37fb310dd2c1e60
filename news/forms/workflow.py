"""What is decided about an article: handing it in, approving, sending back, publishing alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.decisions import APPROVALS
from news.actions.steps import REASON_LIMIT
from news.enums.workflow import Decision

SECRECY_LABEL = gettext_lazy("Bí mật nhà nước")
SECRECY_WORDS = gettext_lazy("Tôi đã đọc cả bài và ảnh, không có bí mật nhà nước.")
SECRECY_LAW = gettext_lazy(
    "Luật Bảo vệ bí mật nhà nước cấm đưa bí mật nhà nước lên mạng. "
    "Người đánh dấu chịu trách nhiệm; tên và giờ được ghi lại."
)
_WITH_MOMENT = frozenset({Decision.SCHEDULE, Decision.RESCHEDULE})


def moment_field(**options: Any) -> forms.DateTimeField:
    """A moment in the browser's own chooser."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    invalid = {"invalid": _("Chọn đủ ngày và giờ, ví dụ 23/11/2026 08:00.")}
    return forms.DateTimeField(required=False, widget=widget, error_messages=invalid, **options)


def reason_field(label: Any, **options: Any) -> forms.CharField:
    """A few sentences."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=REASON_LIMIT, widget=area, **options)


class SubmitForm(forms.Form):
    """What goes with a text to the approvers; its names have a prefix, for it stands inside the article's form."""

    prefix = "submit"
    due_at = moment_field(label=gettext_lazy("Hạn duyệt"))
    remark = reason_field(gettext_lazy("Lời nhắn cho người duyệt"), required=False)

    def clean_due_at(self) -> Any:
        """A date that is still to come."""
        moment = self.cleaned_data["due_at"]
        if moment is not None and moment <= timezone.now():
            raise ValidationError(_("Hạn duyệt phải sau lúc này."))
        return moment


class SeenForm(forms.Form):
    """A form that names the version its reader had before their eyes."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_seen_version(self) -> int:
        """The database's own bounds."""
        number: int = self.cleaned_data["seen_version"]
        return min(number, 2_000_000_000)


class ReviewForm(SeenForm):
    """One decision about an article; ``decisions`` are those open to this person."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Quyết định"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một quyết định.")},
    )
    at = moment_field(label=gettext_lazy("Ngày, giờ đăng"))
    reason = reason_field(gettext_lazy("Ý kiến"), required=False)
    secrecy = forms.BooleanField(label=SECRECY_LABEL, help_text=SECRECY_WORDS, required=False)

    def __init__(self, *args: Any, decisions: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(decision.value, decision.label) for decision in decisions]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if len(choices) == 1:
            self.fields["decision"].initial = choices[0][0]
        if not APPROVALS & set(decisions):
            del self.fields["secrecy"]
        if not _WITH_MOMENT & set(decisions):
            del self.fields["at"]

    def clean(self) -> dict[str, Any]:
        """What the chosen decision needs."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        decision = data.get("decision")
        if decision in APPROVALS and not data.get("secrecy"):
            self.add_error("secrecy", _("Đọc bài, rồi đánh dấu đã kiểm tra bí mật nhà nước."))
        if decision in _WITH_MOMENT and not self.has_error("at"):
            moment = data.get("at")
            if moment is None:
                self.add_error("at", _("Chọn ngày và giờ đăng."))
            elif moment <= timezone.now():
                self.add_error("at", _("Giờ hẹn đăng phải sau lúc này."))
        if decision == Decision.RETURN and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Viết một câu cho người viết biết cần sửa gì."))
        return data


class UrgentForm(SeenForm):
    """Publishing alone."""

    reason = reason_field(
        gettext_lazy("Vì sao không chờ được"),
        help_text=gettext_lazy("Ví dụ: Bão đổ bộ tối nay, người duyệt không liên lạc được."),
        error_messages={"required": gettext_lazy("Viết vì sao không chờ người khác duyệt được.")},
    )
    secrecy = forms.BooleanField(
        label=SECRECY_LABEL,
        help_text=SECRECY_WORDS,
        error_messages={"required": gettext_lazy("Đọc bài, rồi đánh dấu đã kiểm tra bí mật nhà nước.")},
    )
