"""Reading what people write as old and new addresses; nothing here writes."""

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.tenancy import current_unit_id
from units.addresses import TARGET_LIMIT, AddressKey, address_key, as_target, is_our_own
from units.models import Domain


def old_key(old: str) -> AddressKey:
    """The old address in its one spelling; raises ValidationError with a sentence for the clerk."""
    try:
        key = address_key(old)
    except ValueError as error:
        raise ValidationError(
            _("“%(address)s” không phải địa chỉ trang. Chép cả dòng trên ô địa chỉ của trình duyệt.")
            % {"address": old[:120]}
        ) from error
    if key == AddressKey("/"):
        raise ValidationError(_("Đây là trang chủ; trang chủ không dẫn đi nơi khác được."))
    if is_our_own(key.path):
        raise ValidationError(_("Địa chỉ này thuộc phần quản trị của cổng. Chọn địa chỉ khác."))
    return key


def target_of(new: str) -> str:
    """The new address as it is kept: an own path, or ``//host/path`` of another site of this portal.

    Raises ValidationError for everything else: an old address must not lead citizens to a stranger.
    """
    text = new.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("?")
    path = as_target(urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment)))
    if parts.netloc and "\\" not in text:
        path = _on_site(parts.scheme, parts.netloc, path)
    elif parts.scheme or not text.startswith("/") or "\\" in text:
        raise ValidationError(
            _("Nơi dẫn tới phải là một trang của cổng này: bắt đầu bằng dấu / hoặc https:// với tên miền của cổng.")
        )
    if path.startswith("/quan-tri"):
        raise ValidationError(_("Không dẫn người đọc vào phần quản trị. Chọn một trang ai cũng xem được."))
    if len(path) > TARGET_LIMIT:
        raise ValidationError(_("Nơi dẫn tới dài quá. Chép lại địa chỉ, bỏ phần sau dấu #."))
    return path


def _on_site(scheme: str, netloc: str, path: str) -> str:
    domain = None
    if scheme in ("", "http", "https") and "@" not in netloc:
        domain = Domain.objects.for_host(netloc.split(":", 1)[0].lower())
    if domain is None:
        raise ValidationError(
            _("“%(host)s” không phải tên miền của cổng này. Địa chỉ cũ chỉ dẫn được tới trang trong cổng.")
            % {"host": netloc[:120]}
        )
    return path if domain.unit_id == current_unit_id() else f"//{domain.unit.canonical_host}{path}"


def key_of_target(target: str) -> AddressKey | None:
    """The key under which a row might lead away from ``target``; None for another site's."""
    return None if target.startswith("//") else address_key(target.split("#", 1)[0])


def spellings(key: AddressKey, old: str) -> list[str]:
    """How rows may name this old address as their target."""
    parts = urlsplit(old.strip())
    query = f"?{parts.query}" if parts.query else ""
    paths = {parts.path, key.path, parts.path.rstrip("/")} - {""}
    return sorted({as_target(form) + query for path in paths for form in (path, path.rstrip("/") + "/")})
