"""Pictures of the media library: taking, describing, rendering, deleting; and noting where texts show them."""

import hashlib
import re
from functools import partial
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, ArticleTranslation, Page, Picture, PictureUse
from news.picture_places import places_of
from news.tasks.media import render_picture
from portal.core.antivirus import refuse_infected
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import PreparedPicture, make_renditions, prepare_picture, random_name, rendition_name
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line

NEEDS_WORDS: Final = gettext_lazy("Ảnh cần lời mô tả cho người không nhìn thấy, hoặc đánh dấu “chỉ để trang trí”.")
_BODY_FILE: Final = re.compile(r'src="/media/([^"]+)"')
_LIMITS: Final = {"alt_text": 250, "caption": 250, "credit": 120, "licence": 10, "licence_note": 200}


def fingerprint(upload: IO[bytes]) -> str:
    """SHA-256 of an upload; it is wound back to its start."""
    upload.seek(0)
    readable: Any = upload  # Django's uploads read like files; their type says less
    digest = hashlib.file_digest(readable, "sha256").hexdigest()
    upload.seek(0)
    return digest


def take_picture(
    *, upload: IO[bytes], name: str = "", size: int | None = None, actor: User | None
) -> tuple[Picture, bool]:
    """Check and keep one file for the library, not described yet; the picture, and whether it is new to the unit.

    Raises ValidationError with a sentence for the clerk. The same bytes sent before give the picture that is there.
    """
    return _take(upload=upload, name=name, size=size, actor=actor, words={"is_ready": False})


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
    """Check, re-encode and keep one described picture; raises ValidationError with a sentence for the clerk.

    The same bytes sent before give the picture that is there; its words stay, unless nobody has described it yet.
    """
    words = {"alt_text": alt_text, "is_decorative": is_decorative, "caption": caption}
    if not is_decorative and not alt_text.strip():
        raise ValidationError(NEEDS_WORDS)
    name = str(getattr(upload, "name", ""))
    picture, _is_new = _take(upload=upload, name=name, size=size, actor=actor, words={**words, "credit": credit})
    if not picture.is_ready:
        describe_picture(picture=picture, actor=actor, credit=credit, **words)  # type: ignore[arg-type]  # as named above
    return picture


def _take(
    *, upload: IO[bytes], name: str, size: int | None, actor: User | None, words: dict[str, Any]
) -> tuple[Picture, bool]:
    prepared: PreparedPicture | None = None
    digest = fingerprint(upload)
    if not (known := Picture.objects.filter(sha256=digest).first()):
        prepared = prepare_picture(upload, size=size)
        refuse_infected(upload)
        source = {"sha256": digest, "original_name": one_line(name)[-160:], "original_bytes": size or 0}
        try:
            with transaction.atomic():
                picture = _store(prepared, actor, **source, **words)
                start_after_commit(render_picture, unit_id=picture.unit_id, picture_id=picture.pk)
                return picture, True
        except IntegrityError:
            # Somebody sent the same file at the same moment and was first.
            known = Picture.objects.get(sha256=digest)
    return known, False


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
    """Store a picture that was checked and re-encoded already; its renditions are left to the sweep."""
    words = {"alt_text": alt_text, "is_decorative": is_decorative, "caption": caption, "credit": credit}
    return _store(prepared, actor, **words)


def _store(prepared: PreparedPicture, actor: User | None, **values: Any) -> Picture:
    """Write files and row, under a random name that carries the unit; files of a row that fails are removed again."""
    name = random_name(current_unit_id(), "anh", ".webp")
    for field, limit in _LIMITS.items():
        if field in values:
            values[field] = one_line(values[field])[:limit]
    picture = Picture(width=prepared.width, height=prepared.height, added_by=actor, **values)
    picture.file.save(name, ContentFile(prepared.large), save=False)
    picture.small_file.save(name.replace(".webp", "-nho.webp"), ContentFile(prepared.small), save=False)
    try:
        picture.save()
    except IntegrityError:
        for stored in picture.stored_names:
            default_storage.delete(stored)
        raise
    record(verb="picture.add", target=picture, actor=actor)
    return picture


