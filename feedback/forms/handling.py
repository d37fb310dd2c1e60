"""What an office writes about a case: one small form for each verb. Every one keeps what was typed when it is refused."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.cases import CaseKind, Priority, RejectReason, TemplateUse
from feedback.forms.handling_parts import (
    ACCEPTED_PICTURES,
    PickField,
    PicturesField,
    PicturesInput,
    StepForm,
    long_text,
)
from feedback.models import Case
from feedback.rules import cases as rules
from feedback.rules.codes import read_code
from portal.core.models import User

POST_LIMIT: Final = 160
RESPONSIBLE_LIMIT: Final = 200


class AcceptForm(StepForm):
    """Taking a case on."""

    post = forms.CharField(
        label=gettext_lazy("Bộ phận xử lý"), max_length=POST_LIMIT, required=False,
        help_text=gettext_lazy("Người dân thấy dòng này."),
    )  # fmt: skip
    is_complex = forms.BooleanField(label=gettext_lazy("Việc phức tạp, cần hạn dài hơn theo luật"), required=False)

    def __init__(self, *args: Any, person: User, may_assign: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if may_assign:
            nothing = _("Giữ người đang được giao") if self.case.assignee_id else _("Tôi tự xử lý")
            self.fields["assignee"] = PickField(
                self.choices.members, nothing=nothing, label=_("Giao cho"), required=False,
                help_text=_("Chỉ người trong đơn vị thấy."),
            )  # fmt: skip
        if self.case.kind not in {CaseKind.INFORMATION, CaseKind.PERSONAL}:
            del self.fields["is_complex"]
        self.order_fields(["assignee", "post", "is_complex"])


class AssignForm(StepForm):
    """Who of the unit does it. Whoever may not give work to others may take it on themself."""

    def __init__(self, *args: Any, person: User, may_assign: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = list(self.choices.members) if may_assign else [person]
        if self.case.assignee is not None and self.case.assignee not in offered:
            offered.append(self.case.assignee)
        self.fields["assignee"] = PickField(
            offered, nothing=_("Chưa giao ai"), label=_("Giao cho"), required=False,
            initial=self.case.assignee_id or "",
        )  # fmt: skip


class SortForm(StepForm):
    """Another category, place, urgency."""

    priority = forms.ChoiceField(label=gettext_lazy("Mức gấp"), choices=Priority.choices)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("priority", self.case.priority)
        if self.case.kind == CaseKind.REPORT:
            rows = list(self.choices.categories)
            if self.case.category and self.case.category not in rows:
                rows.append(self.case.category)
            self.fields["category"] = PickField(
                rows, nothing=_("Chưa rõ"), label=_("Loại phản ánh"), required=False,
                initial=self.case.category_id or "",
                help_text=_("Đổi loại có thể đổi hạn trả lời."),
            )  # fmt: skip
            communes = list(self.choices.communes)
            if self.case.commune and self.case.commune not in communes:
                communes.append(self.case.commune)
            self.fields["commune"] = PickField(
                communes, nothing=_("Chưa rõ"), label=_("Xảy ra ở"), required=False, initial=self.case.commune_id or ""
            )
        self.order_fields(["category", "commune", "priority"])


class AskForm(StepForm):
    """Asking the sender for more."""

    use = TemplateUse.ASK
    text = long_text(
        gettext_lazy("Cần hỏi gì"), rows=4, limit=rules.REASON_LIMIT,
        help_text=gettext_lazy("Hỏi từng ý, thật cụ thể. Hạn trả lời dừng lại cho đến khi người gửi bổ sung."),
    )  # fmt: skip


class TransferForm(StepForm):
    """To the unit whose matter it is."""

    filled = "reason"
    reason = long_text(
        gettext_lazy("Vì sao chuyển"), rows=3, limit=rules.REASON_LIMIT,
        help_text=gettext_lazy("Công khai. Ví dụ: Đường này do Sở Xây dựng quản lý."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to_unit"] = PickField(
            self.choices.targets, nothing=_("Chọn đơn vị"), label=_("Đơn vị nhận"), group=lambda unit: str(unit.get_kind_display()),
            error_messages={"required": _("Chọn đơn vị nhận việc này.")},
        )  # fmt: skip
        self.order_fields(["to_unit", "reason"])


class ExtendForm(StepForm):
    """A later day."""

    use = TemplateUse.EXTEND
    filled = "reason"
    due_on = forms.DateField(
        label=gettext_lazy("Hạn mới"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = long_text(
        gettext_lazy("Vì sao cần thêm ngày"), rows=3, limit=rules.REASON_LIMIT,
        help_text=gettext_lazy("Công khai, gửi cho người phản ánh."),
    )  # fmt: skip

    def __init__(self, *args: Any, latest: date | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if latest is not None:
            self.fields["due_on"].help_text = _("Nhiều nhất đến ngày %(day)s.") % {"day": f"{latest:%d/%m/%Y}"}
            self.fields["due_on"].widget.attrs["max"] = latest.isoformat()


class ProgressForm(StepForm):
    """How far it is."""

    use = TemplateUse.PROGRESS
    text = long_text(gettext_lazy("Đã làm đến đâu"), rows=4, help_text=gettext_lazy("Công khai."))
    pictures = PicturesField(
        label=gettext_lazy("Ảnh"), required=False, widget=PicturesInput(attrs={"multiple": True, "accept": ACCEPTED_PICTURES}),
        help_text=gettext_lazy("Nhiều nhất 5 ảnh. Không chụp rõ mặt người, biển số xe."),
    )  # fmt: skip


class ReplyForm(StepForm):
    """The answer, in the name of a post."""

    use = TemplateUse.ANSWER
    text = long_text(
        gettext_lazy("Nội dung trả lời"), rows=10,
        help_text=gettext_lazy("Nói đã làm gì, ở đâu, khi nào. Gọi người gửi là ông/bà. Không ghi tên người gửi."),
    )  # fmt: skip
    post = forms.CharField(
        label=gettext_lazy("Người trả lời (chức vụ)"), max_length=POST_LIMIT,
        help_text=gettext_lazy("Ví dụ: Phó Chủ tịch UBND phường."),
        error_messages={"required": gettext_lazy("Ghi chức vụ của người trả lời.")},
    )  # fmt: skip
    pictures = PicturesField(
        label=gettext_lazy("Ảnh kết quả"), required=False,
        widget=PicturesInput(attrs={"multiple": True, "accept": ACCEPTED_PICTURES}),
        help_text=gettext_lazy("Ảnh chụp sau khi làm xong, nhiều nhất 5 ảnh. Không chụp rõ mặt người, biển số xe."),
    )  # fmt: skip


class RejectForm(StepForm):
    """Why the unit does not take it on, and who is responsible instead."""

    use = TemplateUse.REJECT
    reason = forms.ChoiceField(
        label=gettext_lazy("Lý do"), choices=[("", gettext_lazy("Chọn lý do")), *RejectReason.choices],
        error_messages={"required": gettext_lazy("Chọn lý do không tiếp nhận.")},
    )  # fmt: skip
    responsible = forms.CharField(
        label=gettext_lazy("Nơi có trách nhiệm"), max_length=RESPONSIBLE_LIMIT, required=False,
        help_text=gettext_lazy("Tên cơ quan, đơn vị mà người dân nên gặp."),
    )  # fmt: skip
    text = long_text(gettext_lazy("Giải thích cho người gửi"), rows=5, help_text=gettext_lazy("Công khai."))


class MergeForm(StepForm):
    """The same problem as another case."""

    code = forms.CharField(
        label=gettext_lazy("Mã của việc cần gộp vào"), max_length=20,
        help_text=gettext_lazy("Ví dụ: ACE-4679. Xem ở mục “Việc giống việc này”."),
    )  # fmt: skip
    text = long_text(
        gettext_lazy("Lời báo cho người gửi"), rows=3, limit=rules.REASON_LIMIT, required=False,
        help_text=gettext_lazy("Công khai. Để trống cũng được."),
    )  # fmt: skip

    def clean_code(self) -> Case:
        """The case with that code, if this unit has a part in it."""
        code = read_code(self.cleaned_data["code"])
        found = Case.objects.filter(code=code).exclude(pk=self.case.pk).first() if code else None
        if found is None:
            raise ValidationError(_("Không có việc nào mang mã này. Xem lại mã rồi gõ lại."))
        return found


class NoteForm(StepForm):
    """For the own unit's eyes."""

    text = long_text(
        gettext_lazy("Ghi chú"), rows=3, limit=rules.REASON_LIMIT,
        help_text=gettext_lazy("Chỉ người của đơn vị thấy. Người dân và đơn vị khác không thấy."),
    )  # fmt: skip


class ApologyForm(StepForm):
    """Sorry for being late."""

    use = TemplateUse.APOLOGY
    text = long_text(
        gettext_lazy("Lời xin lỗi"), rows=5,
        help_text=gettext_lazy("Đã viết sẵn, sửa lại cho đúng rồi gửi. Công khai, gửi cho người phản ánh."),
    )  # fmt: skip
