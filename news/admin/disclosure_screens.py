"""Screens of the disclosure register besides list and form: what must be disclosed now, publishing, taking away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news.actions.disclosure import PUBLISH, publish_disclosure, what_is_missing, withdraw_disclosure
from news.disclosure_desk import add_url, desk_of, waiting_in_short
from news.enums.disclosure import DisclosureGroup
from news.enums.documents import DocumentStatus
from news.forms.disclosure import DisclosurePublishForm, DisclosureWithdrawForm
from news.models import DisclosureEntry, Document
from portal.core.admin_base import person_at
from portal.core.models import User
from units.enums import Module
from units.middleware import site_of, unit_of

Step = Callable[[DisclosureEntry, Form], str]


class DisclosureScreens:
    """A mixin of DisclosureEntryAdmin: addresses below /quan-tri/news/disclosureentry/."""

    admin_site: AdminSite
    opts: Any

    def screen_urls(self) -> list[URLPattern]:
        """Before the stock ones, whose last pattern takes every word for a key."""
        view = self.admin_site.admin_view
        return [
            path("viec/", view(self.todo_view), name="news_disclosureentry_todo"),
            path("<int:pk>/dang/", view(self.publish_view), name="news_disclosureentry_publish"),
            path("<int:pk>/go/", view(self.withdraw_view), name="news_disclosureentry_withdraw"),
        ]

    @method_decorator(require_safe)
    def todo_view(self, request: HttpRequest) -> HttpResponse:
        """What is overdue, what is coming, which drafts wait, and every duty to choose from."""
        if not request.user.has_perm("news.view_disclosureentry"):
            raise PermissionDenied
        document, unit = _document(request.GET.get("van-ban", "")), unit_of(request)
        desk = desk_of(unit)
        groups = [
            (group.label, [(line, add_url(line.duty, document=document.pk if document else None)) for line in lines])
            for group in DisclosureGroup
            if (lines := [line for line in desk.lines if line.duty.group == group])
        ]
        may_add = request.user.has_perm("news.add_disclosureentry") and not unit.is_closed
        context = {
            **self.admin_site.each_context(request), "title": _("Việc phải công khai"), "desk": desk, "groups": groups,
            "document": document, "may_add": may_add, "is_closed": unit.is_closed,
        }  # fmt: skip
        return TemplateResponse(request, "admin/news/disclosureentry/todo.html", context)

    def steps_for(self, request: HttpRequest, entry: DisclosureEntry) -> list[dict[str, Any]]:
        """What can be done with the entry now, as buttons; none for who may not publish."""
        if not request.user.has_perm(PUBLISH):
            return []
        if entry.status == DocumentStatus.PUBLISHED:
            steps = [(_("Gỡ mục này"), "withdraw", "archive", False)]
        else:
            words = _("Công khai lại") if entry.status == DocumentStatus.WITHDRAWN else _("Công khai")
            steps = [(words, "publish", "send", True)]
        return [
            {"label": label, "url": reverse(f"admin:news_disclosureentry_{name}", args=[entry.pk]), "icon": icon, "is_main": main}
            for label, name, icon, main in steps
        ]  # fmt: skip

    def _screen(
        self, request: HttpRequest, entry: DisclosureEntry, form: Form, step: Step, words: dict[str, Any]
    ) -> HttpResponse:  # fmt: skip
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, step(entry, form))
                return HttpResponseRedirect(reverse("admin:news_disclosureentry_change", args=[entry.pk]))
            except ValidationError as error:
                form.add_error(None, error)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "entry": entry, **words}
        return TemplateResponse(request, "admin/news/disclosureentry/step.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put the entry before citizens."""
        entry = get_object_or_404(DisclosureEntry.objects.select_related("duty"), pk=pk)
        user = person_at(request)

        def step(entry: DisclosureEntry, form: Form) -> str:
            done = publish_disclosure(entry=entry, actor=user, secrecy_checked=form.cleaned_data["secrecy"])
            if not done:
                return _("Người khác vừa công khai mục này.")
            link = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), _("Xem trên trang"))
            said = _("Đã công khai, trễ %d ngày.") % entry.days_late if entry.days_late else _("Đã công khai.")
            return format_html("{} {}", said, link)

        words = {"title": _("Công khai"), "button": _("Công khai"), "icon": "send", "missing": what_is_missing(entry)}
        return self._screen(request, entry, DisclosurePublishForm(_sent(request)), step, words)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the entry away, with a sentence that stays."""
        entry = get_object_or_404(DisclosureEntry.objects.select_related("duty"), pk=pk)
        user = person_at(request)

        def step(entry: DisclosureEntry, form: Form) -> str:
            done = withdraw_disclosure(entry=entry, note=form.cleaned_data["note"], actor=user)
            return _("Đã gỡ. Địa chỉ của mục còn, và nói vì sao.") if done else _("Mục này không đang công khai.")

        words = {"title": _("Gỡ mục công khai"), "button": _("Gỡ mục này"), "icon": "archive", "is_danger": True}
        return self._screen(request, entry, DisclosureWithdrawForm(_sent(request)), step, words)


def _sent(request: HttpRequest) -> Any:
    """What was sent, also where every box was left open; None where the screen is only opened."""
    return request.POST if request.method == "POST" else None


def _document(raw: str) -> Document | None:
    """A document of the register by its key, for disclosing it; None for anything that is not one here."""
    if not raw.isascii() or not raw.isdigit() or len(raw) > 18:  # noqa: PLR2004 - beyond any id
        return None
    return Document.objects.filter(pk=int(raw)).first()


def disclosure_panel(request: HttpRequest) -> dict[str, Any]:
    """On “Việc hôm nay”: what is overdue or due soon; nothing where nothing is."""
    user, unit = request.user, unit_of(request)
    if not isinstance(user, User) or not user.has_perm("news.change_disclosureentry") or unit.is_closed:
        return {}
    if not site_of(request).has(Module.DISCLOSURE):
        return {}
    waiting = waiting_in_short(unit)
    if not waiting["overdue"] and not waiting["soon"]:
        return {}
    return {"template": "admin/news/disclosureentry/desk_panel.html", **waiting}
