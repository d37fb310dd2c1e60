"""The register of documents in the administration: list, form, publishing."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import take_attachment
from news.actions.document_rights import PUBLISH, may_change
from news.actions.documents import (
    FileDraft,
    delete_document,
    publish_document,
    save_document,
    set_files,
    set_relations,
)
from news.admin.document_list import DocumentListing
from news.admin.document_screens import DocumentScreens
from news.admin.refusals import keep_refusal, refused
from news.enums.documents import DocumentStatus, FileRole
from news.forms.document_files import usual_role
from news.forms.documents import DocumentForm
from news.models import Document, DocumentFile
from portal.core.admin_base import person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from units.chrome import full_name
from units.enums import UnitKind
from units.middleware import site_of, unit_of

READ_ONLY = (
    *("number", "type", "issued_on", "issuer", "signer_name", "signer_post", "abstract", "group", "effective_from"),
    *("own_end", "field", "notes"),
)


def keep_parts(document: Document, form: Any, actor: User) -> None:
    """Keep the files and relations the form chose or brought; called after the document is saved."""
    data = form.cleaned_data
    chosen, brought = data.get("attached"), data.get("new_files") or []
    if chosen is None:
        links = DocumentFile.objects.filter(document=document).select_related("attachment").order_by("order", "pk")
        chosen = [FileDraft(link.attachment, FileRole(link.role)) for link in links]
    drafts = list(chosen)
    for file in brought:
        attachment, _is_new = take_attachment(upload=file, name=file.name, size=file.size, actor=actor)
        has_main = any(draft.role == FileRole.MAIN for draft in drafts)
        drafts.append(FileDraft(attachment, usual_role(attachment, has_main=has_main)))
    set_files(document=document, files=drafts, actor=actor)
    if data.get("relations") is not None:
        set_relations(document=document, relations=data["relations"], actor=actor)


@admin.register(Document)
class DocumentAdmin(DocumentScreens, DocumentListing):
    """Enter, publish, withdraw."""

    form = DocumentForm
    change_form_template = "admin/news/document/change_form.html"
    fieldsets = (
        (None, {"fields": ("new_files", "attached"), "classes": ("doc-files",)}),
        (
            gettext_lazy("Văn bản"),
            {
                "fields": (
                    *(
                        "number",
                        "issued_on",
                        "abstract",
                        "type",
                        "group",
                        "issuer",
                        "is_own",
                        "signer_name",
                        "signer_post",
                    ),
                    *("effective_from", "own_end", "field", "reach", "source_url"),
                ),
                "classes": ("doc-main",),
            },
        ),
        (gettext_lazy("Quan hệ với văn bản trước"), {"fields": ("relations",), "classes": ("doc-relations",)}),
        (gettext_lazy("Cho người dân"), {"fields": ("notes",)}),
    )

    def get_urls(self) -> list[Any]:
        """The screens of the mixin before the stock ones."""
        return [*self.screen_urls(), *super().get_urls()]

    # --- rights -------------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Drafts for everybody who writes, what citizens saw for who publishes."""
        if obj is None:
            return request.user.has_perm("news.change_document")
        return may_change(person_at(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Only drafts: one's own, others by who may delete."""
        if obj is None:
            return request.user.has_perm("news.delete_document")
        if obj.status != DocumentStatus.DRAFT:
            return False
        return request.user.has_perm("news.delete_document") or obj.created_by_id == request.user.pk

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Who may only look sees the row; “hiện ở đâu” is for the province's site."""
        if obj is not None and not self.has_change_permission(request, obj):
            return ((None, {"fields": READ_ONLY}),)
        province = unit_of(request).kind == UnitKind.PROVINCE
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name != "reach" or province)})
            for title, options in self.fieldsets
        ]

    def get_form(self, request: HttpRequest, obj: Document | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The document's form; after a refusal one that carries it as its error."""
        return refused(super().get_form(request, obj, change=change, **kwargs), request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new document is most likely the unit's own, of today, signed by who signed the last one."""
        initial = super().get_changeform_initial_data(request)
        last = next((row for row in Document.objects.filter(is_own=True).remembered()), None)
        issuer = last[0] if last else full_name(unit_of(request), site_of(request))
        return {
            "issuer": issuer,
            "signer_name": last[1] if last else "",
            "signer_post": last[2] if last else "",
            **initial,
        }

    # --- writing ------------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        """Row, files, relations and, if asked, publishing, through their actions: all of it or nothing."""
        user = person_at(request)
        save_document(document=obj, actor=user, seen=form.seen_at() if change else None)
        keep_parts(obj, form, user)
        if form.wants_publishing:
            publish_document(document=obj, actor=user, secrecy_checked=bool(form.cleaned_data.get("secrecy")))

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the actions have kept all parts."""

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        """Delete a draft through its action."""
        delete_document(document=obj, actor=person_at(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Only the draft itself goes; a consultation that names it stands in the way."""
        consultations = [str(one) for row in objs for one in row.consultations.all()[:5]]
        return [str(row) for row in objs], {self.opts.verbose_name_plural: len(objs)}, set(), consultations

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Somebody may publish the draft while this screen is open: then it stays."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:news_document_change", args=[object_id]))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form. What an action refuses comes back in it, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            # The transaction of the first pass is undone; the second one finds the refusal among the form's errors.
            keep_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """What the number told goes into the answer (response_add, response_change)."""
        request.__dict__["_document_form"] = form
        return super().construct_change_message(request, form, formsets, add)

    def response_add(self, request: HttpRequest, obj: Document, post_url_continue: str | None = None) -> HttpResponse:
        """After the first save: say what happened, and stay on the document, or on to the next one."""
        return self._after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Document) -> HttpResponse:
        """After a save: say what happened, and stay on the document."""
        return self._after_save(request, obj)

    @staticmethod
    def _after_save(request: HttpRequest, document: Document) -> HttpResponse:
        form: Any = request.__dict__.get("_document_form")
        if "_publish" in request.POST and document.status == DocumentStatus.PUBLISHED:
            link = format_html('<a href="{}">{}</a>', document.get_absolute_url(), _("Xem trên trang"))
            if document.days_late:
                words = _("Đã đăng, trễ %(days)d ngày làm việc so với hạn %(due)s.")
                words = words % {"days": document.days_late, "due": date_full(document.due_on)}
                messages.warning(request, format_html("{} {}", words, link))
            else:
                messages.success(request, format_html("{} {}", _("Đã đăng văn bản."), link))
        else:
            messages.success(request, _("Đã lưu."))
        if form is not None and form.typed_number.strip() not in ("", document.number):
            messages.info(request, _("Số ký hiệu ghi là %(number)s.") % {"number": document.number})
        if form is not None and form.guessed_type is not None:
            messages.info(request, _("Loại văn bản ghi theo số ký hiệu: %(type)s.") % {"type": document.type.name})
        if twin := Document.objects.all().same_as(document):
            words = _("Sổ đã có một văn bản mang số này trong cùng năm. Xem có nhập hai lần không:")
            address = reverse("admin:news_document_change", args=[twin.pk])
            messages.warning(request, format_html('{} <a href="{}">{}</a>', words, address, twin))
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_document_add"))
        return HttpResponseRedirect(reverse("admin:news_document_change", args=[document.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add what the card “Đăng” shows, and the words the unit wrote last."""
        document, today = kwargs.get("obj"), timezone.localdate()
        may_edit = bool(kwargs.get("add")) or self.has_change_permission(request, document)
        context["may_edit"] = may_edit
        context["may_publish"] = request.user.has_perm(PUBLISH)
        context["suggestions"] = DocumentForm.suggestions() if may_edit else {}
        context["deadline"] = deadline_of(document, today) if document else None
        return super().render_change_form(request, context, *args, **kwargs)


def deadline_of(document: Document, today: date) -> dict[str, Any]:
    """How a document stands to its deadline: the tag's colour and words; empty words where none is measured."""
    if document.due_on is None:
        return {"kind": "", "words": ""}
    due = date_full(document.due_on)
    if document.published_at is not None:
        if not document.days_late:
            return {"kind": "published", "words": _("Đăng đúng hạn (hạn %(due)s)") % {"due": due}}
        words = _("Đăng trễ %(days)d ngày làm việc (hạn %(due)s)")
        return {"kind": "late", "words": words % {"days": document.days_late, "due": due}}
    if document.due_on < today:
        return {"kind": "late", "words": _("Quá hạn đăng từ %(due)s") % {"due": due}}
    kind = "soon" if (document.due_on - today).days <= 1 else "draft"
    return {"kind": kind, "words": _("Hạn đăng %(due)s") % {"due": due}}
