"""Addresses of questions and answers."""

from django.urls import path

from feedback.feeds.questions import QuestionFeed
from feedback.views import questions

urlpatterns = [
    path("hoi-dap/", questions.question_list, name="questions"),
    path("hoi-dap/gui/", questions.question_new, name="question-new"),
    path("hoi-dap/goi-y", questions.question_suggest, name="question-suggest"),
    path("hoi-dap/atom/", QuestionFeed(), name="questions-atom"),
    path("hoi-dap/<slug:code>/", questions.question, name="question"),
]
