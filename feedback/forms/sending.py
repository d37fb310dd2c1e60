"""What citizens fill in to send a report: what and where, the words, who."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.cases.places import PlaceName, only_commune, places_named
from feedback.enums.cases import ConsentPurpose
from feedback.models import CaseCategory
from feedback.rules import cases as rules
from feedback.rules import consent
from feedback.rules.limits import MINIMUM_FILL_SECONDS
from feedback.rules.words import plain
from portal.core.text import one_line
from units.forms.reception import PhoneField
from units.models import Unit
from units.naming import WORDS_LIMIT

_OPENED_SALT: Final = "feedback.report.opened"
_OPENED_LIFETIME: Final = rules.DRAFT_HOURS * 3600
UNKNOWN_COMMUNE: Final = "khong-ro"
_POSITION: Final = re.compile(r"(-?\d{1,3}\.\d{1,8}),(-?\d{1,3}\.\d{1,8})")
# Vietnam and its seas: whatever lies outside is no place an office here can look after.
_LATITUDES: Final = (Decimal(7), Decimal(24))
_LONGITUDES: Final = (Decimal(101), Decimal(118))


def opened_stamp() -> str:
    """When the form was opened, signed so that a machine can not make it older."""
    return signing.dumps(int(timezone.now().timestamp()), salt=_OPENED_SALT)


def read_position(text: str) -> str:
    """``16.463712,107.590866`` → the same to about a metre; "" for what is no position in Vietnam."""
    match = _POSITION.fullmatch(text.strip())
    if not match:
        return ""
    try:
        latitude, longitude = (round(Decimal(part), 5) for part in match.groups())
    except InvalidOperation:
        return ""
    is_here = _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    return f"{latitude},{longitude}" if is_here else ""


class ProvedForm(forms.Form):
    """A form that strangers send: proof of work, when it was opened, and a trap that people do not see."""

    trang_web = forms.CharField(required=False, max_length=200)
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    @property
    def was_fast(self) -> bool:
        """Whether it came back sooner than a person can press, or tells nothing about when it was opened."""
        try:
            opened = int(signing.loads(self.cleaned_data["opened"], salt=_OPENED_SALT, max_age=_OPENED_LIFETIME))
        except (signing.BadSignature, TypeError, ValueError, KeyError):
            return True
        return timezone.now().timestamp() - opened < MINIMUM_FILL_SECONDS

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("trang_web"))


class WhatForm(forms.Form):
    """Step 1: category and place. A name of before is read here; ``choices`` are the places it may mean."""

    category = forms.ChoiceField(
        label=gettext_lazy("Phản ánh việc gì?"), widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Chọn một việc gần nhất; chưa rõ thì chọn “Việc khác”."),
            "invalid_choice": gettext_lazy("Chọn một việc trong danh sách."),
        },
    )  # fmt: skip
    commune = forms.ChoiceField(
        label=gettext_lazy("Phường, xã nào?"), required=False,
        error_messages={"invalid_choice": gettext_lazy("Chọn một phường, xã trong danh sách.")},
    )  # fmt: skip
    found = forms.CharField(required=False, max_length=80)
    commune_name = forms.CharField(
        label=gettext_lazy("Hoặc gõ tên phường, xã, kể cả tên cũ"), required=False, max_length=WORDS_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "address-level3"}),
    )  # fmt: skip
    name_asked = forms.CharField(required=False, max_length=WORDS_LIMIT, widget=forms.HiddenInput)
    place_text = forms.CharField(
        label=gettext_lazy("Số nhà, tên đường, thôn hoặc mốc dễ tìm"), required=False, max_length=rules.PLACE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Ghi chỗ trong %(limit_value)d chữ cái.")},
    )  # fmt: skip
    position = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, categories: Sequence[CaseCategory], communes: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {row.slug: row for row in categories}
        self.communes = {row.slug: row for row in communes}
        self.choices: list[PlaceName] = []
        category, commune = self.fields["category"], self.fields["commune"]
        category.choices = [(row.slug, row.name) for row in categories]  # type: ignore[attr-defined]
        commune.choices = [  # type: ignore[attr-defined]
            ("", _("Chưa chọn")), *((row.slug, row.name) for row in communes),
            (UNKNOWN_COMMUNE, _("Không rõ ở phường, xã nào")),
        ]  # fmt: skip

    def look_up(self, words: str) -> None:
        """Show what a name means instead of sending: one place is chosen at once, of several each is offered."""
        self.choices = places_named(words)
        only = only_commune(self.choices)
        self.initial["name_asked"] = words
        self.initial["found"] = ""
        if only is not None and only.slug in self.communes:
            self.initial["commune"] = only.slug

    @property
    def is_settled(self) -> bool:
        """Whether the name that was asked for leads to one commune only."""
        return only_commune(self.choices) is not None

    def clean_position(self) -> str:
        """To about a metre; nothing where it is none."""
        return read_position(self.cleaned_data["position"])

    def clean(self) -> dict[str, Any]:
        """The commune: picked of what was found, chosen in the list, or read out of a name that was typed just now."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("found") if data.get("found") in self.communes else data.get("commune", "")
        words = one_line(data.get("commune_name", ""))
        if words and words != one_line(data.get("name_asked", "")):
            slug = self._read_name(words)
        elif not slug and "commune" not in self.errors:
            self.add_error("commune", _("Chọn phường, xã nơi có việc; không biết thì chọn dòng cuối “Không rõ”."))
        if slug == UNKNOWN_COMMUNE and not one_line(data.get("place_text", "")) and not data.get("position"):
            self.add_error("place_text", _("Ghi tên đường, thôn hoặc mốc dễ tìm, vì chưa rõ phường, xã."))
        data["chosen"] = self.communes.get(slug or "")
        return data

    def _read_name(self, words: str) -> str:
        self.choices = places_named(words)
        only = only_commune(self.choices)
        if only is not None and only.slug in self.communes:
            return only.slug
        if self.choices:
            self.add_error("commune_name", _("Tên này có nhiều nơi. Chọn một nơi ở dưới rồi bấm Tiếp tục."))
        else:
            self.add_error("commune_name", _("Không thấy phường, xã nào tên như vậy. Xem lại chính tả, hoặc chọn trong danh sách."))  # fmt: skip
        return ""


