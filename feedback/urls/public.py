"""Addresses of what everybody may read of reports."""

from django.urls import path

from feedback.views import joining, public

urlpatterns = [
    path("phan-anh/", public.reports, name="reports"),
    path("phan-anh/ket-qua/", public.case_figures, name="case-figures"),
    path("phan-anh/ket-qua/csv/", public.case_figures_csv, name="case-figures-csv"),
    path("phan-anh/atom/", public.reports_atom, name="reports-atom"),
    path("phan-anh/<slug:code>/", public.report, name="report"),
    path("phan-anh/<slug:code>/cung-gap/", joining.report_join, name="report-join"),
]
