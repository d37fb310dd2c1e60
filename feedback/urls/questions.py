"""Addresses of questions and answers."""

from django.urls import path

from feedback.views.not_built import not_built

urlpatterns = [
    path("hoi-dap/", not_built, name="questions"),
    path("hoi-dap/gui/", not_built, name="question-new"),
    path("hoi-dap/goi-y", not_built, name="question-suggest"),
    path("hoi-dap/<slug:code>/", not_built, name="question"),
]
