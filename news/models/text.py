"""What every text of the news room shares: address parts, bodies that may stand in a template."""

from django.core.validators import RegexValidator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from news.models.bodies import dress_pictures
from portal.core.richtext import clean_html

SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", _("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối."))


def safe_html(cleaned: str) -> SafeString:
    """Mark a body as safe for templates after cleaning it once more: the database is not the boundary."""
    return mark_safe(dress_pictures(clean_html(cleaned)))  # noqa: S308 - nh3 has just cleaned it
