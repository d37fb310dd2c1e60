"""Who may send a large form without an account: somebody who is writing a report (settings.OPEN_UPLOADS)."""

from typing import Final

from django.http import HttpRequest

from feedback.actions.drafts import oldest_kept
from feedback.models import CaseDraft
from feedback.rules import uploads as rules
from portal.core.upload_gates import register_upload_gate
from portal.core.visitors import Limit, take, visitor_hash

_FORMS: Final = Limit("report-form", rules.LARGE_FORMS_PER_HOUR)
_FORMS_ALL: Final = Limit("report-form-all", rules.LARGE_FORMS_UNIT_PER_HOUR)


def may_send_files(request: HttpRequest) -> bool:
    """A form that was begun and not sent has this address, and its sender has not sent too many of them this hour."""
    key = request.path.strip("/").split("/")[2]
    draft = CaseDraft.objects.with_key(key)
    if request.method != "POST" or draft is None or draft.case_id is not None or draft.touched_at < oldest_kept():
        return False
    return take(_FORMS, visitor_hash(request)) and take(_FORMS_ALL)


def register_gates() -> None:
    """Called once from the app's ready()."""
    register_upload_gate("feedback.draft", may_send_files)
