"""Addresses of comments and ratings."""

from django.urls import path, register_converter

from feedback.views import comments, ratings


class SubjectKind:
    """The kind of a row another room has registered: ``news.article``."""

    regex = r"[a-z]{1,20}\.[a-z]{1,20}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class RowKey:
    """A key that fits into the database."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """``012`` → 12."""
        return int(value)

    def to_url(self, value: int) -> str:
        """12 → ``12``."""
        return str(value)


register_converter(SubjectKind, "kind")
register_converter(RowKey, "key")

urlpatterns = [
    path("gop-y/<kind:kind>/<key:key>/", comments.send_comment, name="comment-send"),
    path("gop-y/<kind:kind>/<key:key>/da-nhan/", comments.comment_received, name="comment-received"),
    path("gop-y/<kind:kind>/<key:key>/tat-ca/", comments.comment_list, name="comment-list"),
    path("danh-gia/<kind:kind>/<key:key>/", ratings.rate_page, name="rate"),
    path("danh-gia/<kind:kind>/<key:key>/ly-do/", ratings.give_reason, name="rate-reason"),
    path("danh-gia/<kind:kind>/<key:key>/da-nhan/", ratings.rating_received, name="rate-received"),
]
