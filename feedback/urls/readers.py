"""Addresses of comments and ratings."""

from django.urls import path

from feedback.urls import converters  # noqa: F401 - it registers
from feedback.views import comments, ratings

urlpatterns = [
    path("gop-y/<kind:kind>/<key:key>/", comments.send_comment, name="comment-send"),
    path("gop-y/<kind:kind>/<key:key>/da-nhan/", comments.comment_received, name="comment-received"),
    path("gop-y/<kind:kind>/<key:key>/tat-ca/", comments.comment_list, name="comment-list"),
    path("danh-gia/<kind:kind>/<key:key>/", ratings.rate_page, name="rate"),
    path("danh-gia/<kind:kind>/<key:key>/ly-do/", ratings.give_reason, name="rate-reason"),
    path("danh-gia/<kind:kind>/<key:key>/da-nhan/", ratings.rating_received, name="rate-received"),
]
