"""What the sweeps share: the admin's screens, who visits, and what must not be seen."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, headers_of

# Screens of the admin that belong to no model.
ADMIN_SCREENS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "admin:index": (("/quan-tri/",), (200,)),
    "admin:login": (("/quan-tri/login/",), (200, 302)),
    "admin:logout": (("/quan-tri/logout/",), (405,)),
    "admin:password_change": (("/quan-tri/password_change/",), (200,)),
    "admin:password_change_done": (("/quan-tri/password_change/done/",), (200,)),
    "admin:jsi18n": (("/quan-tri/jsi18n/",), (200,)),
    "admin:news_picture_describe": (("/quan-tri/news/picture/mo-ta/",), (200,)),
    "admin:news_picture_choose": (("/quan-tri/news/picture/chon/?q=morvane", "/quan-tri/news/picture/chon/"), (200,)),
    "admin:news_article_sharing": (("/quan-tri/news/article/trao-doi/",), (200,)),
    "admin:news_article_sharing_sent": (("/quan-tri/news/article/trao-doi/gui-di/",), (200,)),
    "admin:news_article_originality": (("/quan-tri/news/article/tu-viet/",), (200,)),
    # The province's only: no other host has them.
    "admin:news_article_originality_units": (("/quan-tri/news/article/tu-viet/cac-don-vi/",), (404,)),
    "admin:news_article_originality_csv": (("/quan-tri/news/article/tu-viet/cac-don-vi.csv",), (404,)),
    "admin:news_article_autosave_new": (("/quan-tri/news/article/tu-luu/",), (405,)),
    "admin:news_article_discard": (("/quan-tri/news/article/tu-luu/bo/",), (405,)),
    "admin:news_article_checks": (("/quan-tri/news/article/kiem-tra/",), (405,)),
    "admin:news_article_mend": (("/quan-tri/news/article/sua-giup/",), (405,)),
    "admin:news_article_clean": (("/quan-tri/news/article/lam-sach/",), (405,)),
    # Without a form sent to it there is nothing to look at: on to the empty form.
    "admin:news_article_preview_new": (("/quan-tri/news/article/xem-truoc/",), (302,)),
    "admin:news_royaltysheet_month": (("/quan-tri/news/royaltysheet/thang/2026/11/",), (200,)),
    "admin:news_royaltysheet_mine": (("/quan-tri/news/royaltysheet/cua-toi/",), (200,)),
    # With the other unit's own keys: tests/news/test_royalty_admin.py.
    "admin:news_royaltysheet_print": (("/quan-tri/news/royaltysheet/999999/in/",), (404,)),
    "admin:news_royaltysheet_xlsx": (("/quan-tri/news/royaltysheet/999999/xlsx/",), (404,)),
    "admin:news_royaltytable_template": (("/quan-tri/news/royaltytable/mau/",), (302,)),
    "admin:news_royaltytable_step": (("/quan-tri/news/royaltytable/999999/buoc/",), (404,)),
    "admin:news_article_royalty": (("/quan-tri/news/article/999999/nhuan-but/",), (404,)),
    "admin:news_article_calendar": (
        ("/quan-tri/news/article/lich/", "/quan-tri/news/article/lich/?thang=2026-10"),
        (200,),
    ),
    "admin:news_article_reviews": (("/quan-tri/news/article/can-xem-lai/",), (200,)),
    "admin:services_localanswer_here": (("/quan-tri/services/localanswer/o-day/",), (200,)),
    "admin:news_document_on_time": (("/quan-tri/news/document/dung-han/",), (200,)),
    # The province's only: no other host has them.
    "admin:news_document_on_time_units": (("/quan-tri/news/document/dung-han/cac-don-vi/",), (404,)),
    "admin:news_document_on_time_csv": (("/quan-tri/news/document/dung-han/cac-don-vi.csv",), (404,)),
    "admin:news_disclosureentry_todo": (("/quan-tri/news/disclosureentry/viec/",), (200,)),
    "admin:units_redirect_upload": (("/quan-tri/units/redirect/nap/",), (200,)),
    # What stands in the files: tests/units/test_schedule_files.py.
    "admin:units_scheduleweek_xlsx": (("/quan-tri/units/scheduleimport/tuan/2026/W48/lich.xlsx",), (200,)),
    "admin:units_scheduleweek_docx": (("/quan-tri/units/scheduleimport/tuan/2026/W48/lich.docx",), (200,)),
    "admin:units_scheduleimport_sample_xlsx": (("/quan-tri/units/scheduleimport/mau.xlsx",), (200,)),
    "admin:units_scheduleimport_sample_docx": (("/quan-tri/units/scheduleimport/mau.docx",), (200,)),
    "admin:units_scheduleentry_grid_now": (("/quan-tri/units/scheduleentry/tuan/",), (302,)),
    **{
        f"admin:units_scheduleentry_grid{verb}": ((f"/quan-tri/units/scheduleentry/tuan/2026/W48/{path}",), (status,))
        for verb, path, status in (
            *(
                ("", "", 200),
                ("_table", "bang/", 200),
                ("_check", "kiem-tra/", 200),
                ("_paste", "dan-nhieu-dong/", 200),
            ),
            *(("_copy", "chep-tuan-truoc/", 200), ("_series", "viec-lap-lai/", 405), ("_undo", "tra-lai/", 405)),
        )
    },
    "admin:units_scheduleweek_now": (("/quan-tri/units/scheduleweek/tuan/",), (302,)),
    "admin:units_scheduleweek_desk": (
        ("/quan-tri/units/scheduleweek/tuan/2026/W48/", "/quan-tri/units/scheduleweek/tuan/2026/W53/"),
        (200,),
    ),
    # Buttons of the desk: by POST only, and by whom: tests/units/test_schedule_desk.py.
    **{
        f"admin:units_scheduleweek_desk_{verb}": ((f"/quan-tri/units/scheduleweek/tuan/2026/W48/{path}/",), (405,))
        for path, verb in (
            *(("mo", "open"), ("nhan", "accept"), ("chep", "copy"), ("lap-lai", "series")),
            *(("ghi-chu", "note"), ("duyet", "approve"), ("cong-bo", "publish")),
        )
    },
    "admin:units_receptionsession_publish": (("/quan-tri/units/receptionsession/cong-bo/",), (200,)),
    "admin:units_receptionsession_desk": (("/quan-tri/units/receptionsession/ban-tiep-dan/",), (200,)),
    "admin:feedback_case_sheet": (("/quan-tri/feedback/case/danh-sach.xlsx",), (200,)),
    "admin:feedback_case_moderation": (("/quan-tri/feedback/case/duyet/",), (200,)),
    "admin:app_list": (("/quan-tri/news/", "/quan-tri/units/", "/quan-tri/core/"), (200, 404)),
}


# Models of no unit whose lists members of every unit may read: the catalogue and its menu; cases, each unit its own.
READ_BY_ALL = frozenset({"services.procedure", "services.lifeevent", "services.cataloguerun", "feedback.case"})


def model_screens() -> dict[str, tuple[Any, str]]:
    """URL name → (model, action) of every screen of every registered model."""
    screens = {}
    for model in admin.site._registry:
        for action in ("changelist", "add", "history", "delete", "change"):
            screens[f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}"] = (model, action)
    return screens


# Swept by tests of their own, or reached by other patterns of the same screen.
ADMIN_OTHERS = {
    **dict.fromkeys(
        ("admin:units_calendaraddress_make", "admin:units_calendaraddress_revoke"),
        "tests/units/test_calendars.py: the other's leader and address",
    ),
    **dict.fromkeys(
        ("admin:news_deadlink_again", "admin:news_deadlink_ignore", "admin:news_deadlink_heed"),
        "tests/news/test_links.py: the other's link",
    ),
    **dict.fromkeys(
        (
            *("admin:news_consultation_publish", "admin:news_consultation_withdraw"),
            *("admin:news_consultation_summary", "admin:news_consultation_outcome"),
        ),
        "tests/news/test_consultations.py: the other's draft",
    ),
    **dict.fromkeys(
        ("admin:news_disclosureentry_publish", "admin:news_disclosureentry_withdraw"),
        "tests/news/test_disclosure_admin.py: the other's entry",
    ),
    **dict.fromkeys(
        [f"admin:news_budgettable_{verb}" for verb in ("list", "add", "change", "delete", "move")],
        "tests/news/test_budget_screens.py: the other's tables",
    ),
    "admin:feedback_comment_opinions": "tests/feedback/test_opinions.py: the other's draft",
    **dict.fromkeys(
        ("admin:services_procedure_versions", "admin:services_procedure_forms", "admin:services_cataloguerun_confirm"),
        "tests/services/test_catalogue_admin.py: the one catalogue, no unit's row; who may write it",
    ),
    "admin:news_importrun_confirm": "tests/news/test_import_screens.py: the other's import",
    "admin:news_article_autosave": "test_unsaved_words_of_another_unit_…",
    "admin:news_article_presence": "test_unsaved_words_of_another_unit_…",
    "admin:news_article_share": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    "admin:news_article_share_picture": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    "admin:news_article_sharing_parcel": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    "admin:news_article_offer": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    "admin:news_article_push": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    "admin:news_article_place": "tests/news/test_sharing_screens.py: a third unit's identifiers",
    **dict.fromkeys(
        ("admin:news_article_versions", "admin:news_article_version", "admin:news_article_compare"),
        "tests/news/test_versions.py: the other's article",
    ),
    **dict.fromkeys(
        ("admin:news_article_review", "admin:news_article_urgent"),
        "tests/news/test_workflow_screens.py: the other's article",
    ),
    "admin:news_document_withdraw": "tests/news/test_document_admin.py: the other's document",
    "admin:news_article_english": "tests/news/test_english.py: the other's article",
    "admin:news_article_reviewed": "tests/news/test_planning.py: the other's texts",
    "admin:services_dossierfeed_read": "tests/services/test_dossier_admin.py: the other's feed",
    "admin:services_localanswer_copy": "tests/services/test_local_screens.py: the other's answer",
    **dict.fromkeys(
        (f"admin:units_receptionsession_{step}" for step in ("cancel", "restore", "finish", "people", "print")),
        "tests/units/test_reception_desk.py: the other's session",
    ),
    **dict.fromkeys(
        (f"admin:feedback_case_{step}" for step in ("print", "unmask", "file", "moderate", "blurred", "request")),
        "tests/feedback/test_case_sight.py, test_moderation_screens.py, test_request_screen.py: the other's case",
    ),
    "admin:feedback_dialogue_desk": "tests/feedback/test_dialogues.py: the other's dialogue",
    "admin:units_alert_end": "tests/units/test_alerts.py: the other's alert",
    **dict.fromkeys(
        ("admin:units_person_leave", "admin:units_spokesperson_publish", "admin:units_spokesperson_end"),
        "tests/units/test_people_admin.py: the other's person and spokesperson",
    ),
    "admin:units_scheduleentry_move": "tests/units/test_schedule_moves.py: the other's line",
    **dict.fromkeys(
        (f"admin:units_scheduleentry_{step}" for step in ("return", "cancel", "restore", "withdraw")),
        "tests/units/test_schedule_desk.py: the other's entry",
    ),
    "admin:news_article_restore": "tests/news/test_versions.py: the other's article",
    "admin:news_article_withdraw": "tests/news/test_withdrawal.py: the other's article",
    "admin:news_article_preview": "tests/news/test_previews.py: the other's article",
    "admin:news_article_links": "tests/news/test_preview_links.py: the other's article and link",
    "admin:news_article_link_revoke": "tests/news/test_preview_links.py: the other's article and link",
    "admin:autocomplete": "test_choosers_and_shortcuts_…",
    "admin:view_on_site": "test_choosers_and_shortcuts_…",
    "admin:<path:object_id>/": "the old address of change: it redirects there",
    "admin:(?P<url>.*)$": "the admin's own 404",
}


VISITORS = ("anonymous", "own admin", "other's admin", "operator")


def who(cast: Cast, visitor: str) -> Any:
    """The account of a visitor to Thuận An's site; None for anonymous."""
    return {"own admin": cast.a.admin, "other's admin": cast.b.admin, "operator": cast.operator}.get(visitor)


def assert_nothing_of(house: House, response: Any, path: str) -> None:
    """No text, header or file name of the house stands in the answer."""
    text = body_of(response) + headers_of(response)
    for secret in (house.marker, house.marker.lower(), str(house.picture.file.name)):
        if secret in path:  # the 404 page names the address that was asked for
            continue
        assert secret not in text, f"{path} shows {secret}"
    # The word of the search is said back to whoever typed it.
    if f"q={house.word}" not in path:
        assert house.word not in text, f"{path} shows {house.word}"
