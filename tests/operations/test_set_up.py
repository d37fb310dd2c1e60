"""The steps of `make run` before it serves: translations, static files, queues, gunicorn."""

from pathlib import Path

import pytest
from celery import current_app
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from pytest_django import Settings

from portal import celery_app, gunicorn_conf, prepare
from portal.core.ckeditor_finder import UsedFilesFinder, is_used

pytestmark = pytest.mark.operations

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Tìm"
msgstr "Search"
"""


@pytest.fixture
def catalogue(tmp_path: Path, settings: Settings) -> Path:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    settings.LOCALE_PATHS = [tmp_path]
    return source


def test_translations_are_compiled_once(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compile_translations")
    assert b"Search" in catalogue.with_suffix(".mo").read_bytes()
    call_command("compile_translations")
    assert capsys.readouterr().out.splitlines() == [
        "Bản dịch: 1 tệp biên dịch, 0 tệp đã sẵn sàng.",
        "Bản dịch: 0 tệp biên dịch, 1 tệp đã sẵn sàng.",
    ]


@pytest.mark.parametrize(
    "broken",
    ["this is no catalogue", '#, python-format\nmsgid "Còn %(days)d ngày"\nmsgstr "%(day)d days left"\n'],
)
def test_broken_catalogue_is_named_and_the_old_one_stays(catalogue: Path, broken: str) -> None:
    call_command("compile_translations", verbosity=0)
    before = catalogue.with_suffix(".mo").read_bytes()
    catalogue.write_text(broken)
    with pytest.raises(CommandError, match=r"django\.po"):
        call_command("compile_translations", force=True)
    assert catalogue.with_suffix(".mo").read_bytes() == before


def test_no_folder_of_translations_is_no_error(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [tmp_path / "missing"]
    call_command("compile_translations", verbosity=0)


@pytest.mark.parametrize(
    ("path", "used"),
    [
        ("ckeditor/ckeditor/ckeditor.js", True),
        ("ckeditor/ckeditor-init.js", True),
        ("ckeditor/ckeditor/LICENSE.md", True),
        ("ckeditor/ckeditor/lang/vi.js", True),
        ("ckeditor/ckeditor/lang/fr.js", False),
        ("ckeditor/ckeditor/plugins/link/dialogs/link.js", True),
        ("ckeditor/ckeditor/plugins/a11yhelp/dialogs/lang/vi.js", True),
        ("ckeditor/ckeditor/plugins/a11yhelp/dialogs/lang/de.js", False),
        ("ckeditor/ckeditor/plugins/xml/plugin.js", True),
        ("ckeditor/ckeditor/plugins/ajax/plugin.js", True),
        ("ckeditor/ckeditor/plugins/codesnippetgeshi/plugin.js", False),
        ("ckeditor/ckeditor/plugins/exportpdf/tests/manual/basic.html", False),
        ("ckeditor/ckeditor/skins/moono-lisa/editor.css", True),
        ("ckeditor/ckeditor/skins/moono/editor.css", False),
        ("ckeditor/galleriffic/js/jquery.galleriffic.js", False),
        ("admin/js/vendor/select2/i18n/vi.js", True),
        ("admin/js/vendor/select2/i18n/ru.js", False),
        ("admin/css/base.css", True),
    ],
)
def test_only_files_in_use_are_collected(path: str, *, used: bool) -> None:
    assert is_used(path) is used


def test_every_removed_plugin_stays_out_and_the_whole_is_small() -> None:
    finder = next(finder for finder in finders.get_finders() if isinstance(finder, UsedFilesFinder))
    collected = [path for path, _ in finder.list([])]
    assert 100 < len(collected) < 400
    assert not [path for path in collected if "/plugins/iframe/" in path or path.endswith((".html", ".php"))]


def test_fingerprint_of_static_files_follows_their_content(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    for name in ("requirements.txt", "portal/core/ckeditor_finder.py", "portal/settings/editor.py", "static/a.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    before = prepare.static_fingerprint()
    assert prepare.static_fingerprint() == before
    (tmp_path / "static/a.css").write_text("two")
    assert prepare.static_fingerprint() != before


def test_our_celery_application_is_the_current_one() -> None:
    assert current_app.main == celery_app.main == "portal"


@pytest.mark.parametrize(("task", "queue"), [("search.drain_index", "index"), ("news.anything", "celery")])
def test_index_tasks_have_a_queue_of_their_own(task: str, queue: str) -> None:
    assert celery_app.amqp.router.route({}, task)["queue"].name == queue


def test_filesystem_broker_folders_are_absolute_and_there(settings: Settings) -> None:
    if not settings.CELERY_BROKER_URL.startswith("filesystem"):
        pytest.skip("another broker is in use")
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    folders = [
        Path(options[name]) for name in ("data_folder_in", "data_folder_out", "processed_folder", "control_folder")
    ]
    assert all(folder.is_absolute() and folder.is_dir() for folder in folders)


def test_gunicorn_leaves_long_queries_to_the_portal() -> None:
    assert gunicorn_conf.limit_request_line == 0
    assert gunicorn_conf.worker_class == "gthread"
    assert gunicorn_conf.control_socket_disable is True
