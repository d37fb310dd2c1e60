"""Before something with an address is deleted: where its readers should go."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Article, Category, Page, Tag

CHOICES_SHOWN = 60


class LeadsOn:
    """For admins of categories, tags and pages: the question on the screen that deletes them."""

    delete_confirmation_template: Any = "admin/news/delete_leading_on.html"

    def targets(self, row: Category | Page | Tag) -> list[tuple[str, str]]:
        """(address, words) of the places an old address may lead to."""
        if isinstance(row, Page):
            pages = Page.objects.published().in_language(row.language)  # type: ignore[arg-type]  # one of PageLanguage
            found = [(reverse("news:page-index"), _("Giới thiệu"))]
            found += [(page.get_absolute_url(), page.title) for page in pages[:CHOICES_SHOWN] if page.pk != row.pk]
            return found
        rows = Category.objects.in_order()
        found = [(reverse("news:article-list"), _("Tin tức"))]
        found += [(other.get_absolute_url(), other.name) for other in rows if other != row]
        return found

    def leads_to(self, request: HttpRequest, row: Category | Page | Tag) -> str:
        """What was chosen, if it was offered."""
        chosen = request.POST.get("leads_to", "")
        return chosen if chosen in {target for target, _words in self.targets(row)} else ""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes along, without the bare links between a tag and its articles: no clerk knows those rows."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]  # ModelAdmin's
        counts.pop(Article.tags.through._meta.verbose_name_plural, None)
        return to_delete, counts, lacking, protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The stock screen with the question."""
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]  # ModelAdmin's
        targets = self.targets(row) if row else []
        context = {**(extra_context or {}), "targets": targets}
        return super().delete_view(request, object_id, context)  # type: ignore[misc,no-any-return]  # as above
