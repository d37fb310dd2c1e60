"""Addresses of the sender's own side of a case: looked up by code and telephone number, or by the private link."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("phan-anh/tra-cuu/", not_built, name="case-lookup"),
    path("phan-anh/cua-toi/<slug:token>/", not_built, name="case-own"),
    path("phan-anh/cua-toi/<slug:token>/tep/<int:pk>/", not_built, name="case-own-file"),
    path("phan-anh/cua-toi/<slug:token>/bo-sung/", not_built, name="case-supply"),
    path("phan-anh/cua-toi/<slug:token>/da-xong/", not_built, name="case-solved"),
    path("phan-anh/cua-toi/<slug:token>/rut/", not_built, name="case-withdraw"),
    path("phan-anh/cua-toi/<slug:token>/tai-ve/", not_built, name="case-export"),
]
