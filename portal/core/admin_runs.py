"""Screens of imports: a file is sent, looked at first without writing, then taken over. Runs are looked at, never changed."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User

_TAGS: Final = {"DONE": "published", "REFUSED": "returned"}
_SECONDS: Final = "4"


class RunAdmin(TenantAdmin):
    """Runs have ``state`` (WAITING, RUNNING, DONE, REFUSED), ``is_preview``, ``stored_name`` and ``file_name``.

    A room says what its actions are (``begin``, ``confirm``), what its page shows (``facts``, ``run_template``, which extends
    admin/run.html) and its words.
    """

    upload_form: Any = None
    run_template = "admin/run.html"
    trail: Any = ""
    upload_title: Any = ""
    upload_note: Any = ""
    started: Any = ""

    def begin(self, data: dict[str, Any], actor: User) -> Any:
        """Keep the file of a valid form and look at it in the background; returns the run."""
        raise NotImplementedError

    def confirm(self, run: Any, actor: User) -> bool:
        """Take over what was looked at; False when somebody else just did."""
        raise NotImplementedError

    def facts(self, run: Any) -> dict[str, Any]:
        """What the page of one run shows."""
        raise NotImplementedError

    @admin.display(description=gettext_lazy("tình trạng"))
    def state_tag(self, run: Any) -> SafeString:
        """The state as a word in its colour."""
        tag = _TAGS.get(run.state, "scheduled")
        return format_html('<span class="tag tag--{}">{}</span>', tag, self.state_words(run))

    def state_words(self, run: Any) -> str:
        """The state in words; a preview has its own."""
        if not run.is_preview:
            return str(run.get_state_display())
        return {"DONE": _("Đã xem thử"), "REFUSED": _("Không đọc được")}.get(run.state, _("Đang xem thử"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what came from where stays known."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a run is looked at."""
        return False

    def get_urls(self) -> list[Any]:
        """Taking over what was looked at, beside the stock screens."""
        view = self.admin_site.admin_view(self.confirm_view)
        return [path("<int:pk>/nap/", view, name=self._name("confirm")), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Send a file; it is looked at in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.upload_form(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._to(self.begin(form.cleaned_data, person_at(request)))
        context = {"form": form, "upload_title": self.upload_title, "upload_note": self.upload_note}
        return self._page(request, "admin/run_upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One run with its report; while it works the page looks again by itself."""
        run = self.get_object(request, object_id)
        if run is None or not self.has_view_permission(request, run):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        working = run.state in {"WAITING", "RUNNING"}
        ready = run.is_preview and run.state == "DONE" and bool(run.stored_name)
        context = {
            "run": run, "state": self.state_words(run), "working": working,
            "confirm_url": reverse(f"admin:{self._name('confirm')}", args=[run.pk]),
            "may_confirm": ready and self.has_add_permission(request), **self.facts(run),
        }  # fmt: skip
        response = self._page(request, self.run_template, context)
        if working:
            response.headers["Refresh"] = _SECONDS
        return response

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take over what was looked at."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        run = get_object_or_404(self.model, pk=pk)
        if self.confirm(run, person_at(request)):
            messages.success(request, self.started)
        else:
            messages.info(request, _("Tệp này đã được nạp hoặc đang được nạp."))
        return self._to(run)

    def _name(self, screen: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{screen}"

    def _to(self, run: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[run.pk]))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        list_url = reverse(f"admin:{self._name('changelist')}")
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "trail": self.trail, "list_url": list_url}
        return render(request, template, {**shared, **context})
