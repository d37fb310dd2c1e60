"""What a moderator fills in: the copy to be published, and for each picture whether, with which words, blurred where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from math import isfinite
from typing import Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions.moderate_case import DESCRIPTION_LIMIT, is_ready, picture_words
from feedback.cases.blurring import BOXES_LIMIT, BadBoxes, Box, clean_boxes
from feedback.enums.cases import CaseKind, FileKind, HideReason, Moderation
from feedback.models import Case, CaseFile
from feedback.rules import cases as rules
from portal.core.templatetags.portal_text import number_vi

SHOW: Final = "co"
KEEP: Final = "khong"
_SIDES: Final = ("trai", "tren", "rong", "cao")
_PERCENT: Final = 10
_ROWS_READ: Final = BOXES_LIMIT + 5


@dataclass(frozen=True, slots=True)
class BoxRow:
    """One line of four fields, in per cent, as typed; ``number`` counts from 1, empty lines included."""

    number: int
    left: str
    top: str
    width: str
    height: str

    @property
    def values(self) -> tuple[str, str, str, str]:
        """In the order of the fields."""
        return self.left, self.top, self.width, self.height

    @property
    def is_empty(self) -> bool:
        """Nothing typed: an emptied line takes its box away."""
        return not any(self.values)

    def read(self) -> Box:
        """In thousandths. Raises ValueError for what is no number."""
        left, top, width, height = (
            float(value.replace(",", ".")) if len(value) <= len("100.000") else -1.0 for value in self.values
        )
        if not all(map(isfinite, (left, top, width, height))):
            raise ValueError("no number of this world")
        return round(_PERCENT * left), round(_PERCENT * top), round(_PERCENT * width), round(_PERCENT * height)


def _percent(value: int) -> str:
    return f"{value / _PERCENT:g}"


def rows_of(boxes: Iterable[Iterable[int]]) -> list[BoxRow]:
    """Lines for boxes that are stored."""
    return [BoxRow(number, *map(_percent, box)) for number, box in enumerate(boxes, start=1)]


class PictureForm(forms.Form):
    """One picture or video. Boxes stand in lines of four fields of the same names, so that a script can add lines."""

    show = forms.ChoiceField(
        label=gettext_lazy("Công khai ảnh này?"), widget=forms.RadioSelect,
        choices=[(SHOW, gettext_lazy("Công khai")), (KEEP, gettext_lazy("Không công khai"))],
        error_messages={"required": gettext_lazy("Chọn công khai hay không.")},
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("Mô tả ảnh"), max_length=DESCRIPTION_LIMIT, required=False,
        help_text=gettext_lazy("Người không nhìn thấy ảnh được đọc câu này. Không nêu tên người, biển số."),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, case: Case, file: CaseFile) -> None:
        """``data`` is what was posted, or None for the first look."""
        decided = case.moderation == Moderation.PUBLIC or file.is_public
        initial = {
            "show": "" if not decided else SHOW if file.is_public else KEEP,
            "description": file.description or picture_words(case, file),
        }
        super().__init__(data, prefix=f"tep-{file.pk}", initial=initial)
        self.file = file
        self.boxes: list[Box] = []
        self.box_errors: list[str] = []
        self.rows = rows_of(file.boxes) if data is None else list(self._posted(data))
        self._drop_row(data)
        if data is not None and data.get("_them") == str(file.pk):
            self.rows.append(BoxRow(len(self.rows) + 1, "40", "40", "20", "20"))

    def _posted(self, data: QueryDict) -> Iterator[BoxRow]:
        columns = [data.getlist(f"{self.prefix}-{side}")[:_ROWS_READ] for side in _SIDES]
        for number, values in enumerate(zip_longest(*columns, fillvalue=""), start=1):
            yield BoxRow(number, *(value.strip() for value in values))

    def _drop_row(self, data: QueryDict | None) -> None:
        """“Bỏ vùng này” without a script: the button's value says which picture and line."""
        name, _dash, number = (data.get("_bo", "") if data is not None else "").partition("-")
        if name == str(self.file.pk):
            kept = [row for row in self.rows if str(row.number) != number]
            self.rows = [BoxRow(place, *row.values) for place, row in enumerate(kept, start=1)]

    @property
    def is_picture(self) -> bool:
        """Only pictures are blurred."""
        return self.file.kind == FileKind.PICTURE

    @property
    def sent_boxes(self) -> list[Box]:
        """Those lines that make a box, for the drawing; wrong ones are left out."""
        found: list[Box] = []
        for row in self.rows:
            try:
                found += clean_boxes([row.read()])
            except ValueError:
                continue
        return found[:BOXES_LIMIT]

    @property
    def query(self) -> str:
        """The boxes as the preview's address carries them."""
        return "&".join(f"o={','.join(map(str, box))}" for box in self.sent_boxes)

    def clean(self) -> dict[str, Any]:
        """Lines to boxes; a public picture says in words what it shows."""
        data = super().clean() or {}
        if data.get("show") != SHOW:
            return data
        if not data.get("description", "").strip() and "description" not in self.errors:
            self.add_error("description", _("Viết mô tả ảnh: ảnh công khai cần có."))
        if self.is_picture:
            self._read_boxes()
        return data

    def drop_errors(self) -> None:
        """For a look at it between."""
        self._errors = ErrorDict()

    def _read_boxes(self) -> None:
        for row in self.rows:
            if row.is_empty:
                continue
            try:
                self.boxes += clean_boxes([row.read()])
            except BadBoxes:
                words = _("Vùng che %(number)d nằm ngoài ảnh hoặc quá nhỏ: trái + rộng, trên + cao nhiều nhất là 100.")
                self.box_errors.append(words % {"number": row.number})
            except ValueError:
                words = _("Vùng che %(number)d cần đủ bốn số từ 0 đến 100.")
                self.box_errors.append(words % {"number": row.number})
        if len(self.boxes) > BOXES_LIMIT:
            words = _("Nhiều nhất %(number)s vùng che mỗi ảnh. Ảnh cần nhiều hơn thì không nên công khai.")
            self.box_errors.append(words % {"number": number_vi(BOXES_LIMIT)})
        if self.box_errors:
            # Below the boxes, not below a field.
            self.add_error(None, self.box_errors)


