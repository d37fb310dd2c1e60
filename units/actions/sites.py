"""The face of a unit's site."""

from django.core.files.base import ContentFile
from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import PreparedPicture, random_name
from units.models import Site, SiteLink


@transaction.atomic
def save_site(
    *,
    site: Site,
    emblem: PreparedPicture | None = None,
    banner: PreparedPicture | None = None,
    actor: User | None = None,
) -> Site:
    """Save the face of the unit's site, with a new emblem or banner where given; citizens see it within two seconds."""
    if emblem:
        name = random_name(site.unit_id, "bieu-trung", ".webp")
        site.emblem.save(name, ContentFile(emblem.small), save=False)
    if banner:
        name = random_name(site.unit_id, "dau-trang", ".webp")
        site.banner_file.save(name, ContentFile(banner.large), save=False)
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
