"""Vietnamese full-text search over Haystack and Whoosh; knows no room.

Rooms subclass `portal.search.indexes.UnitIndex`, call `portal.search.actions.mark_changed` inside the transaction that
changed a row, and pages ask `portal.search.queries.search_units`.
"""
