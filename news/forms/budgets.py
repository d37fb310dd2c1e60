"""The form of a budget table: what stands above and below it, a grid of cells, and ways to bring a table in."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from news.budgets.starts import STARTS
from news.enums.disclosure import MoneyUnit

XLSX_TYPES: Final = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BudgetHeadForm(forms.Form):
    """Title, number of the form, unit of money, note."""

    title = forms.CharField(
        label=gettext_lazy("Tên bảng"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: Thực hiện dự toán thu, chi ngân sách 9 tháng năm 2026"),
        error_messages={"required": gettext_lazy("Nhập tên bảng.")},
    )
    money_unit = forms.ChoiceField(label=gettext_lazy("Đơn vị tính"), choices=MoneyUnit.choices)
    form_number = forms.CharField(
        label=gettext_lazy("Biểu mẫu số"), max_length=60, required=False,
        help_text=gettext_lazy("Ghi như trên biểu. Không có thì bỏ trống."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ghi chú dưới bảng"), max_length=300, required=False,
        help_text=gettext_lazy("Người dân đọc được."),
    )  # fmt: skip


class BudgetFileForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (XLSX)"),
        help_text=gettext_lazy("Tệp có một hay nhiều bảng. Chưa lưu gì cho đến khi bạn xem lại và bấm lưu."),
        error_messages={
            "required": gettext_lazy("Chọn tệp Excel."),
            "empty": gettext_lazy("Tệp này trống. Chọn lại tệp."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = XLSX_TYPES


class BudgetPasteForm(forms.Form):
    """Cells copied out of Excel or Word."""

    text = forms.CharField(
        label=gettext_lazy("Dán từ Excel"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Trong Excel hoặc Word: bôi đen cả bảng, kể cả dòng tiêu đề, bấm Ctrl + C. Ở đây bấm Ctrl + V."
        ),
        error_messages={"required": gettext_lazy("Dán bảng vào ô này.")},
    )


class BudgetStartForm(forms.Form):
    """A usual form, or an empty table."""

    start = forms.ChoiceField(
        label=gettext_lazy("Bắt đầu từ biểu mẫu"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một mẫu.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [  # type: ignore[attr-defined]  # a choice field's
            *((one.code, one.name) for one in STARTS),
            ("trong", gettext_lazy("Bảng trống")),
        ]
