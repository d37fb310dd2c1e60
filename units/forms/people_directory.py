"""What is asked of the directory."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import one_line
from units.models import Unit

LONGEST: Final = 100
# Far beyond any name: what is cut here would be refused anyway.
_CUT: Final = 2_000


class DirectoryForm(forms.Form):
    """Words in any spelling, and a unit by its label."""

    q = forms.CharField(
        label=gettext_lazy("Tên người, chức vụ hoặc đơn vị"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": gettext_lazy("Gõ ngắn hơn: nhiều nhất 100 chữ cái.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )

    def __init__(self, asked: Mapping[str, Any], units: Sequence[Unit]) -> None:
        self.units = {unit.slug: unit for unit in units}
        data = {name: one_line(str(asked.get(name, ""))[:_CUT]) for name in ("q", "don-vi")}
        super().__init__(data)
        self.fields["don-vi"] = forms.ChoiceField(
            label=_("Tìm ở"),
            required=False,
            choices=[("", _("Tất cả các đơn vị")), *((unit.slug, unit.name) for unit in units)],
            error_messages={"invalid_choice": _("Không có đơn vị này trong danh bạ. Chọn lại trong danh sách.")},
        )

    @property
    def is_asked(self) -> bool:
        """Whether anything was asked."""
        return bool(self.data.get("q") or self.data.get("don-vi"))

    @property
    def text(self) -> str:
        """The words; empty when they were refused."""
        return str(self.cleaned_data.get("q", ""))

    @property
    def unit(self) -> Unit | None:
        """The chosen unit; None for all."""
        return self.units.get(str(self.cleaned_data.get("don-vi", "")))
