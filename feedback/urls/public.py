"""Addresses of what everybody may read of reports."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("phan-anh/", not_built, name="reports"),
    path("phan-anh/ket-qua/", not_built, name="case-figures"),
    path("phan-anh/atom/", not_built, name="reports-atom"),
    path("phan-anh/<slug:code>/", not_built, name="report"),
    path("phan-anh/<slug:code>/cung-gap/", not_built, name="report-join"),
]
