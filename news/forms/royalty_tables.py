"""Rate tables, the units' parts of them, and people who are paid."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.forms.royalty import DongField, NumberField
from news.models import Contributor, RoyaltyFactor, RoyaltyGenre, RoyaltySupplement, RoyaltyTable
from portal.core.models import User
from portal.core.text import one_line, slugify_vi
from units.enums import UnitKind
from units.models import Membership, Unit

LARGEST_AMOUNT = 2_000_000_000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TableForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The head of a rate table."""

    base_amount = DongField(
        label=gettext_lazy("Đơn vị hệ số (đồng)"), min_value=1, max_value=LARGEST_AMOUNT,
        help_text=gettext_lazy("Số tiền của một hệ số. Mẫu lấy 10% lương cơ sở."),
    )  # fmt: skip
    article_ceiling = DongField(
        label=gettext_lazy("Mức cao nhất một bài (đồng)"), required=False, min_value=1, max_value=LARGEST_AMOUNT,
        help_text=gettext_lazy("Để trống nếu không giới hạn. Ảnh tính riêng."),
    )  # fmt: skip
    supplement_ceiling = NumberField(
        label=gettext_lazy("Tổng mức cộng thêm không quá (%)"), required=False,
        help_text=gettext_lazy("Để trống nếu không giới hạn."),
    )  # fmt: skip

    class Meta:
        model = RoyaltyTable
        fields = (
            *("name", "valid_from", "valid_to", "decision_number", "decision_date", "base_amount"),
            *("article_ceiling", "supplement_ceiling", "payment_days"),
        )
        widgets = {"valid_from": DAY, "valid_to": DAY, "decision_date": DAY}
        help_texts = {
            "valid_to": gettext_lazy("Để trống: áp dụng đến khi có bảng sau."),
            "decision_number": gettext_lazy("Cần có để ban hành. Ví dụ: 45/2026/QĐ-UBND"),
            "payment_days": gettext_lazy("Hạn trả, tính từ ngày đăng bài đầu tiên trong tháng."),
        }

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối phải sau ngày đầu."))
        return data


class _LineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A line of a table; its code is made from the name once and then stays."""

    def clean_name(self) -> str:
        """A name that can be read."""
        return one_line(self.cleaned_data["name"])

    def keep_code(self) -> None:
        """Give a new line its code."""
        if not self.instance.code and self.cleaned_data.get("name"):
            self.instance.code = slugify_vi(self.cleaned_data["name"], 40)

    def in_order(self, data: dict[str, Any], low: str, high: str) -> None:
        """The lowest is not above the highest."""
        if data.get(low) is not None and data.get(high) is not None and data[low] > data[high]:
            self.add_error(high, _("Mức cao nhất phải từ mức thấp nhất trở lên."))


class GenreForm(_LineForm):
    """One genre."""

    coefficient_min = NumberField(label=gettext_lazy("Hệ số thấp nhất"), initial=0)
    coefficient_max = NumberField(label=gettext_lazy("Cao nhất"))
    coefficient_default = NumberField(label=gettext_lazy("Thường dùng"), required=False)

    class Meta:
        model = RoyaltyGenre
        fields = ("name", "kind", "coefficient_min", "coefficient_max", "coefficient_default", "pays_copies")
        labels = {"pays_copies": gettext_lazy("Trả bài lấy lại")}

    def clean(self) -> dict[str, Any]:
        """A range, and a usual coefficient inside it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.in_order(data, "coefficient_min", "coefficient_max")
        usual, low, high = (data.get(f"coefficient_{name}") for name in ("default", "min", "max"))
        if usual is not None and low is not None and high is not None and not low <= usual <= high:
            self.add_error("coefficient_default", _("Hệ số thường dùng phải nằm giữa mức thấp nhất và cao nhất."))
        self.keep_code()
        return data


