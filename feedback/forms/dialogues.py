"""A question to a leader; a dialogue, as the office writes it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Dialogue
from feedback.rules import dialogues as rules
from feedback.rules.words import plain
from units.models import Person


class DialogueQuestionForm(forms.Form):
    """A name if one likes, and the question. ``trang_web`` is a trap: people do not see it, machines fill it."""

    text = forms.CharField(
        label=gettext_lazy("Câu hỏi"), max_length=rules.QUESTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Viết câu hỏi vào ô này rồi gửi lại."),
            "max_length": gettext_lazy("Câu hỏi dài quá %(limit_value)d chữ cái. Rút ngắn rồi gửi lại."),
        },
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Tên của bạn"), max_length=rules.NAME_LIMIT, required=False)
    trang_web = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Something must be left when tags and invisible characters are gone."""
        text = str(self.cleaned_data["text"])
        if len(plain(text)) < rules.QUESTION_MINIMUM:
            raise forms.ValidationError(
                _("Viết rõ hơn một chút: câu hỏi cần ít nhất %(limit)d chữ cái.") % {"limit": rules.QUESTION_MINIMUM}
            )
        return text

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("trang_web"))


class DialogueForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who answers, about what, when."""

    # Declared here: a field made of the model would read all units' people when this module is imported.
    person = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, label=gettext_lazy("Người trả lời"))

    class Meta:
        model = Dialogue
        fields = ("title", "intro", "person", "host_text", "questions_from", "starts_at", "ends_at", "status")
        help_texts: ClassVar = {
            "host_text": gettext_lazy("Ghi khi người trả lời không có trong danh bạ, hoặc muốn hiện chức vụ."),
            "questions_from": gettext_lazy("Người dân gửi câu hỏi trước được từ lúc này."),
            "status": gettext_lazy("Chọn “Đã thông báo” thì trang hiện ra cho người dân."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = Person.objects.order_by("order", "full_name")

    def clean(self) -> dict[str, Any]:
        """Times in order; somebody who answers."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, starts, ends = data.get("questions_from"), data.get("starts_at"), data.get("ends_at")
        if first and starts and starts < first:
            self.add_error("starts_at", _("Giờ bắt đầu không trước lúc nhận câu hỏi."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if not data.get("person") and not data.get("host_text"):
            self.add_error("host_text", _("Chọn người trả lời, hoặc ghi chức vụ."))
        return data
