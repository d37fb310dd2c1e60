"""Addresses of requests for information and about personal data."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("yeu-cau-thong-tin/", not_built, name="information"),
    path("yeu-cau-thong-tin/gui/", not_built, name="information-new"),
    path("du-lieu-ca-nhan/", not_built, name="personal"),
    path("du-lieu-ca-nhan/gui/", not_built, name="personal-new"),
]
