"""Files of a shared text: what the parcel says of them, and copying them into the receiving unit's own folder."""

import re
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from news.models import Article, ArticleAttachment, Attachment, Picture, SharedArticle
from portal.core.tenancy import current_unit_id

_IMAGE: Final = re.compile(r'<img\b[^>]*\bsrc="/media/([^"]+)"[^>]*>')
_SOURCE: Final = re.compile(r'src="/media/([^"]+)"')
_SMALL: Final = "-nho.webp"
_PICTURE_FACTS: Final = (
    *("width", "height", "alt_text", "is_decorative", "caption", "credit", "licence", "licence_note"),
    *("focal_x", "focal_y", "original_name"),
)
_FILE_FACTS: Final = ("title", "extension", "size", "pages", "sha256", "original_name")


def pictures_of(article: Article) -> list[dict[str, Any]]:
    """What the parcel says of the main picture and of those in the body: names of their files, sizes, words."""
    rows = {str(row.file.name): row for row in Picture.objects.with_files(_SOURCE.findall(article.body))}
    if article.picture:
        rows[str(article.picture.file.name)] = article.picture
    return [
        {"file": name, "small": str(row.small_file.name), **{fact: getattr(row, fact) for fact in _PICTURE_FACTS}}
        for name, row in sorted(rows.items())
    ]


def attachments_of(article: Article) -> list[dict[str, Any]]:
    """What the parcel says of the files below the article, in their order."""
    links = ArticleAttachment.objects.of_article(article)
    return [
        {"file": str(link.attachment.file.name), **{fact: getattr(link.attachment, fact) for fact in _FILE_FACTS}}
        for link in links
    ]


def own_name(name: str, folder: str) -> str:
    """Where this unit keeps its copy of another unit's file: always the same place, and not to be guessed."""
    unit_id = current_unit_id()
    secret = salted_hmac("news.share_files", f"{unit_id}:{name}").hexdigest()[:32]
    return f"u{unit_id}/{folder}/trao-doi/{secret}{PurePosixPath(name).suffix}"


def _copy(source: str, target: str) -> bool:
    """Copy one stored file unless it is there whole; False when the source is gone."""
    try:
        with default_storage.open(source) as file:
            content = file.read()
    except OSError:
        return False
    if default_storage.exists(target):
        # A worker killed while it wrote leaves half a file under this name.
        if default_storage.size(target) == len(content):
            return True
        default_storage.delete(target)
    default_storage.save(target, ContentFile(content))
    return True


def copy_pictures(facts: list[dict[str, Any]]) -> dict[str, Picture]:
    """This unit's own copies by the source's file name; repeating finds the copies that are there.

    A picture whose file is gone is left out: the text is worth more than waiting for it.
    """
    names = {row["file"]: own_name(row["file"], "anh") for row in facts}
    known = {str(row.file.name): row for row in Picture.objects.filter(file__in=names.values())}
    copies = {}
    for row in facts:
        name = names[row["file"]]
        small = name.replace(".webp", _SMALL)
        if name not in known:
            if not (_copy(row["file"], name) and _copy(row["small"], small)):
                continue
            words = {fact: row[fact] for fact in _PICTURE_FACTS}
            known[name] = Picture(file=name, small_file=small, **words)
            known[name].save()
        copies[row["file"]] = known[name]
    return copies


def with_own_pictures(body: str, copies: dict[str, Picture]) -> str:
    """The body with this unit's copies in place of the source's pictures; those that could not be copied are left out."""

    def replaced(match: re.Match[str]) -> str:
        name = match.group(1)
        copy = copies.get(name.replace(_SMALL, ".webp"))
        if copy is None:
            return ""
        own = copy.small_file.name if name.endswith(_SMALL) else copy.file.name
        return match.group().replace(f"/media/{name}", f"/media/{own}")

    return _IMAGE.sub(replaced, body)


def as_copied(parcel: SharedArticle) -> str:
    """The parcel's body with the names that this unit's copies of its pictures have: for comparing, asks nothing."""
    body = parcel.body
    for row in parcel.pictures:
        name = own_name(row["file"], "anh")
        body = body.replace(f"/media/{row['file']}", f"/media/{name}")
        body = body.replace(f"/media/{row['small']}", f"/media/{name.replace('.webp', _SMALL)}")
    return body


def copy_attachments(article: Article, facts: list[dict[str, Any]]) -> None:
    """Put this unit's own copies of the files below the copied article, in order; repeating changes nothing."""
    digests = [row["sha256"] for row in facts]
    known = {row.sha256: row for row in Attachment.objects.filter(sha256__in=digests)}
    links = []
    for order, row in enumerate(facts):
        if row["sha256"] not in known:
            name = own_name(row["file"], "tep")
            if not _copy(row["file"], name):
                continue
            known[row["sha256"]] = Attachment(file=name, **{fact: row[fact] for fact in _FILE_FACTS})
            known[row["sha256"]].save()
        links.append(ArticleAttachment(article=article, attachment=known[row["sha256"]], order=order))
    kept = {(link.attachment_id, link.order) for link in ArticleAttachment.objects.filter(article=article)}
    if kept != {(link.attachment_id, link.order) for link in links}:
        ArticleAttachment.objects.filter(article=article).delete()
        ArticleAttachment.objects.bulk_create(links)
