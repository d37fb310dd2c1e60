"""Files for download in the administration."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.actions.attachments import other_places
from news.forms import ArticleForm, AttachmentForm
from news.forms.attachments import ACCEPTED_FILES
from news.models import Article, ArticleAttachment, Attachment
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full, file_size

FILES_AT_ONCE = 20
PLACES_SHOWN = 20


def keep_attachments_of(article: Article, form: ArticleForm, user: User) -> None:
    """Hang the files that the form chose or brought below the article; called after the article is saved."""
    data = form.cleaned_data
    chosen, brought = data.get("attachments"), data.get("new_files") or []
    if chosen is None and not brought:
        return
    if chosen is None:
        chosen = [link.attachment for link in ArticleAttachment.objects.of_article(article)]
    fresh = [actions.take_attachment(upload=file, name=file.name, size=file.size, actor=user)[0] for file in brought]
    actions.set_attachments(article=article, attachments=[*chosen, *fresh], actor=user)


@admin.register(Attachment)
class AttachmentAdmin(TenantAdmin):
    """PDF and Office files of the unit."""

    form = AttachmentForm
    purpose = gettext_lazy("PDF, Word, Excel… để người đọc tải về. Gắn vào bài ở trang viết bài.")
    add_label = gettext_lazy("Tải tệp lên")
    list_display = ("title", "kind_words", "size_words", "added")
    list_filter = ("extension",)
    search_fields = ("title", "original_name")
    search_help_text = gettext_lazy("Tìm theo tên tệp")
    fields = ("title", "facts", "used_in")
    readonly_fields = ("facts", "used_in")

    @admin.display(description=gettext_lazy("Loại"), ordering="extension")
    def kind_words(self, row: Attachment) -> str:
        """Type, and pages of a PDF."""
        return _("%(kind)s, %(pages)d trang") % {"kind": row.kind, "pages": row.pages} if row.pages else row.kind

    @admin.display(description=gettext_lazy("Dung lượng"), ordering="size")
    def size_words(self, row: Attachment) -> str:
        """In MB."""
        return file_size(row.size)

    @admin.display(description=gettext_lazy("Tải lên"), ordering="added_at")
    def added(self, row: Attachment) -> str:
        """The day."""
        return date_full(row.added_at)

    @admin.display(description=gettext_lazy("Tệp"))
    def facts(self, row: Attachment) -> SafeString:
        """A link to the file with its type and size."""
        return format_html(
            '<a href="{}">{}</a> ({}, {})', row.url, row.original_name, self.kind_words(row), file_size(row.size)
        )

    @admin.display(description=gettext_lazy("Dùng ở đâu"))
    def used_in(self, row: Attachment) -> str:
        """Titles of the articles and documents that offer it."""
        links = ArticleAttachment.objects.filter(attachment=row).select_related("article")[:PLACES_SHOWN]
        titles = [*(link.article.title for link in links), *other_places(row)]
        return "; ".join(titles) or _("Chưa bài nào dùng tệp này.")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Several files at once; each is taken or refused on its own."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("files") if request.method == "POST" else []
        results = [self._take(request, file) for file in files[:FILES_AT_ONCE]]
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "results": results, "accepted": ACCEPTED_FILES,
            "nothing_chosen": request.method == "POST" and not files, "left_out": len(files) - len(results),
        }  # fmt: skip
        return TemplateResponse(request, "admin/news/attachment/upload.html", context)

    def _take(self, request: HttpRequest, file: Any) -> dict[str, Any]:
        try:
            row, is_new = actions.take_attachment(upload=file, name=file.name, size=file.size, actor=person_at(request))
        except ValidationError as error:
            return {"name": file.name, "state": "refused", "message": " ".join(error.messages)}
        words = _("Đã tải lên.") if is_new else _("Đã có trong thư viện, không tải lại.")
        url = reverse("admin:news_attachment_change", args=[row.pk])
        return {"name": file.name, "state": "new" if is_new else "known", "message": words, "url": url}

    def save_model(self, request: HttpRequest, obj: Attachment, form: Any, change: bool) -> None:
        """Change the name through the action."""
        stored = Attachment.objects.get(pk=obj.pk)
        actions.name_attachment(attachment=stored, title=form.cleaned_data["title"], actor=person_at(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Articles that offer the file stand in the way."""
        links = ArticleAttachment.objects.filter(attachment__in=objs).select_related("article")[:PLACES_SHOWN]
        protected: list[Any] = [
            format_html(
                '<a href="{}">{}</a>', reverse("admin:news_article_change", args=[link.article_id]), link.article
            )
            for link in links
        ]
        protected += [name for row in objs for name in other_places(row)]
        return [str(row) for row in objs], {self.opts.verbose_name_plural: len(objs)}, set(), protected

    def delete_model(self, request: HttpRequest, obj: Attachment) -> None:
        """Delete through the action."""
        actions.delete_attachment(attachment=obj, actor=person_at(request))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """An article may take the file while this screen is open: then it stays."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:news_attachment_change", args=[object_id]))
