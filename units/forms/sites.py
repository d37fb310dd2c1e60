"""Units, hosts, people, and the face of a site."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import User
from portal.core.pictures import PreparedPicture, prepare_picture
from portal.core.templatetags.portal_text import date_full
from portal.core.text import one_line
from units.enums import Module, Role
from units.models import Domain, Membership, Site, SiteLink, Unit, UnitSuccession

ENGLISH_FIELDS = (
    *("over_line_en", "hero_title_en", "hero_lead_en", "intro_en", "responsible_en", "address_en", "hours_en"),
)
PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif"
BANNER_WIDTH = 1600
PHONE = re.compile(r"\d(?:[\s.]?\d){7,10}")
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")


class PaletteChoice(forms.RadioSelect):
    """Radio buttons that show their colour: each carries ``data-unit``, which the style sheet turns into the accent."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One button with its colour's name."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"] |= {"data-unit": str(option["value"]), "class": "swatch"}
        return option


class UnitChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among units that tells namesakes apart by their first day."""

    def label_from_instance(self, obj: Unit) -> str:
        """“Phường Vỹ Dạ (từ 01/7/2025)”; closed ones say so."""
        words = _("%(name)s (từ %(day)s, đã kết thúc)") if obj.is_closed else _("%(name)s (từ %(day)s)")
        return words % {"name": obj.name, "day": date_full(obj.valid_from)}


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The face of the unit's site; the five footer facts can not be left out."""

    modules = forms.MultipleChoiceField(
        label=gettext_lazy("Phần bật trên trang"),
        choices=Module.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_lines = forms.CharField(
        label=gettext_lazy("Gặp ai, việc gì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Mỗi dòng một việc: việc | nơi gặp. Ví dụ: Hộ tịch, chứng thực | Bàn 1, 2"),
    )

    emblem_upload = forms.FileField(
        label=gettext_lazy("Biểu trưng riêng"),
        required=False,
        help_text=gettext_lazy("Ảnh vuông JPG, PNG hoặc WebP, tối đa 12 MB. Để trống thì giữ biểu trưng đang dùng."),
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    remove_emblem = forms.BooleanField(label=gettext_lazy("Bỏ biểu trưng riêng, dùng biểu trưng chung"), required=False)
    banner_upload = forms.FileField(
        label=gettext_lazy("Ảnh đầu trang riêng"),
        required=False,
        help_text=gettext_lazy("Ảnh ngang, rộng ít nhất 1.600 điểm ảnh, tối đa 12 MB. Chữ sẽ nằm bên trái ảnh."),
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    remove_banner = forms.BooleanField(label=gettext_lazy("Bỏ ảnh riêng, dùng tranh đã chọn"), required=False)
    measurement_src = forms.URLField(
        label=gettext_lazy("Mã đo của Bộ"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("Địa chỉ tệp mã đo do Bộ cấp, bắt đầu bằng https://"),
    )
    trust_badge_url = forms.URLField(
        label=gettext_lazy("Trang xác nhận Tín nhiệm mạng"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("Để trống nếu đơn vị chưa được cấp."),
    )

    class Meta:
        model = Site
        fields = (
            *("palette", "banner", "over_line", "hero_title", "hero_lead", "search_example", "popular_searches"),
            *("intro", "responsible", "address", "phone", "email", "hours", "modules"),
            *("measurement_src", "trust_badge_url"),
            *ENGLISH_FIELDS,
        )
        help_texts = {
            "responsible": gettext_lazy("Họ tên, chức vụ. Hiện ở chân mọi trang."),
            "popular_searches": gettext_lazy("Mỗi dòng một từ, nhiều nhất bốn."),
            "hours": gettext_lazy("Ví dụ: Sáng 7:30 – 11:30, dòng sau: Chiều 13:30 – 17:00"),
            "over_line": gettext_lazy("Ví dụ: Ủy ban nhân dân"),
            "search_example": gettext_lazy("Chữ mờ trong ô tìm. Ví dụ: đăng ký khai sinh"),
            "intro": gettext_lazy("Hai, ba câu về đơn vị, hiện ở trang chủ."),
            "over_line_en": gettext_lazy("Ví dụ: People’s Committee"),
            "address_en": gettext_lazy("Ô nào để trống thì trang tiếng Anh hiện chữ tiếng Việt."),
        }
        widgets = {
            "palette": PaletteChoice,
            "popular_searches": forms.Textarea(attrs={"rows": 4}),
            "hours": forms.Textarea(attrs={"rows": 3}),
            "intro": forms.Textarea(attrs={"rows": 6}),
            "hours_en": forms.Textarea(attrs={"rows": 3}),
            "intro_en": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.instance.contacts or []
        self.fields["contact_lines"].initial = "\n".join(f"{row['label']} | {row['detail']}" for row in rows)

    def clean_emblem_upload(self) -> PreparedPicture | None:
        """Only a picture by its content; ready to be stored."""
        upload = self.cleaned_data.get("emblem_upload")
        return prepare_picture(upload, size=upload.size) if upload else None

    def clean_banner_upload(self) -> PreparedPicture | None:
        """The same, and wide enough for large screens."""
        upload = self.cleaned_data.get("banner_upload")
        picture = prepare_picture(upload, size=upload.size) if upload else None
        if picture and picture.width < BANNER_WIDTH:
            raise ValidationError(
                _("Ảnh chỉ rộng %(width)d điểm ảnh. Chọn ảnh rộng từ 1.600 trở lên.") % {"width": picture.width}
            )
        return picture

    def clean_phone(self) -> str:
        """At least eight digits."""
        phone = one_line(self.cleaned_data["phone"])
        if not PHONE.search(phone):
            raise ValidationError(_("Số điện thoại cần đủ chữ số, ví dụ 0234 382 0000."))
        return phone

    def save(self, commit: bool = True) -> Site:
        """Turn the contact lines into rows."""
        lines = [line.partition("|") for line in self.cleaned_data["contact_lines"].splitlines() if line.strip()]
        self.instance.contacts = [
            {"label": one_line(label)[:80], "detail": one_line(detail)[:80], "url": ""} for label, _bar, detail in lines
        ][:12]
        if self.cleaned_data.get("remove_emblem"):
            self.instance.emblem = ""
        if self.cleaned_data.get("remove_banner"):
            self.instance.banner_file = ""
        site: Site = super().save(commit)
        return site


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A new member of the editorial board: an account that exists, or a new one."""

    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=60,
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: nguyen.van.a"),
    )
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"))

    class Meta:
        model = Membership
        fields = ("role",)

    def clean_username(self) -> str:
        """Lower case ASCII, so that two names never look the same."""
        username: str = self.cleaned_data["username"].strip().lower()
        if not USERNAME.match(username):
            raise ValidationError(_("Dùng chữ thường không dấu, chữ số, dấu chấm; ít nhất 3 ký tự."))
        return username

    def chosen_role(self) -> Role:
        """The role as the enum."""
        return Role(self.cleaned_data["role"])


class SiteLinkForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One line of the link directory; the same address once a group."""

    url = forms.URLField(
        label=gettext_lazy("Địa chỉ"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("Của trang ngoài cổng này, bắt đầu bằng https://"),
    )

    class Meta:
        model = SiteLink
        fields = ("group", "label", "label_en", "url", "target_unit", "order")
        help_texts = {
            "target_unit": gettext_lazy("Chọn thay cho địa chỉ, khi liên kết tới một đơn vị trong cổng này."),
            "order": gettext_lazy("Số nhỏ đứng trước."),
        }

    def clean_url(self) -> str:
        """A web address that a browser opens, nothing else."""
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng https:// hoặc http://"))
        return url

    def clean(self) -> dict[str, Any]:
        """Not a second time in its group."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = SiteLink.objects.filter(group=data.get("group"), url=data.get("url")).exclude(pk=self.instance.pk)
        if data.get("url") and same.exists():
            self.add_error("url", _("Nhóm này đã có địa chỉ ấy."))
        return data


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A host; lower case, and one canonical host a unit."""

    class Meta:
        model = Domain
        fields = ("host", "unit", "is_canonical")
        help_texts = {
            "host": gettext_lazy("Chữ thường, không có https:// và dấu gạch chéo. Ví dụ: thuan-an.hue.gov.vn")
        }
        error_messages = {"host": {"invalid": gettext_lazy("Tên miền chưa đúng dạng. Ví dụ: thuan-an.hue.gov.vn")}}

    def clean(self) -> dict[str, Any]:
        """No second canonical host."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        others = Domain.objects.filter(unit=data.get("unit"), is_canonical=True).exclude(pk=self.instance.pk)
        if data.get("is_canonical") and (other := others.first()):
            self.add_error(
                "is_canonical", _("Tên chính của đơn vị đang là %(host)s. Bỏ dấu ở tên ấy trước.") % {"host": other}
            )
        return data


class SuccessionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Which unit took over from which; never from itself, once each."""

    class Meta:
        model = UnitSuccession
        fields = ("predecessor", "successor", "extent")
        labels = {"predecessor": gettext_lazy("Đơn vị cũ"), "successor": gettext_lazy("Đơn vị mới")}

    def clean(self) -> dict[str, Any]:
        """Two different units, not linked yet."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        old, new = data.get("predecessor"), data.get("successor")
        if old and old == new:
            self.add_error("successor", _("Chọn đơn vị khác đơn vị cũ."))
        elif UnitSuccession.objects.filter(predecessor=old, successor=new).exclude(pk=self.instance.pk).exists():
            self.add_error("successor", _("Kế thừa này đã có."))
        return data


class UserForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An account as operators see it: names, whether it is open, and a new first password."""

    new_password = forms.BooleanField(
        label=gettext_lazy("Cấp mật khẩu mới"),
        required=False,
        help_text=gettext_lazy("Mật khẩu hiện một lần sau khi lưu. Mật khẩu cũ hết dùng được ngay."),
    )

    class Meta:
        model = User
        fields = ("full_name", "email", "is_active")
        labels = {"is_active": gettext_lazy("Cho đăng nhập"), "email": gettext_lazy("Thư điện tử")}
        help_texts = {"is_active": gettext_lazy("Bỏ chọn để khóa tài khoản; bài đã viết vẫn còn.")}