@transaction.atomic
def describe_picture(
    *, picture: Picture, alt_text: str, is_decorative: bool, caption: str, actor: User | None = None, **more: Any
) -> Picture:
    """Change what a picture says of itself; raises ValidationError when it would say nothing.

    ``more``: credit, licence, licence_note, focal_x, focal_y, each only where it changes.
    """
    if not is_decorative and not alt_text.strip():
        raise ValidationError(NEEDS_WORDS)
    wanted = {"alt_text": alt_text, "is_decorative": is_decorative, "caption": caption, **more}
    wanted = {
        name: one_line(value)[: _LIMITS[name]] if name in _LIMITS else value for name, value in wanted.items()
    } | {"is_ready": True}
    changed = [name for name, value in wanted.items() if getattr(picture, name) != value]
    if not changed:
        return picture
    for name in changed:
        setattr(picture, name, wanted[name])
    picture.save(update_fields=changed)
    record(verb="picture.describe", target=picture, actor=actor)
    bump_generation(picture.unit_id)
    return picture


@transaction.atomic
def delete_picture(*, picture: Picture, actor: User | None) -> None:
    """Delete a picture that nothing uses, and its files once that is certain; raises ValidationError naming what uses it."""
    if places := places_of(picture):
        names = "; ".join(str(place.label) for place in places[:5])
        raise ValidationError(_("Ảnh đang được dùng, chưa xóa được: %(places)s.") % {"places": names})
    record(verb="picture.delete", target=picture, actor=actor)
    names_to_delete = picture.stored_names
    picture.delete()
    for name in names_to_delete:
        transaction.on_commit(partial(default_storage.delete, name))


# --- where texts show pictures ----------------------------------------------------------------------------------------


def note_uses(text: Article | Page) -> None:
    """Note which pictures the body of a saved article or page shows; called inside the saving transaction.

    An article's old uses stay as past ones, because its versions still show them; a page has no versions.
    """
    link, body = ("article", _both_bodies(text)) if isinstance(text, Article) else ("page", text.body)
    uses = PictureUse.objects.filter(**{link: text})
    there = {use.picture_id: use for use in uses}
    names = set(_BODY_FILE.findall(body))
    shown = set(Picture.objects.with_files(names).values_list("pk", flat=True)) if names else set()
    PictureUse.objects.bulk_create(PictureUse(picture_id=pk, **{link: text}) for pk in sorted(shown - there.keys()))
    if again := [use.pk for pk, use in there.items() if pk in shown and not use.is_current]:
        PictureUse.objects.filter(pk__in=again).update(is_current=True)
    if gone := [use.pk for pk, use in there.items() if pk not in shown and use.is_current]:
        rows = PictureUse.objects.filter(pk__in=gone)
        if link == "article":
            rows.update(is_current=False)
        else:
            rows.delete()


def _both_bodies(article: Article) -> str:
    """The Vietnamese body and the English one, where there is one."""
    english = ArticleTranslation.objects.filter(article=article).values_list("body", flat=True).first()
    return f"{article.body}{english or ''}"


# --- renditions -------------------------------------------------------------------------------------------------------


def render(*, picture_id: int) -> bool:
    """Make the WebP and AVIF renditions of one picture; False when it is gone, done, or in another worker's hands."""
    claimed = Picture.objects.unrendered().filter(pk=picture_id)
    if not claimed.update(render_claimed_at=timezone.now(), render_attempts=F("render_attempts") + 1):
        return False
    picture = Picture.objects.get(pk=picture_id)
    with default_storage.open(str(picture.file.name)) as stored:
        made = make_renditions(stored)
    listed: dict[str, list[list[int]]] = {}
    for rendition in made:
        name = rendition_name(str(picture.file.name), rendition.width, rendition.kind)
        # What a killed worker left half written is written anew.
        default_storage.delete(name)
        default_storage.save(name, ContentFile(rendition.data))
        listed.setdefault(rendition.kind, []).append([rendition.width, len(rendition.data)])
    with transaction.atomic():
        done = Picture.objects.filter(pk=picture_id).update(renditions=listed, rendered_at=timezone.now())
        if done:
            bump_generation(picture.unit_id)
    if not done:  # deleted meanwhile: nobody would ever delete these files
        picture.renditions = listed
        for name in picture.stored_names:
            default_storage.delete(name)
    return bool(done)