class SupplementForm(_LineForm):
    """One supplement."""

    percent_min = NumberField(label=gettext_lazy("Thấp nhất (%)"), initial=0)
    percent_max = NumberField(label=gettext_lazy("Cao nhất (%)"))

    class Meta:
        model = RoyaltySupplement
        fields = ("name", "effect", "percent_min", "percent_max", "stacks")
        labels = {"stacks": gettext_lazy("Cộng dồn")}

    def clean(self) -> dict[str, Any]:
        """A range."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.in_order(data, "percent_min", "percent_max")
        self.keep_code()
        return data


class LineFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """Lines of one table with different names."""

    def clean(self) -> None:
        """No two lines with one code: an article would not know which of them it is paid by."""
        super().clean()
        codes = [
            form.instance.code
            for form in self.forms
            if form.instance.code and not (self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]
        ]
        if len(set(codes)) != len(codes):
            raise ValidationError(_("Hai dòng trùng tên. Đổi tên một dòng."))


class StartForm(forms.Form):
    """From which day a new table shall hold."""

    valid_from = forms.DateField(
        label=gettext_lazy("Áp dụng từ ngày"), widget=DAY,
        error_messages={"required": gettext_lazy("Chọn ngày."), "invalid": gettext_lazy("Chọn một ngày có thật.")},
    )  # fmt: skip


class FactorForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Which part of the province's rates a unit, or every unit of a kind, pays."""

    percent = NumberField(label=gettext_lazy("Phần trăm mức của tỉnh"), help_text=gettext_lazy("Ví dụ: 20"))
    target_kind = forms.ChoiceField(label=gettext_lazy("Cho mọi đơn vị loại"), required=False)
    target_unit: Any = forms.ModelChoiceField(
        label=gettext_lazy("Hoặc cho một đơn vị"), required=False, queryset=Unit.objects.none(), empty_label=gettext_lazy("Không chọn")
    )  # fmt: skip

    class Meta:
        model = RoyaltyFactor
        fields = ("target_kind", "target_unit", "percent", "valid_from", "valid_to", "decision_number")
        widgets = {"valid_from": DAY, "valid_to": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["target_kind"]
        kinds.choices = [("", _("Không chọn")), *((k.value, k.label) for k in UnitKind if k != UnitKind.PROVINCE)]
        units: Any = self.fields["target_unit"]
        units.queryset = (
            Unit.objects.current().exclude(kind=UnitKind.PROVINCE).defer("boundary").order_by("sort_name", "pk")
        )

    def clean(self) -> dict[str, Any]:
        """One target, days in order, not the same row twice."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, unit = data.get("target_kind") or "", data.get("target_unit")
        if bool(kind) == bool(unit):
            self.add_error("target_kind", _("Chọn một loại đơn vị, hoặc một đơn vị; không chọn cả hai."))
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối phải sau ngày đầu."))
        same = RoyaltyFactor.objects.filter(target_kind=kind, target_unit=unit).exclude(pk=self.instance.pk)
        if first and same.filter(valid_from=first).exists():
            self.add_error("valid_from", _("Đã có tỷ lệ từ ngày này. Sửa dòng đó."))
        return data


class ContributorForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Somebody who is paid for writing."""

    user: Any = forms.ModelChoiceField(
        label=gettext_lazy("Tài khoản"), required=False, queryset=User.objects.none(), empty_label=gettext_lazy("Không có"),
        help_text=gettext_lazy("Người của ban biên tập. Người này sẽ xem được mục “Nhuận bút của tôi”."),
    )  # fmt: skip

    class Meta:
        model = Contributor
        fields = ("pen_name", "real_name", "department", "is_staff", "user")
        help_texts = {
            "real_name": gettext_lazy("In trên bảng chi trả."),
            "department": gettext_lazy("Không ghi số tài khoản, số giấy tờ ở đây: kế toán giữ riêng."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["user"]
        members = Membership.objects.values_list("user_id", flat=True)
        # Somebody who left the board keeps what they earned.
        keys = [*members, *([self.instance.user_id] if self.instance.user_id else [])]
        people.queryset = User.objects.filter(pk__in=keys).order_by("full_name", "username")

    def clean_pen_name(self) -> str:
        """A name of its own in this unit."""
        name = one_line(self.cleaned_data["pen_name"])
        if not name:
            raise ValidationError(_("Nhập bút danh."))
        if Contributor.objects.filter(key=name.lower()).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đã có người viết với bút danh này."))
        return name

    def clean_user(self) -> User | None:
        """One contributor for one account."""
        user: User | None = self.cleaned_data["user"]
        if user and Contributor.objects.filter(user=user).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Tài khoản này đã gắn với người viết khác."))
        return user
