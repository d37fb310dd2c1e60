"""Filters of the list of procedures, in the words of the house."""

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from services.enums import OnlineLevel
from services.models import Field

STATES: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("dang-dung", gettext_lazy("Đang dùng"), {"valid_to__isnull": True}),
    ("da-dong", gettext_lazy("Đã đóng"), {"valid_to__isnull": False}),
    ("hay-can", gettext_lazy("Trong “Nhiều người cần”"), {"often_order__isnull": False}),
    ("chua-noi-ngan", gettext_lazy("Chưa có lời nói ngắn"), {"summary": "", "valid_to__isnull": True}),
)
LEVELS: Final[tuple[tuple[str, Any], ...]] = (
    ("at_commune", gettext_lazy("Cấp xã")),
    ("at_province", gettext_lazy("Cấp tỉnh")),
    ("at_district", gettext_lazy("Cấp huyện")),
    ("at_ministry", gettext_lazy("Cấp bộ")),
    ("at_other", gettext_lazy("Cơ quan khác")),
)
DOORS: Final[tuple[tuple[str, Any], ...]] = (
    ("for_people", gettext_lazy("Người dân")),
    ("for_business", gettext_lazy("Doanh nghiệp")),
)


class StateFilter(admin.SimpleListFilter):
    """In use, closed, often needed, without our words."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states."""
        return [(key, label) for key, label, _where in STATES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows in the chosen state."""
        where = next((where for key, _label, where in STATES if key == self.value()), {})
        return queryset.filter(**where)


class _FlagFilter(admin.SimpleListFilter):
    flags: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One line for each flag."""
        return list(self.flags)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows with the chosen flag; an unknown one changes nothing."""
        return queryset.filter(**{str(self.value()): True}) if self.value() in dict(self.flags) else queryset


class LevelFilter(_FlagFilter):
    """By the level that handles it."""

    title = gettext_lazy("cấp thực hiện")
    parameter_name = "cap"
    flags = LEVELS


class DoorFilter(_FlagFilter):
    """By the two doors of the menu."""

    title = gettext_lazy("đối tượng")
    parameter_name = "doi-tuong"
    flags = DOORS


class OnlineFilter(admin.SimpleListFilter):
    """By how far it goes online."""

    title = gettext_lazy("mức trực tuyến")
    parameter_name = "truc-tuyen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The levels."""
        return list(OnlineLevel.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of the chosen level."""
        return queryset.filter(online_level=self.value()) if self.value() in OnlineLevel.values else queryset


class FieldFilter(admin.SimpleListFilter):
    """By field; the list shows a field's own link, so only the chosen one stands here (there are some 140)."""

    title = gettext_lazy("lĩnh vực")
    parameter_name = "linh-vuc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The chosen field, by its slug."""
        slug = request.GET.get(self.parameter_name, "")
        return list(Field.objects.filter(slug=slug).values_list("slug", "name")) if slug else []

    def has_output(self) -> bool:
        """Only while a field is chosen."""
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of the chosen field."""
        return queryset.filter(field__slug=self.value()) if self.value() else queryset
