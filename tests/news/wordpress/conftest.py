"""The old site's uploads, and importing its export into Thuận An."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from news.actions.import_terms import ImportOptions
from news.actions.imports import Importer
from news.importing import ImportReport, open_source
from news.models import ImportRun
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import pdf_bytes
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.news.wordpress.old_site import EXPORT


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast without the rows that the sweeps want."""
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            ImportRun.objects.all().delete()
    return cast


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """A copy of wp-content/uploads, in which some files are missing and one is broken."""
    for name, data in {
        "2020/05/den-long.jpg": jpeg_with_position((900, 600)),
        "2020/06/tiem-1.png": png_bytes((1, 2, 3), (300, 200)),
        "2020/06/tiem-2.png": png_bytes((9, 8, 7), (300, 200)),
        "2020/08/hong.jpg": b"\xff\xd8\xff broken",
        "2020/07/lich-cat-dien.pdf": pdf_bytes(),
    }.items():
        file = tmp_path / "uploads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "uploads"


@pytest.fixture
def bring(cast: Cast, uploads: Path) -> Callable[..., ImportReport]:
    """Import a file into Thuận An."""

    def run(path: Path = EXPORT, **more: Any) -> ImportReport:
        options = ImportOptions(**{"media_folder": uploads, **more})
        with unit_scope(cast.a.unit):
            return Importer(open_source(path, options={"drafts": options.drafts}), options)()

    return run
