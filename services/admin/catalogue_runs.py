"""Imports of the catalogue in the administration: look first, then import; every line that was bad is named."""

from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_runs import RunAdmin
from portal.core.admin_site import MenuItem
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_long
from services.actions.catalogue_runs import confirm_catalogue, upload_catalogue
from services.admin.catalogue_rights import may_care
from services.forms.catalogue import CatalogueFileForm
from services.models import CatalogueRun

COUNTED: Final = ("rows", "added", "changed", "unchanged", "reread", "closed", "reopened", "problem_count")


@admin.register(CatalogueRun)
class CatalogueRunAdmin(RunAdmin):
    """“Nạp danh mục thủ tục”."""

    purpose = gettext_lazy(
        "Gửi tệp danh mục, xem máy sẽ làm gì, rồi mới nạp. Nạp lại chỉ sửa chỗ đã đổi; thủ tục không còn thì đóng, không xóa."
    )
    add_label = gettext_lazy("Gửi tệp")
    list_display = ("file_name", "state_tag", "added", "changed", "closed", "problem_count", "who", "began")
    list_select_related = ("actor",)
    upload_form = CatalogueFileForm
    run_template = "admin/services/catalogue_run.html"
    trail = gettext_lazy("Nạp danh mục")
    upload_title = gettext_lazy("Gửi tệp danh mục")
    upload_note = gettext_lazy("Máy xem thử trước và chưa ghi gì. Bạn đọc kết quả rồi mới quyết định nạp.")
    started = gettext_lazy("Đang nạp. Thủ tục hiện dần trên mọi trang; kết quả ở đây khi xong.")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the lines of problems."""
        return super().get_queryset(request).defer("problems")

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

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who administers a site sees what came in when; by whom, only the province's office does."""
        return request.user.has_perm("services.view_cataloguerun")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Persons of the province's office are not shown on other sites."""
        shown = super().get_list_display(request)
        return shown if self.has_add_permission(request) else tuple(name for name in shown if name != "who")

    def begin(self, data: dict[str, Any], actor: User) -> CatalogueRun:
        """A preview that writes no procedure."""
        return upload_catalogue(
            upload=data["file"], actor=actor, is_partial=data["is_partial"], may_close=data["may_close"]
        )

    def confirm(self, run: CatalogueRun, actor: User) -> bool:
        """Through the action."""
        return confirm_catalogue(run=run, actor=actor)

    def facts(self, run: CatalogueRun) -> dict[str, Any]:
        """What was counted, and every line that was refused or kept as it stands."""
        return {
            "counts": [(label_for_field(name, CatalogueRun), getattr(run, name)) for name in COUNTED],
            "refused": [line for line in run.problems if line.get("is_refused")],
            "kept": [line for line in run.problems if not line.get("is_refused")],
        }


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
