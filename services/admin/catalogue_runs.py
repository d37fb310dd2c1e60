"""Imports of the catalogue in the administration: look first, then import; every line that was bad is named."""

from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
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
from portal.core.admin_site import MenuItem
from portal.core.templatetags.portal_text import datetime_long
from services.actions.catalogue_runs import confirm_catalogue, upload_catalogue
from services.admin.catalogue_rights import may_care
from services.enums import RunState
from services.forms.catalogue import CatalogueFileForm
from services.models import CatalogueRun

COUNTED: Final = ("rows", "added", "changed", "unchanged", "reread", "closed", "reopened", "problem_count")
_TAGS: Final = {RunState.DONE: "published", RunState.REFUSED: "returned"}


@admin.register(CatalogueRun)
class CatalogueRunAdmin(TenantAdmin):
    """“Nạp danh mục thủ tục”."""

    purpose = gettext_lazy(
        "Gửi tệp danh mục, xem máy sẽ làm gì, rồi mới nạp. Nạp lại chỉ sửa chỗ đã đổi; thủ tục không còn thì đóng, không xóa."
    )
    add_label = gettext_lazy("Gửi tệp")
    list_display = ("file_name", "state_tag", "added", "changed", "closed", "problem_count", "who", "began")
    list_select_related = ("actor",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the lines of problems."""
        return super().get_queryset(request).defer("problems")

    @admin.display(description=gettext_lazy("tình trạng"))
    def state_tag(self, run: CatalogueRun) -> SafeString:
        """The state as a word in its colour."""
        return format_html('<span class="tag tag--{}">{}</span>', _TAGS.get(run.state, "scheduled"), state_words(run))  # type: ignore[call-overload]

    @admin.display(description=gettext_lazy("người nạp"), ordering="actor")
    def who(self, run: CatalogueRun) -> str:
        """The person, or the command line."""
        return str(run.actor or _("Lệnh của người vận hành"))

    @admin.display(description=gettext_lazy("lúc"), ordering="started_at")
    def began(self, run: CatalogueRun) -> str:
        """When it began."""
        return datetime_long(run.started_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators, and the province's office on its own site."""
        return may_care(request, "services.add_cataloguerun")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the history of the catalogue points here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a run is looked at."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who administers a site sees what came in when; by whom, only the province's office does."""
        return request.user.has_perm("services.view_cataloguerun")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Persons of the province's office are not shown on other sites."""
        shown = super().get_list_display(request)
        return shown if self.has_add_permission(request) else tuple(name for name in shown if name != "who")

    def get_urls(self) -> list[Any]:
        """Importing what was looked at, beside the stock screens."""
        view = self.admin_site.admin_view(self.confirm_view)
        return [path("<int:pk>/nap/", view, name="services_cataloguerun_confirm"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Send a file; it is looked at in the background."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CatalogueFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            run = upload_catalogue(
                upload=data["file"],
                actor=person_at(request),
                is_partial=data["is_partial"],
                may_close=data["may_close"],
            )
            return HttpResponseRedirect(reverse("admin:services_cataloguerun_change", args=[run.pk]))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form}
        return render(request, "admin/services/catalogue_upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One run with its lines; while it works the page looks again by itself."""
        run = self.get_object(request, object_id)
        if run is None or not self.has_view_permission(request, run):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        working = run.state in (RunState.WAITING, RunState.RUNNING)
        may = run.is_preview and run.state == RunState.DONE and run.stored_name and self.has_add_permission(request)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "run": run, "state": state_words(run),
            "working": working, "may_confirm": bool(may),
            "counts": [(label_for_field(name, CatalogueRun), getattr(run, name)) for name in COUNTED],
            "refused": [line for line in run.problems if line.get("is_refused")],
            "kept": [line for line in run.problems if not line.get("is_refused")],
        }  # fmt: skip
        response = render(request, "admin/services/catalogue_run.html", context)
        if working:
            response.headers["Refresh"] = "4"
        return response

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Import what was looked at."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        run = get_object_or_404(CatalogueRun, pk=pk)
        if confirm_catalogue(run=run, actor=person_at(request)):
            messages.success(request, _("Đang nạp. Thủ tục hiện dần trên mọi trang; kết quả ở đây khi xong."))
        else:
            messages.info(request, _("Tệp này đã được nạp hoặc đang được nạp."))
        return HttpResponseRedirect(reverse("admin:services_cataloguerun_change", args=[run.pk]))


def state_words(run: CatalogueRun) -> str:
    """The state in words; a preview has its own."""
    if not run.is_preview:
        return str(run.get_state_display())
    return {"DONE": _("Đã xem thử"), "REFUSED": _("Không đọc được")}.get(run.state, _("Đang xem thử"))


def register(site: Any) -> None:
    """Menu and words; called by the package."""
    site.audit_words.update(
        {
            "catalogue.preview": gettext_lazy("Xem thử tệp danh mục thủ tục"),
            "catalogue.confirm": gettext_lazy("Cho nạp danh mục thủ tục"),
            "catalogue.import": gettext_lazy("Nạp danh mục thủ tục"),
            "catalogue.refuse": gettext_lazy("Không nạp được danh mục thủ tục"),
            "procedure.words": gettext_lazy("Sửa lời của mình ở thủ tục"),
            "procedure.form": gettext_lazy("Lưu mẫu đơn của thủ tục"),
            "procedure.form-delete": gettext_lazy("Bỏ mẫu đơn của thủ tục"),
        }
    )
    site.add_to_menu(
        "services",
        MenuItem(
            gettext_lazy("Thủ tục"), "admin:services_procedure_changelist", "file-text", "services.view_procedure",
            "services.procedure", 10,
        ),
        MenuItem(
            gettext_lazy("Nạp danh mục"), "admin:services_cataloguerun_changelist", "download",
            "services.view_cataloguerun", "services.cataloguerun", 90,
        ),
    )  # fmt: skip