class ModerationForm(forms.Form):
    """Title, words, place, and of questions the answer; with the forms of the pictures beside it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Tiêu đề"), max_length=rules.TITLE_LIMIT,
        error_messages={"required": gettext_lazy("Viết tiêu đề: việc gì, ở đâu.")},
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Chỗ nào"), max_length=rules.PLACE_LIMIT, required=False)
    text = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=rules.OFFICE_TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Bỏ tên người, số nhà của người khác. Giữ nguyên ý người gửi."),
        error_messages={"required": gettext_lazy("Viết nội dung công khai. Không công khai được thì chọn ở cuối trang.")},
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("Trả lời"), max_length=rules.OFFICE_TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, data: QueryDict | None, *, case: Case, files: Iterable[CaseFile]) -> None:
        """``data`` is what was posted, or None for the first look."""
        initial = {
            "seen": case.version, "title": case.title, "place": case.place_text, "text": case.text,
            "answer": case.answer,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        if case.kind != CaseKind.QUESTION or not case.answer:
            del self.fields["answer"]
        if case.kind == CaseKind.QUESTION and not case.place_text:
            del self.fields["place"]
        self.pictures = [PictureForm(data, case=case, file=file) for file in files if is_ready(file)]

    def is_valid(self) -> bool:
        """Everything, so that all mistakes are said at once."""
        return all([super().is_valid(), *(picture.is_valid() for picture in self.pictures)])

    def drop_errors(self) -> None:
        """For a look at it between: nothing is refused, nothing is said to be wrong."""
        self._errors = ErrorDict()
        for picture in self.pictures:
            picture.drop_errors()

    @property
    def has_errors(self) -> bool:
        """Whether anything of it is wrong, once it was asked."""
        return bool(self.errors or any(picture.errors for picture in self.pictures))

    def copy(self) -> dict[str, Any]:
        """What the action ``publish`` takes."""
        chosen = [one for one in self.pictures if one.cleaned_data["show"] == SHOW]
        return {
            "title": self.cleaned_data["title"], "text": self.cleaned_data["text"], "seen": self.cleaned_data["seen"],
            "place": self.cleaned_data.get("place"), "answer": self.cleaned_data.get("answer"),
            "pictures": {one.file.pk: one.boxes for one in chosen},
            "descriptions": {one.file.pk: one.cleaned_data["description"] for one in chosen},
        }  # fmt: skip


class DecisionForm(forms.Form):
    """Not public, rubbish, or back from the rubbish."""

    seen = forms.IntegerField()
    decision = forms.ChoiceField(choices=[("an", ""), ("rac", ""), ("lay-lai", "")])
    reason = forms.ChoiceField(choices=HideReason.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Hiding has a reason."""
        data = super().clean() or {}
        if data.get("decision") == "an" and not data.get("reason"):
            self.add_error("reason", _("Chọn lý do không công khai."))
        return data