class TextForm(forms.Form):
    """Step 2: the words. Files are taken by feedback.actions.uploads."""

    text = forms.CharField(
        label=gettext_lazy("Mô tả"), max_length=rules.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 7, "aria-describedby": "id_text_help"}),
        error_messages={
            "required": gettext_lazy("Mô tả sự việc bằng vài câu."),
            "max_length": gettext_lazy("Mô tả dài quá %(limit_value)d chữ cái. Rút ngắn, giữ ý chính."),
        },
    )  # fmt: skip

    def clean_text(self) -> str:
        """Something must be left when tags and invisible characters are gone."""
        text = plain(self.cleaned_data["text"])
        if len(text) < rules.TEXT_MINIMUM:
            raise ValidationError(
                _("Mô tả cần ít nhất %(number)d chữ cái: chuyện gì, từ khi nào.") % {"number": rules.TEXT_MINIMUM}
            )
        return text


def consent_field(purpose: ConsentPurpose) -> forms.BooleanField:
    """A tick with the wording that is kept with it (feedback.rules.consent); nothing is ticked beforehand."""
    return forms.BooleanField(label=consent.text_of(purpose), required=False)


class WhoForm(ProvedForm):
    """Step 3: who, each way of reaching them, each purpose by its own tick."""

    name = forms.CharField(
        label=gettext_lazy("Họ và tên"), required=False, max_length=rules.NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": gettext_lazy("Họ tên dài quá %(limit_value)d chữ cái.")},
    )  # fmt: skip
    phone = PhoneField(label=gettext_lazy("Số điện thoại"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"), required=False, max_length=160,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư cần có dạng ten@vidu.vn. Không có thì để trống.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in ConsentPurpose:
            self.fields[f"agree_{purpose.lower()}"] = consent_field(purpose)

    @property
    def consents(self) -> list[str]:
        """The purposes that were ticked."""
        return [str(purpose) for purpose in ConsentPurpose if self.cleaned_data.get(f"agree_{purpose.lower()}")]

    def clean_name(self) -> str:
        """One spelling, no tags."""
        return one_line(plain(self.cleaned_data["name"]))

    def clean(self) -> dict[str, Any]:
        """What tells who somebody is, is kept only with its own tick."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if any(data.get(name) for name in ("name", "phone", "email")) and not data.get("agree_handle"):
            self.add_error("agree_handle", _("Đánh dấu ô này, hoặc xóa tên, điện thoại, thư để gửi không ghi tên."))
        if data.get("email") and not data.get("agree_mail"):
            self.add_error("agree_mail", _("Đánh dấu ô này để nhận thư, hoặc xóa địa chỉ thư ở trên."))
        return data


class JoinForm(ProvedForm):
    """“Tôi cũng gặp việc này”: an address only for who wants to be told."""

    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử, để biết khi có kết quả"), required=False, max_length=160,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư cần có dạng ten@vidu.vn. Không có thì để trống.")},
    )  # fmt: skip
    agree_mail = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree_mail"].label = consent.text_of(ConsentPurpose.MAIL)

    def clean(self) -> dict[str, Any]:
        """An address is kept only with its own tick."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("email") and not data.get("agree_mail"):
            self.add_error("agree_mail", _("Đánh dấu ô này để nhận thư, hoặc xóa địa chỉ thư ở trên."))
        return data
