"""Videos are re-encoded by a worker: one at a time, never lost with a worker, and the sender is told when it can not be read."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import av
import pytest
from django.utils import timezone

from feedback.actions import case_files
from feedback.enums.cases import FileKind, FileState
from feedback.models import CaseFile
from feedback.tasks.files import sweep_all_orphans, sweep_files
from portal.core import private_files
from portal.core.decoding import sent_videos
from portal.core.decoding.confined import Limits
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.sent_files import draft_of, noisy_jpeg, private_names, send_whole, video

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


def waiting(cast: Cast, data: bytes | None = None) -> CaseFile:
    upload = send_whole(cast.a, draft_of(cast.a), data or video(), FileKind.VIDEO)
    return CaseFile.everywhere.get(case=make_case(cast.a, files=(upload,)))


def convert(cast: Cast, callbacks: Any) -> int:
    with unit_scope(cast.a.unit), callbacks(execute=True):
        return case_files.convert_waiting()


def test_a_video_becomes_an_mp4_that_phones_play(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    data = video(1, turned=True)
    assert b"MayQuayBiMat" in data
    file = waiting(cast, data)
    assert file.state == FileState.WAITING
    assert convert(cast, django_capture_on_commit_callbacks) == 1
    file.refresh_from_db(from_queryset=CaseFile.everywhere.all())
    # Held upright: the matrix is gone, the picture is turned.
    assert (file.state, file.width, file.height, file.seconds, file.raw_path) == (FileState.READY, 180, 320, 1, "")
    assert private_names() == sorted([file.private_path, file.private_small])
    with av.open(str(private_files.path_of(file.private_path))) as made:
        assert [stream.codec_context.name for stream in made.streams] == ["h264", "aac"]
        assert "artist" not in made.metadata
    assert b"MayQuayBiMat" not in private_files.path_of(file.private_path).read_bytes()
    assert convert(cast, django_capture_on_commit_callbacks) == 0


def test_a_long_video_is_cut(cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.REPORT_VIDEO_SECONDS = 1
    file = waiting(cast, video(3))
    convert(cast, django_capture_on_commit_callbacks)
    file.refresh_from_db(from_queryset=CaseFile.everywhere.all())
    assert (file.state, file.seconds) == (FileState.READY, 1)


@pytest.mark.parametrize(
    "data", [video()[:2_000], b"\0\0\0\x18ftypmp42" + b"\xff" * 9_000, b"\x1a\x45\xdf\xa3" + b"\0" * 900]
)
def test_what_can_not_be_read_is_refused_with_a_sentence(
    cast: Cast, data: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    file = waiting(cast, data)
    assert convert(cast, django_capture_on_commit_callbacks) == 1
    file.refresh_from_db(from_queryset=CaseFile.everywhere.all())
    assert (file.state, "Không đọc được video này" in file.refused_why) == (FileState.REFUSED, True)
    assert private_names() == []


def test_a_decoder_that_takes_too_much_is_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    megabyte = 1024 * 1024
    for limits in (
        Limits(20, 20, 60 * megabyte, 9 * megabyte),
        Limits(20, 20, 2000 * megabyte, 4_000),
        Limits(0, 9, 2000 * megabyte, 9),
    ):
        monkeypatch.setattr(sent_videos, "VIDEO_LIMITS", limits)
        file = waiting(cast)
        convert(cast, django_capture_on_commit_callbacks)
        file.refresh_from_db(from_queryset=CaseFile.everywhere.all())
        assert file.state == FileState.REFUSED
    assert private_names() == []


def test_one_worker_at_a_time_and_a_killed_one_is_followed(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    file = waiting(cast)
    CaseFile.everywhere.filter(pk=file.pk).update(claimed_at=timezone.now())
    assert case_files.units_that_wait() == []
    # Nor at anything else meanwhile: the other workers have mails to send.
    waiting(cast)
    assert convert(cast, django_capture_on_commit_callbacks) == 0
    old = timezone.now() - case_files.CLAIM_LASTS - timedelta(seconds=1)
    CaseFile.everywhere.filter(pk=file.pk).update(claimed_at=old)
    assert case_files.units_that_wait() == [cast.a.unit.pk]
    with unit_scope(cast.b.unit):
        assert case_files.convert_waiting() == 0
    assert convert(cast, django_capture_on_commit_callbacks) == 2


def test_a_worker_that_was_overtaken_changes_nothing(cast: Cast) -> None:
    file = waiting(cast)
    CaseFile.everywhere.filter(pk=file.pk).update(claimed_at=timezone.now())
    with unit_scope(cast.a.unit):
        assert not case_files.convert(file=file)
    assert CaseFile.everywhere.get(pk=file.pk).state == FileState.WAITING


def test_while_the_scanner_is_down_the_video_waits(
    cast: Cast, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    file = waiting(cast)
    assert convert(cast, django_capture_on_commit_callbacks) == 0
    assert CaseFile.everywhere.get(pk=file.pk).state == FileState.WAITING
    settings.CLAMD_SOCKET = ""
    assert convert(cast, django_capture_on_commit_callbacks) == 1


def test_a_file_that_breaks_the_worker_does_not_hold_up_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = waiting(cast), waiting(cast, video(0.5))

    def broken(*_parts: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(case_files, "make_video", broken)
        with pytest.raises(OSError, match="disk full"):
            convert(cast, django_capture_on_commit_callbacks)
    assert convert(cast, django_capture_on_commit_callbacks) == 2
    states = {file.pk: file.state for file in CaseFile.everywhere.filter(pk__in=[first.pk, second.pk])}
    assert set(states.values()) == {FileState.READY}


def test_the_sweep_starts_what_nobody_works_on(cast: Cast, settings: Any) -> None:
    waiting(cast)
    assert sweep_files() == 1


def test_a_file_of_nobody_is_deleted_and_no_other(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    draft = draft_of(cast.a)
    with unit_scope(cast.a.unit):
        kept = [send_whole(cast.a, draft, noisy_jpeg((300, 200))), send_whole(cast.a, draft, noisy_jpeg((310, 200)))]
    film = waiting(cast)
    make_case(cast.a, files=(kept[1],))
    before = private_names()
    assert len(before) == 5
    with unit_scope(cast.a.unit):
        orphans = [private_files.new_name(cast.a.unit.pk, "phan-anh", ending) for ending in (".tep", ".webp")]
        # A raw picture whose process was killed after the re-encoded one was there.
        orphans.append(kept[0].path)
        for name in orphans:
            private_files.store(name, b"x")
        private_files.path_of(private_files.beside(film.raw_path, ".mp4.dang")).write_bytes(b"half")
        assert case_files.sweep_orphans() == 0
        _grow_old()
        assert case_files.sweep_orphans() == 4
    assert private_names() == before
    assert sweep_all_orphans() == 1


def _grow_old() -> None:
    then = (timezone.now() - timedelta(days=2)).timestamp()
    for name in private_names():
        os.utime(private_files.path_of(name), (then, then))
