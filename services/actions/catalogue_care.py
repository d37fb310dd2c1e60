"""The office's own words beside the catalogue, and forms to download; the source is never written here."""

from collections.abc import Sequence
from typing import IO, Final

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from portal.core.audit import record
from portal.core.documents import CheckedDocument
from portal.core.models import User
from portal.core.page_cache import bump_every_generation
from portal.core.pictures import random_name
from portal.search.actions import mark_shared_changed
from services.models import Procedure, ProcedureForm

OUR_COLUMNS: Final = (
    *("everyday_names", "summary", "often_order", "online_level", "online_reason", "submit_url", "checked_on"),
)
SHARED_FILES: Final = 0
"""The unit number in paths of files that belong to all sites: ``u0/mau/…``."""


@transaction.atomic
def save_our_words(*, procedure: Procedure, changed: Sequence[str], actor: User | None) -> None:
    """Save what the office wrote; only the columns that are its own are ever written."""
    columns = [name for name in OUR_COLUMNS if name in changed]
    if not columns:
        return
    procedure.save(update_fields=[*columns, "changed_at"])
    record(verb="procedure.words", target=procedure, actor=actor, detail={"columns": columns})
    _show(procedure)


@transaction.atomic
def save_download(
    *, form: ProcedureForm, upload: IO[bytes] | None, checked: CheckedDocument | None, actor: User | None
) -> ProcedureForm:
    """Save one form to download; a new file takes the place of the old one, which is deleted after the commit."""
    old = form.file.name if form.file else ""
    if upload is not None and checked is not None:
        form.file = default_storage.save(random_name(SHARED_FILES, "mau", f".{checked.extension}"), File(upload))
        form.extension, form.size = checked.extension, default_storage.size(form.file.name)
    form.save()
    record(verb="procedure.form", target=form.procedure, actor=actor, detail={"form": form.title, "id": form.pk})
    _show(form.procedure)
    if old and old != form.file.name:
        transaction.on_commit(lambda: default_storage.delete(old))
    return form


@transaction.atomic
def delete_download(*, form: ProcedureForm, actor: User | None) -> None:
    """Take one form away, its file too."""
    name = form.file.name if form.file else ""
    record(verb="procedure.form-delete", target=form.procedure, actor=actor, detail={"form": form.title})
    form.delete()
    _show(form.procedure)
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def _show(procedure: Procedure) -> None:
    mark_shared_changed(Procedure._meta.label, (procedure.pk,))
    bump_every_generation()
