"""Pictures and files of another system: from a folder or from its server, checked like every upload, each taken once."""

import base64
import binascii
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.attachments import take_attachment
from news.actions.media import take_picture
from news.enums.imports import ImportKind
from news.importing import ImportReport, Medium, Source
from news.importing.items import bare_host
from news.importing.wordpress_html import attributes
from news.importing.wxr_parts import picture_path
from news.models import Attachment, ImportedItem, ImportRun, Picture
from portal.core.documents import check_document
from portal.core.fetching import FetchError, fetch
from portal.core.models import User
from portal.core.pictures import prepare_picture

_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_DOCUMENT_LINK: Final = re.compile(
    r"(<a\b[^>]*?\bhref\s*=\s*[\"'])([^\"']+?\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip|rar|7z|rtf|txt|csv))([\"'])",
    re.IGNORECASE,
)
_DATA: Final = re.compile(r"^data:image/[\w.+-]+;base64,", re.IGNORECASE)
HOST_FAILURES: Final = 3
"""After so many answers that never came, a server is not asked again in this import."""
FETCH_WORDS: Final = {
    FetchError.NO_HOST: gettext_lazy("tên miền trang cũ không còn"),
    FetchError.TIMEOUT: gettext_lazy("trang cũ không trả lời kịp"),
    FetchError.INSIDE: gettext_lazy("địa chỉ nằm trong mạng nội bộ, máy không được phép lấy"),
    FetchError.TOO_BIG: gettext_lazy("tệp quá lớn"),
    FetchError.CERTIFICATE: gettext_lazy("chứng thư bảo mật của trang cũ sai"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture or file that is ours now; ``pk`` is 0 in a preview."""

    pk: int
    url: str
    width: int = 0
    height: int = 0
    alt: str = ""


@dataclass(slots=True)
class MediaTaker:
    """Takes media over for one import; ``moved`` collects (old address, ours) for the redirects."""

    source: Source
    report: ImportReport
    folder: Path | None = None
    fetches: bool = False
    is_preview: bool = False
    run: ImportRun | None = None
    actor: User | None = None
    moved: list[tuple[str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    known: dict[str, Taken | None] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    missed: int = 0
    alive_at: datetime = field(default_factory=timezone.now)

    # --- inside texts -------------------------------------------------------------------------------------------------

    def place(self, html: str, title: str) -> str:
        """The text with our copies of its pictures and files; a picture that could not be had is left out."""
        text = _IMAGE.sub(lambda match: self._image(match[0], title), html)
        if not self.source.hosts:
            return text
        return _DOCUMENT_LINK.sub(lambda match: self._document(match, title), text)

    def _image(self, tag: str, title: str) -> str:
        given = attributes(tag)
        address = given.get("src", "")
        # Pages that load pictures late keep the address elsewhere and a dot in its place.
        if not address or address.startswith(("data:image/gif", "data:image/svg")):
            address = given.get("data-src") or given.get("data-lazy-src") or address
        if not address:
            return ""
        medium = self.source.medium_at(address) or Medium(address)
        words = given.get("alt", "").strip() or medium.alt
        taken = self.take(Medium(medium.url, words, medium.caption, medium.title, medium.key), title, shown_as=address)
        if taken is None:
            return ""
        alt = escape(words or taken.alt)
        return f'<img src="{taken.url}" alt="{alt}" width="{taken.width}" height="{taken.height}" data-picture="{taken.pk}">'

    def _document(self, match: re.Match[str], title: str) -> str:
        address = self._absolute(match[2])
        if bare_host(address) not in self.source.hosts:
            return match[0]
        taken = self._once(f"f:{picture_path(address)}", Medium(address), title, ImportKind.FILE)
        self._moved_to(taken, address)
        return f"{match[1]}{taken.url}{match[3]}" if taken else match[0]

    def take(self, medium: Medium, title: str, *, shown_as: str = "") -> Taken | None:
        """One picture; None when it is missing or no picture, which the report says by name.

        ``shown_as`` is the address in the text, often that of a smaller copy.
        """
        if medium.url.startswith("data:"):
            key = f"d:{hashlib.sha256(medium.url.encode()).hexdigest()[:40]}"
        else:
            key = medium.key or f"u:{picture_path(medium.url)}"
        taken = self._once(key, medium, title, ImportKind.PICTURE, shown_as)
        self._moved_to(taken, medium.url, shown_as)
        return taken

    def _moved_to(self, taken: Taken | None, *addresses: str) -> None:
        for address in addresses:
            if taken and address and address not in self.told and not address.startswith("data:"):
                self.told.add(address)
                self.moved.append((address, taken.url))

    # --- one by one ---------------------------------------------------------------------------------------------------

    def _once(self, key: str, medium: Medium, title: str, kind: ImportKind, shown_as: str = "") -> Taken | None:
        if len(key) > 100:  # noqa: PLR2004 - what the column holds, with room
            key = hashlib.sha256(key.encode()).hexdigest()[:40]
        if key in self.known:
            self.missed += self.known[key] is None
        else:
            self._show_alive()
            self.known[key] = self._stored(key, kind) or self._take(key, medium, title, kind, shown_as)
        return self.known[key]

    def _show_alive(self) -> None:
        """A slow server's pictures must not make the run look abandoned."""
        now = timezone.now()
        if self.run and now - self.alive_at > timedelta(seconds=60):
            self.alive_at = now
            ImportRun.objects.filter(pk=self.run.pk).update(seen_at=now)

    def _stored(self, key: str, kind: ImportKind) -> Taken | None:
        row = ImportedItem.objects.known(self.source.name, kind, [key]).get(key)
        if row is None:
            return None
        if kind == ImportKind.PICTURE:
            picture = Picture.objects.filter(pk=row.object_id).first()
            self.report.pictures_known += picture is not None
            return _of_picture(picture) if picture else None
        attachment = Attachment.objects.filter(pk=row.object_id).first()
        return Taken(attachment.pk, attachment.url) if attachment else None

    def _take(self, key: str, medium: Medium, title: str, kind: ImportKind, shown_as: str) -> Taken | None:
        name = unquote(urlsplit(medium.url).path).rsplit("/", 1)[-1] if not medium.url.startswith("data:") else ""
        try:
            data = self._bytes(medium.url, shown_as)
            if self.is_preview:
                taken = self._look(data, kind)
            elif kind == ImportKind.PICTURE:
                taken = self._keep_picture(data, name, medium, title)
            else:
                taken = self._keep_file(data, name)
        except ValidationError as error:
            shown = name or _("ảnh nhúng trong bài")
            self.missed += 1
            self.report.note(self.report.missing_media, f"“{title}”: {shown} – {' '.join(error.messages)}")
            return None
        if not self.is_preview:
            ImportedItem.objects.update_or_create(
                source=self.source.name, kind=kind, key=key,
                defaults={"object_id": taken.pk, "digest": hashlib.sha256(data).hexdigest()[:32], "run": self.run},
            )  # fmt: skip
        return taken

    def _look(self, data: bytes, kind: ImportKind) -> Taken:
        """What a preview may do: check, keep nothing."""
        if kind == ImportKind.FILE:
            check_document(io.BytesIO(data), size=len(data))
            self.report.files += 1
            return Taken(0, "/media/xem-thu.pdf")
        prepared = prepare_picture(io.BytesIO(data), size=len(data))
        self.report.pictures += 1
        return Taken(0, "/media/xem-thu.webp", prepared.width, prepared.height, "-")

    def _keep_picture(self, data: bytes, name: str, medium: Medium, title: str) -> Taken:
        picture, is_new = take_picture(upload=io.BytesIO(data), name=name, size=len(data), actor=self.actor)
        self.report.pictures += is_new
        self.report.pictures_known += not is_new
        if is_new:
            # Nobody has looked at it here yet: it waits in the library to be described, the text shows it already.
            picture.alt_text = (medium.alt or _("Ảnh trong bài “%(title)s”") % {"title": title})[:250]
            picture.caption = medium.caption[:250]
            picture.is_ready = bool(medium.alt)
            picture.save(update_fields=["alt_text", "caption", "is_ready"])
        return _of_picture(picture)

    def _keep_file(self, data: bytes, name: str) -> Taken:
        attachment, is_new = take_attachment(upload=io.BytesIO(data), name=name, size=len(data), actor=self.actor)
        self.report.files += is_new
        return Taken(attachment.pk, attachment.url)

    # --- where the bytes come from ------------------------------------------------------------------------------------

    def _absolute(self, url: str) -> str:
        if url.startswith("//"):
            return f"https:{url}"
        host = next(iter(sorted(self.source.hosts)), "")
        return urljoin(f"https://{host}/", url) if host else url

    def _bytes(self, url: str, shown_as: str) -> bytes:
        if url.startswith("data:"):
            return _from_data(url)
        found = self._in_folder(url) if self.folder else None
        if found is not None:
            return found
        if self.fetches:
            try:
                return self._fetched(self._absolute(url))
            except ValidationError:
                if shown_as in ("", url):
                    raise
                return self._fetched(self._absolute(shown_as))
        if self.folder:
            raise ValidationError(_("không có trong thư mục ảnh"))
        raise ValidationError(_("chưa chọn tải ảnh và tệp từ trang cũ về (lệnh: --fetch-media hoặc --media-folder)"))

    def _in_folder(self, url: str) -> bytes | None:
        """The file below the folder, by the address behind “uploads/”; the full size first; never outside the folder."""
        assert self.folder is not None  # noqa: S101 - asked by the caller
        root = self.folder.resolve()
        for path in dict.fromkeys((picture_path(url), unquote(urlsplit(url).path))):
            below = path.split("uploads/", 1)[-1].lstrip("/")
            for form in ("NFC", "NFD"):
                for start in ("", "uploads/", "wp-content/uploads/"):
                    file = (root / unicodedata.normalize(form, start + below)).resolve()
                    if file.is_relative_to(root) and file.is_file():
                        if file.stat().st_size > settings.UPLOAD_LIMIT_BYTES:
                            raise ValidationError(_("tệp lớn hơn 12 MB"))
                        return file.read_bytes()
        return None

    def _fetched(self, url: str) -> bytes:
        host = bare_host(url)
        if self.failures.get(host, 0) >= HOST_FAILURES:
            raise ValidationError(_("máy chủ %(host)s không trả lời nhiều lần liền, không hỏi nữa") % {"host": host})
        try:
            answer = fetch(url, limit=settings.UPLOAD_LIMIT_BYTES)
        except FetchError as error:
            if error.why in (FetchError.TIMEOUT, FetchError.NO_HOST, FetchError.UNREACHABLE):
                self.failures[host] = self.failures.get(host, 0) + 1
            raise ValidationError(FETCH_WORDS.get(error.why, _("không tải được"))) from error
        self.failures[host] = 0
        if answer.status != 200:  # noqa: PLR2004
            raise ValidationError(_("trang cũ trả lời %(status)d") % {"status": answer.status})
        return answer.body


def _of_picture(picture: Picture) -> Taken:
    return Taken(picture.pk, picture.url, picture.width, picture.height, picture.alt_text)


def _from_data(url: str) -> bytes:
    match = _DATA.match(url)
    if not match or len(url) > settings.UPLOAD_LIMIT_BYTES:
        raise ValidationError(_("ảnh nhúng không đọc được"))
    try:
        return base64.b64decode(url[match.end() :], validate=False)
    except (binascii.Error, ValueError) as error:
        raise ValidationError(_("ảnh nhúng không đọc được")) from error
