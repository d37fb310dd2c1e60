"""Imports in the administration: look first, then take over."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.actions.import_runs import confirm_run, upload_run
from news.enums.imports import ImportState
from news.forms.imports import ImportForm
from news.importing import ImportReport
from news.models import ImportRun
from portal.core.admin_runs import RunAdmin
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_long

LINES_SHOWN = 200


@admin.register(ImportRun)
class ImportRunAdmin(RunAdmin):
    """“Nạp bài từ trang cũ”."""

    change_list_template = "admin/news/importrun/change_list.html"
    purpose = gettext_lazy(
        "Gửi tệp xuất từ trang cũ, xem thử máy sẽ làm gì, rồi mới nạp. Nạp lại cùng tệp không sinh bài trùng."
    )
    add_label = gettext_lazy("Gửi tệp")
    list_display = ("file_name", "state_tag", "progress", "made_by", "began")
    list_select_related = ("made_by",)
    upload_form = ImportForm
    run_template = "admin/news/importrun/run.html"
    trail = gettext_lazy("Nạp bài từ trang cũ")
    upload_title = gettext_lazy("Gửi tệp từ trang cũ")
    upload_note = gettext_lazy("Máy xem thử trước và chưa ghi gì. Bạn đọc báo cáo rồi mới quyết định nạp.")
    started = gettext_lazy("Đang nạp. Bài hiện dần trên trang; báo cáo ở đây khi xong.")

    @admin.display(description=gettext_lazy("Đã xem"))
    def progress(self, run: ImportRun) -> str:
        """How far it has come."""
        return f"{run.done}/{run.total}" if run.total else "–"

    @admin.display(description=gettext_lazy("Lúc"), ordering="created_at")
    def began(self, run: ImportRun) -> str:
        """When the file came."""
        return datetime_long(run.created_at)

    def begin(self, data: dict[str, Any], actor: User) -> ImportRun:
        """A preview that writes nothing."""
        options = {"fetch_media": data["fetch_media"], "drafts": data["drafts"]}
        return upload_run(upload=data["file"], options=options, actor=actor)

    def confirm(self, run: ImportRun, actor: User) -> bool:
        """Through the action."""
        return confirm_run(run=run, actor=actor)

    def facts(self, run: ImportRun) -> dict[str, Any]:
        """The report, with the first lines of each of its sections."""
        report = ImportReport.from_json(run.report)
        return {
            "report": report if run.state == ImportState.DONE else None,
            "error": run.report.get("error", ""),
            "sections": [(heading, lines[:LINES_SHOWN], len(lines)) for heading, lines in report.sections()],
        }
