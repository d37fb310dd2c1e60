"""The table of synonyms: one for the whole portal, so no role of a unit is given rights on it, only operators have them."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import PlainAdmin
from portal.core.admin_site import MenuItem
from portal.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(PlainAdmin):
    """Words people type and what they stand for; a change counts from the next search on."""

    purpose = gettext_lazy("Từ người dân gõ và cách viết chính thức. Tìm từ này thì cũng thấy cách viết kia.")
    add_label = gettext_lazy("Thêm từ đồng nghĩa")

    list_display = ("term", "expansion", "two_way_word")
    list_filter = ("is_two_way",)
    search_fields = ("term", "expansion", "key")
    fields = ("term", "expansion", "is_two_way")
    list_per_page = 50

    @admin.display(description=gettext_lazy("Cả chiều ngược lại"), ordering="is_two_way")
    def two_way_word(self, synonym: Synonym) -> str:
        """Yes in words."""
        return _("Có") if synonym.is_two_way else "–"


SITE: Any = admin.site  # PortalAdminSite
SITE.add_to_menu(
    "system",
    MenuItem(gettext_lazy("Từ đồng nghĩa"), "admin:search_synonym_changelist", "search", "", "search.synonym", 50),
)
