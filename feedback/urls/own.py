"""Addresses of the sender's own side of a case: looked up by code and telephone number, or by the private link."""

from django.urls import path

from feedback.views import own, own_steps

urlpatterns = [
    path("phan-anh/tra-cuu/", own.lookup, name="case-lookup"),
    path("phan-anh/cua-toi/<slug:token>/", own.own, name="case-own"),
    path("phan-anh/cua-toi/<slug:token>/tep/<int:pk>/", own.own_file, name="case-own-file"),
    path("phan-anh/cua-toi/<slug:token>/bo-sung/", own_steps.supply, name="case-supply"),
    path("phan-anh/cua-toi/<slug:token>/da-xong/", own_steps.solved, name="case-solved"),
    path("phan-anh/cua-toi/<slug:token>/rut/", own_steps.withdraw, name="case-withdraw"),
    path("phan-anh/cua-toi/<slug:token>/thoi/<slug:what>/", own_steps.consent, name="case-consent"),
    path("phan-anh/cua-toi/<slug:token>/tai-ve/", own_steps.export, name="case-export"),
]
