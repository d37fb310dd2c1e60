"""Reading a catalogue of procedures (CSV or CSV.gz as the national portal's data come) before anything is written."""

from services.importing.lines import CatalogueReader, CatalogueRefusedError, Record
from services.importing.rows import KNOWN, READING, ReadRow, merged, read_source

__all__ = [
    "KNOWN",
    "READING",
    "CatalogueReader",
    "CatalogueRefusedError",
    "ReadRow",
    "Record",
    "merged",
    "read_source",
]
