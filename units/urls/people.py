"""Addresses of people, directory, spokespersons, hotlines."""

from django.urls import path, re_path

from units.views import people

urlpatterns = [
    path("lanh-dao/", people.leader_list, name="leader-list"),
    path("lanh-dao/so-do/", people.chart, name="organisation-chart"),
    re_path(r"^lanh-dao/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", people.leader_detail, name="leader-detail"),
    path("danh-ba/", people.directory, name="directory"),
    path("nguoi-phat-ngon/", people.spokespersons, name="spokespersons"),
    path("duong-day-nong/", people.hotlines, name="hotlines"),
]
