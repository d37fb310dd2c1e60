"""Collects from installed apps only the static files that the portal uses.

CKEditor ships 1,257 files, most of them for plugins we remove (`portal/settings/editor.py`), languages we do not
speak and a second skin. Hashing and compressing all of them takes more than two minutes at the first start, and
every file left out is one less that a stranger can ask for. The removed plugins are read from the settings, so
the two lists cannot drift apart. LICENSE.md is kept: CKEditor's licence asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder

EDITOR = ("ckeditor", "ckeditor")
LANGUAGE_FILES = frozenset({"vi.js", "en.js"})
SKIN = "moono-lisa"
# Only ckeditor_uploader (not installed, on purpose) shows these.
_UPLOADER_FOLDERS = frozenset({"file-icons", "galleriffic"})
_UNUSED_EDITOR_PARTS = frozenset({"adapters", "tests", "samples", "build-config.js", "bender-runner.config.json"})
_NOT_CODE = frozenset({"README.md", "CHANGES.md", "SECURITY.md"})
_SELECT2_LANGUAGES = ("admin", "js", "vendor", "select2", "i18n")


class UsedFilesFinder(AppDirectoriesFinder):
    """`AppDirectoriesFinder` without the files of CKEditor and the admin that no page asks for."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Pairs of (path, storage) to collect."""
        for path, storage in super().list(ignore_patterns):
            if is_used(path):
                yield path, storage


def is_used(path: str) -> bool:
    """Whether a page of the portal can ask for this static file; `path` is relative to the static root."""
    parts = PurePath(path).parts
    if parts[: len(_SELECT2_LANGUAGES)] == _SELECT2_LANGUAGES:
        return parts[-1] in LANGUAGE_FILES
    if parts[:1] != EDITOR[:1]:
        return True
    if parts[:2] != EDITOR:
        return parts[1] not in _UPLOADER_FOLDERS
    return _is_used_by_editor(parts[2:])


def _is_used_by_editor(parts: tuple[str, ...]) -> bool:
    if _UNUSED_EDITOR_PARTS.intersection(parts) or parts[-1] in _NOT_CODE:
        return False
    if parts[0] == "plugins" and parts[1] in _removed_plugins():
        return False
    if parts[0] == "skins" and parts[1] != SKIN:
        return False
    return parts[-1] in LANGUAGE_FILES if "lang" in parts[:-1] else True


@cache
def _removed_plugins() -> frozenset[str]:
    """Plugins that every editor configuration removes."""
    configurations = getattr(settings, "CKEDITOR_CONFIGS", {}).values()
    removed = [frozenset(configuration.get("removePlugins", "").split(",")) for configuration in configurations]
    return frozenset.intersection(*removed) if removed else frozenset()
