"""The English version of an article."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import ArticleTranslation
from news.rules import TITLE_ADVICE
from portal.core.text import one_line


class TranslationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Title, summary and text in English, and which save of them the translator had before their eyes."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = ArticleTranslation
        fields = ("title", "summary", "body")
        help_texts = {"summary": gettext_lazy("Một, hai câu tiếng Anh.")}
        widgets = {
            "title": forms.TextInput(attrs={"data-count": TITLE_ADVICE, "lang": "en"}),
            "summary": forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        }
        error_messages = {"title": {"required": gettext_lazy("Nhập tiêu đề tiếng Anh.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base_revision"].initial = self.instance.revision

    def clean_title(self) -> str:
        """A title of one visible character at least."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError(_("Nhập tiêu đề tiếng Anh."))
        return title

    def base(self) -> int | None:
        """The revision to save over; None where the form did not say."""
        revision: int | None = self.cleaned_data.get("base_revision")
        return revision if self.instance.pk else None
