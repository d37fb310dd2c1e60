"""The face of a unit's site."""

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from units.models import Site, SiteLink


@transaction.atomic
def save_site(*, site: Site, actor: User | None = None) -> Site:
    """Save the face of the unit's site; citizens see it within two seconds."""
    site.save()
    bump_generation(site.unit_id)
    record(verb="site.update", target=site, actor=actor)
    return site


@transaction.atomic
def save_site_link(*, link: SiteLink, actor: User | None = None) -> SiteLink:
    """Create or change one line of the link directory."""
    link.save()
    bump_generation(link.unit_id)
    record(verb="sitelink.save", target=link, actor=actor)
    return link


@transaction.atomic
def delete_site_link(*, link: SiteLink, actor: User | None = None) -> None:
    """Take one line out of the link directory."""
    record(verb="sitelink.delete", target=link, actor=actor)
    bump_generation(link.unit_id)
    link.delete()
