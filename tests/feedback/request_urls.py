"""The portal's addresses with the screen of requests, until CaseAdmin mixes it in (feedback.admin.case_requests)."""

from django.contrib import admin
from django.urls import include, path

from feedback.admin.case_requests import RequestScreens
from feedback.models import Case
from portal.core.admin_base import PlainAdmin
from portal.urls import *  # noqa: F403 - handlers come along
from portal.urls import urlpatterns as portal_patterns


class RequestAdmin(RequestScreens, PlainAdmin):
    """The mixin alone."""


urlpatterns = [
    path("quan-tri/feedback/case/", include(RequestAdmin(Case, admin.site).request_urls())),
    *portal_patterns,
]
