"""Addresses of the services room (design.md section 3); procedures stand last, their codes are like any word."""

from django.urls import path, re_path

from services.views import dossiers, menu, mistakes, places, procedures, satisfaction

app_name = "services"

_CODE = r"^dich-vu-cong/(?P<code>[0-9A-Za-z]{1,8}(?:[.\-][0-9A-Za-z]{1,12}){0,4})/"

urlpatterns = [
    path("dich-vu-cong/", menu.menu, name="menu"),
    path("dich-vu-cong/doanh-nghiep/", menu.menu_business, name="menu-business"),
    path("dich-vu-cong/linh-vuc/", menu.field_list, name="field-list"),
    path("dich-vu-cong/linh-vuc/<slug:slug>/", menu.field, name="field"),
    path("dich-vu-cong/linh-vuc/<slug:slug>/noi-khac/", menu.field_elsewhere, name="field-elsewhere"),
    path("dich-vu-cong/viec/<slug:slug>/", menu.life_event, name="life-event"),
    path("dich-vu-cong/ranh-gioi.json", places.boundaries, name="boundaries"),
    path("dich-vu-cong/tra-cuu/", dossiers.dossier, name="dossier"),
    path("dich-vu-cong/tra-cuu/thang/", dossiers.dossier_months, name="dossier-months"),
    path("dich-vu-cong/tra-cuu/thang/<int:year>/<int:month>/", dossiers.dossier_months, name="dossier-month"),
    path(
        "dich-vu-cong/tra-cuu/thang/<int:year>/<int:month>/so-lieu.csv", dossiers.dossier_month_csv, name="dossier-csv"
    ),
    path("dich-vu-cong/hai-long/", satisfaction.satisfaction, name="satisfaction"),
    path("dich-vu-cong/hai-long/da-nhan/", satisfaction.satisfaction_received, name="satisfaction-received"),
    path("dich-vu-cong/hai-long/to-dan/", satisfaction.satisfaction_poster, name="satisfaction-poster"),
    path("dich-vu-cong/hai-long/ket-qua/", satisfaction.satisfaction_results, name="satisfaction-results"),
    path(
        "dich-vu-cong/hai-long/ket-qua/<int:year>/<int:number>/",
        satisfaction.satisfaction_quarter,
        name="satisfaction-quarter",
    ),
    re_path(_CODE + r"$", procedures.procedure, name="procedure"),
    re_path(_CODE + r"in/$", procedures.procedure_print, name="procedure-print"),
    re_path(_CODE + r"lich-su/$", procedures.procedure_history, name="procedure-history"),
    re_path(_CODE + r"noi-nop/$", places.place, name="place"),
    re_path(_CODE + r"bao-sai/$", mistakes.mistake, name="mistake"),
    re_path(_CODE + r"bao-sai/da-nhan/$", mistakes.mistake_received, name="mistake-received"),
]
