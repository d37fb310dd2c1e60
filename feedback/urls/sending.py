"""Addresses of sending a report: three steps, files, what is alike, the answer page."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("phan-anh/gui/", not_built, name="report-new"),
    path("phan-anh/gui/<slug:key>/<int:step>/", not_built, name="report-step"),
    path("phan-anh/gui/<slug:key>/tuong-tu/", not_built, name="report-alike"),
    path("phan-anh/gui/<slug:key>/da-nhan/", not_built, name="report-received"),
    path("phan-anh/gui/<slug:key>/tep/", not_built, name="upload-new"),
    path("phan-anh/gui/<slug:key>/tep/<slug:file_key>/", not_built, name="upload"),
]
