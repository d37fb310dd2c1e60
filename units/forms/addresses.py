"""Input of old addresses: one pair, or a table of them."""

import csv
import io
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.actions import check_address
from units.models import Redirect

TABLE_LIMIT = 5_000_000
MOST_ROWS = 20_000
HEADINGS = frozenset({"old", "old_url", "cũ", "cu", "địa chỉ cũ", "from"})


class RedirectForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One old address and where it leads."""

    old = forms.CharField(
        label=gettext_lazy("Địa chỉ cũ"),
        max_length=900,
        help_text=gettext_lazy(
            "Chép cả dòng từ liên kết cũ, ví dụ: /index.php?gd=1&cn=2 hoặc https://trangcu.gov.vn/tin/5.html. "
            "Chỉ có tác dụng khi địa chỉ này không còn mở được trang nào ở đây."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    new = forms.CharField(
        label=gettext_lazy("Dẫn tới"),
        max_length=900,
        help_text=gettext_lazy("Một trang của cổng này, ví dụ: /tin-tuc/ hoặc địa chỉ đầy đủ của trang đơn vị khác."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    class Meta:
        model = Redirect
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["old"].initial = self.instance.old_address
            self.fields["old"].disabled = True
            self.fields["new"].initial = self.instance.target

    def clean(self) -> dict[str, Any]:
        """What the action would refuse is said here, at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("old") and data.get("new"):
            try:
                check_address(old=data["old"], new=data["new"])
            except ValidationError as error:
                self.add_error("new", error)
        return data


class AddressTableForm(forms.Form):
    """A CSV table with two columns: old address, new address."""

    table = forms.FileField(
        label=gettext_lazy("Bảng địa chỉ (CSV)"),
        help_text=gettext_lazy(
            "Mỗi dòng hai cột: địa chỉ cũ, nơi dẫn tới. Từ Excel: Lưu thành “CSV UTF-8”. Tối đa 20.000 dòng."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_table(self) -> list[tuple[str, str]]:
        """The pairs; raises ValidationError for what is no such table."""
        upload = self.cleaned_data["table"]
        if upload.size > TABLE_LIMIT:
            raise ValidationError(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("Tệp không phải UTF-8. Ở Excel chọn Lưu thành “CSV UTF-8” rồi gửi lại.")) from error
        first = text.split("\n", 1)[0]
        mark = max(",;\t", key=first.count)
        try:
            rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(cell.strip() for cell in row)]
        except csv.Error as error:
            raise ValidationError(_("Không đọc được bảng. Ở Excel chọn Lưu thành “CSV UTF-8” rồi gửi lại.")) from error
        if rows and rows[0][0].strip().lower() in HEADINGS:
            rows = rows[1:]
        if not rows:
            raise ValidationError(_("Bảng trống. Mỗi dòng cần hai cột: địa chỉ cũ, nơi dẫn tới."))
        if len(rows) > MOST_ROWS:
            raise ValidationError(_("Bảng có hơn 20.000 dòng. Chia thành nhiều tệp."))
        short = [str(number) for number, row in enumerate(rows, start=1) if len(row) < 2 or not row[1].strip()]  # noqa: PLR2004
        if short:
            raise ValidationError(
                _("Thiếu cột thứ hai ở dòng: %(lines)s. Sửa bảng rồi gửi lại; chưa ghi gì.")
                % {"lines": ", ".join(short[:20])}
            )
        return [(row[0].strip(), row[1].strip()) for row in rows]
