"""What the unit discloses: one entry under one duty, its period, its document by number; the steps; the duties themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.enums.disclosure import DisclosurePeriod
from news.forms.attachments import ACCEPTED_FILES, AttachmentsField, checked_files
from news.forms.widgets import SeveralFilesField
from news.models import DisclosureDuty, DisclosureEntry, DisclosureFile, Document
from news.rules.disclosure import is_periodic, parts_of, period_words
from portal.core.text import one_line
from units.enums import UnitKind

# The year ahead is planned and budgeted in the year before it.
YEARS_AHEAD: Final = 1
YEARS_BACK: Final = 4
NUMBERS_OFFERED: Final = 20


def period_choices(kind: str, first_year: int, last_year: int) -> list[tuple[str, str]]:
    """Every period of a duty between two years, the newest first: ``2026-9`` and its words."""
    return [
        (f"{year}-{part}", capfirst(period_words(kind, year, part)))
        for year in range(last_year, first_year - 1, -1)
        for part in reversed(parts_of(kind))
    ]


def read_period(raw: str) -> tuple[int, int] | None:
    """``2026-9`` → (2026, 9); None for anything else."""
    year, _dash, part = raw.partition("-")
    if not all(word.isascii() and word.isdigit() and len(word) < 5 for word in (year, part)):  # noqa: PLR2004 - a year
        return None
    return int(year), int(part)


class DisclosureForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One entry. The duty is settled before the form opens (``instance.duty``), so its fields fit it."""

    period = forms.ChoiceField(
        label=gettext_lazy("Kỳ"), error_messages={
            "required": gettext_lazy("Chọn kỳ."), "invalid_choice": gettext_lazy("Chọn một kỳ trong danh sách."),
        },
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Số ký hiệu văn bản"), required=False, max_length=80,
        help_text=gettext_lazy("Ví dụ: 12/BC-UBND. Có trong mục Văn bản thì máy tự nối, tự lấy người ký và ngày ký."),
    )  # fmt: skip
    # Which row the person looked at: what somebody saved since is not written over.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    attachments = AttachmentsField(label=gettext_lazy("Tệp đang có"), required=False)
    new_files = SeveralFilesField(
        label=gettext_lazy("Tải tệp mới"), required=False,
        help_text=gettext_lazy("PDF, Word, Excel; mỗi tệp tối đa 30 MB. Chọn được nhiều tệp."),
    )  # fmt: skip

    class Meta:
        model = DisclosureEntry
        fields: ClassVar = ["nothing_arose", "title", "signer", "signed_on", "body"]
        help_texts: ClassVar = {
            "title": gettext_lazy("Để trống thì máy đặt tên theo nội dung và kỳ."),
            "nothing_arose": gettext_lazy("Đánh dấu khi kỳ này không có gì để công khai. Người dân đọc được câu ấy."),
            "body": gettext_lazy("Viết ngắn, nếu cần: những con số chính, ai được hỏi thêm ở đâu."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False
        if "new_files" in self.fields:
            self.fields["new_files"].widget.attrs["accept"] = ACCEPTED_FILES
        if "number" in self.fields:
            self.fields["number"].widget.attrs["list"] = "so-van-ban"
        duty = self._duty()
        if duty and duty.period == DisclosurePeriod.EVENT and "signed_on" in self.fields:
            self.fields["signed_on"].help_text = _("Hạn công khai tính từ ngày này.")
        if duty and is_periodic(duty.period):
            self._offer_periods(duty)
        else:
            del self.fields["period"]
        if self.instance.pk:
            self._show_stored()

    def _duty(self) -> DisclosureDuty | None:
        return self.instance.duty if self.instance.duty_id else None

    def _offer_periods(self, duty: DisclosureDuty) -> None:
        today = timezone.localdate()
        back = 1 if duty.period == DisclosurePeriod.MONTH else YEARS_BACK
        choices = period_choices(duty.period, today.year - back, today.year + YEARS_AHEAD)
        own = f"{self.instance.year}-{self.instance.part}" if self.instance.year else ""
        if own and own not in dict(choices):
            choices.append((own, capfirst(period_words(duty.period, self.instance.year, self.instance.part))))
        others = DisclosureEntry.objects.of_code(duty.code).exclude(pk=self.instance.pk)
        taken = {f"{year}-{part}" for year, part in others.values_list("year", "part")[:500]}
        named = [
            (key, _("%(period)s (đã có)") % {"period": words} if key in taken else words) for key, words in choices
        ]
        field: Any = self.fields["period"]
        field.choices = [("", _("Chọn kỳ")), *named]

    def _show_stored(self) -> None:
        entry = self.instance
        shown = {
            "period": f"{entry.year}-{entry.part}",
            "number": entry.document.number if entry.document else entry.document_number,
        }
        for name, value in shown.items():
            if name in self.fields:
                self.fields[name].initial = value
        self.fields["seen"].initial = entry.edited_at.isoformat()
        if "attachments" in self.fields:
            rows = DisclosureFile.objects.of(entry)
            self.fields["attachments"].initial = [(row.attachment_id, row.order) for row in rows]

    def seen_at(self) -> datetime | None:
        """When the row the person looked at was last saved; None where the form does not say."""
        try:
            return parse_datetime(self.cleaned_data.get("seen") or "")
        except ValueError:
            return None

    def clean_new_files(self) -> list[Any]:
        """Each checked by its content; nothing is stored before all pass."""
        return checked_files(self.cleaned_data.get("new_files"))

    def clean_signed_on(self) -> Any:
        """Signed, so not in the future."""
        day = self.cleaned_data.get("signed_on")
        if day and day > timezone.localdate():
            raise ValidationError(_("Ngày ký không thể sau hôm nay."))
        return day

    def clean(self) -> dict[str, Any]:
        """Find the document by its number; what was left open is taken from it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        duty = self._duty()
        if duty and is_periodic(duty.period) and (found := read_period(data.get("period") or "")):
            self.instance.year, self.instance.part = found
        if "number" in data:
            self._find_document(data)
        if (
            duty
            and duty.period == DisclosurePeriod.EVENT
            and not data.get("signed_on")
            and "signed_on" not in self.errors
        ):
            self.add_error("signed_on", _("Nhập ngày ký, ban hành hoặc phát sinh: hạn tính từ ngày ấy."))
        return data

    def _find_document(self, data: dict[str, Any]) -> None:
        number = one_line(data["number"])
        rows = (
            Document.objects.with_number(number).for_register().order_by("-is_own", "-sort_on", "-pk")
            if number
            else None
        )
        document = rows.first() if rows is not None else None
        self.instance.document, self.instance.document_number = document, "" if document else number
        if document is not None:
            data["signer"] = data.get("signer") or ", ".join(
                word for word in (document.signer_name, document.signer_post) if word
            )
            data["signed_on"] = data.get("signed_on") or document.issued_on

    @staticmethod
    def numbers() -> list[str]:
        """Numbers of the last documents, for choosing; one query."""
        rows = Document.objects.exclude(number="").order_by("-sort_on", "-pk").values_list("number", flat=True)
        return list(rows[:NUMBERS_OFFERED])


class DisclosurePublishForm(forms.Form):
    """The one tick without which nothing is published (Luật Bảo vệ bí mật nhà nước Điều 5)."""

    secrecy = forms.BooleanField(
        label=gettext_lazy("Tôi đã kiểm tra: không có bí mật nhà nước, không lộ thông tin riêng của ai"),
        required=True,
        error_messages={"required": gettext_lazy("Đánh dấu đã kiểm tra bí mật nhà nước rồi mới đăng được.")},
    )


class DisclosureWithdrawForm(forms.Form):
    """Why an entry is taken away; everybody reads it."""

    note = forms.CharField(
        label=gettext_lazy("Câu báo cho người đọc"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: Số liệu nhập nhầm kỳ, bản đúng sẽ công khai trong ngày."),
        error_messages={"required": gettext_lazy("Viết một câu để người đọc biết vì sao gỡ.")},
    )  # fmt: skip


class DisclosureDutyForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A duty; operators keep it, since it is law."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Cấp phải công khai"), required=False, choices=UnitKind.choices,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Không đánh dấu cấp nào: mọi đơn vị."),
    )  # fmt: skip

    class Meta:
        model = DisclosureDuty
        fields: ClassVar = [
            "code", "group", "title", "explanation", "kinds", "period", "due_days", "in_working_days", "due_from",
            "form_numbers", "has_table", "valid_from", "valid_to", "source", "order",
        ]  # fmt: skip
        help_texts: ClassVar = {
            "code": gettext_lazy(
                "Chữ thường không dấu, nối bằng gạch ngang. Cùng mã là cùng một nội dung qua các thời kỳ."
            ),
            "source": gettext_lazy("Văn bản, điều, khoản. Con số chưa chắc thì ghi rõ."),
        }

    def clean(self) -> dict[str, Any]:
        """Dates in order; a duty of one code comes round the same way in all its rows."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết áp dụng không thể trước ngày áp dụng."))
        rows = DisclosureDuty.objects.filter(code=data.get("code") or "").exclude(pk=self.instance.pk)
        periods: Iterable[str] = rows.values_list("period", flat=True)
        if data.get("period") and any(period != data["period"] for period in periods):
            self.add_error("period", _("Các dòng cùng mã phải cùng kỳ. Đổi kỳ thì lập mã mới."))
        return data
