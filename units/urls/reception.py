"""Addresses of citizen reception."""

from django.urls import path, re_path

from units.views import reception

urlpatterns = [
    path("tiep-cong-dan/", reception.session_list, name="reception"),
    re_path(r"^tiep-cong-dan/dang-ky/(?P<pk>\d{1,18})/$", reception.book, name="reception-book"),
    path("tiep-cong-dan/da-dang-ky/", reception.booked, name="reception-booked"),
    path("tiep-cong-dan/tra-cuu/", reception.own_booking, name="reception-own"),
    path("tiep-cong-dan/huy/", reception.cancel, name="reception-cancel"),
]
