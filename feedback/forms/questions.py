"""What citizens fill in to ask a unit something, on one page."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.forms.sending import WhoForm
from feedback.rules import cases as rules
from feedback.rules.words import plain
from portal.core.text import one_line

SEARCH_LIMIT: Final = 120
QUESTION_LIMIT: Final = 2_000
CODES_LIMIT: Final = 200
CODE_LIMIT: Final = 40


class OnePageForm(WhoForm):
    """A form of one page: words and sender together; its key makes two presses one case."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=QUESTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": gettext_lazy("Viết trong %(limit_value)d chữ cái, giữ ý chính.")},
    )  # fmt: skip
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Something must be left when tags and invisible characters are gone."""
        text = plain(self.cleaned_data["text"])
        if self.fields["text"].required and len(text) < rules.TEXT_MINIMUM:
            words = _("Viết ít nhất %(number)d chữ cái, để người trả lời hiểu đúng.")
            raise ValidationError(words % {"number": rules.TEXT_MINIMUM})
        return text

    def need_contact(self) -> None:
        """A telephone number or a mail address, one of them at least."""
        data = self.cleaned_data
        if not any((data.get("phone"), data.get("email"), "phone" in self.errors, "email" in self.errors)):
            self.add_error("phone", _("Ghi số điện thoại hoặc thư điện tử, để báo kết quả."))


class QuestionForm(OnePageForm):
    """A question; ``shown`` are codes of answers that were offered to the sender, ``thu_tuc`` the code of a procedure."""

    thu_tuc = forms.CharField(required=False, max_length=CODE_LIMIT, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=CODES_LIMIT, widget=forms.HiddenInput)
    checked = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text"])
        self.fields["text"].label = _("Câu hỏi")
        self.fields["text"].error_messages["required"] = _("Viết câu hỏi vào ô này.")

    @property
    def is_checked(self) -> bool:
        """Whether the sender has seen what was answered already, and sends all the same."""
        return self.cleaned_data.get("checked") == "1"

    @property
    def shown_codes(self) -> set[str]:
        """Codes of the pairs that a script has shown beside the question."""
        return set(self.cleaned_data.get("shown", "").split(","))


class QuestionSearchForm(forms.Form):
    """The search box of the list."""

    q = forms.CharField(
        label=gettext_lazy("Tìm trong các câu đã trả lời"), required=False, max_length=SEARCH_LIMIT,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "class": "field"}),
    )  # fmt: skip

    def clean_q(self) -> str:
        """One line."""
        return one_line(plain(self.cleaned_data["q"]))
