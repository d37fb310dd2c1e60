"""Spokespersons, hotlines, and the numbers the law sets."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from units.models import Hotline, LegalTerm, Spokesperson, Unit
from units.rules.people import dial

MOMENT = "%Y-%m-%dT%H:%M"


class SpokespersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who speaks: name, post, phone and e-mail are compulsory by decree; the hours run from the assignment."""

    class Meta:
        model = Spokesperson
        fields = ("role", "name", "post", "phone", "email", "matter", "decision", "assigned_at", "ends_at")
        widgets: ClassVar = {"role": forms.RadioSelect}
        help_texts: ClassVar = {
            "name": gettext_lazy("Họ và tên. Bắt buộc theo nghị định, như ba ô sau."),
            "phone": gettext_lazy("Số báo chí gọi được ngay. Ví dụ: 0234 382 0000"),
            "email": gettext_lazy("Ví dụ: vanphong@hue.gov.vn"),
            "matter": gettext_lazy("Chỉ ghi khi được ủy quyền phát ngôn một việc."),
            "decision": gettext_lazy("Số văn bản giao nhiệm vụ. Ví dụ: 45/QĐ-UBND"),
            "assigned_at": gettext_lazy("Giờ ký văn bản giao nhiệm vụ. Hạn công bố tính từ giờ này."),
            "ends_at": gettext_lazy("Để trống khi đang làm. Đến giờ này người ấy tự rời danh sách."),
        }
        error_messages: ClassVar = {
            "name": {"required": gettext_lazy("Nhập họ và tên.")},
            "post": {"required": gettext_lazy("Nhập chức vụ.")},
            "phone": {"required": gettext_lazy("Nhập số điện thoại.")},
            "email": {"required": gettext_lazy("Nhập thư công vụ.")},
            "assigned_at": {"required": gettext_lazy("Chọn ngày và giờ giao nhiệm vụ.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.published_at and "assigned_at" in self.fields:
            self.fields["assigned_at"].disabled = True

    def clean_phone(self) -> str:
        """Something to dial."""
        phone = one_line(self.cleaned_data["phone"])
        if len(dial(phone)) < len("tel:") + 8:
            raise ValidationError(_("Số điện thoại cần đủ chữ số, ví dụ 0234 382 0000."))
        return phone

    def clean_email(self) -> str:
        """An address mail arrives at."""
        email: str = self.cleaned_data["email"].strip()
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(_("Thư điện tử chưa đúng dạng. Ví dụ: vanphong@hue.gov.vn")) from error
        return email

    def clean(self) -> dict[str, Any]:
        """An end after the beginning."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("assigned_at"), data.get("ends_at")
        if first and last and last < first:
            self.add_error("ends_at", _("Giờ thôi nhiệm vụ phải sau giờ giao nhiệm vụ."))
        return data


class EndForm(forms.Form):
    """From when on somebody speaks no more."""

    at = forms.DateTimeField(
        label=gettext_lazy("Thôi nhiệm vụ lúc"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages={"required": gettext_lazy("Chọn ngày và giờ."), "invalid": gettext_lazy("Chọn ngày và giờ.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = timezone.localtime().replace(second=0, microsecond=0)


class HotlineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A number to call; every site is offered to the province only."""

    class Meta:
        model = Hotline
        fields = ("label", "number", "purpose", "hours", "for_all", "order")
        help_texts: ClassVar = {
            "label": gettext_lazy("Ví dụ: Trực ban, Báo ngập lụt"),
            "number": gettext_lazy("Ví dụ: 0234 382 0000, hoặc 113"),
            "purpose": gettext_lazy("Một câu. Ví dụ: Nhà bị ngập, cây đổ chắn đường"),
            "hours": gettext_lazy("Ví dụ: Cả ngày đêm"),
            "order": gettext_lazy("Số nhỏ đứng trước."),
        }
        error_messages: ClassVar = {
            "label": {"required": gettext_lazy("Ghi số này để gọi việc gì.")},
            "number": {"required": gettext_lazy("Nhập số điện thoại.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Unit.objects.provinces().filter(pk=current_unit_id()).exists():
            self.fields.pop("for_all", None)

    def clean_number(self) -> str:
        """Something to dial; three digits do."""
        number = one_line(self.cleaned_data["number"])
        if not dial(number):
            raise ValidationError(_("Số điện thoại cần ít nhất ba chữ số, ví dụ 113 hoặc 0234 382 0000."))
        return number


class LegalTermForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A number the law sets; a new one stands beside the old with its own first day."""

    class Meta:
        model = LegalTerm
        fields = ("code", "kind", "number", "valid_from", "valid_to", "source")
        help_texts: ClassVar = {
            "kind": gettext_lazy("Để trống: áp dụng cho mọi cấp."),
            "valid_to": gettext_lazy("Luật đổi thì ghi ngày cuối ở đây, rồi thêm một dòng mới. Đừng sửa con số cũ."),
            "source": gettext_lazy("Ví dụ: Nghị định 244/2026/NĐ-CP Điều 3 khoản 3"),
        }

    def clean(self) -> dict[str, Any]:
        """Days in order, no second row from the same day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối phải sau ngày đầu."))
        if first:
            same = LegalTerm.objects.filter(code=data.get("code", ""), kind=data.get("kind") or "", valid_from=first)
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("valid_from", _("Đã có dòng bắt đầu từ ngày này."))
        return data
