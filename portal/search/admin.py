"""The table of synonyms: one for the whole portal, so no role of a unit is given rights on it, only operators have them."""

from django.contrib import admin

from portal.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Words people type and what they stand for; a change counts from the next search on."""

    list_display = ("term", "expansion", "is_two_way")
    list_filter = ("is_two_way",)
    search_fields = ("term", "expansion", "key")
    fields = ("term", "expansion", "is_two_way")
    list_per_page = 50
