"""The comment form of readers, and the unit's answer."""

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import rules
from feedback.models import Comment

OPENED_SALT = "feedback.comment.opened"
OPENED_LIFETIME = 24 * 3600


def opened_stamp() -> str:
    """When the form was opened, signed so that a machine can not make it older."""
    return signing.dumps(int(timezone.now().timestamp()), salt=OPENED_SALT)


class CommentForm(forms.Form):
    """A name if one likes, and plain words. ``trang_web`` is a trap: people do not see it, machines fill it."""

    name = forms.CharField(label=_("Tên của bạn"), max_length=rules.NAME_LIMIT, required=False)
    text = forms.CharField(
        label=_("Góp ý"),
        max_length=rules.COMMENT_LIMIT,
        min_length=rules.COMMENT_MINIMUM,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Viết góp ý vào ô này rồi gửi lại."),
            "min_length": _("Góp ý cần ít nhất %(limit_value)d chữ cái."),
            "max_length": _("Góp ý dài quá %(limit_value)d chữ cái. Rút ngắn rồi gửi lại."),
        },
    )
    part = forms.ChoiceField(label=_("Về phần nào"), required=False)
    trang_web = forms.CharField(required=False, max_length=200)
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: tuple[tuple[int, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {str(key): (key, title) for key, title in parts}
        field: Any = self.fields["part"]
        field.choices = [("", _("Cả dự thảo")), *((key, title) for key, (_key, title) in self.parts.items())]
        if not parts:
            self.fields.pop("part")

    @property
    def chosen_part(self) -> tuple[int, str] | None:
        """Key and title of the part that is spoken of; None for the whole."""
        return self.parts.get(self.cleaned_data.get("part", ""))

    def clean_name(self) -> str:
        """A name is never required."""
        return str(self.cleaned_data["name"]).strip() or str(_("Bạn đọc"))

    def clean_text(self) -> str:
        """Something must be left when tags and invisible characters are gone."""
        text = str(self.cleaned_data["text"])
        if len(rules.plain(text)) < rules.COMMENT_MINIMUM:
            raise ValidationError(_("Viết góp ý bằng chữ thường, không dùng mã HTML."))
        return text

    @property
    def was_fast(self) -> bool:
        """Whether the form came back sooner than a person can write, or tells nothing about when it was opened."""
        try:
            opened = int(signing.loads(self.cleaned_data["opened"], salt=OPENED_SALT, max_age=OPENED_LIFETIME))
        except (signing.BadSignature, TypeError, ValueError):
            return True
        return timezone.now().timestamp() - opened < rules.MINIMUM_FILL_SECONDS

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data["trang_web"])


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The unit's answer to one comment."""

    class Meta:
        model = Comment
        fields: ClassVar = ["answer"]
        widgets: ClassVar[dict[str, Any]] = {"answer": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}
        help_texts: ClassVar = {
            "answer": _("Hiện ngay dưới góp ý, ghi tên đơn vị. Để trống thì không hiện gì."),
        }
