"""Addresses of requests for information and about personal data."""

from django.urls import path

from feedback.views import requests

urlpatterns = [
    path("yeu-cau-thong-tin/", requests.information, name="information"),
    path("yeu-cau-thong-tin/gui/", requests.information_new, name="information-new"),
    path("du-lieu-ca-nhan/", requests.personal, name="personal"),
    path("du-lieu-ca-nhan/gui/", requests.personal_new, name="personal-new"),
]
