"""Imports in the administration: look first, then take over."""

from typing import Any

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

from news.actions.import_runs import confirm_run, upload_run
from news.enums.imports import ImportState
from news.forms.imports import ImportForm
from news.importing import ImportReport
from news.models import ImportRun
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import datetime_long

LINES_SHOWN = 200


@admin.register(ImportRun)
class ImportRunAdmin(TenantAdmin):
    """“Nạp bài từ trang cũ”."""

    change_list_template = "admin/news/importrun/change_list.html"
    purpose = gettext_lazy(
        "Gửi tệp xuất từ trang cũ, xem thử máy sẽ làm gì, rồi mới nạp. Nạp lại cùng tệp không sinh bài trùng."
    )
    add_label = gettext_lazy("Gửi tệp")
    list_display = ("file_name", "state_tag", "progress", "made_by", "began")
    list_select_related = ("made_by",)

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state_tag(self, run: ImportRun) -> SafeString:
        """The state as a word in its colour."""
        words = {"DONE": "published", "REFUSED": "returned"}.get(run.state, "scheduled")
        return format_html('<span class="tag tag--{}">{}</span>', words, self._state(run))

    @staticmethod
    def _state(run: ImportRun) -> str:
        if not run.is_preview:
            return run.get_state_display()
        return {"DONE": _("Đã xem thử"), "REFUSED": _("Không đọc được")}.get(run.state, _("Đang xem thử"))

    @admin.display(description=gettext_lazy("Đã xem"))
    def progress(self, run: ImportRun) -> str:
        """How far it has come."""
        return f"{run.done}/{run.total}" if run.total else "–"

    @admin.display(description=gettext_lazy("Lúc"), ordering="created_at")
    def began(self, run: ImportRun) -> str:
        """When the file came."""
        return datetime_long(run.created_at)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what came from where stays known."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a run is looked at."""
        return False

    def get_urls(self) -> list[Any]:
        """Taking over what was looked at, beside the stock screens."""
        confirm = path("<int:pk>/nap/", self.admin_site.admin_view(self.confirm_view), name="news_importrun_confirm")
        return [confirm, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Send a file; it is looked at in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            options = {"fetch_media": data["fetch_media"], "drafts": data["drafts"]}
            run = upload_run(upload=data["file"], options=options, actor=person_at(request))
            return HttpResponseRedirect(reverse("admin:news_importrun_change", args=[run.pk]))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form}
        return render(request, "admin/news/importrun/add.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One run with its report; while it works the page looks again by itself."""
        run = self.get_object(request, object_id)
        if run is None or not self.has_view_permission(request, run):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        working = run.state in (ImportState.WAITING, ImportState.RUNNING)
        report = ImportReport.from_json(run.report)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts, "run": run, "state": self._state(run), "working": working,
            "report": report if run.state == ImportState.DONE else None, "error": run.report.get("error", ""),
            "sections": [(heading, lines[:LINES_SHOWN], len(lines)) for heading, lines in report.sections()],
            "may_confirm": run.is_preview and run.state == ImportState.DONE and self.has_add_permission(request),
        }  # fmt: skip
        response = render(request, "admin/news/importrun/run.html", context)
        if working:
            response.headers["Refresh"] = "4"
        return response

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take over what was looked at."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        if confirm_run(run=run, actor=person_at(request)):
            messages.success(request, _("Đang nạp. Bài hiện dần trên trang; báo cáo ở đây khi xong."))
        else:
            messages.info(request, _("Tệp này đã được nạp hoặc đang được nạp."))
        return HttpResponseRedirect(reverse("admin:news_importrun_change", args=[run.pk]))
