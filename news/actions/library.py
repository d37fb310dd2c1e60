"""Albums and videos of /thu-vien/."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.media import fingerprint
from news.models import Album, AlbumPicture, Picture, Video
from news.querysets.library import ALBUM_LIMIT
from portal.core.antivirus import refuse_infected
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import random_name
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.core.videos import check_video
from portal.search.actions import mark_changed

ALBUM = "news.Album"
VIDEO = "news.Video"


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of an album and its caption there."""

    picture: Picture
    caption: str = ""


def _show(row: Album | Video, label: str) -> None:
    bump_generation(row.unit_id)
    mark_changed(unit_id=row.unit_id, model_label=label, object_id=row.pk)


def _date(row: Album | Video, actor: User | None) -> None:
    """The day of first publishing stays; who made it is known from the start."""
    if row.is_published and row.published_at is None:
        row.published_at = timezone.now()
    if row._state.adding:
        row.added_by = actor


@transaction.atomic
def save_album(*, album: Album, entries: Sequence[Entry] | None = None, actor: User | None = None) -> Album:
    """Create or change an album; ``entries`` are its pictures in order, None leaves them.

    Raises ValidationError when an empty album would be published, or when it has too many pictures.
    """
    if entries is not None:
        entries = list({entry.picture.pk: entry for entry in entries}.values())
        if len(entries) > ALBUM_LIMIT:
            raise ValidationError(
                _("Một album có nhiều nhất %(number)d ảnh. Chia thành hai album.") % {"number": ALBUM_LIMIT}
            )
        if any(not entry.picture.is_ready for entry in entries):
            raise ValidationError(_("Có ảnh chưa có lời mô tả. Mô tả ảnh ở mục Ảnh rồi thêm vào album."))
    number = len(entries) if entries is not None else AlbumPicture.objects.filter(album_id=album.pk).count()
    if album.is_published and not number:
        raise ValidationError(_("Album chưa có ảnh nào. Thêm ảnh rồi đăng."))
    _date(album, actor)
    if entries is not None and album.cover_id not in {entry.picture.pk for entry in entries}:
        album.cover = entries[0].picture if entries else None
    album.save()
    if entries is not None:
        AlbumPicture.objects.filter(album=album).delete()
        AlbumPicture.objects.bulk_create(
            AlbumPicture(album=album, picture=entry.picture, order=order, caption=one_line(entry.caption)[:250])
            for order, entry in enumerate(entries)
        )
    record(verb="album.save", target=album, actor=actor, detail={"pictures": number})
    _show(album, ALBUM)
    return album


@transaction.atomic
def delete_album(*, album: Album, actor: User | None) -> None:
    """Take an album away for good; its pictures stay in the library."""
    record(verb="album.delete", target=album, actor=actor)
    _show(album, ALBUM)
    album.delete()


@transaction.atomic
def save_video(*, video: Video, upload: Any = None, captions: str | None = None, actor: User | None = None) -> Video:
    """Create or change a video; ``upload`` is a new file (checked here), ``captions`` new WebVTT text, "" removes it.

    Raises ValidationError with a sentence for the clerk: no film phones can play, or the unit has this very file already.
    """
    before = Video.objects.filter(pk=video.pk).first() if video.pk else None
    if upload:
        _keep_film(video, upload, int(upload.size))
    if captions is not None:
        video.captions = _keep_captions(captions) if captions else ""
    _date(video, actor)
    video.save()
    record(verb="video.save", target=video, actor=actor)
    _show(video, VIDEO)
    for name in sorted(_names(before) - _names(video)) if before else ():
        transaction.on_commit(partial(default_storage.delete, name))
    return video


def _names(video: Video) -> set[str]:
    """Names of its files in the storage."""
    return {str(field.name) for field in (video.file, video.captions) if field}


def _keep_film(video: Video, upload: IO[bytes], size: int) -> None:
    digest = fingerprint(upload)
    if known := Video.objects.filter(sha256=digest).exclude(pk=video.pk).first():
        raise ValidationError(_("Video này đã có trong thư viện: “%(title)s”.") % {"title": known.title})
    checked = check_video(upload, size=size)
    refuse_infected(upload)
    upload.seek(0)
    name = random_name(current_unit_id(), "video", f".{checked.extension}")
    video.file = default_storage.save(name, File(upload))
    video.size, video.sha256, video.embed_url = size, digest, ""
    video.duration = checked.duration or video.duration


def _keep_captions(text: str) -> str:
    name = random_name(current_unit_id(), "phu-de", ".vtt")
    return str(default_storage.save(name, ContentFile(text.encode())))


@transaction.atomic
def delete_video(*, video: Video, actor: User | None) -> None:
    """Take a video away for good, and its files once that is certain."""
    record(verb="video.delete", target=video, actor=actor)
    _show(video, VIDEO)
    names = _names(video)
    video.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
