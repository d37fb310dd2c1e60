"""Sources of dossiers: what one must give, those that are installed, and the published feed.

A province with a system of its own writes a class that keeps :class:`~services.dossiers.source.DossierSource`, and names it
in the setting ``DOSSIER_SOURCES``; units then choose it in the administration. docs/dossier-feed.md tells how.
"""

from services.dossiers.source import (
    DossierSource,
    Problem,
    Reading,
    SourceError,
    SourceRow,
    source_choices,
    source_named,
)

__all__ = [
    "DossierSource",
    "Problem",
    "Reading",
    "SourceError",
    "SourceRow",
    "source_choices",
    "source_named",
]
