"""Addresses of polls and online dialogues."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("binh-chon/", not_built, name="polls"),
    path("binh-chon/<int:pk>/", not_built, name="poll"),
    path("doi-thoai/", not_built, name="dialogues"),
    path("doi-thoai/<int:pk>/", not_built, name="dialogue"),
]
