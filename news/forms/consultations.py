"""Consultations: the draft and its days, opening it, its summary, what came of it."""

from typing import Any, ClassVar

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.enums.documents import ConsultationOutcome
from news.forms.attachments import ACCEPTED_FILES, AttachmentsField, checked_files
from news.forms.widgets import SeveralFilesField
from news.models import Consultation, ConsultationFile, Document
from news.rules.documents import number_key
from portal.core.models import User
from portal.core.text import one_line
from units.models import Membership


class ConsultationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The draft; once citizens have seen it, its text and first day are shown but stay."""

    attachments = AttachmentsField(label=gettext_lazy("Tệp đang có"), required=False)
    new_files = SeveralFilesField(
        label=gettext_lazy("Tải tệp mới"),
        required=False,
        help_text=gettext_lazy("Tờ trình, dự thảo, bản so sánh. PDF hoặc Word; chọn được nhiều tệp."),
    )

    class Meta:
        model = Consultation
        fields: ClassVar = [
            "title", "drafting_office", "field", "opens_on", "closes_on", "contact", "intro", "draft",
            "summary_due_on", "owner",
        ]  # fmt: skip
        help_texts: ClassVar = {
            "title": gettext_lazy("Ví dụ: Quy định mức thu phí thăm quan di tích năm 2027"),
            "drafting_office": gettext_lazy("Ví dụ: Sở Tài chính"),
            "contact": gettext_lazy("Địa chỉ nhận góp ý bằng giấy, điện thoại hỏi. Người dân đọc được."),
            "intro": gettext_lazy("Vì sao có dự thảo, ai chịu tác động, cần góp ý điểm nào. Viết ngắn."),
            "draft": gettext_lazy(
                "Dán toàn văn từ Word. Dòng bắt đầu bằng “Điều 1.”, “Điều 2.”… thành từng điều để góp ý riêng."
            ),
            "summary_due_on": gettext_lazy("Để trống thì máy tính theo quy định. Thư nhắc đi trước 4 tuần và 1 tuần."),
            "owner": gettext_lazy("Người nhận thư nhắc. Để trống: người duyệt và quản trị đơn vị."),
        }
        error_messages: ClassVar = {
            "title": {"required": gettext_lazy("Nhập tên dự thảo.")},
            "drafting_office": {"required": gettext_lazy("Nhập đơn vị soạn thảo.")},
            "opens_on": {"required": gettext_lazy("Chọn ngày bắt đầu.")},
            "closes_on": {"required": gettext_lazy("Chọn ngày đóng.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_files"].widget.attrs["accept"] = ACCEPTED_FILES
        if self.instance.pk:
            rows = ConsultationFile.objects.of(self.instance)
            self.fields["attachments"].initial = [(row.attachment_id, row.order) for row in rows]
        if "owner" in self.fields:
            members = list(Membership.objects.values_list("user_id", flat=True))
            people: Any = self.fields["owner"]
            people.queryset = User.objects.filter(pk__in=[*members, self.instance.owner_id]).order_by("full_name")
        if self.instance.published_at:
            # The text is no field of the screen any more; a form made elsewhere must not change it either.
            for name in ("draft", "opens_on"):
                if name in self.fields:
                    self.fields[name].disabled = True

    def clean_new_files(self) -> list[Any]:
        """Each checked by its content; nothing is stored before all pass."""
        return checked_files(self.cleaned_data.get("new_files"))

    def clean(self) -> dict[str, Any]:
        """The last day stands behind the first, and is not moved forward once citizens know it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("Ngày đóng phải sau ngày bắt đầu."))
        known = Consultation.objects.filter(pk=self.instance.pk).first() if self.instance.published_at else None
        if known and last and last < known.closes_on:
            self.add_error("closes_on", _("Chỉ được kéo dài ngày đóng, không được rút ngắn."))
        due = data.get("summary_due_on")
        if due and last and due <= last:
            self.add_error("summary_due_on", _("Hạn đăng tổng hợp phải sau ngày đóng."))
        return data


class PublishForm(forms.Form):
    """The one tick without which nothing is published (Luật Bảo vệ bí mật nhà nước Điều 5)."""

    secrecy = forms.BooleanField(
        label=gettext_lazy("Tôi đã kiểm tra: dự thảo và tệp không có bí mật nhà nước, không lộ thông tin riêng"),
        required=True,
        error_messages={"required": gettext_lazy("Đánh dấu đã kiểm tra bí mật nhà nước rồi mới đăng được.")},
    )


class WithdrawForm(forms.Form):
    """Why a draft is taken away; citizens read it."""

    note = forms.CharField(
        label=gettext_lazy("Câu báo cho người đọc"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: Dự thảo được soạn lại, sẽ lấy ý kiến lần nữa trong tháng 12."),
        error_messages={"required": gettext_lazy("Viết một câu để người đọc biết vì sao gỡ.")},
    )


class SummaryForm(forms.Form):
    """What was said, what was taken in, what was not and why."""

    summary = forms.CharField(
        label=gettext_lazy("Tổng hợp, tiếp thu, giải trình"),
        widget=CKEditorWidget(),
        help_text=gettext_lazy("Nói rõ: bao nhiêu ý kiến, tiếp thu gì, không tiếp thu gì và vì sao."),
        error_messages={"required": gettext_lazy("Viết bản tổng hợp.")},
    )


class OutcomeForm(forms.Form):
    """What came of the draft; the issued document is named by its number and looked up in the register."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả"),
        choices=[(value, label) for value, label in ConsultationOutcome.choices if value],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn kết quả.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Số ký hiệu văn bản đã ban hành"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Ví dụ: 78/2026/QĐ-UBND. Văn bản có trong mục Văn bản thì máy tự nối."),
    )
    note = forms.CharField(
        label=gettext_lazy("Nói thêm một câu"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """An issued document has a number; anything else has a reason."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["document"] = None
        number = one_line(data.get("number") or "")
        if data.get("outcome") == ConsultationOutcome.ISSUED:
            if not number:
                self.add_error("number", _("Ghi số ký hiệu văn bản đã ban hành."))
            else:
                data["document"] = Document.objects.filter(key=number_key(number)).order_by("-issued_on").first()
        elif data.get("outcome") and not one_line(data.get("note") or ""):
            self.add_error("note", _("Viết một câu vì sao."))
        return data


def is_over(consultation: Consultation) -> bool:
    """Whether the last day has passed."""
    return consultation.closes_on < timezone.localdate()
