"""People, divisions and posts as clerks enter them: one form enters a leader completely."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.fields import TenantChoiceField
from portal.core.models import User
from portal.core.pictures import PreparedPicture, prepare_picture
from portal.core.text import one_line
from units.actions.people import HeldLine
from units.enums.people import PostLevel
from units.forms.sites import PICTURE_TYPES
from units.models import Appointment, Division, Membership, Person, Post
from units.rules.people import leads_back

LINES_LIMIT: Final = 30
FARTHEST_AHEAD: Final = timedelta(days=3 * 366)
DAY: Final = {"type": "date"}


def _day(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={**DAY, **attrs}, format="%Y-%m-%d")


class DivisionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A part of the unit; never inside itself."""

    class Meta:
        model = Division
        fields = ("name", "short_name", "kind", "parent", "duties", "address", "phone", "email", "order", "is_shown")
        field_classes: ClassVar = {"parent": TenantChoiceField}
        widgets: ClassVar = {"duties": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "name": gettext_lazy("Ví dụ: Phòng Văn hóa – Xã hội"),
            "short_name": gettext_lazy("Tên ngắn trên lịch công tác. Ví dụ: Phòng VH – XH"),
            "parent": gettext_lazy("Để trống nếu trực thuộc thẳng lãnh đạo đơn vị."),
            "duties": gettext_lazy("Một, hai câu. Người dân đọc để biết hỏi ai."),
            "address": gettext_lazy("Ví dụ: Tầng 1, phòng 102"),
            "phone": gettext_lazy("Số cơ quan, không ghi số riêng."),
            "order": gettext_lazy("Số nhỏ đứng trước."),
        }
        error_messages: ClassVar = {"name": {"required": gettext_lazy("Nhập tên phòng, ban.")}}

    def clean_name(self) -> str:
        """Once in the unit: told at the field, not by the database."""
        name = one_line(self.cleaned_data["name"])
        if Division.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đã có phòng, ban tên này."))
        return name

    def clean_parent(self) -> Division | None:
        """Not itself, nor one that is inside it."""
        parent: Division | None = self.cleaned_data["parent"]
        parents = dict(Division.objects.values_list("pk", "parent_id"))
        if parent and self.instance.pk and leads_back(self.instance.pk, parent.pk, parents):
            raise ValidationError(_("Không chọn được: phòng, ban ấy đang thuộc chính phòng, ban này."))
        return parent


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A post; the level decides who has a page."""

    class Meta:
        model = Post
        fields = ("title", "short_title", "level", "division", "duties", "order")
        field_classes: ClassVar = {"division": TenantChoiceField}
        widgets: ClassVar = {"level": forms.RadioSelect, "duties": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "title": gettext_lazy("Viết đủ. Ví dụ: Phó Chủ tịch Ủy ban nhân dân phường"),
            "short_title": gettext_lazy("Viết ngắn, dùng trên lịch. Ví dụ: PCT Văn xã"),
            "level": gettext_lazy("Lãnh đạo có trang riêng và có cột trên lịch tuần."),
            "division": gettext_lazy("Để trống với lãnh đạo đơn vị."),
            "duties": gettext_lazy("Lo việc gì. Người dân đọc để biết gặp ai."),
            "order": gettext_lazy("Số nhỏ đứng trước. Chủ tịch là 1."),
        }
        error_messages: ClassVar = {"title": {"required": gettext_lazy("Nhập tên chức vụ.")}}

    def clean(self) -> dict[str, Any]:
        """Once in each division."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        division, title = data.get("division"), one_line(data.get("title") or "")
        same = Post.objects.filter(title=title, division=division).exclude(pk=self.instance.pk)
        if division and title and same.exists():
            self.add_error("title", _("Phòng, ban này đã có chức vụ ấy."))
        return data


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Somebody who works here; a portrait is checked by its content and made anew."""

    portrait_upload = forms.FileField(
        label=gettext_lazy("Ảnh chân dung"),
        required=False,
        help_text=gettext_lazy("Ảnh đứng JPG, PNG hoặc WebP, tối đa 12 MB. Để trống thì giữ ảnh đang dùng."),
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    remove_portrait = forms.BooleanField(label=gettext_lazy("Bỏ ảnh đang dùng"), required=False)

    class Meta:
        model = Person
        fields = ("full_name", "honorific", "phone", "email", "order", "is_shown", "biography", "account")
        widgets: ClassVar = {"honorific": forms.RadioSelect}
        help_texts: ClassVar = {
            "full_name": gettext_lazy("Ví dụ: Nguyễn Văn A. Không ghi Ông, Bà ở đây."),
            "phone": gettext_lazy("Số cơ quan. Không ghi số di động riêng."),
            "email": gettext_lazy("Thư công vụ. Không ghi thư riêng."),
            "order": gettext_lazy("Khi cùng chức vụ: số nhỏ đứng trước."),
            "is_shown": gettext_lazy("Bỏ chọn thì không hiện ở đâu trên trang công khai."),
            "biography": gettext_lazy("Vài dòng: quê, chuyên môn, các chức vụ đã qua. Không ghi ngày sinh, nơi ở."),
            "account": gettext_lazy("Người này có tài khoản quản trị thì chọn: lịch của họ mở ra trước."),
        }
        error_messages: ClassVar = {"full_name": {"required": gettext_lazy("Nhập họ và tên.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "account" in self.fields:
            members = [*Membership.objects.values_list("user_id", flat=True), self.instance.account_id]
            account: Any = self.fields["account"]
            account.queryset = User.objects.filter(pk__in=members).order_by("full_name", "pk")
        if not self.instance.portrait:
            self.fields.pop("remove_portrait", None)

    def clean_full_name(self) -> str:
        """A name, on one line."""
        name = one_line(self.cleaned_data["full_name"])
        if len(name) < 2:  # noqa: PLR2004 - no name is one letter
            raise ValidationError(_("Nhập đủ họ và tên."))
        return name

    def clean_portrait_upload(self) -> PreparedPicture | None:
        """Only a picture by its content; ready to be stored."""
        upload = self.cleaned_data.get("portrait_upload")
        return prepare_picture(upload, size=upload.size) if upload else None


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """“Giữ chức vụ nào, từ ngày, đến ngày”: a post of the list, or a new one by its title."""

    new_post = forms.CharField(
        label=gettext_lazy("Hoặc ghi chức vụ mới"), required=False, max_length=160,
        help_text=gettext_lazy("Khi danh sách chưa có. Ví dụ: Chủ tịch Ủy ban nhân dân phường"),
    )  # fmt: skip
    new_level = forms.ChoiceField(
        label=gettext_lazy("Cấp của chức vụ mới"), choices=PostLevel.choices, required=False, initial=PostLevel.LEADER
    )

    class Meta:
        model = Appointment
        fields = ("post", "new_post", "new_level", "starts_on", "ends_on", "is_acting", "decision")
        field_classes: ClassVar = {"post": TenantChoiceField}
        widgets: ClassVar = {"starts_on": _day(), "ends_on": _day()}
        help_texts: ClassVar = {
            "ends_on": gettext_lazy("Để trống khi đang giữ."),
            "decision": gettext_lazy("Ví dụ: 12/QĐ-UBND"),
        }
        error_messages: ClassVar = {"starts_on": {"required": gettext_lazy("Chọn ngày bắt đầu giữ chức vụ.")}}

    def __init__(self, *args: Any, posts: list[tuple[Any, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post: Any = self.fields["post"]
        post.required = False
        # One query for all lines: the field's own choices would ask again for each.
        post.queryset = Post.objects.all()
        post.choices = [("", _("Chọn chức vụ")), *(posts or [])]

    def has_changed(self) -> bool:
        """The level alone, which is filled in beforehand, makes no line."""
        return bool(set(self.changed_data) - {"new_level"})

    def clean_new_post(self) -> str:
        """On one line."""
        return one_line(self.cleaned_data["new_post"])

    def clean(self) -> dict[str, Any]:
        """One post, days in order and not in another century."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("post") and not data.get("new_post") and "post" not in self.errors:
            self.add_error("post", _("Chọn chức vụ, hoặc ghi chức vụ mới."))
        if data.get("post") and data.get("new_post"):
            self.add_error("new_post", _("Đã chọn chức vụ ở trên. Bỏ trống một trong hai ô."))
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày thôi giữ phải sau ngày bắt đầu."))
        if first and first > timezone.localdate() + FARTHEST_AHEAD:
            self.add_error("starts_on", _("Ngày này còn quá xa. Xem lại năm."))
        return data

    def held_line(self) -> HeldLine:
        """What the action takes."""
        data = self.cleaned_data
        return HeldLine(self.instance, data.get("new_post") or "", data.get("new_level") or PostLevel.LEADER)


class AppointmentFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """All that one person holds and held; one look at the posts for all lines."""

    @cached_property
    def _posts(self) -> list[tuple[Any, str]]:
        rows = Post.objects.select_related("division")
        return [(row.pk, f"{row.title} ({row.division})" if row.division else row.title) for row in rows]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the posts to each line."""
        return {**super().get_form_kwargs(index), "posts": self._posts}

    def clean(self) -> None:
        """No post twice on the same day."""
        super().clean()
        spans: dict[Any, list[tuple[Any, Any]]] = {}
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if not data or data.get("DELETE") or not data.get("post") or not data.get("starts_on"):
                continue
            first, last = data["starts_on"], data.get("ends_on")
            for other_first, other_last in spans.get(data["post"].pk, []):
                if (last is None or other_first <= last) and (other_last is None or first <= other_last):
                    form.add_error("starts_on", _("Trùng ngày với một dòng khác của cùng chức vụ."))
                    break
            spans.setdefault(data["post"].pk, []).append((first, last))


class LeaveForm(forms.Form):
    """“Thôi giữ chức vụ từ ngày”: one date, and which posts where there are several."""

    from_day = forms.DateField(
        label=gettext_lazy("Thôi giữ chức vụ từ ngày"),
        widget=_day(),
        help_text=gettext_lazy("Ngày đầu tiên không còn giữ chức vụ. Trang và lịch cũ của người này vẫn còn."),
        error_messages={"required": gettext_lazy("Chọn ngày."), "invalid": gettext_lazy("Chọn ngày trong lịch.")},
    )
    held = forms.MultipleChoiceField(
        label=gettext_lazy("Thôi chức vụ nào"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một chức vụ.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(Appointment.objects.open_of(person.pk))
        field: Any = self.fields["held"]
        field.choices = [(str(row.pk), row.post.title) for row in rows]
        field.initial = [str(row.pk) for row in rows]
        self.fields["from_day"].initial = timezone.localdate()

    @property
    def has_choices(self) -> bool:
        """Whether the person holds anything now."""
        field: Any = self.fields["held"]
        return bool(field.choices)

    def clean_from_day(self) -> Any:
        """Not in another century."""
        day = self.cleaned_data["from_day"]
        if day > timezone.localdate() + FARTHEST_AHEAD:
            raise ValidationError(_("Ngày này còn quá xa. Xem lại năm."))
        return day
