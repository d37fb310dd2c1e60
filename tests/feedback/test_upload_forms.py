"""Without JavaScript a report's pictures come in one large form: from somebody who is writing one, there and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feedback.models import CaseDraft, CaseUpload
from feedback.rules import uploads as rules
from portal.core.tenancy import unit_scope
from portal.core.upload_gates import upload_gate
from tests.factories.cast import Cast
from tests.factories.sent_files import draft_of, noisy_jpeg

pytestmark = pytest.mark.django_db
STEP = "/phan-anh/gui/{key}/2/"
LARGE = 70_000


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    # The same rules at a hundredth of the size.
    settings.UPLOAD_LIMIT_BYTES = 20_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    settings.OPEN_UPLOADS = [(settings.OPEN_UPLOADS[0][0], 400_000, "feedback.draft")]


def post(cast: Cast, path: str, size: int = LARGE, host: str = "") -> int:
    files = [SimpleUploadedFile("a.jpg", noisy_jpeg((90, 90)) + b"\0" * size)]
    client = Client(raise_request_exception=False)
    return int(client.post(path, {"text": "", "files": files}, headers={"host": host or cast.a.host}).status_code)


def test_who_is_writing_a_report_may_send_pictures_in_one_form(cast: Cast) -> None:
    draft = draft_of(cast.a)
    assert post(cast, STEP.format(key=draft.key)) not in {403, 413}


def test_nobody_else_may_and_nowhere_else(cast: Cast) -> None:
    draft = draft_of(cast.a)
    path = STEP.format(key=draft.key)
    assert post(cast, STEP.format(key="x" * 22)) == 413
    assert post(cast, path, host=cast.b.host) == 413
    for other in (
        path.replace("/2/", "/1/"),
        path.replace("/2/", "/3/"),
        f"{path}x/",
        "/phan-anh/gui/",
        "/hoi-dap/gui/",
        path[1:],
    ):
        assert post(cast, f"/{other.lstrip('/')}" if other != path[1:] else f"//{other}") in {404, 413}
    assert post(cast, path, size=500_000) == 413
    with unit_scope(cast.a.unit):
        assert not CaseUpload.objects.exists()
        CaseDraft.objects.update(case_id=5)
    assert post(cast, path) == 413


def test_a_flood_of_large_forms_ends(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = draft_of(cast.a)
    codes = [post(cast, STEP.format(key=draft.key)) for _turn in range(rules.LARGE_FORMS_PER_HOUR + 1)]
    assert 413 not in codes[:-1]
    assert codes[-1] == 413


def test_a_gate_that_nobody_registered_is_an_error() -> None:
    with pytest.raises(KeyError):
        upload_gate("nobody")
