"""Pictures in the report form without JavaScript: taken in, refused with a sentence, taken away again, sent with the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.models import Case, CaseFile, CaseUpload
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.pictures import jpeg_with_position
from tests.factories.sending import TEXT, Sender
from tests.factories.visits import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


def _picture(name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg_with_position(), content_type="image/jpeg")


def test_pictures_go_with_the_report(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what(), files=[_picture(), _picture("hai.jpg")])
    assert "2 tệp ảnh, video" in body_of(sender.get(third))
    sender.who(third)
    with unit_scope(cast.a.unit):
        files = list(CaseFile.objects.filter(case=Case.objects.get()))
        assert len(files) == 2
        assert all(file.private_path and file.sha256 for file in files)
        assert not CaseUpload.objects.exists()


def test_a_picture_that_is_none_is_refused_and_the_words_stay(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    bad = SimpleUploadedFile("anh.jpg", b"%PDF-1.7 <script>", content_type="image/jpeg")
    response = sender.post(second, {"text": TEXT, "files": [bad, _picture()]})
    page = body_of(response)
    assert response.status_code == 422
    assert 'href="#id_files"' in page
    assert TEXT in page
    with unit_scope(cast.a.unit):
        assert CaseUpload.objects.count() == 1


def test_a_picture_can_be_taken_away_again(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    third = sender.text(second, files=[_picture()])
    with unit_scope(cast.a.unit):
        key = CaseUpload.objects.get().key
    assert Sender(cast.b).post(second, {"text": TEXT, "drop_file": key}).status_code == 404
    assert sender.text(second, drop_file=key) == third
    with unit_scope(cast.a.unit):
        assert not CaseUpload.objects.exists()
