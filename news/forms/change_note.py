"""What is said of a change to a text that citizens have seen."""

from collections import Counter
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.versions import Change, stored_text, whole_text
from news.enums import PublicNoteKind, VersionReason
from news.models import Article, ArticleVersion
from news.rules.prose_diff import words_changed
from news.rules.workflow import SEEN_STATUSES, SMALL_EDIT_WORDS
from portal.core.richtext import clean_html, plain_text
from portal.core.text import nfc, one_line

CHANGE_FIELDS: Final = ("public_note", "note_kind", "is_minor")
_NOTE_LIMIT: Final = 1000
_FIGURES_SHOWN: Final = 3


def figures_changed(before: str, after: str) -> list[str]:
    """Dates, sums, phone numbers and other words with digits that are gone or new: never a slip of the pen to a reader."""
    old, new = (Counter(word for word in plain_text(text).split() if _has_digit(word)) for text in (before, after))
    return [word.strip(".,;:()") for word in (*(old - new), *(new - old))]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


class ChangeFields(forms.Form):
    """The public note and its kind, as a group of fields of the article's form."""

    public_note = forms.CharField(
        label=gettext_lazy("Ghi chú cho người đọc"),
        required=False,
        max_length=_NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Bài đã đăng: nói trong một, hai câu đã sửa gì. Ví dụ: Sửa giờ tiếp dân từ 8:00 thành 7:30. "
            "Ghi chú hiện dưới bài, kèm ngày."
        ),
    )
    note_kind = forms.ChoiceField(
        label=gettext_lazy("Loại ghi chú"),
        required=False,
        choices=[
            (PublicNoteKind.CHANGE, gettext_lazy("Cập nhật: có thông tin mới")),
            (PublicNoteKind.CORRECTION, gettext_lazy("Đính chính: bài đã đăng có chỗ sai; hiện cả ở trên bài")),
        ],
        initial=PublicNoteKind.CHANGE,
        widget=forms.RadioSelect,
    )
    is_minor = forms.BooleanField(
        label=gettext_lazy("Chỉ sửa lỗi chính tả, không đổi nội dung"),
        required=False,
        help_text=gettext_lazy("Không cần ghi chú. Máy đếm số từ đã đổi để kiểm tra."),
    )

    def start_change(self, article: Article) -> None:
        """Only for a text that citizens have seen."""
        if not article.pk or article.status not in SEEN_STATUSES:
            for name in CHANGE_FIELDS:
                self.fields.pop(name, None)

    def check_change(self, data: dict[str, Any]) -> None:
        """A change of substance is told to citizens, and is not called a slip of the pen."""
        if "public_note" not in self.fields:
            return
        article: Article = self.instance  # type: ignore[attr-defined]  # the article's form has one
        self.check_words(whole_text(stored_text(article)), self.new_text(data), data)

    def new_text(self, data: dict[str, Any]) -> str:
        """The text that would be saved, as it is compared with the one that stands."""
        title, summary = one_line(data.get("title") or ""), nfc(data.get("summary") or "").strip()
        return whole_text(ArticleVersion(title=title, summary=summary, body=clean_html(data.get("body") or "")))

    def check_words(self, before: str, after: str, data: dict[str, Any]) -> None:
        """Put the right sentence at the right field; ``before`` and ``after`` are whole texts."""
        words = words_changed(before, after)
        note = (data.get("public_note") or "").strip()
        if data.get("is_minor"):
            self._check_minor(words, note, figures_changed(before, after))
        elif words > SMALL_EDIT_WORDS and not note:
            text = _("Bài đã đăng và %(count)d từ đã đổi. Viết một câu cho người đọc biết đã sửa gì.")
            self.add_error("public_note", text % {"count": words})

    def _check_minor(self, words: int, note: str, figures: list[str]) -> None:
        if words > SMALL_EDIT_WORDS:
            text = _("%(count)d từ đã đổi, không chỉ là lỗi chính tả. Bỏ dấu này và viết ghi chú cho người đọc.")
            self.add_error("is_minor", text % {"count": words})
        elif figures:
            text = _("Có con số đã đổi (%(figures)s). Bỏ dấu này và viết ghi chú cho người đọc.")
            self.add_error("is_minor", text % {"figures": ", ".join(figures[:_FIGURES_SHOWN])})
        elif note:
            self.add_error("is_minor", _("Đã viết ghi chú cho người đọc thì bỏ dấu này."))

    def change(self, reason: VersionReason = VersionReason.SAVE) -> Change:
        """What the action needs."""
        data = self.cleaned_data
        return Change(
            public_note=nfc(data.get("public_note") or "").strip(),
            kind=PublicNoteKind(data.get("note_kind") or PublicNoteKind.CHANGE),
            is_minor=bool(data.get("is_minor")),
            reason=reason,
        )


class RestoreForm(ChangeFields):
    """What is said when an older version becomes the text again."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article, version: ArticleVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.version = article, version
        self.start_change(article)
        self.fields["base_version"].initial = article.version_number

    def clean(self) -> dict[str, Any]:
        """The same honesty as for a change by hand."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "public_note" in self.fields:
            self.check_words(whole_text(self.article), whole_text(self.version), data)
        return data
