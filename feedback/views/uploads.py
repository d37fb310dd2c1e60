"""Files of a form that is being filled in, in pieces: a page asks how far a file has come and goes on from there.

POST announces, PATCH adds a piece at ``Upload-Offset``, HEAD says how far, GET shows the small picture, DELETE takes it away.
The form's key in the address is the proof of whose it is; answers are JSON with sentences for the sender.
"""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feedback.actions import uploads
from feedback.actions.drafts import oldest_kept
from feedback.enums.cases import FileKind
from feedback.forms.uploads import AnnounceForm
from feedback.models import CaseDraft, CaseUpload
from feedback.rules.uploads import PIECE_LIMIT_BYTES
from portal.core.private_files import send_private
from portal.core.visitors import TooMany, visitor_hash

CREATED: Final = 201
BAD: Final = 400
CONFLICT: Final = 409
GONE: Final = 410
TOO_LARGE: Final = 413
REFUSED: Final = 422
TOO_MANY: Final = 429


def _draft_or_404(key: str) -> CaseDraft:
    draft = CaseDraft.objects.with_key(key)
    if draft is None or draft.touched_at < oldest_kept():
        raise Http404
    return draft


def _answer(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(error: ValidationError, status: int = REFUSED) -> JsonResponse:
    return _answer({"state": "refused", "say": " ".join(error.messages)}, status)


def _gone() -> JsonResponse:
    return _answer({"state": "gone"}, GONE)


def _state(upload: CaseUpload) -> str:
    if upload.refused_why:
        return "refused"
    return "arriving" if upload.prepared is None else "done"


def _facts(draft: CaseDraft, upload: CaseUpload) -> dict[str, Any]:
    """How a file stands, for the page's script."""
    url = reverse("feedback:upload", args=[draft.key, upload.key])
    return {
        "key": upload.key, "url": url, "offset": upload.received, "size": upload.size, "state": _state(upload),
        "video": upload.kind == FileKind.VIDEO, "say": upload.refused_why,
        "picture": url if (upload.prepared or {}).get("private_small") else "",
    }  # fmt: skip


@require_POST
def upload_new(request: HttpRequest, key: str) -> HttpResponse:
    """Announce a file: 201 and where its pieces go, or a sentence why not. Announced again, it goes on where it stood."""
    draft = _draft_or_404(key)
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        return _answer({"state": "refused", "say": _("Tệp này không gửi được. Chọn tệp khác.")}, BAD)
    try:
        upload = uploads.announce_upload(draft=draft, address_hash=visitor_hash(request), **form.facts)
    except ValidationError as error:
        return _refused(error, TOO_LARGE if error.code == "too_big" else REFUSED)
    except TooMany:
        words = _("Giờ này máy hoặc mạng này đã gửi nhiều tệp. Chờ một giờ, hoặc gửi phản ánh không kèm tệp.")
        return _answer({"state": "refused", "say": words}, TOO_MANY)
    except uploads.Gone:
        return _gone()
    return _answer(_facts(draft, upload), CREATED)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, key: str, file_key: str) -> HttpResponseBase:
    """One file of a form."""
    draft = _draft_or_404(key)
    row = CaseUpload.objects.of_draft(draft).filter(key=file_key).select_related("draft").first()
    if row is None:
        raise Http404
    if request.method == "HEAD":
        return _how_far(row)
    if request.method == "GET":
        return send_private(request, (row.prepared or {}).get("private_small", ""))
    try:
        if request.method == "DELETE":
            uploads.drop_upload(upload=row)
            return _answer({"state": "dropped"})
        return _piece(request, draft, row)
    except uploads.Gone:
        return _gone()


def _how_far(row: CaseUpload) -> HttpResponse:
    response = HttpResponse(status=200)
    response.headers["Upload-Offset"] = str(row.received)
    response.headers["Upload-Length"] = str(row.size)
    response.headers["Upload-State"] = _state(row)
    response.headers["Cache-Control"] = "no-store"
    return response


def _piece(request: HttpRequest, draft: CaseDraft, row: CaseUpload) -> HttpResponse:
    """Add what the body holds. A body that broke off is not used: the page sends it again."""
    try:
        offset, length = int(request.headers["Upload-Offset"]), int(request.headers.get("Content-Length") or 0)
    except (KeyError, ValueError):
        return _answer({"state": "arriving", "offset": row.received}, BAD)
    if length > PIECE_LIMIT_BYTES:
        return _answer({"state": "arriving", "offset": row.received}, TOO_LARGE)
    try:
        data = request.body
    except UnreadablePostError:
        data = b""
    if len(data) != length:
        return _answer({"state": "arriving", "offset": row.received}, BAD)
    try:
        row = uploads.append_piece(upload=row, offset=offset, data=data)
    except uploads.Conflict as conflict:
        return _answer({"state": "arriving", "offset": conflict.offset}, CONFLICT)
    except ValidationError as error:
        return _refused(error)
    return _answer(_facts(draft, row))
