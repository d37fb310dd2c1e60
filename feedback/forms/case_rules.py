"""Forms of the tables by which cases are sorted, routed and given terms."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.cases import CaseKind, PersonalWish, TermStep
from feedback.models import CaseCategory, CaseRoute, CaseTerm
from portal.core.text import slugify_vi
from units.enums import UnitKind
from units.models import Unit

MOST_DAYS = 400
_END = gettext_lazy("Để trống khi chưa hết áp dụng. Thay đổi thì ghi ngày cuối ở đây, rồi thêm một dòng mới.")


class DatedForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the three share: days in order."""

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối phải sau ngày đầu."))
        return data


class CaseCategoryForm(DatedForm):
    """A category in citizens' words."""

    units: Any = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.none(), required=False, label=gettext_lazy("Chỉ ở các đơn vị"),
        help_text=gettext_lazy("Không chọn đơn vị nào: mọi trang đều có loại này."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = CaseCategory
        fields = (
            "name",
            "slug",
            "examples",
            "icon",
            "priority",
            "emergency_note",
            "order",
            "valid_from",
            "valid_to",
            "source",
            "units",
        )
        help_texts: ClassVar = {
            "name": gettext_lazy("Như người dân nói: “Đường, vỉa hè hư hỏng”."),
            "slug": gettext_lazy("Để trống thì đặt theo tên. Đã dùng thì không đổi, vì địa chỉ nguồn tin có nó."),
            "examples": gettext_lazy("Hai ba việc hay gặp, cách nhau bằng dấu phẩy."),
            "icon": gettext_lazy("Tên một biểu tượng của cổng, ví dụ waves."),
            "emergency_note": gettext_lazy("Hiện trước mọi thứ khi người gửi chọn loại này."),
            "valid_to": _END,
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        units: Any = self.fields["units"]
        units.queryset = Unit.objects.current().exclude(kind=UnitKind.DISTRICT).defer("boundary").order_by("sort_name")
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean(self) -> dict[str, Any]:
        """A slug of the name where none was given."""
        data = super().clean()
        if not data.get("slug") and data.get("name"):
            slug = slugify_vi(data["name"], 60)
            if CaseCategory.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
                self.add_error("slug", _("Nhãn “%(slug)s” đã có. Nhập một nhãn khác.") % {"slug": slug})
            data["slug"] = slug
        return data


class CaseRouteForm(DatedForm):
    """Who handles what, where, since when."""

    class Meta:
        model = CaseRoute
        fields = ("kind", "category", "commune", "intake", "to_unit", "valid_from", "valid_to", "source")
        help_texts: ClassVar = {
            "category": gettext_lazy("Để trống: mọi loại phản ánh."),
            "commune": gettext_lazy("Để trống: xảy ra ở bất cứ đâu."),
            "intake": gettext_lazy("Để trống: gửi ở bất cứ trang nào."),
            "to_unit": gettext_lazy("Để trống: phường, xã nơi xảy ra; không rõ nơi thì đơn vị nhận được."),
            "valid_to": _END,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Unit.objects.current().exclude(kind=UnitKind.DISTRICT).defer("boundary").order_by("kind", "sort_name")
        for name in ("intake", "to_unit"):
            field: Any = self.fields[name]
            field.queryset = now
        communes: Any = self.fields["commune"]
        communes.queryset = now.filter(kind=UnitKind.COMMUNE)
        categories: Any = self.fields["category"]
        categories.queryset = CaseCategory.objects.on(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """No second row for the same things from the same day."""
        data = super().clean()
        names = ("kind", "category", "commune", "intake", "valid_from")
        same = CaseRoute.objects.filter(**{name: data.get(name) for name in names if data.get(name)})
        empty = {f"{name}__isnull": True for name in ("category", "commune", "intake") if not data.get(name)}
        if data.get("valid_from") and same.filter(**empty).exclude(pk=self.instance.pk).exists():
            self.add_error("valid_from", _("Đã có dòng bắt đầu từ ngày này."))
        return data


class CaseTermForm(DatedForm):
    """A number of days for one step."""

    wish = forms.ChoiceField(
        label=gettext_lazy("Yêu cầu"), required=False,
        choices=[("", gettext_lazy("Mọi yêu cầu")), *PersonalWish.choices],
        help_text=gettext_lazy("Chỉ dùng cho yêu cầu về dữ liệu cá nhân."),
    )  # fmt: skip

    class Meta:
        model = CaseTerm
        fields = ("kind", "step", "category", "wish", "days", "is_working", "valid_from", "valid_to", "source")
        help_texts: ClassVar = {
            "category": gettext_lazy("Để trống: mọi loại phản ánh."),
            "is_working": gettext_lazy("Bỏ đánh dấu thì đếm cả thứ Bảy, Chủ Nhật và ngày lễ."),
            "valid_to": _END,
            "source": gettext_lazy("Văn bản nào, điều nào; không có thì ghi rõ là đơn vị tự đặt."),
        }

    def clean_days(self) -> int:
        """Within reason: a slip of the finger must not promise two years."""
        days = int(self.cleaned_data["days"])
        if days > MOST_DAYS:
            raise forms.ValidationError(_("Nhiều nhất %(days)d ngày.") % {"days": MOST_DAYS})
        return days

    def clean(self) -> dict[str, Any]:
        """No second row from the same day; a category belongs to reports, a wish to personal data."""
        data = super().clean()
        if data.get("wish") and data.get("kind") != CaseKind.PERSONAL:
            self.add_error("wish", _("Chỉ yêu cầu về dữ liệu cá nhân mới có mục này."))
        if data.get("category") and data.get("kind") != CaseKind.REPORT:
            self.add_error("category", _("Chỉ phản ánh mới có loại."))
        if data.get("step") == TermStep.ANSWER and data.get("days") == 0:
            self.add_error("days", _("Thời hạn trả lời ít nhất một ngày."))
        same = CaseTerm.objects.filter(
            kind=data.get("kind"), step=data.get("step"), category=data.get("category"), wish=data.get("wish") or "",
            valid_from=data.get("valid_from") or timezone.localdate(),
        )  # fmt: skip
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("valid_from", _("Đã có dòng bắt đầu từ ngày này."))
        return data
