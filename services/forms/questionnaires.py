"""A new version of the satisfaction questionnaire, written by the office."""

import re
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.models import Questionnaire

MOST_QUESTIONS: Final = 15
_CLASS: Final = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*[:;]\s*(\S.{0,39})")


class QuestionnaireForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Title, source and day; the questions as lines, so that a whole set can be pasted from the decision."""

    questions = forms.CharField(
        label=gettext_lazy("Các câu hỏi"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Mỗi dòng một câu: câu hỏi | trả lời 0 điểm | trả lời 1 điểm | trả lời 2 điểm"),
    )
    class_lines = forms.CharField(
        label=gettext_lazy("Xếp loại"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=gettext_lazy("Mỗi dòng: điểm từ : tên loại. Ví dụ 15: Xuất sắc"),
    )

    class Meta:
        model = Questionnaire
        fields: ClassVar = ["title", "source", "valid_from", "valid_to"]

    def clean_valid_from(self) -> Any:
        """A version begins on a day to come: answers of days that are over belong to the version they were given to."""
        day = self.cleaned_data["valid_from"]
        if day <= timezone.localdate():
            raise ValidationError(_("Chọn ngày từ mai trở đi."))
        return day

    def clean_questions(self) -> list[tuple[str, str, str, str]]:
        """The lines taken apart."""
        found = []
        for number, line in enumerate(str(self.cleaned_data["questions"]).splitlines(), 1):
            parts = [part.strip() for part in line.split("|")]
            if not any(parts):
                continue
            if len(parts) != 4 or not all(parts) or len(parts[0]) > 250 or max(map(len, parts[1:])) > 160:  # noqa: PLR2004
                raise ValidationError(
                    _("Dòng %(line)d cần một câu hỏi và ba câu trả lời, cách nhau bằng |.") % {"line": number}
                )
            found.append((parts[0], parts[1], parts[2], parts[3]))
        if not 1 <= len(found) <= MOST_QUESTIONS:
            raise ValidationError(_("Cần từ 1 đến %(most)d câu hỏi.") % {"most": MOST_QUESTIONS})
        return found

    def clean_class_lines(self) -> list[dict[str, object]]:
        """Classes, best first."""
        found: list[dict[str, object]] = []
        for number, line in enumerate(str(self.cleaned_data["class_lines"]).splitlines(), 1):
            if not line.strip():
                continue
            match = _CLASS.fullmatch(line.strip())
            if not match:
                raise ValidationError(_("Dòng %(line)d: viết như 15: Xuất sắc.") % {"line": number})
            found.append({"from": float(match[1].replace(",", ".")), "name": match[2].strip()})
        return sorted(found, key=lambda step: -float(str(step["from"])))
