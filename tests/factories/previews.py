"""A preview link whose key the sweeps know."""

from __future__ import annotations

from datetime import timedelta

from news.actions.previews import token_hash
from news.models import PreviewLink
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, House


def preview_token(house: House) -> str:
    """The key of the house's link."""
    return f"khoa-xem-truoc-cua-{house.unit.slug}-0123456789abcdef"


def add_preview_link(house: House) -> PreviewLink:
    """An open link to the house's draft."""
    with unit_scope(house.unit):
        return PreviewLink.objects.create(
            article=house.draft, token_hash=token_hash(preview_token(house)), label=f"Gửi {house.marker}",
            created_by=house.admin, expires_at=NOW + timedelta(days=3),
        )  # fmt: skip
