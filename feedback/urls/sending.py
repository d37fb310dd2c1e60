"""Addresses of sending a report: three steps, files, what is alike, the answer page."""

from django.urls import path

from feedback.views import sending, uploads

urlpatterns = [
    path("phan-anh/gui/", sending.report_new, name="report-new"),
    path("phan-anh/gui/<slug:key>/<int:step>/", sending.report_step, name="report-step"),
    path("phan-anh/gui/<slug:key>/tuong-tu/", sending.report_alike, name="report-alike"),
    path("phan-anh/gui/<slug:key>/da-nhan/", sending.report_received, name="report-received"),
    path("phan-anh/gui/<slug:key>/tep/", uploads.upload_new, name="upload-new"),
    path("phan-anh/gui/<slug:key>/tep/<slug:file_key>/", uploads.upload, name="upload"),
]
