"""What `make run` does before it serves: translations, tables, demo data, search index, static files.

One process and one import of Django for all steps; every step is skipped when its work is already done, so that
a later start takes seconds. Run as `python -m portal.prepare`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

# The commune whose accounts `manage.py demo` prints.
DEMO_SLUG = "thuan-an"


def main() -> int:
    """Run the steps in order; 0, or 1 with the reason printed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    try:
        django.setup()
        _step("Bản dịch", lambda: call_command("compile_translations", verbosity=0))
        _step("Cơ sở dữ liệu", lambda: call_command("migrate", interactive=False, verbosity=0))
        _step("Tệp tĩnh", collect_static)
        _step("Dữ liệu trình diễn", load_demo)
        _step("Chỉ mục tìm kiếm", build_index)
        write_site_list()
    except (ImproperlyConfigured, CommandError, OSError) as error:
        print(f"Không khởi động được (cannot start): {error}", file=sys.stderr)
        return 1
    return 0


def collect_static() -> None:
    """Collect static files when their content has changed since the last time."""
    stamp = settings.STATIC_ROOT / ".stamp"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def static_fingerprint() -> str:
    """A digest of all that `collectstatic` reads: our files, the packages' versions, and the choice of files."""
    digest = hashlib.sha256()
    base = settings.BASE_DIR
    sources = [base / "requirements.txt", base / "portal/core/ckeditor_finder.py", base / "portal/settings/editor.py"]
    for folder in settings.STATICFILES_DIRS:
        sources += sorted(path for path in Path(folder).rglob("*") if path.is_file())
    for source in sources:
        digest.update(f"{source.relative_to(base)}\0{source.stat().st_size}\0".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def load_demo() -> None:
    """Load the demo province into an empty database, unless DEMO=0."""
    if os.environ.get("DEMO", "1") != "0":
        call_command("demo", if_empty=True)


def build_index() -> None:
    """Build the search index when there is none; afterwards Celery keeps it up to date."""
    call_command("reindex", if_missing=True)


def write_site_list() -> None:
    """Leave three units' slugs for the banner of `make run`: the one with demo accounts, a department, a commune."""
    from units.models import Unit

    open_units = Unit.objects.filter(valid_to=None).order_by("slug")
    chosen = [
        open_units.filter(slug=DEMO_SLUG).first(),
        open_units.filter(kind="DEPARTMENT").first(),
        open_units.filter(kind="COMMUNE").exclude(slug=DEMO_SLUG).last(),
    ]
    target = settings.VAR_DIR / "run" / "sites.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(unit.slug for unit in chosen if unit))


def _step(label: str, work: Callable[[], object]) -> None:
    began = time.monotonic()
    print(f"· {label} …", flush=True)
    work()
    if (seconds := time.monotonic() - began) > 1:
        print(f"  {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
