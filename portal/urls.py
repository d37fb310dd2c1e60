"""The composition root of addresses: the only place that knows every room."""

from django.contrib import admin
from django.urls import include, path

handler400 = "portal.pages.views.errors.bad_request"
handler403 = "portal.pages.views.errors.permission_denied"
handler404 = "portal.pages.views.errors.page_not_found"
handler500 = "portal.pages.views.errors.server_error"

urlpatterns = [
    path("quan-tri/", admin.site.urls),
    path("", include("portal.pages.urls")),
    path("", include("units.urls")),
    path("", include("news.urls")),
    path("", include("services.urls")),
    path("", include("feedback.urls")),
]
