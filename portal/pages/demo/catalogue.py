"""The demo's catalogue: some hundred everyday procedures with the national portal's facts, told in our own short words.

data/catalogue.csv has the import's own columns and goes through the import; content/procedures.txt and content/catalogue.txt
have the everyday names and summaries. A catalogue that is there already (a real one, say) is not touched.
"""

from pathlib import Path
from typing import Final

from django.db import transaction

from portal.core.tenancy import unit_scope
from services.actions.catalogue_care import save_our_words
from services.actions.catalogue_runs import import_catalogue
from services.models import Procedure
from units.models import Unit

FOLDER: Final = Path(__file__).parent
FILE: Final = FOLDER / "data" / "catalogue.csv"
WORDS: Final = ("procedures.txt", "catalogue.txt")


def load_catalogue() -> int:
    """Import the demo's procedures where there are none, and write our words beside those that have none.

    Returns how many were added; repeating adds nothing.
    """
    added = 0
    if not Procedure.objects.exists():
        added = import_catalogue(path=FILE, partial=True).added
    province = Unit.objects.provinces().current().first()
    if province is not None:
        with unit_scope(province), transaction.atomic():
            _write_words()
    return added


def _write_words() -> None:
    texts = {code: (name, f"{who} {tip}") for code, name, who, _papers, tip in _lines()}
    for procedure in Procedure.objects.current().filter(code__in=texts, summary=""):
        name, summary = texts[procedure.code]
        procedure.summary = summary
        # The menu's own list may have named it already, with more ways to say it.
        procedure.everyday_names = procedure.everyday_names or name
        save_our_words(procedure=procedure, changed=("everyday_names", "summary"), actor=None)


def _lines() -> list[list[str]]:
    """code, everyday name, who needs it, what to bring, what is good to know."""
    texts = [(FOLDER / "content" / name).read_text(encoding="utf-8") for name in WORDS]
    return [line.split("|") for text in texts for line in text.splitlines() if line]
