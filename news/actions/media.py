"""The media library."""

from functools import partial
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from news.models import Picture
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import PreparedPicture, prepare_picture, random_name
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line


@transaction.atomic
def add_picture(
    *,
    upload: IO[bytes],
    alt_text: str,
    is_decorative: bool = False,
    caption: str = "",
    credit: str = "",
    size: int | None = None,
    actor: User | None = None,
) -> Picture:
    """Check, re-encode and keep one picture; raises ValidationError with a sentence for the clerk."""
    if not is_decorative and not alt_text.strip():
        raise ValidationError(_("Ảnh cần lời mô tả cho người không nhìn thấy, hoặc đánh dấu “chỉ để trang trí”."))
    prepared = prepare_picture(upload, size=size)
    return keep_picture(
        prepared=prepared, alt_text=alt_text, is_decorative=is_decorative, caption=caption, credit=credit, actor=actor
    )


@transaction.atomic
def keep_picture(
    *,
    prepared: PreparedPicture,
    alt_text: str,
    is_decorative: bool = False,
    caption: str = "",
    credit: str = "",
    actor: User | None = None,
) -> Picture:
    """Store a picture that was checked and re-encoded already, under a random name that carries the unit."""
    name = random_name(current_unit_id(), "anh", ".webp")
    picture = Picture(
        alt_text=one_line(alt_text)[:250],
        is_decorative=is_decorative,
        caption=one_line(caption)[:250],
        credit=one_line(credit)[:120],
        width=prepared.width,
        height=prepared.height,
    )
    picture.file.save(name, ContentFile(prepared.large), save=False)
    picture.small_file.save(name.replace(".webp", "-nho.webp"), ContentFile(prepared.small), save=False)
    picture.save()
    record(verb="picture.add", target=picture, actor=actor)
    return picture


@transaction.atomic
def describe_picture(
    *, picture: Picture, alt_text: str, is_decorative: bool, caption: str, actor: User | None = None
) -> Picture:
    """Change what a picture says of itself; raises ValidationError when it would say nothing."""
    if not is_decorative and not alt_text.strip():
        raise ValidationError(_("Ảnh cần lời mô tả cho người không nhìn thấy, hoặc đánh dấu “chỉ để trang trí”."))
    wanted = (one_line(alt_text)[:250], is_decorative, one_line(caption)[:250])
    if wanted == (picture.alt_text, picture.is_decorative, picture.caption):
        return picture
    picture.alt_text, picture.is_decorative, picture.caption = wanted
    picture.save(update_fields=["alt_text", "is_decorative", "caption"])
    record(verb="picture.describe", target=picture, actor=actor)
    bump_generation(picture.unit_id)
    return picture


@transaction.atomic
def delete_picture(*, picture: Picture, actor: User | None) -> None:
    """Delete a picture that no article uses, and its files once that is certain."""
    record(verb="picture.delete", target=picture, actor=actor)
    names = [name for name in (picture.file.name, picture.small_file.name) if name]
    picture.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
