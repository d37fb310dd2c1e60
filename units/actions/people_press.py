"""Who speaks to the press, which numbers to call, and the numbers the law sets."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_every_generation, bump_generation
from portal.core.text import one_line
from portal.search.actions import mark_changed
from units.models import Hotline, LegalTerm, Spokesperson, Unit
from units.rules.people import whole_hours

SPOKES_LABEL: Final = "units.Spokesperson"
HOTLINE_LABEL: Final = "units.Hotline"


def _show(row: Spokesperson) -> None:
    bump_generation(row.unit_id)
    mark_changed(unit_id=row.unit_id, model_label=SPOKES_LABEL, object_id=row.pk)


@transaction.atomic
def save_spokesperson(*, spokesperson: Spokesperson, actor: User | None = None) -> Spokesperson:
    """Create or change one who speaks for the unit. Raises ValidationError when a published one's time of assignment moves."""
    before = Spokesperson.objects.filter(pk=spokesperson.pk).first() if spokesperson.pk else None
    if before and before.published_at and before.assigned_at != spokesperson.assigned_at:
        raise ValidationError(
            {"assigned_at": _("Đã công bố thì giờ giao nhiệm vụ không sửa được: số giờ được tính từ đó.")}
        )
    spokesperson.name, spokesperson.post = one_line(spokesperson.name), one_line(spokesperson.post)
    spokesperson.save()
    detail = {"assigned": spokesperson.assigned_at.isoformat(), "phone": spokesperson.phone}
    record(
        verb="spokesperson.change" if before else "spokesperson.add", target=spokesperson, actor=actor, detail=detail
    )
    if spokesperson.published_at:
        _show(spokesperson)
    return spokesperson


@transaction.atomic
def publish_spokesperson(*, spokesperson: Spokesperson, actor: User | None) -> bool:
    """Put them on the register; the hours since the assignment are kept. False when somebody else just did.

    Raises ValidationError for one whose assignment lies ahead or is over.
    """
    now = timezone.now()
    if spokesperson.assigned_at > now:
        raise ValidationError(_("Giờ giao nhiệm vụ chưa tới. Đến giờ ấy mới công bố."))
    if spokesperson.ends_at and spokesperson.ends_at <= now:
        raise ValidationError(_("Người này đã thôi nhiệm vụ, không công bố nữa."))
    if not Spokesperson.objects.filter(pk=spokesperson.pk, published_at__isnull=True).update(published_at=now):
        return False
    spokesperson.refresh_from_db()
    hours = whole_hours(spokesperson.assigned_at, now)
    record(verb="spokesperson.publish", target=spokesperson, actor=actor, detail={"hours": hours})
    _show(spokesperson)
    return True


@transaction.atomic
def end_spokesperson(*, spokesperson: Spokesperson, at: datetime, actor: User | None) -> bool:
    """From ``at`` on they speak no more; False when that was entered already. Raises ValidationError before the assignment."""
    if at < spokesperson.assigned_at:
        raise ValidationError(_("Giờ thôi nhiệm vụ phải sau giờ giao nhiệm vụ."))
    if not Spokesperson.objects.filter(pk=spokesperson.pk, ends_at__isnull=True).update(ends_at=at):
        return False
    spokesperson.refresh_from_db()
    record(verb="spokesperson.end", target=spokesperson, actor=actor, detail={"at": at.isoformat()})
    _show(spokesperson)
    return True


@transaction.atomic
def delete_spokesperson(*, spokesperson: Spokesperson, actor: User | None) -> None:
    """Delete one whom citizens never saw; raises ValidationError for any other."""
    if spokesperson.published_at:
        raise ValidationError(_("Đã từng công bố thì không xóa, chỉ ghi giờ thôi nhiệm vụ."))
    record(verb="spokesperson.delete", target=spokesperson, actor=actor)
    spokesperson.delete()


def _show_hotline(unit_id: int, key: int, *, everywhere: bool) -> None:
    if everywhere:
        bump_every_generation()
    else:
        bump_generation(unit_id)
    mark_changed(unit_id=unit_id, model_label=HOTLINE_LABEL, object_id=key)


@transaction.atomic
def save_hotline(*, hotline: Hotline, actor: User | None = None) -> Hotline:
    """Create or change a number; only the province's may stand on every site, from others it counts for their own."""
    before = Hotline.objects.filter(pk=hotline.pk).first() if hotline.pk else None
    hotline.label, hotline.number = one_line(hotline.label), one_line(hotline.number)
    hotline.save()
    if hotline.for_all and not Unit.objects.provinces().filter(pk=hotline.unit_id).exists():
        hotline.for_all = False
        hotline.save(update_fields=["for_all"])
    detail = {"number": hotline.number, "for_all": hotline.for_all}
    record(verb="hotline.change" if before else "hotline.add", target=hotline, actor=actor, detail=detail)
    _show_hotline(hotline.unit_id, hotline.pk, everywhere=hotline.for_all or bool(before and before.for_all))
    return hotline


@transaction.atomic
def delete_hotline(*, hotline: Hotline, actor: User | None = None) -> None:
    """Take a number off."""
    record(verb="hotline.delete", target=hotline, actor=actor, detail={"number": hotline.number})
    unit_id, key, everywhere = hotline.unit_id, hotline.pk, hotline.for_all
    hotline.delete()
    _show_hotline(unit_id, key, everywhere=everywhere)


@transaction.atomic
def save_legal_term(*, term: LegalTerm, actor: User | None) -> LegalTerm:
    """Create or change a number that the law sets; every site measures by it."""
    created = term.pk is None
    term.save()
    detail = {"number": term.number, "from": term.valid_from.isoformat(), "source": term.source}
    record(verb="legalterm.add" if created else "legalterm.change", target=term, actor=actor, detail=detail)
    bump_every_generation()
    return term
