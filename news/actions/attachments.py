"""Files for download: taking, naming, hanging below articles, deleting."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from news.actions.media import fingerprint
from news.actions.saving import follow_files
from news.actions.visibility import show_changed
from news.enums import ArticleStatus
from news.models import Article, ArticleAttachment, Attachment, ConsultationFile, DocumentFile
from portal.core.antivirus import refuse_infected
from portal.core.audit import record
from portal.core.documents import check_document
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import random_name
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line

PLACES_NAMED = 5


def take_attachment(*, upload: IO[bytes], name: str, size: int, actor: User | None) -> tuple[Attachment, bool]:
    """Check and keep one file; the attachment, and whether it is new to the unit.

    Raises ValidationError with a sentence for the clerk. The same bytes sent before give the file that is there.
    """
    digest = fingerprint(upload)
    if known := Attachment.objects.filter(sha256=digest).first():
        return known, False
    checked = check_document(upload, size=size)
    refuse_infected(upload)
    upload.seek(0)
    shown = one_line(name)
    title = one_line(PurePath(shown).stem.replace("_", " "))[:200] or _("Tệp đính kèm")
    stored = default_storage.save(random_name(current_unit_id(), "tep", f".{checked.extension}"), File(upload))
    row = Attachment(
        file=stored, title=title, extension=checked.extension, size=size, pages=checked.pages, sha256=digest,
        original_name=shown[-160:], added_by=actor,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
            record(verb="attachment.add", target=row, actor=actor)
    except IntegrityError:
        # Somebody sent the same file at the same moment and was first.
        default_storage.delete(stored)
        return Attachment.objects.get(sha256=digest), False
    return row, True


@transaction.atomic
def name_attachment(*, attachment: Attachment, title: str, actor: User | None) -> Attachment:
    """Change the name that readers see; raises ValidationError when there would be none."""
    wanted = one_line(title)[:200]
    if not wanted:
        raise ValidationError(_("Nhập tên tệp hiện cho người đọc."))
    if wanted != attachment.title:
        attachment.title = wanted
        attachment.save(update_fields=["title"])
        record(verb="attachment.change", target=attachment, actor=actor)
        bump_generation(attachment.unit_id)
    return attachment


@transaction.atomic
def set_attachments(*, article: Article, attachments: Sequence[Attachment], actor: User | None) -> None:
    """Hang exactly these files below an article, in this order."""
    wanted = list(dict.fromkeys(attachment.pk for attachment in attachments))
    links = {link.attachment_id: link for link in ArticleAttachment.objects.filter(article=article)}
    before = [pk for pk, _link in sorted(links.items(), key=lambda pair: (pair[1].order, pair[1].pk))]
    if wanted == before:
        return
    ArticleAttachment.objects.filter(article=article).exclude(attachment_id__in=wanted).delete()
    for order, pk in enumerate(wanted):
        if pk in links:
            ArticleAttachment.objects.filter(pk=links[pk].pk).update(order=order)
        else:
            ArticleAttachment.objects.create(article=article, attachment_id=pk, order=order)
    record(verb="article.attach", target=article, actor=actor, detail={"files": wanted})
    follow_files(article=article, actor=actor)
    if article.status == ArticleStatus.PUBLISHED:
        show_changed(article)


def other_places(attachment: Attachment) -> list[str]:
    """Documents and drafts under consultation that offer a file, by name; bounded."""
    documents = DocumentFile.objects.filter(attachment=attachment).select_related("document__type")[:PLACES_NAMED]
    drafts = ConsultationFile.objects.filter(attachment=attachment).select_related("consultation")[:PLACES_NAMED]
    return [*(str(row.document) for row in documents), *(str(row.consultation) for row in drafts)]


@transaction.atomic
def delete_attachment(*, attachment: Attachment, actor: User | None) -> None:
    """Delete a file that nothing offers, for good; raises ValidationError naming the articles and documents that do."""
    links = ArticleAttachment.objects.filter(attachment=attachment).select_related("article")[:PLACES_NAMED]
    if titles := "; ".join(link.article.title for link in links):
        raise ValidationError(_("Tệp đang ở trong bài, chưa xóa được: %(titles)s.") % {"titles": titles})
    if names := "; ".join(other_places(attachment)[:PLACES_NAMED]):
        raise ValidationError(_("Tệp đang ở trong văn bản, chưa xóa được: %(names)s.") % {"names": names})
    record(verb="attachment.delete", target=attachment, actor=actor)
    name = str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(partial(default_storage.delete, name))
