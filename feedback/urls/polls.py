"""Addresses of polls and online dialogues."""

from django.urls import path

from feedback.urls import converters  # noqa: F401 - it registers
from feedback.views import dialogues, polls

urlpatterns = [
    path("binh-chon/", polls.poll_list, name="polls"),
    path("binh-chon/<key:pk>/", polls.poll_detail, name="poll"),
    path("doi-thoai/", dialogues.dialogue_list, name="dialogues"),
    path("doi-thoai/<key:pk>/", dialogues.dialogue_detail, name="dialogue"),
    path("doi-thoai/<key:pk>/hoi/", dialogues.dialogue_ask, name="dialogue-ask"),
]
