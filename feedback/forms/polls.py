"""A ballot, as citizens fill it in; a poll, as the office writes it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.polls import PollKind
from feedback.models import Poll, PollOption
from feedback.rules import polls as rules


class BallotForm(forms.Form):
    """One choice, several, or a rank for each. ``trang_web`` is a trap: people do not see it, machines fill it."""

    trang_web = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, poll: Poll, options: list[PollOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.options = poll, options
        choices = [(str(option.pk), option.text) for option in options]
        if poll.kind == PollKind.RANKED:
            places = [("", _("Không xếp")), *((str(place), str(place)) for place in range(1, len(options) + 1))]
            for option in options:
                self.fields[f"hang-{option.pk}"] = forms.ChoiceField(choices=places, required=False, label=option.text)
        elif poll.kind == PollKind.SINGLE:
            self.fields["chon"] = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, label=poll.title,
                error_messages={"required": _("Chọn một phương án rồi gửi.")},
            )  # fmt: skip
        else:
            self.fields["chon"] = forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, label=poll.title,
                error_messages={"required": _("Chọn ít nhất một phương án rồi gửi.")},
            )  # fmt: skip

    @property
    def ranks(self) -> list[Any]:
        """The fields of a ranked ballot, in the options' order."""
        return [self[f"hang-{option.pk}"] for option in self.options] if self.poll.kind == PollKind.RANKED else []

    def clean(self) -> dict[str, Any]:
        """What is chosen, as keys in the order of preference, under ``chosen``."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.poll.kind == PollKind.RANKED:
            data["chosen"] = self._ranked(data)
        else:
            raw = data.get("chon") or []
            data["chosen"] = [int(raw)] if isinstance(raw, str) else [int(pk) for pk in raw]
            if self.poll.kind == PollKind.MULTIPLE and len(data["chosen"]) > self.poll.most:
                self.add_error("chon", _("Chọn nhiều nhất %(most)d phương án.") % {"most": self.poll.most})
        return data

    def _ranked(self, data: dict[str, Any]) -> list[int]:
        given = [
            (int(data[f"hang-{option.pk}"]), option.pk) for option in self.options if data.get(f"hang-{option.pk}")
        ]
        places = [place for place, _pk in given]
        if not given:
            raise ValidationError(_("Xếp hạng ít nhất một phương án rồi gửi."))
        if len(set(places)) != len(places):
            raise ValidationError(_("Mỗi hạng chỉ dành cho một phương án."))
        return [pk for _place, pk in sorted(given)]

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("trang_web"))


class PollForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A poll with its options, one a line."""

    options_text = forms.CharField(
        label=gettext_lazy("Các phương án, mỗi dòng một phương án"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Từ 2 đến 20 dòng. Có người bình chọn rồi thì không đổi được nữa."), max_length=5_000,
    )  # fmt: skip

    class Meta:
        model = Poll
        fields = (
            *("title", "intro", "kind", "most", "options_text", "results", "opens_at", "closes_at"),
            *("is_published", "outcome"),
        )
        help_texts: ClassVar = {
            "title": gettext_lazy("Một câu hỏi, hiểu được không cần đọc gì thêm."),
            "intro": gettext_lazy("Vì sao hỏi, và kết quả được dùng để làm gì."),
            "most": gettext_lazy("Chỉ dùng khi chọn nhiều."),
            "is_published": gettext_lazy("Bỏ đánh dấu thì người dân không thấy."),
            "outcome": gettext_lazy("Viết sau khi đóng: đơn vị quyết định thế nào. Người đã bình chọn muốn biết."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            texts = PollOption.objects.filter(poll=self.instance).order_by("order", "pk").values_list("text", flat=True)
            self.initial.setdefault("options_text", "\n".join(texts))

    def clean_options_text(self) -> list[str]:
        """The lines that say something; each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["options_text"].splitlines()]
        found = [line for line in lines if line]
        if not rules.OPTIONS_LEAST <= len(found) <= rules.OPTIONS_MOST:
            raise ValidationError(_("Cần từ 2 đến 20 phương án."))
        if len({line.lower() for line in found}) != len(found):
            raise ValidationError(_("Có hai phương án giống nhau."))
        if any(len(line) > rules.OPTION_LENGTH for line in found):
            raise ValidationError(_("Mỗi phương án dài nhất %(limit)d chữ cái.") % {"limit": rules.OPTION_LENGTH})
        return found

    def clean(self) -> dict[str, Any]:
        """Times in order; a limit that leaves a choice; nothing changed that was answered."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Giờ đóng phải sau giờ mở."))
        if data.get("kind") == PollKind.MULTIPLE and not 1 <= (data.get("most") or 0) <= rules.OPTIONS_MOST:
            self.add_error("most", _("Từ 1 đến 20 phương án."))
        return data
