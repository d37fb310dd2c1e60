"""A voice: the level first, then as much of the questionnaire as somebody likes."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from services.enums import Contentment
from services.models import Question, Questionnaire
from services.rules import satisfaction as rules

CODE_LIMIT: Final = 40


class VoiceForm(forms.Form):
    """Three levels, a question each for the questionnaire, words. ``trang_web`` is a trap: people do not see it."""

    level = forms.TypedChoiceField(
        label=_("Bạn có hài lòng với lần làm thủ tục này không?"),
        coerce=int,
        choices=[(str(value), label) for value, label in reversed(Contentment.choices)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn một trong ba mức rồi gửi."),
            "invalid_choice": _("Chọn một trong ba mức rồi gửi."),
        },
    )
    words = forms.CharField(
        label=_("Điều muốn nói thêm"),
        max_length=rules.WORDS_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Viết trong %(limit_value)d chữ cái.")},
    )
    thu_tuc = forms.CharField(required=False, max_length=CODE_LIMIT, widget=forms.HiddenInput)
    quay = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    trang_web = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questionnaire: Questionnaire | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaire = questionnaire
        self.questions: list[Question] = list(questionnaire.questions.all()) if questionnaire else []
        for question in self.questions:
            marks = [("2", question.answer_2), ("1", question.answer_1), ("0", question.answer_0)]
            self.fields[_name(question)] = forms.TypedChoiceField(
                label=question.text, choices=marks, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Chọn một câu trả lời có trong danh sách.")},
            )  # fmt: skip

    def question_fields(self) -> Iterator[BoundField]:
        """The questions as they are shown, in order."""
        return (self[_name(question)] for question in self.questions)

    @property
    def answers(self) -> dict[int, int]:
        """Order of the question → 0, 1 or 2, of those that were answered."""
        found = {question.order: self.cleaned_data.get(_name(question)) for question in self.questions}
        return {order: mark for order, mark in found.items() if mark is not None}

    @property
    def has_answers(self) -> bool:
        """Whether some question was answered or went wrong: the questions are then shown open."""
        return any(self.data.get(_name(question)) for question in self.questions)

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data["trang_web"])


def _name(question: Question) -> str:
    return f"cau_{question.order}"
