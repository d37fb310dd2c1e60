"""Addresses of the feedback room (design.md section 3)."""

from feedback.urls import own, polls, public, questions, readers, requests, sending

app_name = "feedback"
# What stands still before what has a code in it: /phan-anh/gui/ is no report.
urlpatterns = [
    *readers.urlpatterns,
    *sending.urlpatterns,
    *own.urlpatterns,
    *questions.urlpatterns,
    *requests.urlpatterns,
    *polls.urlpatterns,
    *public.urlpatterns,
]
