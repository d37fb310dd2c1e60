"""Base of every admin screen: only the unit's rows, only the unit's choices, plain words, nothing that needs a script."""

from typing import Any, ClassVar, NoReturn

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.core.models import AuditEntry, User
from portal.core.tenancy.models import TenantModel
from portal.core.text import nfc

HISTORY_LIMIT = 100
SEARCH_WORDS = 20
"""More words than a person types; a thousand conditions are too many for the database."""


def person_at(request: HttpRequest) -> User:
    """The person at the screen; the admin site lets nobody through who is not logged in."""
    assert isinstance(request.user, User)  # noqa: S101 - told to the type checker, kept by the site's has_permission
    return request.user


class PlainAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """What all our screens share: browser's own date fields, no pop-up windows, no jQuery, answers in short sentences.

    ``purpose`` is a sentence under the heading of the list, ``add_label`` the words of its button.
    """

    actions = None
    purpose: Any = ""
    add_label: Any = ""
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"assume_scheme": "https", "widget": forms.URLInput},
    }

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        """404 for a row that is not here (another unit's, or none): the stock admin leads to its first page."""
        raise Http404

    @property
    def media(self) -> forms.Media:
        """None of the stock scripts; a form's own widgets still bring theirs."""
        return forms.Media()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choices without the pop-up links of the stock admin."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if field is not None:
            _name_the_empty_choice(field)
        return field

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search in the spelling that rows are stored in; words beyond SEARCH_WORDS are left out."""
        words = nfc(search_term).split()
        kept = nfc(search_term) if len(words) <= SEARCH_WORDS else " ".join(words[:SEARCH_WORDS])
        return super().get_search_results(request, queryset, kept)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form. Of two people who save at once, the second one's form is read again and sees what the first has written."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # The transaction of the first pass is undone; a second failure is no race.
            for _name, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.seek(0)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with what it is for."""
        words = {"purpose": self.purpose, "add_label": self.add_label}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Say so, then the list or the next empty form."""
        messages.success(request, _("Đã thêm “%(name)s”.") % {"name": obj})
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.path)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say so, then the list."""
        messages.success(request, _("Đã lưu “%(name)s”.") % {"name": obj})
        return self.response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Say so, then the list."""
        messages.success(request, _("Đã xóa “%(name)s”.") % {"name": obj_display})
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))


def _name_the_empty_choice(field: Any) -> None:
    """Words instead of a row of dashes."""
    words = _("Chọn một mục") if field.required else _("Không chọn")
    if getattr(field, "empty_label", None):
        field.empty_label = words
    elif isinstance(field, forms.TypedChoiceField) and not field.widget.is_hidden:
        choices: Any = field.choices
        field.choices = [(value, label if value else words) for value, label in choices]


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Counts no further than a person would leaf: a list of 100,000 rows answers as fast as one of 1,000."""

    COUNT_LIMIT = 3_000

    @cached_property
    def count(self) -> int:
        """The number of rows, at most COUNT_LIMIT; older ones are found by searching and filtering."""
        rows: Any = self.object_list
        return int(rows[: self.COUNT_LIMIT].count())


class TenantAdmin(PlainAdmin):
    """Admin of a tenant model. The scope is already open (host middleware); choices are built for each request."""

    list_per_page = 30
    paginator = BoundedPaginator
    show_full_result_count = False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer and accept only rows of the unit in scope."""
        self._scope_choices(db_field, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer and accept only rows of the unit in scope."""
        self._scope_choices(db_field, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the row's history: the audit trail of this unit knows it."""
        return super().render_change_form(request, {**context, "has_history": True}, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What happened to the row, from the audit trail; the stock log knows only this screen."""
        row = self.get_object(request, object_id)
        entries = AuditEntry.objects.about(row).select_related("actor")[:HISTORY_LIMIT] if row else []
        return super().history_view(request, object_id, {**(extra_context or {}), "entries": entries})

    @staticmethod
    def _scope_choices(db_field: Any, kwargs: dict[str, Any]) -> None:
        target: Any = db_field.remote_field.model
        if issubclass(target, TenantModel):
            kwargs.setdefault("queryset", target._default_manager.all())
